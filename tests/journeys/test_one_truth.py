"""One truth: after every step each open page carries the hash of what was said last, and nothing older."""

from typing import Any
from uuid import UUID

import pytest
from lxml import etree

from backend.answers import page_marks
from backend.answers.carrying import carried, carried_by
from backend.answers.page_marks import Mark
from backend.broadcasts.spoken import Spoken
from backend.kernel.errors import NotFound
from backend.open_pages import telling
from tests.campus import CampusStage
from tests.journeys.public_threads import Warned
from tests.unit.open_pages.threads import oasis

CAP, ATOM = "{urn:oasis:names:tc:emergency:cap:1.2}", "{http://www.w3.org/2005/Atom}"


def fetched(campus: CampusStage, broadcast_id: UUID) -> dict[str, Mark]:
    """What a stranger reads at each address, by its bytes alone."""

    def get(path: str, **headers: str) -> Any:
        response = campus.client.get(path, headers=headers)
        assert response.status_code == 200, (path, response.text)
        return response

    _, thread = campus.database.read(telling.thread, broadcast_id, exercise=False)
    line = "/status/recorded-line"
    return {
        "/status": page_marks.on_the_page(get("/status").text, broadcast_id),
        "/status.json": page_marks.in_the_data(get("/status", Accept="application/json").json, broadcast_id),
        line: page_marks.on_the_line(get(line).text, thread),
        f"{line} (TwiML)": page_marks.on_the_exchange(get(line, Accept="application/xml").data, thread),
        "/cap/feed": page_marks.in_the_feed(get("/cap/feed").data, broadcast_id),
        "/cap/{id}.xml": page_marks.in_the_document(get(f"/cap/{broadcast_id}.xml").data),
    }


def checked(campus: CampusStage, broadcast_id: UUID) -> dict[str, Mark]:
    """What the check of the control room says of the same."""
    found = campus.database.read(carried, broadcast_id, now=campus.clock())
    return {one.where: (one.version, one.hash) if one.hash else None for one in found}


def mark(said: Spoken) -> Mark:
    return said.version, said.hash


def test_every_page_carries_the_same_hash_after_every_step(campus: CampusStage) -> None:
    """
    Issue, update, all clear: page, data, recorded line, TwiML, feed and document; and the check finds the same.
    """
    other = Warned(campus, place="White City")
    warned = Warned(campus)
    steps = [warned.said]
    for step in (Warned.updates, Warned.clears):
        assert set(fetched(campus, warned.id).values()) == {mark(steps[-1])}
        assert checked(campus, warned.id) == fetched(campus, warned.id)
        campus.clock.now = campus.clock.now.replace(minute=campus.clock.now.minute + 5)
        steps.append(step(warned, {"en": {"title": "Sherfield", "body": f"After step {len(steps)}."}}))

    assert set(fetched(campus, warned.id).values()) == {mark(steps[-1])}
    assert len({said.hash for said in steps}) == 3
    assert set(fetched(campus, other.id).values()) == {mark(other.said)}


def test_a_page_that_is_behind_is_found(campus: CampusStage) -> None:
    """
    What was remembered before an update is told apart from what holds.
    """
    warned = Warned(campus)
    first = warned.said
    remembered = campus.database.read(telling.truth, now=campus.clock())

    warned.updates()

    _, thread = campus.database.read(telling.thread, warned.id, exercise=False)
    behind = {one.where: (one.version, one.hash) for one in carried_by(remembered, thread)}
    assert behind["/status"] == behind["/status/recorded-line"] == behind["/cap/feed"] == mark(first)
    assert behind["/cap/{id}.xml"] == mark(warned.said)


