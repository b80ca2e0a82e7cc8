"""A sheaf: the same words for many phones, as they go to the sender of broadcasts and as it answers for them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from notifications.channels.push import Answer, Push
from notifications.parcel import Outcome

#: What is not said of a phone: the provider took it.
WELL = Answer(Outcome.SENT)


@dataclass(frozen=True, slots=True)
class Sheaf:
    """`words` is the push without its phone; each of `targets` is a kind and a value."""

    words: Push
    targets: tuple[tuple[str, str], ...]

    def line(self, number: int) -> bytes:
        """As it goes to the sender: the words once, however many phones."""
        words = {name: value for name, value in asdict(self.words).items() if name not in ("kind", "value")}
        return json.dumps({"number": number, "words": words, "targets": self.targets}).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes | str) -> tuple[int, Self]:
        told = json.loads(line)
        targets = tuple((kind, value) for kind, value in told["targets"])
        return told["number"], cls(Push("", "", **told["words"]), targets)


def sheaves_of(pushes: Sequence[Push]) -> list[tuple[Sheaf, list[int]]]:
    """Pushes with the same words together, with the places they had."""
    places: dict[Any, list[int]] = {}
    for place, push in enumerate(pushes):
        places.setdefault(_words(push), []).append(place)
    return [
        (Sheaf(replace(pushes[own[0]], kind="", value=""), tuple((pushes[n].kind, pushes[n].value) for n in own)), own)
        for own in places.values()
    ]


def answers_line(number: int, answers: Sequence[Answer]) -> bytes:
    """As it comes back: only what did not go well is said."""
    others = {place: asdict(answer) for place, answer in enumerate(answers) if answer != WELL}
    return json.dumps({"number": number, "of": len(answers), "others": others}).encode() + b"\n"


def answers_from_line(line: bytes | str) -> tuple[int, list[Answer]]:
    told = json.loads(line)
    answers = [WELL] * told["of"]
    for place, one in told["others"].items():
        answers[int(place)] = Answer(**{**one, "outcome": Outcome(one["outcome"])})
    return told["number"], answers


def _words(push: Push) -> tuple[Any, ...]:
    """All of it but the phone."""
    plain = (push.sentence, push.tag, push.slot, push.quiet, push.takes_back, push.title, push.kept_s)
    return (*plain, tuple(sorted(push.data.items())))
