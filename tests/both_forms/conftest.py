"""One service of each form for the whole run, and for each journey people of its own at it."""

from collections.abc import Iterator

import pytest

from tests.both_forms.company import Company
from tests.both_forms.forms import Form, climb_faster, embedded, scaled


@pytest.fixture(scope="session", params=["embedded", pytest.param("scaled", marks=pytest.mark.postgres)])
def form(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    """Started once; every journey leaves it in order."""
    opening = scaled() if "scaled" == request.param else embedded(tmp_path_factory.mktemp("embedded"))
    with opening as running:
        climb_faster(running)
        yield running


@pytest.fixture
def company(form: Form) -> Iterator[Company]:
    """Those who take part; afterwards their cases are closed and nobody is on duty."""
    people = Company(form)
    yield people
    people.leave()
