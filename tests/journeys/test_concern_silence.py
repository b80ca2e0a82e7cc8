"""A concern arrives, and nobody's page, stream, push, log or figure is any different."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from structlog.testing import capture_logs

from backend.concerns import lodging, receipt
from backend.concerns.sealing import seal
from backend.kernel import audit
from backend.kernel.vocabulary import CONCERN_ROLES, Role
from infra.tables import METADATA
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.broadcasts import EVACUATE, issued
from tests.journeys.desk import Adviser, adds, adviser, lodged, recovery_key, today, waits_a_day
from tests.journeys.trusted import stepped_up
from tests.journeys.twins import DRAWN_ANEW

#: What goes on by itself: when a figure began, how long a door took, and what other people's files leave of the disk.
RESTLESS = re.compile(r"^bluelight_(\w+_created|(request|write)_seconds_(sum|bucket)|disk_free_bytes)\b")

#: A form's own name, drawn anew for whoever opens it.
FORM = re.compile(r'name="form" value="[\w-]+"')

#: Numbers of the audit log's lines, which every look adds to.
NUMBERS = re.compile(r'"(id|place|next_cursor)":\d+')


@dataclass
class Watched:
    """Everybody of the campus at one moment: what each can see or is sent, and what operators read."""

    pages: dict[tuple[str, str], tuple[int, dict[str, str], str]]
    streams: dict[str, list[dict[str, Any]]]
    pushes: int
    lines: int
    figures: dict[str, float]


class Onlookers:
    """One of each role, with a case, a broadcast and handsets that can be pushed to; the advisers have keys."""

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.people = {
            role.value: stepped_up(campus.somebody(f"a {role.value}", *([] if role is Role.MEMBER else [role])))
            for role in Role
        }
        for name, person in self.people.items():
            push = {"kind": "fid", "value": name}
            body = {"installation_id": name, "platform": "android", "push": push}
            assert person.asks("PUT", "/v1/handset", body).status_code == 200
        for role in CONCERN_ROLES:
            Adviser(self.people[role.value]).has_new_key()
        case = self.people["member"].taps("help", at=campus.LIBRARY)
        thread = issued(self.people["controller"], **EVACUATE)["id"]
        self.names: dict[str, str] = {
            "incident_id": case["id"],
            "person_id": str(self.people["member"].id),
            "broadcast_id": thread,
            "number": "1",
            "token": "none",
            "name": "none",
        }

    def look(self) -> Watched:
        """Every GET there is, by everybody; their streams; what was pushed; the log; the figures."""
        campus = self.campus
        campus.settles()
        before = self._figures()
        pages = {
            (name, path): self._page(person, path) for name, person in self.people.items() for path in self._paths()
        }
        figures = {name: value - before.get(name, 0.0) for name, value in self._figures().items()}
        return Watched(
            pages={**pages, **self._cases_of_gauges(before)},
            streams={name: person.messages() for name, person in self.people.items()},
            pushes=len(campus.recorder.sent),
            lines=len(campus.database.read(lambda session: list(audit.lines(session, most=100_000)))),
            figures=figures,
        )

    def _paths(self) -> list[str]:
        rules = [rule for rule in self.campus.service.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        paths = [
            re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self.names.get(str(found[1]), "none"), one.rule) for one in rules
        ]
        return sorted(path for path in paths if path not in ("/metrics", DRAWN_ANEW))

    def _page(self, person: Person, path: str) -> tuple[int, dict[str, str], str]:
        response = person.asks("GET", path + ("?limit=10" if path.endswith("/audit") else ""), buffered=True)
        text = NUMBERS.sub("", response.text) if path.endswith("/audit") else FORM.sub("", response.text)
        headers = {name: value for name, value in response.headers.items() if name != "Date"}
        if path.endswith("/audit"):
            headers.pop("Content-Length", None)
        return response.status_code, headers, text

    def _figures(self) -> dict[str, float]:
        told = self.campus.client.get("/metrics").text.splitlines()
        kept = (line.rpartition(" ") for line in told if line and line[0] != "#" and not RESTLESS.match(line))
        return {name: float(value) for name, _, value in kept if value != "NaN"}

    def _cases_of_gauges(self, figures: dict[str, float]) -> dict[tuple[str, str], tuple[int, dict[str, str], str]]:
        """Figures that count neither requests nor what they write, as they stand."""
        still = {
            name: value
            for name, value in figures.items()
            if not name.startswith(("bluelight_request", "bluelight_write_seconds"))
        }
        return {("operator", "/metrics"): (200, {}, str(sorted(still.items())))}


@pytest.fixture
def onlookers(campus: CampusStage) -> Onlookers:
    """
    Advisers have keys, and the desk has concerns of earlier days already.
    """
    ada, _ = adviser(campus, "ada"), adviser(campus, "ben")
    recovery_key(campus)
    lodged(campus)
    waits_a_day(campus)
    assert len(ada.lists()) == 1
    return Onlookers(campus)


def test_nothing_of_anybodys_differs_by_a_concerns_arrival(campus: CampusStage, onlookers: Onlookers) -> None:
    """
    With the clock held: looked at twice and then once more after a lodging, the third differs no more than the second.
    """
    onlookers.look()
    first, second = onlookers.look(), onlookers.look()

    with capture_logs() as logged:
        concern = lodged(campus)
        adds(campus, concern, "and this")
        campus.settles()

    third = onlookers.look()
    assert [] == logged
    assert second.pages == third.pages
    assert second.streams == third.streams
    assert (first.pushes, first.pushes) == (second.pushes, third.pushes)
    assert second.lines - first.lines == third.lines - second.lines
    assert second.figures == third.figures
    assert len(second.pages) > 250


def test_a_lodging_rings_no_bell_and_writes_into_no_dated_table(campus: CampusStage) -> None:
    """
    Not one row of any other table, and nobody is woken.
    """
    adviser(campus, "ada")
    campus.settles()
    before = _others(campus)
    campus._rung.clear()

    keys = campus.database.read(lodging.offered)
    mailbox = receipt.mailbox_of(receipt.new_receipt())
    sealed = lodging.Sealed(mailbox.id, mailbox.public_key, seal(b"words", keys.but(())))
    campus.database.write(lodging.lodge, sealed, version=keys.version, today=today(campus))

    assert set() == campus._rung
    assert before == _others(campus)


def _others(campus: CampusStage) -> dict[str, Any]:
    """Every row of every table but the concerns' own."""
    return campus.database.read(_rows)


def _rows(session: Any) -> dict[str, Any]:
    return {
        table.name: sorted(map(str, session.execute(table.select())))
        for table in METADATA.tables.values()
        if not table.name.startswith("concern")
    }
