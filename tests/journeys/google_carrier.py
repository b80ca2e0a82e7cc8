"""Google's real client in the test's own process, and what a journey asks of it."""

from collections.abc import Sequence

from notifications.channels.fcm import Fcm
from notifications.channels.push import Answer, Push
from notifications.channels.push_channel import PushChannel
from tests.campus import CampusStage
from tests.campus_people import Officer, Person
from tests.google import Google


class InHere:
    """Carries each push with the real client, one after the other."""

    def __init__(self, fcm: Fcm) -> None:
        self._fcm = fcm

    def carry(self, pushes: Sequence[Push]) -> list[Answer]:
        return [self._fcm.send(push) for push in pushes]


def pushes_by(campus: CampusStage, fcm: Fcm, google: Google) -> PushChannel:
    """From now on push is Google's, which begins without a memory."""
    google.asked.clear()
    google.answers = Google.well
    channel = PushChannel(InHere(fcm), seconds=lambda: campus.clock().timestamp())
    campus.service.rounds.channels["push"] = channel
    return channel


def puts(person: Person, target: str, *, installation: str | None = None, notifications: bool | None = None) -> None:
    """Their handset says where it can be pushed to."""
    push = {"kind": "fid", "value": target} if target else None
    body = {"installation_id": installation or f"phone-{target}", "platform": "android", "push": push}
    response = person.asks("PUT", "/v1/handset", {**body, "permissions": {"notifications": notifications}})
    assert response.status_code == 200, response.text
    person.campus.settles()


def warnings_of(officer: Officer, controller: Person) -> tuple[list[str], list[str], list[str]]:
    """As the officer reads them, as the list of officers has them, and as the control room was told last."""
    listed = controller.gets("/console/api/officers")["items"]
    (one,) = [item["warnings"] for item in listed if item["officer_id"] == str(officer.id)]
    told = [data["warnings"] for data in controller.heard("officer") if data["officer_id"] == str(officer.id)]
    return officer.gets("/v1/me")["warnings"], one, told[-1]
