"""The campus's own checklists: read strictly, kept exactly, and every kind has one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from backend.campus.configuration import faults_of, from_document, read_campus, to_document
from backend.campus.protocol import BUILT_IN
from backend.campus.protocols_file import LONGEST_LINE, MOST_QUESTIONS, MOST_STEPS
from backend.kernel.vocabulary import Kind
from tests.unit.campus import imperial

BEFORE = "# How long things are kept"
MANY = ", ".join(['"Why?"'] * 21)
STEP = 'steps = [{ id = "a", text = "A." }]'


def with_protocol(directory: Path, words: str) -> Path:
    """The campus with one more protocol, for a subtype that has a route and no protocol."""
    copy = imperial.copied_to(directory)
    imperial.rewrite(copy, "campus.toml", (BEFORE, f"[[protocols]]\n{words}\n{BEFORE}"))
    return copy


def test_each_case_has_the_most_exact_checklist_there_is(tmp_path: Path) -> None:
    """
    Of its subtype, else of its kind, else the built-in one.
    """
    campus = read_campus(with_protocol(tmp_path, f'kind = "help"\nsubtype = "facility_defect"\n{STEP}'))

    exact, general = campus.protocol(Kind.HELP, "facility_defect"), campus.protocol(Kind.HELP, "lost keys")

    assert ["A."] == [step.text for step in exact.steps]
    assert general in BUILT_IN
    assert Kind.EMERGENCY == campus.protocol(Kind.EMERGENCY, "fire").kind
    assert campus.protocol(Kind.EMERGENCY) not in BUILT_IN


def test_every_kind_has_a_built_in_checklist_that_fits_its_own_rules() -> None:
    """
    As short as one that is written down, and no step twice.
    """
    texts = [text for one in BUILT_IN for text in (*one.questions, *(step.text for step in one.steps))]

    assert set(Kind) == {one.kind for one in BUILT_IN}
    assert all(len(one.steps) <= MOST_STEPS and 0 < len(one.questions) <= MOST_QUESTIONS for one in BUILT_IN)
    assert all(len({step.id for step in one.steps}) == len(one.steps) for one in BUILT_IN)
    assert max(map(len, texts)) <= LONGEST_LINE


def test_protocols_are_kept_in_the_document() -> None:
    """
    And a campus without any keeps the document, and the digest, that it had before there were any.
    """
    campus = imperial.campus()
    written = json.dumps(to_document(campus))

    without = to_document(replace(campus, protocols=()))

    assert campus == from_document(json.loads(written))
    assert "protocols" not in without
    assert () == from_document(without).protocols


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f'kind = "halp"\n{STEP}', "did you mean"),
        (f'kind = "emergency"\n{STEP}', "is for the same cases as"),
        (f'kind = "help"\nsubtype = "acident"\n{STEP}', 'did you mean "accident"'),
        ('kind = "help"', "nothing to do"),
        ('kind = "help"\nsteps = [{ id = "a", text = "A." }, { id = "a", text = "B." }]', 'two steps with the id "a"'),
        ('kind = "help"\nsteps = [{ id = "A b", text = "A." }]', "lower-case"),
        ('kind = "help"\nsteps = [{ id = "a" }]', '"text" is missing'),
        ('kind = "help"\nsteps = [{ id = "a", text = "' + "a" * 201 + '" }]', "no longer than 200"),
        ('kind = "help"\nsteps = [{ id = "a", text = "A.", when = 1 }]', '"when" is not a key'),
        (f'kind = "help"\n{STEP}\nquestions = [" "]', "blank or longer"),
        (f'kind = "help"\n{STEP}\nquestions = "What?"', "list of texts"),
        (f'kind = "help"\n{STEP}\nquestion = ["What?"]', 'did you mean "questions"'),
        (f'kind = "help"\n{STEP}\nquestions = [1, 2]', "list of texts"),
        (f'kind = "help"\n{STEP}\nquestions = [{MANY}]', "nobody reads that"),
    ],
)
def test_what_is_wrong_with_a_protocol_is_named(tmp_path: Path, words: str, expected: str) -> None:
    """
    With its place, so that whoever wrote it finds it.
    """
    faults = faults_of(with_protocol(tmp_path, words))

    assert any(expected in fault and "protocols" in fault for fault in faults), faults
