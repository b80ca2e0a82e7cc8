"""The senders as their parent sees them: started with what the settings say, and put in the recorder's place."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import gevent

from backend.kernel.vocabulary import Channel
from infra.crowd_sender import CrowdSender
from infra.hub import HubThreads
from infra.sender_process import SenderProcess, command_of
from infra.settings import Settings
from infra.wiring import Service, answers_key
from notifications.channels.letter import Carrier
from notifications.channels.letter_channel import LetterChannel
from notifications.channels.push import Push
from notifications.channels.push_channel import BROWSERS, CROWD, PushChannel
from notifications.channels.sheaf import answers_from_line

#: Whom browsers' makers are told to write to where nobody said who we are; RFC 8292 wants somebody named.
NOBODY = "https://bluelight.invalid"


@dataclass(frozen=True, slots=True)
class Senders:
    """The children of this process; one for Google's pushes only where there are settings for it."""

    push: SenderProcess | None
    post: SenderProcess
    crowd: SenderProcess | None = None

    def stop(self) -> None:
        """Side by side: each lets come back what is on its way."""
        gevent.joinall([gevent.spawn(one.stop) for one in (self.push, self.post, self.crowd) if one is not None])


def set_up_senders(settings: Settings, service: Service) -> Senders:
    """
    Every channel that has settings leaves the building from now on; the recorder plays the others.

    The sender of letters is born at once where mail or a telephone is set up; else with the
    first push to a browser, since few campuses that try us out have one.
    """
    push = _push_process(settings)
    post = SenderProcess(
        post_greeting(settings, service.vapid),
        name="post",
        threads=HubThreads(2),
        command=command_of("infra.post_child"),
    )
    crowd = _crowd_process(settings)
    phones: Carrier[Push] = push or service.recorder
    channel = PushChannel(
        phones,
        seconds=time.monotonic,
        web=post,
        crowd=CrowdSender(crowd) if crowd is not None else None,
        together=side_by_side,
    )
    service.rounds.channels[Channel.PUSH.value] = channel
    states = {BROWSERS: lambda: channel.states[BROWSERS]}
    if push is not None:
        service.figures.watch_push(channel, push)
        push.start()
    if crowd is not None:
        service.rounds.places.apart.add(Channel.PUSH.value)
        states[CROWD] = lambda: channel.states[CROWD]
        crowd.start()
    if settings.mail is not None:
        mail = LetterChannel(post, seconds=time.monotonic)
        service.rounds.channels[Channel.EMAIL.value] = mail
        states[Channel.EMAIL.value] = lambda: mail.state
    for name in telephones(settings):
        line = LetterChannel(post, seconds=time.monotonic)
        service.rounds.channels[name] = line
        states[name] = partial(getattr, line, "state")
    if settings.mail is not None or settings.telephone is not None:
        post.start()
    service.figures.watch_post(states, post)
    return Senders(push, post, crowd)


def post_greeting(settings: Settings, vapid: str | None) -> dict[str, Any]:
    """The first line of the sender of letters: for each kind of letter what its desk needs, secrets among it."""
    browsers = {"private_key": vapid, "subject": subject_of(settings), "hosts": list(settings.web_push_hosts)}
    return {
        "log_level": settings.log_level,
        "email": settings.mail.told() if settings.mail else None,
        **telephones(settings),
        BROWSERS: browsers if vapid else None,
    }


def telephones(settings: Settings) -> dict[str, dict[str, Any]]:
    """SMS, and voice where there is a number to ring from, with what their desks need; none without an account."""
    account = settings.telephone
    if account is None:
        return {}
    told = {**asdict(account), "key": answers_key(settings).hex()}
    names = (Channel.SMS, Channel.VOICE) if account.number else (Channel.SMS,)
    return {name.value: told for name in names}


def subject_of(settings: Settings) -> str:
    """Whom a browser's maker writes to when our pushes trouble it."""
    if settings.public_url and settings.public_url.startswith("https://"):
        return f"https://{urlsplit(settings.public_url).hostname}"
    return f"mailto:{settings.mail.mailbox}" if settings.mail else NOBODY


def side_by_side(jobs: Sequence[Callable[[], Any]]) -> None:
    """A sender that hangs holds up its own letters only."""
    if len(jobs) == 1:
        jobs[0]()
    else:
        gevent.joinall([gevent.spawn(job) for job in jobs])


def _push_process(settings: Settings) -> SenderProcess | None:
    if settings.firebase_account is None:
        return None
    return SenderProcess(
        _google_greeting(settings), name="push", threads=HubThreads(2), command=command_of("infra.push_child")
    )


def _crowd_process(settings: Settings) -> SenderProcess | None:
    """Broadcasts' own: what thousands wait for is not what a call waits for."""
    if settings.firebase_account is None:
        return None
    return SenderProcess(
        {**_google_greeting(settings), "per_second": settings.fcm_per_second},
        name="crowd",
        threads=HubThreads(2),
        command=command_of("infra.crowd_child"),
        hears=answers_from_line,
    )


def _google_greeting(settings: Settings) -> dict[str, Any]:
    return {
        "account": settings.firebase_account,
        "endpoint": settings.fcm_endpoint,
        "patience": {"connect_s": 2.0, "read_s": 4.0},
        "log_level": settings.log_level,
    }
