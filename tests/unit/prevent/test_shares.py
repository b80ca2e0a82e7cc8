"""Two of three shares make the recovery key again; one tells nothing, and a misread one is named."""

from itertools import permutations

import pytest
from shamir_mnemonic import Share

from backend.concerns.sealing import new_private_key
from infra.prevent.shares import Unfit, as_written, join, split

PRIVATE = new_private_key()
SHARES = split(PRIVATE)


@pytest.mark.parametrize("pair", list(permutations(range(3), 2)))
def test_any_two_make_the_key(pair: tuple[int, int]) -> None:
    """
    In whichever order they come.
    """
    made = join([SHARES[nth] for nth in pair])

    assert PRIVATE == made


def test_a_share_is_read_however_it_was_typed() -> None:
    """
    With its numbers, capitals, commas and line ends.
    """
    typed = ",\n".join(f"{nth}. {word.upper()}" for nth, word in enumerate(SHARES[0].split(), start=1))

    assert SHARES[0] == as_written(typed)
    assert PRIVATE == join([typed, SHARES[1]])


def test_a_share_is_drawn_anew_and_is_no_part_of_the_key() -> None:
    """
    Twenty splits of one key have twenty first shares, and the key is in none of them.
    """
    values = {Share.from_mnemonic(split(PRIVATE)[0]).value for _ in range(20)}

    assert 20 == len(values)
    assert PRIVATE not in values


@pytest.mark.parametrize(
    ("shares", "why"),
    [
        ([], "needed"),
        (SHARES[:1], "twice"),
        ([SHARES[0], SHARES[0].upper()], "twice"),
        ([SHARES[0], SHARES[1].rsplit(" ", 1)[0]], "Share 2 has 32 words"),
        ([SHARES[0], " ".join(reversed(SHARES[1].split()))], "Share 2 is misread"),
        (["bluelight " + SHARES[0].split(" ", 1)[1], SHARES[1]], "Share 1 is misread"),
        ([SHARES[0], split(new_private_key())[1]], "two different keys"),
    ],
)
def test_what_does_not_fit_is_told_without_a_word_of_it(shares: list[str], why: str) -> None:
    """
    The sentence goes to a screen, and perhaps further.
    """
    with pytest.raises(Unfit, match=why) as refused:
        join(shares)

    told = set(as_written(str(refused.value)).split())
    assert not {word for share in shares for word in share.split()[:6]} & told
