"""A day that nobody would think of: people of one campus do anything in any order, and the promises hold after each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.orm import Session

from backend.alarms.alarm import Alarm
from backend.campus import campus_store
from backend.dispatch.offer import Offer
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel.outbox import OutboxRow
from backend.kernel.vocabulary import Kind, OfferState, Role
from backend.people import people_store, responder_store
from backend.people.going_on_duty import leave_duty
from infra.backup.invariants import broken
from infra.drill.streams import RANK
from tests.campus import CampusStage
from tests.campus_people import Person

PLACES = (CampusStage.SHERFIELD, CampusStage.LIBRARY, CampusStage.BEIT, CampusStage.WHITE_CITY, None)
WHO = st.integers(0, 3)
ANY = st.integers(0, 50)


@dataclass
class Watched:
    """One person, and all that their handset got so far."""

    person: Person
    heard: list[dict[str, Any]] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)
    offers: list[str] = field(default_factory=list)


class Day(RuleBasedStateMachine):
    """
    One example. Requests are made without waiting for the rounds, so that any number of them may come in between.

    Each example has a campus of its own, so that what one finds can be made smaller.
    """

    def __init__(self) -> None:
        super().__init__()
        self.campus = self.open_campus()
        self.campus.controller("desk")
        self.members = [Watched(self.campus.student(f"member{number}")) for number in range(4)]
        officers = [self.campus.officer(f"officer{number}", on_duty=number < 2) for number in range(4)]
        self.officers = [Watched(one) for one in officers]
        self.taps: dict[tuple[UUID, str], tuple[str, dict[str, Any]]] = {}
        self.positions: dict[str, int] = {}
        self.settled = True

    def open_campus(self) -> CampusStage:
        """A campus with nobody there yet."""
        raise NotImplementedError

    # What people do

    @rule(who=WHO, kind=st.sampled_from(list(Kind)), at=st.sampled_from(PLACES))
    def presses(self, who: int, kind: Kind, at: Any) -> None:
        body: dict[str, Any] = {"tap_id": str(uuid4()), "kind": kind.value}
        if at is not None:
            body["position"] = {"latitude": at[0], "longitude": at[1], "accuracy_m": 8.0}
        self._press(self.members[who], body)

    @precondition(lambda self: self.taps)
    @rule(which=ANY)
    def presses_again(self, which: int) -> None:
        """The same press, as a phone sends it whose answer was lost."""
        (person_id, tap_id), (_, body) = list(self.taps.items())[which % len(self.taps)]
        self._press(next(one for one in self.members if one.person.id == person_id), {**body, "tap_id": tap_id})

    @precondition(lambda self: self.taps)
    @rule(which=ANY)
    def calls_off(self, which: int) -> None:
        watched, case = self._case(which)
        answer = watched.person.asks("POST", f"/v1/incidents/{case}/cancel", {})
        assert answer.status_code in (200, 409), answer.text
        self.settled = False

    @precondition(lambda self: self.taps)
    @rule(which=ANY, seq=st.integers(1, 9))
    def moves(self, which: int, seq: int) -> None:
        """A position; it may be overtaken by the ones after it."""
        watched, case = self._case(which)
        told = {"seq": seq, "latitude": 51.4985 + seq * 1e-5, "longitude": -0.1770, "accuracy_m": 5.0}
        answer = watched.person.asks("POST", f"/v1/incidents/{case}/positions", told)
        assert answer.status_code in (200, 202, 204, 409), answer.text
        if answer.status_code != 409:
            self.positions[case] = max(seq, self.positions.get(case, 0))
        self.settled = False

    @rule(who=WHO, state=st.sampled_from(["on_patrol", "at_post", "break", "off_duty"]), at=st.sampled_from(PLACES))
    def changes_duty(self, who: int, state: str, at: Any) -> None:
        body: dict[str, Any] = {"state": state}
        if at is not None and state != "off_duty":
            body["position"] = {"latitude": at[0], "longitude": at[1], "accuracy_m": 5.0}
        answer = self.officers[who].person.asks("PUT", "/v1/duty", body)
        assert answer.status_code in (200, 403), answer.text
        self.settled = False

    @rule(who=WHO)
    def is_out_of_reach_or_back(self, who: int) -> None:
        """The socket of an officer closes, or opens again."""
        officer = self.officers[who].person
        if officer.sid in self.campus._connected:
            officer.loses_its_network()
        else:
            officer.connects()

    @rule(who=WHO)
    def has_the_role_taken_or_given(self, who: int) -> None:
        officer = self.officers[who].person
        self.campus.database.write(_toggle_role, officer.id, now=self.campus.clock())
        self.settled = False

    @rule(who=WHO, which=ANY, yes=st.booleans())
    def answers(self, who: int, which: int, yes: bool) -> None:
        """To any offer that this officer ever had: a handset may be late."""
        officer = self.officers[who]
        if not officer.offers:
            return
        offer = officer.offers[which % len(officer.offers)]
        before = self.campus.database.read(_stands, UUID(offer))
        answer = officer.person.asks("POST", f"/v1/offers/{offer}/{'accept' if yes else 'decline'}", {})
        assert answer.status_code in (200, 204, 403, 404, 409), answer.text
        if yes and answer.status_code == 200:
            assert before != "staffed", "one more than wanted was told yes"
        self.settled = False

    @rule(who=WHO, which=ANY, move=st.sampled_from(["en_route", "on_scene", "resolved"]))
    def goes(self, who: int, which: int, move: str) -> None:
        # In the order of the presses: ids are drawn by chance, and a day must be the same when it is lived again.
        cases = list(dict.fromkeys(case for case, _ in self.taps.values()))
        if cases:
            path = f"/v1/incidents/{cases[which % len(cases)]}/moves"
            answer = self.officers[who].person.asks("POST", path, {"move": move})
            assert answer.status_code in (200, 403, 404, 409), answer.text
            self.settled = False

    @rule(seconds=st.sampled_from([1, 19, 21, 46, 91, 125, 310, 620]))
    def time_passes(self, seconds: int) -> None:
        self.campus.passes(seconds=seconds)
        self.settled = True

    @rule()
    def rounds_go(self) -> None:
        self.campus.settles()
        self.settled = True

    @rule()
    def one_round_goes(self) -> None:
        """What is urgent is told, and what is not waits: another request may come first."""
        self.campus.service.rounds.escalate()
        self.settled = False

    # What holds

    @invariant()
    def promises_hold(self) -> None:
        self._listen()
        if self.settled:
            found = self.campus.database.read(_breaches, self.positions, now=self.campus.clock())
            assert not found, found

    def teardown(self) -> None:
        """The evening: one after another goes home, whatever they were asked, and the books are proved."""
        try:
            for officer in self.officers:
                officer.person.asks("PUT", "/v1/duty", {"state": "off_duty"})
                self.rounds_go()
                self.promises_hold()
            assert not (faults := self.campus.audit_faults()), faults
        finally:
            self.campus.closes()

    def _press(self, watched: Watched, body: dict[str, Any]) -> None:
        answer = watched.person.asks("POST", "/v1/taps", body)
        assert answer.status_code in (200, 201), answer.text
        key = watched.person.id, body["tap_id"]
        case = answer.json["id"]
        assert self.taps.setdefault(key, (case, body))[0] == case, "one press led to two cases"
        self.settled = False

    def _case(self, which: int) -> tuple[Watched, str]:
        (person_id, _), (case, _) = list(self.taps.items())[which % len(self.taps)]
        return next(one for one in self.members if one.person.id == person_id), case

    def _listen(self) -> None:
        """Every handset's stream goes on where it was: contiguous, forward, and an offer only to who is on duty."""
        for one in (*self.members, *self.officers):
            after = one.heard[-1]["seq"] if one.heard else 0
            for message in one.person.messages(after):
                assert message["seq"] == after + 1, "a hole in a stream"
                after = message["seq"]
                one.heard.append(message)
                data = message["data"]
                if message["type"] == "incident" and data.get("state"):
                    assert RANK[data["state"]] >= one.reached.get(data["incident_id"], 0), "a case went backwards"
                    one.reached[data["incident_id"]] = RANK[data["state"]]
                if message["type"] == "offer":
                    one.offers.append(data["offer_id"])


