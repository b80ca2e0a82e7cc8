"""E-mail by SMTP, over lines to the server that are kept: one recipient a message, one try a letter."""

import ssl
import threading
import time
from collections import deque
from datetime import UTC, datetime
from smtplib import SMTPException

from notifications.channels.letter import Letter
from notifications.channels.mail_answer import opening_answer
from notifications.channels.mail_line import KEPT_S, MESSAGE_S, LetGo, MailLine
from notifications.channels.mail_message import is_address, message_of
from notifications.channels.mail_relay import Relay
from notifications.channels.push import Answer
from notifications.parcel import Outcome

#: Messages at once, each on a line of its own: servers take a client with many lines for a sender of spam.
AT_ONCE = 8


class Mail:
    """One mail server; `send` may be called by many threads at once."""

    def __init__(
        self, relay: Relay, *, trust: ssl.SSLContext | None = None, message_s: float = MESSAGE_S, kept_s: float = KEPT_S
    ) -> None:
        """`trust` are the authorities whose word for the server's name is taken: the machine's own unless told."""
        self._relay = relay
        self._trust = trust or ssl.create_default_context()
        self._message_s = message_s
        self._kept_s = kept_s
        self._free: deque[MailLine] = deque()
        self._turn = threading.Lock()

    def send(self, letter: Letter) -> Answer:
        """One try within a few seconds; nothing is raised."""
        until = time.monotonic() + self._message_s
        if not is_address(letter.value):
            return Answer(Outcome.GONE, "no address", alarming=letter.about_case)
        kept = self._take()
        if kept is not None:
            try:
                return self._through(kept, letter, until=until)
            except LetGo:
                # It had nothing of the message: a server may end a line that was quiet for a while.
                pass
        try:
            line = MailLine(self._relay, trust=self._trust, until=until)
        except (OSError, SMTPException) as fault:
            return opening_answer(fault)
        try:
            return self._through(line, letter, until=until)
        except LetGo as gone:
            return gone.answer

    def close(self) -> None:
        with self._turn:
            lines, self._free = list(self._free), deque()
        for line in lines:
            line.leave()

    def _through(self, line: MailLine, letter: Letter, *, until: float) -> Answer:
        message = message_of(letter, self._relay, now=datetime.now(UTC))
        answer = line.send(message, self._relay.mailbox, letter.value, about_case=letter.about_case, until=until)
        if line.is_worth_keeping:
            line.free_since = time.monotonic()
            with self._turn:
                self._free.append(line)
        else:
            line.leave()
        return answer

    def _take(self) -> MailLine | None:
        """The line that was used last, for the server still knows it; those that were quiet for long are ended."""
        with self._turn:
            old = []
            while self._free and time.monotonic() - self._free[0].free_since > self._kept_s:
                old.append(self._free.popleft())
            line = self._free.pop() if self._free else None
        for one in old:
            one.close()
        return line
