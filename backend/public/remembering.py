"""The last truth that could be read, for the moments in which the store cannot be asked."""

from flask import current_app

from backend.kernel.errors import Unavailable
from backend.open_pages.telling import truth
from backend.open_pages.truth import Truth
from backend.web.context import now, read

#: Where an application keeps it. A copy of rows and nothing else: who begins anew begins without it.
REMEMBERED = "bluelight_truth"


def truth_or_memory() -> tuple[Truth | None, bool]:
    """
    What is true now and False; else what was true when it could last be read, and True.

    None when nothing could be read since this process began.
    """
    try:
        found = read(truth, now=now())
    except Unavailable:
        return current_app.extensions.get(REMEMBERED), True
    current_app.extensions[REMEMBERED] = found
    return found, False
