"""People whose password is fresh, and the authenticator in their hand."""

from dataclasses import dataclass
from typing import Any, TypeVar

from argon2 import PasswordHasher
from pyotp import TOTP

from backend.people.account import Principal
from backend.people.signing_in import recognise, sign_in
from backend.people.stepping_up import step_up
from tests.campus_people import Person

P = TypeVar("P", bound=Person)

PASSWORD = "correct horse battery"
#: As cheap as argon2 allows: what it costs to check is written in the hash.
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass
class Authenticator:
    """An app on somebody's own phone; it reads the campus's clock."""

    person: Person
    secret: str

    def shows(self, steps: int = 0) -> str:
        """The code of this half minute, or of one so many later."""
        moment = int(self.person.campus.clock.now.timestamp()) + 30 * steps
        return str(TOTP(self.secret).at(moment))


def principal_of(person: Person) -> Principal:
    """As the doors know them."""
    found: Principal | None = person.campus.database.read(recognise, person.token, now=person.campus.clock())
    assert found is not None
    return found


def stepped_up(person: P) -> P:
    """Their password was given again just now; no second factor is asked for."""
    campus = person.campus
    until = campus.database.write(step_up, None, demo=True, by=principal_of(person), now=campus.clock())
    assert until is not None
    return person


def another_sign_in(person: P) -> P:
    """The same person on a second device."""
    campus = person.campus
    token = campus.database.write(sign_in, person.id, now=campus.clock()).token
    return type(person)(campus=campus, id=person.id, name=f"{person.name} elsewhere", token=token)


def enrols(person: Person, **more: Any) -> tuple[Authenticator, list[str]]:
    """Take up a second factor (or replace it, with `code`); the authenticator and the ten recovery codes."""
    secret = person.posts("/v1/second-factor", {"password": PASSWORD, **more})["secret"]
    authenticator = Authenticator(person, secret)
    codes: list[str] = person.posts("/v1/second-factor/confirm", {"code": authenticator.shows()})["recovery_codes"]
    return authenticator, codes


def steps_up(person: Person, code: str | None = None, password: str = PASSWORD) -> tuple[int, str]:
    """By the door; the status, and until when or the end of the problem's type."""
    response = person.asks("POST", "/v1/step-up", {"password": password, "code": code})
    told = response.json
    return response.status_code, told["until"] if "until" in told else told["type"].rpartition("/")[2]
