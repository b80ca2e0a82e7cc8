"""Tell somebody what to do, in a language they read, with the numbers to ring."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from backend.campus.campus import Campus
from backend.campus.guidance import Translation
from backend.campus.languages import direction
from backend.campus.numbers import call_list


def guide(campus: Campus, wanted: Sequence[str]) -> dict[str, Any]:
    """
    Every card in the first wanted language there is, else in the campus's own; no card for a campus without.

    `digest` is the SHA-256 of all that is told here, so that a phone knows what it has.
    """
    told = campus.guidance.translation(wanted)
    call = calls(campus, told) if told else []
    content: dict[str, Any] = {
        "version": campus.guidance.version or None,
        "language": told.language if told else None,
        "dir": direction(told.language) if told else "ltr",
        "reviewed": told.reviewed if told else False,
        "languages": list(campus.guidance.languages),
        "cards": [{**asdict(card), "call": call} for card in told.cards] if told else [],
    }
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {**content, "digest": hashlib.sha256(spelled.encode()).hexdigest()}


def calls(campus: Campus, told: Translation) -> list[dict[str, str | bool]]:
    """The verified numbers of the campus in its order, each called as in this language."""
    order = {number: place for place, number in enumerate(campus.guidance.call_order)}
    labels = dict(told.labels)
    numbers = sorted(call_list(campus, None), key=lambda one: order.get(str(one["number"]), len(order)))
    return [{**one, "label": labels.get(str(one["number"]), one["label"])} for one in numbers]
