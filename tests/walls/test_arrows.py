"""Imports go down, layers keep their order, pure files stay pure, and nothing crosses the wall."""

import tomllib
from collections.abc import Callable

import pytest

from tests.walls import arrow_rules
from tests.walls.sources import ROOT, SourceTree

Rule = Callable[[SourceTree], list[str]]

RULES = [
    arrow_rules.top_level,
    arrow_rules.floors,
    arrow_rules.rooms,
    arrow_rules.purity,
    arrow_rules.clocks,
    arrow_rules.environment,
    arrow_rules.wall,
]

#: The modules that the broken trees below import.
NEIGHBOURS = dict.fromkeys(
    (
        "backend/kernel/outbox.py",
        "backend/kernel/audit.py",
        "backend/campus/zone.py",
        "backend/people/account.py",
        "backend/people/people_store.py",
        "backend/people/signing_in.py",
        "backend/web/access.py",
        "backend/incidents/incident.py",
        "backend/dispatch/offer.py",
        "backend/broadcasts/broadcast.py",
        "backend/open_pages/truth.py",
        "backend/answers/tally.py",
        "backend/inbox/posting.py",
        "mobile_api/schemas.py",
        "notifications/recipes.py",
        "notifications/delivery_store.py",
        "infra/settings.py",
    ),
    "",
)

