"""How many things may come in at once: each costs time that a tap would wait for, long before any work is looked at."""

from typing import TypeVar

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

T = TypeVar("T")

#: Values within values of one JSON body: texts, images, and a copy for each of some hundred keys.
MOST_VALUES = 1000

#: Commas of one JSON body, those of the words among them; base64 has none.
MOST_COMMAS = 40_000

#: Fields of one form: the page has a dozen, and a box for each adviser.
MOST_FIELDS = 200

TOO_MANY = "More fields than anything here has."


def must_be_few_strokes(request: Request) -> None:
    """Before anything is parsed. Raises RequestEntityTooLarge."""
    if request.get_data(cache=True).count(b",") > MOST_COMMAS:
        raise RequestEntityTooLarge(TOO_MANY)


def few_values(body: T) -> T:
    """
    The same body.

    Raises RequestEntityTooLarge for more values than anything here has: each
    unknown one would be answered with a sentence.
    """
    rest: list[object] = [body]
    seen = 0
    while rest:
        one = rest.pop()
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        seen += len(inside)
        if seen > MOST_VALUES:
            raise RequestEntityTooLarge(TOO_MANY)
        rest.extend(inside)
    return body
