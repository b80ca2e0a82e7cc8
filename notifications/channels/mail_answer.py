"""What each answer of a mail server's means for a message: done, not now, a dead address, or words it will not take."""

import re
import smtplib
import ssl
from enum import Enum

from notifications.channels.push import Answer
from notifications.parcel import Outcome

#: Seconds until refused credentials are tried again, and until somebody who puts strangers off is asked again.
REFUSED_S, GREYLISTED_S, BUSY_S = 15.0, 60.0, 15.0

#: "Not now, and not you": the server closes the line with it.
CLOSING = 421

#: An answer's own class, where the server gives one (RFC 3463): 5.7.1 is policy, 5.1.1 a mailbox that is none.
ENHANCED = re.compile(rb"^\s*[245]\.(\d{1,3})\.\d{1,3}\b")
POLICY = 7


class Stage(Enum):
    """What was asked when the answer came."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"
    END = "end of content"


def answer_of(stage: Stage, code: int, reply: bytes, *, about_case: bool = False) -> Answer:
    """
    What became of a message at this stage; 2xx at the end of its content is SENT.

    A recipient who is refused is gone, unless the server names its policy: then
    it is us whom it does not like, whoever the message is for. Where a
    message is about a case, it must be heard of that its address is dead.
    """
    what = f"{stage.value}: {code}"
    if stage is Stage.END and 200 <= code < 300:
        return Answer(Outcome.SENT)
    if code == CLOSING:
        return Answer(Outcome.RETRY, what, BUSY_S, unwell=True)
    if 400 <= code < 500:
        if stage is Stage.RECIPIENT and code != 452:
            return Answer(Outcome.RETRY, what, GREYLISTED_S)
        return Answer(Outcome.RETRY, what, BUSY_S, unwell=True)
    if 500 <= code < 600:
        return _refused(stage, code, reply, about_case=about_case)
    return Answer(Outcome.RETRY, f"unknown answer, {what}", unwell=True, alarming=True)


def opening_answer(fault: Exception) -> Answer:
    """What a line that did not come about means: nothing about the message, whatever it was."""
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        refused = fault.smtp_code >= 500
        return Answer(
            Outcome.RETRY,
            f"sign-in refused: {fault.smtp_code}",
            REFUSED_S if refused else BUSY_S,
            unwell=True,
            alarming=refused,
        )
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return Answer(Outcome.RETRY, "the server offers no STARTTLS or sign-in", REFUSED_S, unwell=True, alarming=True)
    if isinstance(fault, ssl.SSLCertVerificationError):
        return Answer(Outcome.RETRY, "the server's certificate is not trusted", REFUSED_S, unwell=True, alarming=True)
    if isinstance(fault, smtplib.SMTPResponseException):
        return Answer(Outcome.RETRY, f"no line: {fault.smtp_code}", BUSY_S, unwell=True)
    return Answer(Outcome.RETRY, f"no line: {type(fault).__name__}", unwell=True)


def lost_answer(stage: Stage, fault: Exception) -> Answer:
    """The line broke. Once the content was on its way nobody knows: the same message is sent again."""
    return Answer(Outcome.RETRY, f"{stage.value}: {type(fault).__name__}", unwell=True)


def _refused(stage: Stage, code: int, reply: bytes, *, about_case: bool) -> Answer:
    what = f"{stage.value}: {code}"
    if stage in (Stage.CONTENT, Stage.END) or (stage is Stage.SENDER and code == 552):
        return Answer(Outcome.FAILED, what, alarming=True)
    enhanced = ENHANCED.match(reply)
    ours = stage is Stage.SENDER or code in (502, 503, 530) or (enhanced and int(enhanced[1]) == POLICY)
    if ours:
        return Answer(Outcome.RETRY, f"refused by policy, {what}", REFUSED_S, unwell=True, alarming=True)
    return Answer(Outcome.GONE, what, alarming=about_case)
