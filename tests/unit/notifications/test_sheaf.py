"""The same words for many phones: told once, and answered for phone by phone; and the pace at which they go."""

from dataclasses import replace

from hypothesis import given, strategies as st

from notifications.channels.pacing import RUN_S, Pace
from notifications.channels.push import Answer, Push
from notifications.channels.sheaf import WELL, Sheaf, answers_from_line, answers_line, sheaves_of
from notifications.parcel import Outcome

WORDS = Push("", "", "Leave Beit now.", {"broadcast_id": "1"}, tag="1", title="Fire at Beit", kept_s=1800)
WELSH = replace(WORDS, sentence="Ewch allan.", title="Tân")

ANSWERS = st.builds(
    Answer,
    st.sampled_from(Outcome),
    st.none() | st.text(max_size=5),
    st.none() | st.floats(0, 100),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def test_the_same_words_are_told_once_whoever_they_are_for() -> None:
    """
    Two languages are two sheaves, and each phone keeps the place it had.
    """
    pushes = [replace(WORDS if k % 3 else WELSH, kind="fid", value=f"phone-{k}") for k in range(6)]

    (welsh, odd), (english, others) = sheaves_of(pushes)

    assert (WELSH, [0, 3]) == (welsh.words, odd)
    assert (WORDS, [1, 2, 4, 5]) == (english.words, others)
    assert (("fid", "phone-0"), ("fid", "phone-3")) == welsh.targets


def test_a_sheaf_crosses_a_pipe_as_it_was() -> None:
    """
    One line, whatever signs are in it.
    """
    sheaf = Sheaf(WELSH, (("fid", "one\n"), ("token", "two")))

    line = sheaf.line(7)

    assert 1 == line.count(b"\n")
    assert (7, sheaf) == Sheaf.from_line(line)


@given(st.lists(ANSWERS, max_size=8))
def test_answers_cross_a_pipe_as_they_were(answers: list[Answer]) -> None:
    """
    What went well is not said, and is there again on the other side.
    """
    found = answers_from_line(answers_line(3, answers))

    assert (3, answers) == found
    assert b'"others": {}' in answers_line(3, [WELL] * 500)


def test_no_second_has_more_than_its_pace() -> None:
    """
    However often it is asked, and with a short run only after a pause.
    """
    pace = Pace(100, now=0.0)

    gone = [tick / 1000 for tick in range(3000) for _ in range(3) if pace.take(tick / 1000)]
    after_a_pause = sum(pace.take(60.0) for _ in range(100))

    assert 300 <= len(gone) <= 300 + 100 * RUN_S + 1
    assert 100 * RUN_S == after_a_pause
    assert 0 < pace.wait_s(60.0) <= 0.01