BROKEN = [
    (arrow_rules.top_level, "backend/campus/x.py", "from notifications import recipes"),
    (arrow_rules.top_level, "backend/campus/x.py", "from tests import campus"),
    (arrow_rules.top_level, "mobile_api/x.py", "import notifications.recipes"),
    (arrow_rules.top_level, "notifications/x.py", "from mobile_api.schemas import Tap"),
    (arrow_rules.top_level, "mobile_api/x.py", "def f():\n    from infra import settings"),
    (arrow_rules.top_level, "infra/drill/x.py", "from backend.campus import zone"),
    (arrow_rules.top_level, "infra/canary/flight.py", "from backend.campus import zone"),
    (arrow_rules.floors, "backend/transport/x.py", ""),
    (arrow_rules.floors, "backend/stray.py", ""),
    (arrow_rules.floors, "backend/kernel/x.py", "from backend.campus import zone"),
    (arrow_rules.floors, "backend/campus/x.py", "from backend.inbox.posting import post"),
    (arrow_rules.floors, "backend/campus/x.py", "from ..people import account"),
    (arrow_rules.floors, "backend/people/x.py", "from backend.incidents.incident import Incident"),
    (arrow_rules.floors, "backend/incidents/x.py", "import backend.dispatch.offer as offer"),
    (arrow_rules.floors, "backend/dispatch/x.py", "from backend.answers import tally"),
    (arrow_rules.floors, "backend/dispatch/x.py", "from backend.broadcasts import broadcast"),
    (arrow_rules.floors, "backend/broadcasts/x.py", "from backend.open_pages import truth"),
    (arrow_rules.floors, "backend/web/x.py", "from backend.dispatch import offer"),
    (arrow_rules.rooms, "backend/people/x.py", "from backend.people import people_store"),
    (arrow_rules.rooms, "backend/people/x.py", "from backend.people.signing_in import sign_in"),
    (arrow_rules.rooms, "backend/people/x_store.py", "from backend.people import signing_in"),
    (arrow_rules.rooms, "backend/people/choosing.py", "from . import people_store"),
    (arrow_rules.rooms, "notifications/delivery.py", "from notifications import delivery_store"),
    (arrow_rules.purity, "backend/campus/geofence.py", "import sqlalchemy as sa"),
    (arrow_rules.purity, "backend/dispatch/policy.py", "from flask import request"),
    (arrow_rules.purity, "notifications/recipes.py", "import gevent.event"),
    (arrow_rules.purity, "backend/dispatch/choosing.py", "import os"),
    (arrow_rules.purity, "backend/dispatch/choosing.py", "from time import monotonic"),
    (arrow_rules.purity, "backend/inbox/message.py", "import datetime as dt\nnow = dt.datetime.now(dt.UTC)"),
    (arrow_rules.purity, "backend/incidents/routing.py", "from datetime import date\ndate.today()"),
    (arrow_rules.clocks, "backend/incidents/raising.py", "from datetime import datetime\nx = datetime.now()"),
    (arrow_rules.clocks, "backend/incidents/incident_store.py", "import time\nx = time.time()"),
    (arrow_rules.environment, "backend/kernel/x.py", "import os\nx = os.environ['X']"),
    (arrow_rules.environment, "mobile_api/x.py", "from os import environ"),
    (arrow_rules.environment, "notifications/x.py", "import os as system\nx = system.getenv('X')"),
    (arrow_rules.wall, "backend/concerns/lodging.py", "from backend.people.account import Account"),
    (arrow_rules.wall, "backend/concerns/lodging.py", "from backend.kernel import audit"),
    (arrow_rules.wall, "backend/concerns/advising.py", "from backend.kernel import outbox"),
    (arrow_rules.wall, "backend/concerns/reminding.py", "from backend.inbox import posting"),
    (arrow_rules.wall, "backend/kernel/database.py", "from backend.kernel.outbox import put"),
    (arrow_rules.wall, "mobile_api/anonymous/concerns.py", "from mobile_api.schemas import Tap"),
    (arrow_rules.wall, "mobile_api/anonymous/scrubbing.py", "import logging"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    """
    The files as they are break none of the rules.
    """
    tree = SourceTree.from_disk()

    found = rule(tree)

    assert [] == found


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_broken_rule_is_found(rule: Rule, path: str, text: str) -> None:
    """
    Each way to break a rule is named with its file, exactly once.
    """
    tree = SourceTree.from_texts({**NEIGHBOURS, path: text})

    (found,) = rule(tree)

    assert found.startswith(path)


def test_a_player_that_reaches_the_backend_through_others_is_found() -> None:
    """
    The drill knows the service from outside, and not by way of the settings either.
    """
    tree = SourceTree.from_texts(
        {
            **NEIGHBOURS,
            "infra/drill/student.py": "from infra import settings",
            "infra/settings.py": "from backend.people import account",
        }
    )

    (found,) = arrow_rules.top_level(tree)

    assert found.endswith("infra.drill.student -> infra.settings -> backend.people.account")


def test_the_wall_is_found_broken_through_others() -> None:
    """
    A chain of harmless-looking imports to an account is told in full.
    """
    tree = SourceTree.from_texts(
        {
            **NEIGHBOURS,
            "mobile_api/anonymous/concerns.py": "from backend.web import problems",
            "backend/web/problems.py": "from backend.web import access",
            "backend/web/access.py": "from backend.people import account",
        }
    )

    (found,) = arrow_rules.wall(tree)

    assert found.endswith(
        "mobile_api.anonymous.concerns -> backend.web.problems -> backend.web.access -> backend.people.account"
    )


def test_only_reminding_itself_may_say_that_something_waits() -> None:
    """
    The one exception is an arrow, not a door: who goes through it is found.
    """
    tree = SourceTree.from_texts(
        {
            **NEIGHBOURS,
            "backend/concerns/reminding.py": "from backend.kernel import outbox",
            "backend/concerns/lodging.py": "from backend.concerns import reminding",
        }
    )

    (found,) = arrow_rules.wall(tree)

    assert found.startswith("backend/concerns/lodging.py")


def test_a_pure_file_is_found_impure_through_others() -> None:
    """
    Importing a mapped thing makes a decision depend on a database, however indirectly.
    """
    tree = SourceTree.from_texts(
        {
            "backend/dispatch/choosing.py": "from backend.people.account import Account",
            "backend/people/account.py": "from sqlalchemy.orm import Mapped",
        }
    )

    (found,) = arrow_rules.purity(tree)

    assert found.endswith("reaches sqlalchemy.orm.Mapped: backend.dispatch.choosing -> backend.people.account")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("infra/wiring.py", "from mobile_api import schemas\nfrom notifications import recipes"),
        ("backend/people/signing_in.py", "from backend.people import people_store\nfrom backend.people import account"),
        ("backend/people/people_store.py", "from backend.people.account import Account"),
        ("backend/dispatch/offering.py", "from datetime import datetime\nfrom backend.incidents import incident"),
        ("backend/dispatch/choosing.py", "from datetime import datetime, time\nfrom backend.campus.zone import Zone"),
        ("infra/settings.py", "import os\nx = os.environ"),
        ("backend/concerns/advising.py", "from backend.kernel import audit"),
    ],
)
def test_what_the_house_allows_is_not_found(path: str, text: str) -> None:
    """
    Arrows down, a store beside its noun, and infra's settings break nothing.
    """
    tree = SourceTree.from_texts({**NEIGHBOURS, path: text})

    found = [sentence for rule in RULES for sentence in rule(tree)]

    assert [] == found


def test_import_linter_is_told_the_same_order() -> None:
    """
    The floors in `pyproject.toml` are those of the walls, and so is what is held apart.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    top_level, floors, apart = settings["tool"]["importlinter"]["contracts"]
    held_apart = [apart["source_modules"], apart["forbidden_modules"]]

    assert [" | ".join(names) for names in arrow_rules.TOP_LEVEL] == top_level["layers"]
    assert [" | ".join(f"({name})" for name in names) for names in arrow_rules.FLOORS] == floors["layers"]
    assert [[f"backend.{name}" for name in names] for names in arrow_rules.APART] == held_apart
