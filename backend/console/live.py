"""The control room's socket: /console."""

from backend.kernel.vocabulary import Face
from backend.people.account import Principal
from backend.web.live import StreamNamespace


class ConsoleNamespace(StreamNamespace):
    """Open to controllers, advisers and auditors; what each is told is the recipes' to say."""

    face = Face.CONSOLE

    def may_open(self, person: Principal) -> bool:
        return person.may_watch_console
