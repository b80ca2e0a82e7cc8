"""The link in an e-mail: good for one person and one broadcast, and made by nobody else."""

from uuid import UUID

from hypothesis import given, strategies as st

from backend.answers.answer_token import read_token, token_of

KEY = b"k" * 32
IDS = st.uuids()


@given(IDS, IDS)
def test_a_link_leads_back_to_its_broadcast_and_its_person(broadcast_id: UUID, person_id: UUID) -> None:
    """
    With the key it was made with, and no other.
    """
    token = token_of(KEY, broadcast_id, person_id)

    assert (broadcast_id, person_id) == read_token(KEY, token)
    assert read_token(b"x" * 32, token) is None


@given(IDS, IDS, st.integers(0, 63), st.characters(codec="ascii", categories=["L", "N"]))
def test_one_other_character_makes_it_nobodys(broadcast_id: UUID, person_id: UUID, place: int, character: str) -> None:
    """
    Whichever it is.
    """
    token = token_of(KEY, broadcast_id, person_id)
    mangled = token[:place] + character + token[place + 1 :]

    assert (mangled == token) == (read_token(KEY, mangled) is not None)


@given(st.text(max_size=100) | st.binary(max_size=60).map(lambda raw: raw.hex()))
def test_anything_else_is_no_link(text: str) -> None:
    """
    And is told so without a fault.
    """
    assert read_token(KEY, text) is None
