"""The few ways to say no, each with a sentence for the person who will read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field (or one entry of a file), in a sentence."""

    field: str
    message: str


class Refusal(Exception):
    """
    Any of the seven; only `web/problems.py` knows the status code.

    `slug` is the stable end of the problem's `type`, and `facts` are
    further members of the problem (ids and names the reader may see).
    """

    slug: ClassVar[str] = "refused"

    def __init__(
        self,
        title: str,
        *,
        slug: str | None = None,
        errors: Sequence[FieldFault] = (),
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(title)
        self.title = title
        self.kind = slug or self.slug
        self.errors = tuple(errors)
        self.facts = dict(facts or {})


class Invalid(Refusal):
    """What was sent cannot be understood; `errors` name each field."""

    slug = "invalid"

    def __init__(
        self,
        title: str,
        errors: Sequence[FieldFault] = (),
        *,
        slug: str | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(title, slug=slug, errors=errors, facts=facts)


class Unauthenticated(Refusal):
    """We do not know who is asking."""

    slug = "unauthenticated"


class Forbidden(Refusal):
    """We know who is asking, and they may not."""

    slug = "forbidden"


class NotFound(Refusal):
    """It is not there, or not for this person: the two are never told apart."""

    slug = "not-found"


class Conflict(Refusal):
    """It was possible once and is not now."""

    slug = "conflict"


class TooMany(Refusal):
    """Slow down; `retry_after_s` says for how long."""

    slug = "too-many"

    def __init__(self, title: str, *, retry_after_s: int, slug: str | None = None) -> None:
        super().__init__(title, slug=slug, facts={"retry_after_s": retry_after_s})
        self.retry_after_s = retry_after_s


class Unavailable(Refusal):
    """We cannot write it down just now, so we do not say that we did."""

    slug = "unavailable"


def step_up_needed() -> Forbidden:
    """Told to whoever is right for it and has not given their password again lately."""
    return Forbidden("Give your password again first, with your code: POST /v1/step-up.", slug="step-up-needed")
