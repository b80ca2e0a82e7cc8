"""One connection to the mail server, signed in, over which messages go one after the other."""

import platform
import smtplib
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage

from notifications.channels.mail_answer import CLOSING, Stage, answer_of, lost_answer
from notifications.channels.mail_relay import Relay, Secrecy
from notifications.channels.push import Answer
from notifications.parcel import Outcome

#: Seconds until the server is reached, and for everything else that one message takes.
CONNECT_S, MESSAGE_S = 2.0, 5.5

#: A line is used for so many messages, and kept for so long without one: servers close it soon after.
MOST_MESSAGES, KEPT_S = 100, 20.0


class LetGo(Exception):
    """The server ended the line before it had anything of the message: another line may carry it at once."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("the server let go")
        self.answer = answer


class MailLine:
    """Open until something goes wrong; one thread at a time."""

    def __init__(self, relay: Relay, *, trust: ssl.SSLContext, until: float) -> None:
        """
        Connect, secure and sign in before `until` (monotonic).

        Raises OSError or SMTPException. A server that offers no STARTTLS where
        it must gets neither password nor message.
        """
        # Named here, or smtplib asks the name service who we are.
        name = platform.node() or "localhost"
        waits = min(CONNECT_S, _left(until))
        if relay.secrecy is Secrecy.TLS:
            self._smtp: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, name, timeout=waits, context=trust)
        else:
            self._smtp = smtplib.SMTP(relay.host, relay.port, name, timeout=waits)
        self.sent = 0
        self.free_since = 0.0
        try:
            self._be_quick(until)
            if relay.secrecy is Secrecy.STARTTLS:
                self._smtp.starttls(context=trust)
                self._be_quick(until)
            self._smtp.ehlo_or_helo_if_needed()
            if relay.user is not None:
                self._be_quick(until)
                self._smtp.login(relay.user, relay.password or "")
        except BaseException:
            self.close()
            raise

    @property
    def is_open(self) -> bool:
        return self._smtp.sock is not None

    @property
    def is_worth_keeping(self) -> bool:
        return self.is_open and self.sent < MOST_MESSAGES

    def send(self, message: EmailMessage, sender: str, recipient: str, *, about_case: bool, until: float) -> Answer:
        """
        One message to one recipient; the line is closed unless it can carry another.

        Raises LetGo when the server ended it before it had the content.
        """
        content = bytes(message)
        stage = Stage.SENDER
        try:
            self._be_quick(until)
            code, reply = self._smtp.mail(sender, self._options(recipient))
            if code == 250:
                stage = Stage.RECIPIENT
                self._be_quick(until)
                code, reply = self._smtp.rcpt(recipient)
                if code in (250, 251, 252):
                    stage = Stage.CONTENT
                    self._be_quick(until)
                    code, reply = self._smtp.data(content)
                    stage = Stage.END
        except smtplib.SMTPDataError as fault:
            # The server would not even begin to take it.
            code, reply = fault.smtp_code, _bytes(fault.smtp_error)
        except UnicodeEncodeError:
            self.close()
            return Answer(Outcome.GONE, "the server takes no such address", alarming=about_case)
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            answer = lost_answer(stage, fault)
            if stage is not Stage.CONTENT and isinstance(fault, smtplib.SMTPServerDisconnected | ConnectionError):
                raise LetGo(answer) from fault
            return answer
        self.sent += 1
        answer = answer_of(stage, code, reply, about_case=about_case)
        if code == CLOSING:
            self.close()
            if stage is not Stage.END:
                raise LetGo(answer)
        elif answer.outcome is not Outcome.SENT:
            self._clear(until)
        return answer

    def close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.close()

    def leave(self) -> None:
        """Say goodbye first."""
        if self.is_open:
            with suppress(OSError, smtplib.SMTPException):
                self._be_quick(time.monotonic() + 1.0)
                self._smtp.quit()
        self.close()

    def _options(self, recipient: str) -> list[str]:
        if recipient.isascii():
            return []
        if not self._smtp.has_extn("smtputf8"):
            raise UnicodeEncodeError("ascii", recipient, 0, 1, "no SMTPUTF8")
        return ["SMTPUTF8"]

    def _clear(self, until: float) -> None:
        """The line is as if nothing had been said, or closed."""
        try:
            self._be_quick(until)
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _be_quick(self, until: float) -> None:
        """No single wait may outlast the whole. Raises TimeoutError when there is no time left."""
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(_left(until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left


def _bytes(told: bytes | str) -> bytes:
    return told if isinstance(told, bytes) else told.encode("utf-8", "replace")
