"""
Who may what, written down from the design's table alone: an oracle that knows nothing of the code it judges.

A door that is not named here fails its test: whoever builds one says first who may come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import uuid4

from backend.kernel.vocabulary import Role


class Side(StrEnum):
    """How somebody stands to the case, the offer, the alarm or the person a door is about."""

    NONE = "none"
    OWN = "own"
    OWN_CLOSED = "own closed"
    ASKED = "asked"
    ASSIGNED = "assigned"
    ASSIGNED_CLOSED = "assigned closed"
    OTHER = "other's"
    OTHER_CLOSED = "other's closed"
    OTHER_OLD = "other's closed 31 days ago"
    OTHER_WORLD = "the other world's"


Roles = frozenset[Role]
Body = dict[str, Any]

EVERYBODY: Roles = frozenset(Role)
NOBODY: Roles = frozenset()
OFFICER: Roles = frozenset({Role.OFFICER})
CONTROLLER: Roles = frozenset({Role.CONTROLLER})
ADMIN: Roles = frozenset({Role.ADMIN})
AUDITOR: Roles = frozenset({Role.AUDITOR})

DESK: Roles = frozenset({Role.ADVISER, Role.PREVENT_LEAD})

#: In a body: the id of an officer on duty whom nobody asks.
RESERVE = "{officer_id}"
#: The case itself, and what was said last in it.
CASE, SAID = "{incident_id}", "{message_id}"
FILLED = (RESERVE, CASE, SAID)

POSITION: Body = {"latitude": 51.4981, "longitude": -0.1771, "accuracy_m": 5.0}

OWNER: dict[Side, Roles] = {Side.OWN: EVERYBODY, Side.OWN_CLOSED: EVERYBODY}
#: The officer who has it, or had it when it was closed.
HOLDER: dict[Side, Roles] = {Side.ASSIGNED: OFFICER, Side.ASSIGNED_CLOSED: OFFICER}
#: "All open; closed 30 days": a controller's own case is one of them, an officer's own world is not the other.
WATCHED: dict[Side, Roles] = {
    side: CONTROLLER for side in Side if side not in (Side.NONE, Side.OTHER_OLD, Side.OTHER_WORLD)
}
#: The caller's profile: nobody's own is shown this way, and of a closed case nothing is (409).
LOOKED_AT: dict[Side, Roles] = {Side.OTHER: CONTROLLER, Side.OTHER_CLOSED: CONTROLLER}
DRAFT: Body = {"template": "evacuate", "place": "sherfield", "audience": {"zones": ["sherfield"]}}
WHY: Body = {"reason": "Does not answer."}
HOLDABLE: dict[Side, Roles] = {
    **{side: CONTROLLER | ADMIN for side in Side if side is not Side.NONE},
    Side.OTHER_WORLD: ADMIN,
}


def only(roles: Roles) -> dict[Side, Roles]:
    """For these roles, whatever it is about."""
    return {Side.NONE: roles}


@dataclass(frozen=True, slots=True)
class Row:
    """
    One door: who gets past its lock from which side, and a body that is well formed.

    Past the lock a door may still refuse (409, 422): that is not this table's.
    """

    may: Mapping[Side, Roles]
    body: Body | None = None
    #: After it the person is no longer signed in, or the case is not what it was.
    ends: bool = False
    query: str = ""


def _said() -> Body:
    return {"message_id": str(uuid4()), "text": "Third floor."}


#: An open door asks for no person; its own secret (a password, a code) is its lock.
OPEN = {
    "POST /v1/sign-in",
    "POST /v1/invitations/accept",
    "POST /console/api/sign-in",
    "GET /v1/campus",
    "GET /v1/guidance",
    "POST /v1/devices/{device_id}/taps",
    "POST /v1/replies/sms",
    "POST /v1/replies/voice",
    "POST /v1/replies/status",
    # Whoever lodges a concern is nobody; a bearer that comes along is not looked at.
    "GET /v1/concerns/keys",
    "GET /v1/concerns/challenge",
    "POST /v1/concerns",
    "POST /v1/concerns/mailbox",
}

TABLE: dict[str, Row] = {
    # Raise, cancel, read own: every account is a member, the others only add.
    "POST /v1/taps": Row(only(EVERYBODY), {"kind": "help"}),
    "GET /v1/incidents": Row(only(EVERYBODY)),
    "GET /v1/incidents/{incident_id}": Row({**OWNER, **HOLDER, Side.ASKED: OFFICER}),
    "POST /v1/incidents/{incident_id}/positions": Row({**OWNER, **HOLDER, Side.ASKED: OFFICER}, POSITION),
    "GET /v1/incidents/{incident_id}/messages": Row({**WATCHED, **OWNER, Side.ASSIGNED: OFFICER}),
    "POST /v1/incidents/{incident_id}/messages": Row({**WATCHED, **OWNER, **HOLDER}, _said()),
    "POST /v1/incidents/{incident_id}/cancel": Row(OWNER, {}, ends=True),
    "POST /v1/incidents/{incident_id}/moves": Row({**HOLDER, Side.ASKED: OFFICER}, {"move": "en_route"}),
    "POST /v1/incidents/{incident_id}/profile": Row({**LOOKED_AT, **HOLDER}, WHY),
    "GET /v1/profile": Row(only(EVERYBODY)),
    "PUT /v1/profile": Row(only(EVERYBODY), {"medical_notes": "Asthma."}),
    "GET /v1/profile/views": Row(only(EVERYBODY)),
    # One's own timer: set before it is ended.
    "GET /v1/check-in": Row(only(EVERYBODY)),
    "PUT /v1/check-in": Row(only(EVERYBODY), {"minutes": 1440}),
    "POST /v1/check-in/end": Row(only(EVERYBODY), {}),
    # One's own device, sign-in and stream.
    "POST /v1/renew": Row(only(EVERYBODY)),
    "POST /v1/sign-out": Row(only(EVERYBODY), ends=True),
    "GET /v1/me": Row(only(EVERYBODY)),
    "PUT /v1/handset": Row(only(EVERYBODY), {"installation_id": "role-table", "platform": "web", "push": None}),
    "GET /v1/sessions": Row(only(EVERYBODY)),
    "GET /v1/second-factor": Row(only(EVERYBODY)),
    "GET /v1/stream": Row(only(EVERYBODY), query="?after=0"),
    # What is for everybody of one's world; the other world's is not there.
    "GET /v1/broadcasts": Row(only(EVERYBODY)),
    "POST /v1/broadcasts/{broadcast_id}/answer": Row({Side.OTHER: EVERYBODY}, {"answer": "safe"}),
    "POST /v1/receipts": Row(only(EVERYBODY), {"message_ids": [str(uuid4())], "stage": "displayed"}),
    # An officer's own duty and offers.
    "PUT /v1/duty": Row(only(OFFICER), {"state": "at_post"}),
    "GET /v1/offers": Row(only(OFFICER)),
    "POST /v1/offers/{offer_id}/accept": Row({Side.ASKED: OFFICER}, ends=True),
    "POST /v1/offers/{offer_id}/decline": Row({Side.ASKED: OFFICER}, {}, ends=True),
    "POST /v1/positions": Row(only(EVERYBODY), POSITION),
    # Who has something to do at the console; what is signed in may always be signed out.
    "GET /console/api/session": Row(only(CONTROLLER | DESK | ADMIN | AUDITOR)),
    "POST /console/api/sign-out": Row(only(EVERYBODY), ends=True),
    "PUT /console/api/sound": Row(only(CONTROLLER), {"on": False}),
    # The control room: all open, closed 30 days.
    "GET /console/api/board": Row(only(CONTROLLER)),
    "GET /console/api/alarms": Row(only(CONTROLLER)),
    "POST /console/api/alarms/{alarm_id}/take": Row({Side.OTHER: CONTROLLER}, ends=True),
    "GET /console/api/officers": Row(only(CONTROLLER)),
    "GET /console/api/incidents": Row(only(CONTROLLER)),
    "POST /console/api/incidents": Row(only(CONTROLLER), {"kind": "help", "zone": "sherfield"}),
    "GET /console/api/incidents/{incident_id}": Row(WATCHED),
    "GET /console/api/incidents/{incident_id}/explain": Row(WATCHED),
    "POST /console/api/incidents/{incident_id}/assign": Row(WATCHED, {"officer_id": RESERVE}),
    "GET /console/api/incidents/{incident_id}/messages": Row(WATCHED),
    "POST /console/api/incidents/{incident_id}/messages": Row(WATCHED, _said()),
    "POST /console/api/incidents/{incident_id}/profile": Row(LOOKED_AT, WHY),
    "POST /console/api/incidents/{incident_id}/notes": Row(WATCHED, {"text": "Rang twice."}),
    "POST /console/api/incidents/{incident_id}/take": Row(WATCHED),
    "POST /console/api/incidents/{incident_id}/ask-again": Row(WATCHED),
    "PUT /console/api/incidents/{incident_id}/protocol/{step_id}": Row(WATCHED, {"done": True}),
    "PUT /console/api/incidents/{incident_id}/methane": Row(WATCHED, {"major_incident": False}),
    "POST /console/api/incidents/{incident_id}/links": Row(WATCHED, {"other_id": CASE}),
    "DELETE /console/api/incidents/{incident_id}/links/{other_id}": Row(WATCHED),
    "POST /console/api/incidents/{incident_id}/messages/read": Row(WATCHED, {"up_to": SAID}),
    "POST /console/api/incidents/{incident_id}/resolve": Row(WATCHED, {"note": None}, ends=True),
    # A hold needs the case and not its content: also for whoever may see none, and however long ago it was closed.
    "GET /console/api/holds": Row(only(CONTROLLER | ADMIN | AUDITOR)),
    "POST /console/api/incidents/{incident_id}/hold": Row(HOLDABLE, {"reason": "The police asked."}, ends=True),
    "POST /console/api/incidents/{incident_id}/hold/release": Row(HOLDABLE, {"reason": "They have it."}),
    "POST /console/api/incidents/{incident_id}/hold/release/confirm": Row(HOLDABLE, {"because": "They have it."}),
    "DELETE /console/api/incidents/{incident_id}/hold/release": Row(HOLDABLE),
    # How far a broadcast of one's own world got, and who has said nothing.
    "GET /console/api/broadcasts/{broadcast_id}/tally": Row({Side.OTHER: CONTROLLER}),
    "GET /console/api/broadcasts/{broadcast_id}/unaccounted": Row({Side.OTHER: CONTROLLER}),
    "GET /console/api/campus": Row(only(CONTROLLER | ADMIN | AUDITOR)),
    "GET /console/api/campus/proof": Row(only(CONTROLLER | ADMIN | AUDITOR)),
    "GET /console/api/campus/path": Row(only(CONTROLLER | ADMIN | AUDITOR), query="?kind=help"),
    # Response times without a person in them.
    "GET /console/api/reports": Row(only(CONTROLLER | ADMIN | AUDITOR)),
    "GET /console/api/reports.csv": Row(only(CONTROLLER | ADMIN | AUDITOR)),
    # Broadcasts: a template by one controller, free text by two, the second with step-up; nobody of the other world.
    "GET /console/api/broadcasts": Row(only(CONTROLLER)),
    "POST /console/api/broadcasts": Row(only(CONTROLLER), DRAFT),
    "GET /console/api/broadcasts/{broadcast_id}": Row({Side.OTHER: CONTROLLER}),
    "PUT /console/api/broadcasts/{broadcast_id}": Row({Side.OTHER: CONTROLLER}, DRAFT),
    "DELETE /console/api/broadcasts/{broadcast_id}": Row({Side.OTHER: CONTROLLER}, ends=True),
    "POST /console/api/broadcasts/{broadcast_id}/issue": Row({Side.OTHER: CONTROLLER}),
    "POST /console/api/broadcasts/{broadcast_id}/confirm": Row({Side.OTHER: CONTROLLER}, {}),
    "POST /console/api/broadcasts/{broadcast_id}/update": Row({Side.OTHER: CONTROLLER}, {"no_change": True}),
    "POST /console/api/broadcasts/{broadcast_id}/clear": Row({Side.OTHER: CONTROLLER}, {}, ends=True),
    "POST /console/api/broadcasts/{broadcast_id}/retract": Row({Side.OTHER: CONTROLLER}, {}, ends=True),
    # Alerts of others: past the lock a body that is no XML is refused, and a proposal that is not there is not found.
    "GET /console/api/cap": Row(only(CONTROLLER)),
    "POST /console/api/cap": Row(only(CONTROLLER), {}),
    # The advisers' desk: who of it may open which concern, the copies say.
    "GET /console/api/concerns": Row(only(DESK)),
    "GET /console/api/concerns/left-behind": Row(only(frozenset({Role.PREVENT_LEAD}))),
    "GET /console/api/concerns/keys": Row(only(DESK)),
    "PUT /console/api/concerns/keys": Row(only(DESK), {"public_key": "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="}),
    "GET /console/api/concerns/advisers": Row(only(DESK)),
    "PUT /console/api/concerns/introduction": Row(only(DESK), {"faculty": "Engineering"}),
    "GET /console/api/concerns/leave": Row(only(DESK)),
    "PUT /console/api/concerns/leave": Row(only(DESK), {"from": "2026-11-22"}),
    "DELETE /console/api/concerns/leave": Row(only(DESK)),
    # People, and the log.
    "GET /console/api/people": Row(only(CONTROLLER | ADMIN | AUDITOR)),
    # Review: an auditor's, of both worlds as an admin's.
    "GET /console/api/sessions/{person_id}": Row(
        {
            Side.OWN: CONTROLLER | ADMIN | AUDITOR,
            Side.OTHER: CONTROLLER | ADMIN | AUDITOR,
            Side.OTHER_WORLD: ADMIN | AUDITOR,
        }
    ),
    # Never oneself; whoever is not an admin may not even step up for it.
    "PUT /console/api/people/{person_id}/roles": Row(
        {Side.OTHER: ADMIN, Side.OTHER_WORLD: ADMIN}, {"roles": ["officer"]}, ends=True
    ),
    "POST /console/api/sessions/{person_id}/end": Row(
        # An admin never oneself.
        {Side.OWN: CONTROLLER, Side.OTHER: CONTROLLER | ADMIN, Side.OTHER_WORLD: ADMIN},
        ends=True,
    ),
    # "Counts only" for an auditor; of no concern, and never of the running year.
    "GET /console/api/concerns/statistics": Row(only(DESK | AUDITOR)),
    "GET /console/api/concerns/referral-sheet": Row(only(DESK)),
    "GET /console/api/audit": Row(only(AUDITOR)),
    "POST /console/api/audit/verify": Row(only(AUDITOR), {"anchors": []}),
}

#: A wrong password or code is a 401 or 403 of its own, and another's sign-in has no address to be tried by: judged by
#: the journeys of signing in, of stepping up, of second factors and of one sign-in of many.
JUDGED_ELSEWHERE = {
    "POST /v1/step-up",
    "POST /console/api/step-up",
    "POST /v1/second-factor",
    "POST /v1/second-factor/confirm",
    "POST /console/api/second-factor",
    "POST /console/api/second-factor/confirm",
    "POST /v1/sessions/{session_id}/end",
    "PUT /v1/password",
    "PUT /v1/pins",
    # A proposal has no side: judged by the journeys of other authorities' alerts.
    "POST /console/api/cap/{proposal_id}/adopt",
    "POST /console/api/cap/{proposal_id}/dismiss",
    # A concern is nobody's but who holds a copy: judged by the journeys of the desk and of who gets through its doors.
    "DELETE /console/api/concerns/keys/{key_id}",
    "GET /console/api/concerns/{concern_id}",
    "POST /console/api/concerns/{concern_id}/assign",
    "POST /console/api/concerns/{concern_id}/hand-over",
    "POST /console/api/concerns/{concern_id}/recuse",
    "POST /console/api/concerns/{concern_id}/restore",
    "POST /console/api/concerns/{concern_id}/share",
    # And those of its work.
    "POST /console/api/concerns/{concern_id}/triage",
    "POST /console/api/concerns/{concern_id}/notes",
    "POST /console/api/concerns/{concern_id}/replies",
    "GET /console/api/concerns/{concern_id}/referrals",
    "POST /console/api/concerns/{concern_id}/referrals",
    "POST /console/api/concerns/{concern_id}/referrals/{referral_id}/sent",
    "DELETE /console/api/concerns/{concern_id}/referrals/{referral_id}",
    "POST /console/api/concerns/{concern_id}/close",
    "POST /console/api/concerns/{concern_id}/reopen",
    "GET /console/api/concerns/{concern_id}/hold",
    "POST /console/api/concerns/{concern_id}/hold",
    "POST /console/api/concerns/{concern_id}/hold/confirm",
    "DELETE /console/api/concerns/{concern_id}/hold",
}


def may(call: str, role: Role, side: Side) -> bool:
    """Whether the table lets this role through this door from this side."""
    return role in TABLE[call].may.get(side, NOBODY)
