"""What stands in the books after all the journeys before."""

import pytest

from tests.both_forms.forms import Form

#: The first of a form waits until it has started.
pytestmark = pytest.mark.timeout(120)


def test_the_audit_stands(form: Form) -> None:
    """
    Whatever was written by whichever process is one chain, up to its anchor.
    """
    assert "The audit stands" in form.command("audit", "verify")


def test_every_process_says_that_it_is_well(form: Form) -> None:
    """
    No round has stopped moving, and a tap could be committed.
    """
    for door in (form.here, form.there, form.front):
        somebody = form.phone("student15", door)

        assert [200, 200] == [somebody.asks("GET", path).status for path in ("/healthz", "/readyz")]
