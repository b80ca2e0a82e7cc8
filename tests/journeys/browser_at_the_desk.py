"""A browser at the console as the journeys play it: it holds the cookie, and knows the token of its page."""

from dataclasses import replace
from typing import Any

from werkzeug.test import Cookie

from backend.kernel.vocabulary import Role
from backend.web import console_cookie
from backend.web.console_cookie import PLAIN, SECURE
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API
from tests.journeys.trusted import PASSWORD, PASSWORD_HASH

HERE = "http://localhost"


class Browser:
    """One browser; its requests carry the cookie by themselves, whoever made them."""

    def __init__(self, campus: CampusStage, at: str = HERE) -> None:
        self.campus = campus
        self.at = at
        self.client = campus.client
        self.csrf: str | None = None

    def signs_in(self, person: Person, password: str = PASSWORD, **headers: str) -> Any:
        """By the console's form; the answer, whatever it is."""
        body = {"email": f"{person.name}@journeys.example".lower(), "password": password}
        response = self.client.post(f"{API}/sign-in", json=body, base_url=self.at, headers=headers)
        if response.status_code == 200:
            self.csrf = response.json["csrf"]
        return response

    def asks(
        self, method: str, path: str, body: Any = None, *, csrf: str | None = "", headers: dict[str, str] | None = None
    ) -> Any:
        """As its page does; None for `csrf` is a page that knows no token."""
        known = self.csrf if csrf == "" else csrf
        told = {**({"X-CSRF-Token": known} if known is not None else {}), **(headers or {})}
        response = self.client.open(path, method=method, json=body, headers=told, base_url=self.at)
        self.campus.settles()
        return response

    def is_answered(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, str]:
        """The status, and the end of the problem's type if it is one."""
        response = self.asks(method, path, body, **more)
        problem = response.mimetype == "application/problem+json"
        return response.status_code, response.json["type"].rpartition("/")[2] if problem else ""

    @property
    def cookie(self) -> Cookie | None:
        return self.client.get_cookie(PLAIN) or self.client.get_cookie(SECURE)


def staff(campus: CampusStage, role: Role = Role.CONTROLLER, **more: Any) -> Person:
    """Somebody of this role with a password."""
    return campus.somebody(role.value, role, password_hash=PASSWORD_HASH, **more)


def at_the_desk(campus: CampusStage, role: Role = Role.CONTROLLER) -> tuple[Person, Browser]:
    """The same, signed in at the console."""
    person, browser = staff(campus, role), Browser(campus)
    assert browser.signs_in(person).status_code == 200
    return person, browser


def public_at(campus: CampusStage, url: str) -> None:
    """The service is reached at this address."""
    handed = campus.service.app.extensions
    handed[console_cookie.PLAIN] = replace(handed[console_cookie.PLAIN], public_url=url)
