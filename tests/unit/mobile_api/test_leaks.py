"""The leak linter: it sees what gives a writer away, and lets be what does not."""

from time import process_time

import pytest

from mobile_api.anonymous.leaks import LONGEST_EXCERPT, leaks_in, rules
from tests.unit.mobile_api.leak_sentences import GIVE_AWAY, HARMLESS


@pytest.mark.parametrize(("field", "sentence", "rule"), GIVE_AWAY)
def test_what_gives_the_writer_away_is_warned_of(field: str, sentence: str, rule: str) -> None:
    """
    By the rule that says why, with the words it was found in.
    """
    found = {leak.rule: leak for leak in leaks_in({field: sentence})}

    assert rule in found
    assert found[rule].field == field
    assert all(" ".join(words.split()) in " ".join(sentence.split()) for words in found[rule].found)


@pytest.mark.parametrize(("field", "sentence"), HARMLESS)
def test_what_gives_nobody_away_is_let_be(field: str, sentence: str) -> None:
    """
    Who is warned of nothing twice reads no third warning.
    """
    found = leaks_in({field: sentence})

    assert [] == found


def test_every_rule_has_a_sentence_that_shows_it() -> None:
    """
    A rule that no test trips might as well not be there.
    """
    shown = {rule for _, _, rule in GIVE_AWAY}

    assert {rule.name for rule in rules()} == shown


def test_a_warning_stays_short_whatever_is_pasted() -> None:
    """
    A long text gives a few excerpts of a rule, each cut.
    """
    pasted = " ".join(f"{number}{'x' * 60}@college.example" for number in range(50))

    (leak,) = leaks_in({"words": pasted})

    assert len(leak.found) == 3
    assert {LONGEST_EXCERPT} == {len(words) for words in leak.found}


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    """
    Twenty thousand letters made to be looked at again and again are looked through at once.
    """
    runs = ("a@", "0", " a", "X", " my", "Thanks\n", "I am a ", "\n", "07 ", "I saw ")
    began = process_time()

    found = [leaks_in({"words": "I am a" + run * (20_000 // len(run))}) for run in runs]

    # A quadratic pattern takes tens of seconds for one of them.
    assert process_time() - began < 3
    assert all(len(leaks) < len(rules()) for leaks in found)
