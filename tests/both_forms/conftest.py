"""One service of each form for the whole run, and for each journey people of its own at it."""

from collections.abc import Iterator

import pytest

from tests.both_forms.company import Company
from tests.both_forms.forms import Form, climb_faster, embedded, scaled

#: Of the third: what a lost Redis costs is time, never a message.
FORMS = [
    "embedded",
    pytest.param("scaled", marks=pytest.mark.postgres),
    pytest.param("without_redis", marks=[pytest.mark.postgres, pytest.mark.long]),
]


@pytest.fixture(scope="session", params=FORMS)
def form(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    """Started once; every journey leaves it in order."""
    if "embedded" == request.param:
        opening = embedded(tmp_path_factory.mktemp("embedded"))
    else:
        opening = scaled(redis="without_redis" != request.param)
    with opening as running:
        climb_faster(running)
        yield running


@pytest.fixture
def company(form: Form) -> Iterator[Company]:
    """Those who take part; afterwards their cases are closed and nobody is on duty."""
    people = Company(form)
    yield people
    people.leave()
