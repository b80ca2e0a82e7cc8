"""The whole database and configuration open no concern; one adviser's key opens theirs, two shares open all."""

import base64
import json
from datetime import date
from uuid import UUID

import pytest
from nacl.public import PrivateKey, SealedBox
from shamir_mnemonic import Share

from backend.concerns import assigning
from backend.concerns.concern import Stage
from backend.concerns.sealing import KEY_BYTES, key_id_of, new_private_key, public_of, seal
from backend.concerns.words import Attachment
from infra.keyring_file import NAME as KEYS
from infra.prevent.key_file import KeyFile
from infra.prevent.shares import Unfit, join
from tests.campus import CampusStage
from tests.journeys.conftest import SECRET
from tests.journeys.sealed_concerns import adviser, id_of, lodged, recovery_key, stage_of, today
from tests.journeys.thief import Loot, takes_everything

FIRST, SECOND, THIRD = "walrus under the library", "lantern in the boathouse", "parsnip on the stairs"
PAIRS = ((0, 1), (1, 2), (2, 0))

PHOTO = b"\xff\xd8 a photo of the boathouse \xff\xd9"


class Scene:
    """
    Three concerns: one that waits, one with a photo and without the second adviser, one that two have.
    """

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.ann, self.ben, self.eve = (adviser(campus, name) for name in ("Ann", "Ben", "Eve"))
        self.recovery, self.shares = recovery_key(campus)
        self.mailbox = lodged(campus, FIRST)
        photo = [Attachment("image-1.jpg", "image/jpeg", PHOTO)]
        lodged(campus, SECOND, without=(key_id_of(self.ben.public_key),), attachments=photo)
        self.assigned = id_of(campus, lodged(campus, THIRD, about={"intent": "a day in May"}))
        campus.skips(days=1)
        campus.database.write(
            assigning.assign,
            self.assigned,
            [self.ben.person.id, self.eve.person.id],
            {},
            by=self.ben.person.id,
            at_once=False,
            today=today(campus),
            now=campus.clock.now,
        )


@pytest.fixture
def scene(campus: CampusStage) -> Scene:
    return Scene(campus)


def words_of(opened: list[bytes]) -> list[str]:
    return sorted(json.loads(plain)["words"] for plain in opened)


def writings(plain: bytes) -> list[bytes]:
    """
    As somebody may have written it down: in base64 at each of its three places, in hex, and in UTF-16.
    """
    in_base64 = [base64.b64encode(b" " * start + plain)[4:-4] for start in range(3)]
    return [plain, *in_base64, plain.hex().encode(), plain.decode("latin-1").encode("utf-16-le")]


def test_everything_of_the_server_opens_nothing(scene: Scene) -> None:
    """
    No word stands anywhere; no 32 bytes, nor what is made of a secret, are a key; nor does one page of paper help.
    """
    share = scene.shares[0]
    loot = takes_everything(scene.campus, share.encode(), Share.from_mnemonic(share).value)

    told = [word.encode() for word in (FIRST, SECOND, THIRD, "a day in May", "image-1.jpg")]
    assert not loot.holds_any(writing for plain in (*told, PHOTO) for writing in writings(plain))
    ring = (scene.campus.settings.data_dir / KEYS).read_bytes()
    assert all(loot.holds_any([taken]) for taken in (SECRET.encode(), ring, *loot.boxes.values()))
    assert 3 == len(loot.boxes)
    assert [] == loot.opened_by_search()


@pytest.mark.parametrize("place", ["raw", "base64", "hex", "data key", "thrown away"])
def test_a_key_that_lay_there_would_be_found(place: str) -> None:
    """
    The search can find: a private half in three writings, a box's own key, the half that a copy was made with.
    """
    key, other = new_private_key(), new_private_key()
    envelope = seal(b"words", {"an adviser": public_of(key)})
    copy = envelope.copies["an adviser"]
    hidden = {
        "raw": b"\0" * 70 + key + b"\0" * 70,
        "base64": KeyFile.in_the_open(key, today=date(2026, 11, 23)).text().encode(),
        "hex": b"key=" + key.hex().encode(),
        "data key": b"x" + SealedBox(PrivateKey(key)).decrypt(copy),
        "thrown away": other,
    }
    copies = {key_id_of(public_of(key)): copy, "another": public_of(other) + copy[KEY_BYTES:]}
    boxes = {UUID(int=1): envelope.box}
    loot = Loot([b"page" * 99, hidden[place]], boxes, {(UUID(int=1), one): copy for one, copy in copies.items()})

    opened = loot.opened_by_search()

    expected = public_of(other) if place == "thrown away" else b"words"
    assert [expected] == opened


def test_one_advisers_key_opens_their_cases_and_what_waits(scene: Scene) -> None:
    """
    Not what they were struck out of, and not what two others have: those copies are gone.
    """
    loot = takes_everything(scene.campus)

    opened = {one.person.name: words_of(loot.opened_with(one.private_key)) for one in (scene.ann, scene.ben, scene.eve)}

    assert {"Ann": [SECOND, FIRST], "Ben": [THIRD, FIRST], "Eve": [SECOND, THIRD, FIRST]} == {
        name: sorted(words) for name, words in opened.items()
    }
    places = {scene.ben.person.id, scene.eve.person.id}
    assert (Stage.ASSIGNED, places) == stage_of(scene.campus, scene.assigned)


def test_two_pages_of_paper_open_everything_and_one_nothing(scene: Scene) -> None:
    """
    Any two. The receipt is for replies: even what was lodged with it stays closed to it.
    """
    loot = takes_everything(scene.campus)

    opened = [words_of(loot.opened_with(join([scene.shares[one], scene.shares[two]]))) for one, two in PAIRS]

    assert [sorted([FIRST, SECOND, THIRD])] * len(PAIRS) == opened
    for share in scene.shares:
        with pytest.raises(Unfit):
            join([share])
    assert [] == loot.opened_with(scene.mailbox.private_key)
