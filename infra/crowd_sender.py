"""The sender of broadcasts to phones as its parent sees it: sheaves go in, and an answer for each phone comes out."""

from collections.abc import Sequence

from infra.sender_process import SenderProcess
from notifications.channels.push import Answer, Push
from notifications.channels.sheaf import sheaves_of
from notifications.parcel import Outcome


class CrowdSender:
    """Carries pushes to a process that takes the same words for many phones as one line."""

    def __init__(self, process: SenderProcess) -> None:
        self.process = process

    def carry(self, letters: Sequence[Push]) -> list[Answer]:
        """An answer for each within the deadline; lets the hub turn meanwhile."""
        gathered = sheaves_of(letters)
        answers = [UNTOLD] * len(letters)
        told = self.process.ask([sheaf for sheaf, _ in gathered])
        for (_, places), found in zip(gathered, told, strict=True):
            # What its process has to say of a whole line, because it is late or dead, holds for each of its phones.
            each = found if isinstance(found, list) else [found] * len(places)
            for place, answer in zip(places, each, strict=True):
                answers[place] = answer
        return answers


#: Said of none, since every push is in a sheaf.
UNTOLD = Answer(Outcome.RETRY, "no answer", unwell=True)
