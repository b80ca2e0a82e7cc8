"""Those who take part in one journey, each at a door of their own, and what they were told in which order."""

from collections.abc import Sequence
from typing import Any

from tests.both_forms.forms import Form
from tests.phone import LIBRARY, Answer, Message, Phone, Place
from tests.scaled_form import Door

API = "/console/api"


class Company:
    """Members at the one door, officers at the other: what one of them does must reach the other's process."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._members: list[Phone] = []
        self._officers: list[Phone] = []

    def member(self, name: str, door: Door | None = None) -> Phone:
        """With a live connection."""
        phone = self.form.phone(name, door or self.form.here)
        phone.connects()
        self._members.append(phone)
        return phone

    def officer(self, name: str, *, at: Place = LIBRARY, door: Door | None = None) -> Phone:
        """On duty there, with a live connection."""
        phone = self.form.phone(name, door or self.form.there)
        phone.goes_on_duty(at=at)
        phone.connects()
        self._officers.append(phone)
        return phone

    def console(self, name: str = "controller1", door: Door | None = None) -> Phone:
        """Somebody's desk, live; through the address that everybody knows unless another is named."""
        desk = self.form.phone(name, door, face="console")
        desk.connects()
        self._members.append(desk)
        return desk

    def leave(self) -> None:
        """Nothing of this journey is left for the next: no case, nobody on duty, no connection."""
        for phone in self._members:
            for case in phone.asks("GET", "/v1/incidents?open=true").body.get("items", []):
                phone.cancels(case["id"])
        for officer in self._officers:
            officer.goes_off_duty()
        for phone in (*self._members, *self._officers):
            phone.close()


def case_tapped(phone: Phone, kind: str = "emergency", **more: Any) -> str:
    """The id of the case that this press opened."""
    status, case = phone.taps(kind, **more)
    assert 201 == status, case
    found: str = case["id"]
    return found


def done(answer: Answer) -> Any:
    """What was answered to something that must be done."""
    assert answer.status in (200, 201, 202, 204), answer
    return answer.body


def hears(phone: Phone, case: str, state: str) -> Message:
    """Wait until this phone or desk is shown the case in this state."""

    def wanted(message: Message) -> bool:
        told = message["data"]
        return "incident" == message["type"] and told["incident_id"] == case and told.get("state") == state

    return phone.waits_for(wanted, what=f"{case} {state}")


def states(phone: Phone, case: str) -> list[str]:
    """The states in which it was shown this case, each once, in the order they came."""
    told = [one["data"]["state"] for one in phone.of_type("incident") if one["data"]["incident_id"] == case]
    return list(dict.fromkeys(told))


def holes(phone: Phone) -> Sequence[int]:
    """The numbers that are missing, doubled or out of turn in what came to it."""
    seqs = [one["seq"] for one in phone.messages]
    return [seq for seq, wanted in zip(seqs, range(1, len(seqs) + 1), strict=True) if seq != wanted]
