"""What a reporter adds reaches those who read their concern, whatever has become of keys and stages meanwhile."""

import pytest

from tests.campus import CampusStage
from tests.journeys.desk import Adviser, Lodged, adviser, lodged, recovery_key, waits_a_day
from tests.reporter import at_the_door, sealed_for


def words_read_by(one: Adviser, concern: Lodged) -> list[bool]:
    """Of each word that was looked for, whether it is in what they read."""
    read = b" ".join(one.reads(concern))
    return [word in read for word in (b"worried", b"clear words", b"sealed words")]


@pytest.mark.parametrize("recovers", [False, True], ids=["no recovery key", "a recovery key"])
def test_words_added_after_both_took_new_keys_are_read_by_both(campus: CampusStage, recovers: bool) -> None:
    """
    In the clear and sealed; and each gives the other what was before, for their new key.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    if recovers:
        recovery_key(campus)
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    for one in (ada, ben):
        one.has_new_key()
    somebody = at_the_door(campus.client)

    told = somebody.reads(concern.receipt)
    somebody.adds(concern.receipt, words="clear words")
    somebody.adds(concern.receipt, sealed=sealed_for(told["seal_to"], "sealed words"))

    assert {ada.key_id, ben.key_id} == set(told["seal_to"]).intersection([*ada.private, *ben.private, *cleo.private])
    assert [[True] * 3] * 2 == [words_read_by(one, concern) for one in (ada, ben)]