def test_documents_refer_to_each_other_and_stay_where_they_are(campus: CampusStage) -> None:
    """
    Every version keeps an address, is valid, and is what the later ones refer to.
    """
    warned = Warned(campus)
    first = campus.client.get(f"/cap/{warned.id}.xml").data
    warned.updates()
    warned.retracts()

    roots = [etree.fromstring(campus.client.get(f"/cap/{warned.id}/{number}.xml").data) for number in (1, 2, 3)]

    names = [",".join(str(one.findtext(f"{CAP}{part}")) for part in ("sender", "identifier", "sent")) for one in roots]
    assert all(oasis().validate(root) for root in roots)
    assert [one.findtext(f"{CAP}msgType") for one in roots] == ["Alert", "Update", "Cancel"]
    assert roots[2].findtext(f"{CAP}references") == " ".join(names[:2])
    assert etree.tostring(roots[0]) == etree.tostring(etree.fromstring(first))
    for number in (0, 4, 10**12):
        assert campus.client.get(f"/cap/{warned.id}/{number}.xml").status_code == 404


def test_an_exercise_has_addresses_of_its_own(campus: CampusStage) -> None:
    """
    In its own feed with status Exercise, and behind no address of real ones.
    """
    played, real = Warned(campus, exercise=True), Warned(campus)

    feed = etree.fromstring(campus.client.get("/cap/exercise").data)
    (link,) = (entry.find(f"{ATOM}link") for entry in feed.iter(f"{ATOM}entry"))

    assert link is not None
    document = etree.fromstring(campus.client.get(link.get("href", "")).data)
    assert document.findtext(f"{CAP}status") == "Exercise"
    assert oasis().validate(document)
    assert played.said.hash not in campus.client.get("/cap/feed").text
    assert real.said.hash not in campus.client.get("/cap/exercise").text
    for path in (f"/cap/{played.id}.xml", f"/cap/{played.id}/1.xml", f"/cap/exercise/{real.id}.xml"):
        assert campus.client.get(path).status_code == 404, path
    found = campus.database.read(carried, played.id, exercise=True, now=campus.clock())
    assert [(one.where, one.hash) for one in found] == [
        ("/cap/exercise", played.said.hash),
        ("/cap/exercise/{id}.xml", played.said.hash),
    ]
    with pytest.raises(NotFound):
        campus.database.read(carried, played.id, now=campus.clock())


def test_a_draft_stands_nowhere(campus: CampusStage) -> None:
    """
    Neither has it a document, nor is a version there before it went out.
    """
    assert campus.client.get("/cap/0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11.xml").status_code == 404
    assert campus.client.get("/cap/not-an-id.xml").status_code == 404


def test_what_expired_leaves_the_feed(campus: CampusStage) -> None:
    """
    Nothing calls it off; its document says that it is over.
    """
    warned = Warned(campus)
    campus.clock.now = campus.clock.now.replace(hour=15)

    warned.expires()

    assert checked(campus, warned.id)["/cap/feed"] is None
    root = etree.fromstring(campus.client.get(f"/cap/{warned.id}.xml").data)
    assert root.findtext(f"{CAP}info/{CAP}expires") == "2026-11-23T15:00:00-00:00"


def test_the_recorded_line_is_well_formed_for_an_exchange(campus: CampusStage) -> None:
    """
    Whatever is in the words: spoken, spelled, with a breath between, and hung up; calm when nothing is in force.
    """
    line = "/status/recorded-line"
    calm = etree.fromstring(campus.client.get(f"{line}?format=twiml").data)
    said = Warned(campus, {"en": {"title": "<Dial>+44</Dial>", "body": "Stay & wait ]]>\x0b"}}).said

    response = campus.client.get(line, headers={"Accept": "text/xml"})

    root = etree.fromstring(response.data)
    spoken = [one.text or "" for one in root.iter("Say")]
    assert response.mimetype == "text/xml"
    assert [one.tag for one in root] == [*["Say", "Pause"] * len(spoken), "Hangup"]
    assert any("<Dial>+44</Dial>. Stay & wait ]]>" in one for one in spoken)
    assert any(", ".join(said.hash.upper()) in one for one in spoken)
    assert any("Nothing is in force" in str(one.text) for one in calm.iter("Say"))
    assert campus.client.get(line).mimetype == "text/plain"
