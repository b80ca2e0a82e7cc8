"""The control room's door to cases: raise, watch, assign, speak, note, resolve, and ask why."""

from typing import Any
from uuid import UUID

from backend.console.explained_schemas import ExplainedOut
from backend.console.schemas import (
    AssignIn,
    CaseOut,
    HeardOut,
    LookIn,
    NoteIn,
    PhonedInIn,
    ResolveIn,
    StoryOut,
    WatchedIn,
    WatchedOut,
)
from backend.dispatch import looking, speaking
from backend.dispatch.acknowledging import assign
from backend.dispatch.disclosing import disclose
from backend.dispatch.standing_down import resolve
from backend.dispatch.watching import whole
from backend.incidents.incident import Incident
from backend.incidents.raising import PhonedIn, take_call
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, read, write
from backend.web.fields import PageIn, SaidIn, SaidOut
from backend.web.looks import show
from backend.web.profile_fields import ReleasedOut

bp = Blueprint("console_incidents", __name__, url_prefix="/console/api", description="Cases, for the control room.")


@bp.get("/incidents")
@requires(Role.CONTROLLER)
@bp.arguments(WatchedIn, location="query")
@bp.response(200, WatchedOut)
def incidents(query: dict[str, Any]) -> Any:
    """The open cases and those closed in the last thirty days, newest first."""
    asked = {"is_open": query["open"], "before": query["cursor"], "most": query["limit"]}
    return show(looking.recent, **asked, by=principal(), now=now())


@bp.post("/incidents")
@requires(Role.CONTROLLER)
@bp.arguments(PhonedInIn)
@bp.response(201, CaseOut)
def phone_in(call: PhonedIn) -> Any:
    """Raise a case for somebody who rang, or that was dropped on the map: the same clock, the same officers."""
    return _as_it_is(write(take_call, call, by=principal(), now=now()))


@bp.get("/incidents/<uuid:incident_id>")
@requires(Role.CONTROLLER)
@bp.response(200, CaseOut)
def incident(incident_id: UUID) -> Any:
    """One case whole: story, officers, taps, track and alarms."""
    return show(looking.whole, incident_id, by=principal(), now=now())


@bp.get("/incidents/<uuid:incident_id>/explain")
@requires(Role.CONTROLLER)
@bp.response(200, ExplainedOut)
def explain(incident_id: UUID) -> Any:
    """Why this team, which rungs are due when, who was asked and why, who was not and why not."""
    return show(looking.explanation, incident_id, by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/assign")
@requires(Role.CONTROLLER)
@bp.arguments(AssignIn)
@bp.response(200, CaseOut)
@bp.alt_response(409, description="incident-closed, or off-duty: the officer is.")
def give(body: dict[str, Any], incident_id: UUID) -> Any:
    """Give the case to an officer on duty, asked or not, over the number that is wanted."""
    return _as_it_is(write(assign, incident_id, body["officer_id"], by=principal(), now=now()))


@bp.get("/incidents/<uuid:incident_id>/messages")
@requires(Role.CONTROLLER)
@bp.arguments(PageIn, location="query")
@bp.response(200, HeardOut)
def messages(query: dict[str, Any], incident_id: UUID) -> Any:
    """What was said in the case, in order."""
    page = {"after": query["cursor"] or 0, "most": query["limit"]}
    return show(looking.conversation, incident_id, **page, by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/messages")
@requires(Role.CONTROLLER)
@bp.arguments(SaidIn)
@bp.response(201, SaidOut)
@bp.alt_response(409, description="incident-closed, or message-id-taken.")
def say(body: dict[str, Any], incident_id: UUID) -> Any:
    """Say something to everybody in the case; the same message_id again is the same message."""
    return write(speaking.speak, incident_id, body["message_id"], body["text"], by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/profile")
@requires(Role.CONTROLLER)
@bp.arguments(LookIn)
@bp.response(200, ReleasedOut)
@bp.alt_response(409, description="incident-closed: nothing is shown any more.")
def profile(body: dict[str, Any], incident_id: UUID) -> Any:
    """The profile of the person an open case is about; they can read who looked and why."""
    return write(disclose, incident_id, body["reason"], by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/notes")
@requires(Role.CONTROLLER)
@bp.arguments(NoteIn)
@bp.response(201, StoryOut)
def add_note(body: dict[str, Any], incident_id: UUID) -> Any:
    """A note in the case's story that only the control room reads; also once the case is closed."""
    return write(speaking.write_note, incident_id, body["text"], by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/resolve")
@requires(Role.CONTROLLER)
@bp.arguments(ResolveIn)
@bp.response(200, CaseOut)
@bp.alt_response(409, description="incident-closed: it was cancelled.")
def end(body: dict[str, Any], incident_id: UUID) -> Any:
    """Close the case for everybody in it; resolving again is fine."""
    return _as_it_is(write(resolve, incident_id, body["note"], by=principal(), now=now()))


def _as_it_is(incident: Incident) -> dict[str, Any]:
    """What the controller's own deed has made of the case: the deed's line says who saw it."""
    return read(whole, incident.id, by=principal(), now=now())
