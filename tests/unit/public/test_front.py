"""The page at the front door."""

from typing import Any

from flask import Flask

from backend.public import front
from backend.web.context import NAME, Context


def front_page(*, demo: bool) -> str:
    """As it is served."""
    app = Flask("front")
    app.register_blueprint(front.bp)
    unused: Any = None
    app.extensions[NAME] = Context(unused, unused, unused, unused, demo=demo)
    return app.test_client().get("/").get_data(as_text=True)


def test_a_real_institution_is_offered_no_demo_people() -> None:
    """
    Without the demonstration's flag the page neither calls itself one nor names its people.
    """
    plain, demo = front_page(demo=False), front_page(demo=True)

    assert "demonstration" not in plain
    assert "demo.example" not in plain
    assert "student1@demo.example" in demo


def test_every_way_in_is_on_the_page() -> None:
    """
    The phone, the console, the concern form and the public page; and 999 for whoever must not read on.
    """
    page = front_page(demo=False)

    assert [] == [way for way in ("/app", "/console", "/concern", "/status", "tel:999") if f'href="{way}"' not in page]
