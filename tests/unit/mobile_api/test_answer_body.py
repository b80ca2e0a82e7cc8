"""An answer is read as forgivingly as a tap: only the word itself has to be understood."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from backend.kernel.errors import Invalid
from backend.kernel.vocabulary import Answer
from mobile_api.broadcast_schemas import read_answer

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@given(st.sampled_from(Answer), st.dictionaries(st.text(max_size=12), ANYTHING, max_size=5), ANYTHING)
def test_nothing_beside_the_word_can_refuse_it(answer: Answer, body: dict[str, Any], position: Any) -> None:
    """
    Whatever else is in the body.
    """
    given_answer, _ = read_answer({**body, "position": position, "answer": answer.value})

    assert answer == given_answer


@pytest.mark.parametrize("word", ["NEED_HELP", "need-help", " Need help "])
def test_a_word_is_understood_however_it_is_written(word: str) -> None:
    """
    Capitals, blanks and hyphens make no difference.
    """
    assert Answer.NEED_HELP == read_answer({"answer": word})[0]


@pytest.mark.parametrize("word", [None, "", "help", "safe?", 1, True, ["safe"], {"answer": "safe"}])
def test_what_is_none_of_the_three_is_said_to_be_so(word: Any) -> None:
    """
    Nobody guesses whether somebody is safe.
    """
    with pytest.raises(Invalid) as refused:
        read_answer({"answer": word})

    assert ["answer"] == [fault.field for fault in refused.value.errors]
