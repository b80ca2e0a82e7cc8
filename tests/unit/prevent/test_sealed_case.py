"""A concern is opened away from the server, shown without harm, and sealed again to somebody else."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from backend.concerns.sealing import (
    Unopenable,
    key_id_of,
    new_private_key,
    open_box,
    public_of,
    seal,
)
from backend.concerns.words import Attachment, Words
from infra.prevent.sealed_case import NoCase, SealedCase, count_attachments, lines_of, read_cases, save_attachments

MINE, THEIRS, NEW = new_private_key(), new_private_key(), new_private_key()
CASE = UUID(int=7)
WORDS = Words("He says\n\x1b[2Jfarewell.", {"intent": "a date"}, place="Beit", reveal={"name": "Ann"})


def answered(*written: tuple[bytes, tuple[bytes, ...]]) -> str:
    """
    As the desk answers a concern: what was written, and to whom it is sealed.
    """
    entries = []
    for nth, (plain, keys) in enumerate(written, start=1):
        public = [public_of(key) for key in keys]
        envelope = seal(plain, {key_id_of(key): key for key in public})
        entries.append({"id": str(UUID(int=nth)), "kind": "lodged", "day": "2026-11-23", **envelope.on_the_wire()})
    return json.dumps({"id": str(CASE), "stage": "waiting", "entries": entries})


def only(text: str) -> SealedCase:
    (found,) = read_cases(text)
    return found


def test_what_was_written_is_opened_and_the_rest_left_closed() -> None:
    """
    An entry without a copy for this key is no fault of the file's.
    """
    case = only(answered((WORDS.plain(), (MINE, THEIRS)), (b"to them", (THEIRS,)), (b"no JSON", (MINE,))))

    told = [entry.opened(MINE) for entry in case.entries]

    assert [json.loads(WORDS.plain()), None, {"words": "no JSON"}] == told


def test_a_strangers_words_move_nothing_on_the_screen() -> None:
    """
    Escapes, bells and letters that turn the line round become blanks; a line stays a line.
    """
    told = {"words": "a\x1b[2Jb\rc\u202ed\nsecond", "x\x07y": ["z\x1b"]}

    lines = list(lines_of(told))

    assert ["  a [2Jb c d", "  second", '  x y: ["z\\u001b"]'] == lines


def test_all_that_was_told_is_shown() -> None:
    """
    Prompts, place and who they say they are, below the words.
    """
    lines = list(lines_of(json.loads(WORDS.plain())))

    assert ["  He says", "   [2Jfarewell.", "  about:", "    intent: a date", "  place: Beit"] == lines[:5]
    assert ["  reveal:", "    name: Ann"] == lines[5:]


def test_images_are_saved_under_names_of_ours(tmp_path: Path) -> None:
    """
    A name that climbs out of the folder, and a page that is no image, stay where they are.
    """
    words = Words(
        "x", attachments=[Attachment("../../up.png", "image/png", b"PNG"), Attachment("p", "text/html", b"<")]
    )
    told = json.loads(words.plain())

    saved = save_attachments(told, tmp_path, beginning="case-1")

    assert 1 == count_attachments(told)
    assert [tmp_path / "case-1-1.png"] == saved == list(tmp_path.iterdir())
    assert b"PNG" == saved[0].read_bytes()


def test_copies_for_somebody_else_open_the_same_boxes() -> None:
    """
    All that one's own key opens, and nothing of the rest.
    """
    text = answered((b"first", (MINE,)), (b"second", (THEIRS,)), (b"third", (MINE, THEIRS)))
    case = only(text)

    document = case.copies_for([public_of(NEW), public_of(THEIRS)], MINE)

    boxes = {entry.id: entry.box or b"" for entry in case.entries}
    new = key_id_of(public_of(NEW))
    opened = [open_box(boxes[one], base64.b64decode(copy[new]), NEW) for one, copy in document["copies"].items()]
    assert str(CASE) == document["concern_id"]
    assert [{new, key_id_of(public_of(THEIRS))}] * 2 == [set(some) for some in document["copies"].values()]
    assert [b"first", b"third"] == opened


def test_who_opens_nothing_gives_nothing_away() -> None:
    """
    No empty document that the desk would take for done.
    """
    case = only(answered((b"first", (THEIRS,))))

    with pytest.raises(Unopenable):
        case.copies_for([public_of(NEW), public_of(THEIRS)], MINE)

    assert [None] == [entry.opened(MINE) for entry in case.entries]


def test_a_damaged_copy_is_told_and_not_passed_over() -> None:
    """
    Somebody could have put it there so that a sentence is missed.
    """
    told: dict[str, Any] = json.loads(answered((b"first", (MINE,))))
    ((key_id, copy),) = told["entries"][0]["copies"].items()
    told["entries"][0]["copies"] = {key_id: base64.b64encode(bytes(80)).decode()}
    case = only(json.dumps(told))

    with pytest.raises(Unopenable):
        case.entries[0].opened(MINE)

    assert 80 == len(base64.b64decode(copy))


@pytest.mark.parametrize("text", ["", "[]", "3", "{}", '{"id": "../x", "entries": []}', '{"id": 3, "entries": [{}]}'])
def test_another_file_is_no_concern(text: str) -> None:
    """
    One sentence says what it should have been.
    """
    with pytest.raises(NoCase) as refused:
        read_cases(text)

    assert "as the advisers' desk answers it" in str(refused.value)


def test_a_list_without_boxes_is_enough_to_make_copies() -> None:
    """
    What is left behind comes so from the desk; there is nothing in it to read.
    """
    told = json.loads(answered((b"first", (MINE,))))
    box = base64.b64decode(told["entries"][0].pop("box"))

    (case,) = read_cases(json.dumps({"items": [told], "next_cursor": None}))

    ((copies,),) = [list(case.copies_for([public_of(NEW)], MINE)["copies"].values())]
    assert [None] == [entry.opened(MINE) for entry in case.entries]
    assert b"first" == open_box(box, base64.b64decode(copies[key_id_of(public_of(NEW))]), NEW)