def days_on(opens: Callable[[], CampusStage]) -> type[Day]:
    """Days on campuses that are opened so."""

    class DayHere(Day):
        """One of them."""

        def open_campus(self) -> CampusStage:
            return opens()

    return DayHere


def _toggle_role(session: Session, officer_id: UUID, *, now: Any) -> None:
    has = Role.OFFICER in people_store.roles_of(session, officer_id)
    people_store.set_roles(session, officer_id, () if has else (Role.OFFICER,))
    if has:
        leave_duty(session, officer_id, now=now)


def _stands(session: Session, offer_id: UUID) -> str:
    """Whether as many officers as wanted have the case of this offer, its own officer aside."""
    offer = session.get_one(Offer, offer_id)
    incident = incident_store.by_id(session, offer.incident_id)
    assert incident is not None
    offers = session.scalars(sa.select(Offer).where(Offer.incident_id == incident.id)).all()
    others = sum(one.counts for one in offers if one.officer_id != offer.officer_id)
    return "staffed" if others >= incident.wanted and not offer.holds else "open"


def _breaches(session: Session, positions: dict[str, int], *, now: Any) -> list[str]:
    """I1 and I5 to I9 and I13 in the store, when every round has gone."""
    found = list(broken(session.connection(), now=now))
    found += [f"event {one} waits" for one in session.scalars(sa.select(OutboxRow.id).where(OutboxRow.done.is_(False)))]
    campus = campus_store.newest(session)
    alarms = session.scalars(sa.select(Alarm)).all()
    for incident in session.scalars(sa.select(Incident).where(Incident.closed_at.is_(None))):
        offers = session.scalars(sa.select(Offer).where(Offer.incident_id == incident.id)).all()
        name, now_ = incident.reference, [one for one in offers if one.climb == incident.climb]
        policy = campus.policy(Kind(incident.kind), incident.team_id)
        assert policy is not None
        seconds = (now - incident.ladder_from).total_seconds()
        due = sum(step.after_s <= seconds for step in policy.steps)
        staffed = sum(one.counts for one in offers) >= incident.wanted
        if incident.rung > due or (incident.rung < due and not staffed):
            found.append(f"{name} has climbed {incident.rung} rungs of {due} that were due (I6)")
        told = any(alarm.incident_id == incident.id and alarm.since >= incident.ladder_from for alarm in alarms)
        answered = any(one.holds or one.waits or one.state == OfferState.DECLINED.value for one in now_)
        if not told and not answered and not any(one.holds for one in offers):
            found.append(f"nobody is asked about {name}, and the control room does not know (I1)")
        for one in offers:
            if one.waits and not one.by and not responder_store.is_on_duty(session, one.officer_id, now=now):
                found.append(f"{name} is offered to somebody off duty (I13)")
        if str(incident.id) in positions and (incident.position_seq or 0) < positions[str(incident.id)]:
            found.append(f"{name} stands at an older position (I5)")
        if incident.next_step_at is not None and incident.next_step_at < now - timedelta(seconds=1):
            found.append(f"{name} is overdue (I6)")
    return found
