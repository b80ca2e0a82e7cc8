"""What people text is understood, and what is not is never taken for something else."""

import pytest
from hypothesis import given, strategies as st

from backend.kernel.vocabulary import Answer
from notifications.replies.understood import NOTHING, Heard, understand

SAFE, NEED_HELP, NOT_HERE = Answer.SAFE, Answer.NEED_HELP, Answer.NOT_HERE


@pytest.mark.parametrize("text", ["1", " 1 ", "1.", "#1", "1)", "1safe", "１", "1 - at home"])
def test_a_one_is_safe_or_a_yes(text: str) -> None:
    """
    Which of the two is for whoever knows what was asked.
    """
    heard = understand(text)

    assert (SAFE, True, True) == (heard.answer, heard.yes, heard.digit)


@pytest.mark.parametrize(
    ("text", "rest"),
    [("2", None), ("2 - im in the library", "im in the library"), ("2) third floor", "third floor"), ("2\n", None)],
)
def test_a_two_needs_help_or_is_a_no_and_the_rest_is_kept(text: str, rest: str | None) -> None:
    """
    The first token decides; what comes after it is for the people who come.
    """
    assert Heard(NEED_HELP, False, digit=True, rest=rest) == understand(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("safe", SAFE),
        ("Yes I am safe", SAFE),
        ("YES, I'M SAFE!", SAFE),
        ("  i’m   ok ", SAFE),
        ("no, we are fine", SAFE),
        ("safe, no help needed", SAFE),
        ("HELP", NEED_HELP),
        ("need help", NEED_HELP),
        ("Yes I need help", NEED_HELP),
        ("no - I am not safe", NEED_HELP),
        ("I need an ambulance", NEED_HELP),
        ("please send help", NEED_HELP),
        ("ok but my friend is hurt", NEED_HELP),
        ("my leg is trapped", NEED_HELP),
        ("yes, 2", NEED_HELP),
        ("not here", NOT_HERE),
        ("I am not on campus", NOT_HERE),
        ("im away", NOT_HERE),
    ],
)
def test_words_are_understood(text: str, answer: Answer) -> None:
    """
    However they are written; a word of need beats all others.
    """
    assert answer is understand(text).answer


@pytest.mark.parametrize("text", ["", " ", "?", "who is this", "12", "21", "no help needed", "i dont need help", "🔥"])
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    """
    Least of all a word that takes back the one after it.
    """
    assert NOTHING == understand(text)


@pytest.mark.parametrize(
    ("text", "yes", "case"),
    [
        ("YES E-2026-0147", True, 147),
        ("yes e-0147", True, 147),
        ("Y e147", True, 147),
        ("Yes 0147", True, 147),
        ("yes, E 2026 0147.", True, 147),
        ("NO E-2026-0147", False, 147),
        ("no F-0002", False, 2),
        ("1 E-2026-0147", True, 147),
        ("2 H-2026-12345", False, 12345),
        ("yes", True, None),
        ("no", False, None),
        ("Yes yes!", True, None),
    ],
)
def test_a_yes_or_a_no_names_its_case(text: str, yes: bool, case: int | None) -> None:
    """
    With letter and year or without, as it stands in the text that asked.
    """
    assert Heard(yes=yes, case=case) == understand(text)


def test_a_short_number_after_a_yes_is_no_case() -> None:
    """
    "Yes, 2" is a person who needs help, and no yes to case 2.
    """
    heard = understand("yes 2")

    assert (NEED_HELP, None, None) == (heard.answer, heard.yes, heard.case)


@given(st.text(max_size=2000))
def test_any_text_at_all_is_understood_or_not(text: str) -> None:
    """
    It never raises, and never means a yes and a call for help in words at once.
    """
    heard = understand(text)

    assert not (heard.calls_in_words and heard.yes is not None)
