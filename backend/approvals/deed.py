"""A deed that needs two persons: what, about which thing, and a digest of exactly how."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.kernel.plain import plain


@dataclass(frozen=True, slots=True)
class Deed:
    """
    `what` is a word of the slice that does it (`hold.release`), `about_id` the thing it is done to.

    The digest stands for everything that the two persons agree on: whoever
    changes a letter of it has another deed, which nobody has confirmed.
    """

    what: str
    about_id: str
    digest: str


def deed(what: str, about_id: UUID | str, **exactly: Any) -> Deed:
    """
    This deed, in exactly this form: values of plain types, ids and moments, in any order.

    Raises TypeError for a value that has no plain form.
    """
    told = json.dumps([what, str(about_id), plain(exactly)], sort_keys=True, separators=(",", ":"))
    return Deed(what, str(about_id), hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest())
