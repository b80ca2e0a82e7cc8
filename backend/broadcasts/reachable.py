"""Who can be reached, by what, and who cannot be and why: before anything is sent."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from backend.broadcasts.reach_plan import channels
from backend.kernel.vocabulary import Channel, Severity

#: The live connection, beside the channels of the vocabulary.
SOCKET = "socket"

#: So many of those who are hard to reach are named: more nobody can ring in time.
MOST_NAMED = 50


class Why(StrEnum):
    """
    What stands in the way to somebody; the first three are of one channel each.

    MAIL_ONLY is read when it is read; NO_CHANNEL hears nothing at all.
    """

    NO_TOKEN = "no_token"  # noqa: S105 - a word of the contract, and no secret
    NOTIFICATIONS_OFF = "notifications_off"
    NO_NUMBER = "no_number"
    MAIL_ONLY = "mail_only"
    NO_CHANNEL = "no_channel"


@dataclass(frozen=True, slots=True)
class Reachable:
    """
    One person of an audience: `id` is the account's.

    `pushable`: a handset has a push target that stands; `silenced`: all of those
    have the app's notifications off, as they reported themselves. `email` is
    None where no mail is ever delivered.
    """

    id: UUID
    name: str
    mobile: str | None
    email: str | None
    language: str
    building: str | None
    site: str | None
    pushable: bool
    silenced: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads to a person, whoever they are: many have the same."""

    pushable: bool
    silenced: bool
    number: bool
    mail: bool
    connected: bool

    def by(self, severity: Severity) -> frozenset[str]:
        """The channels that a broadcast of this severity has to this person."""
        used = set(channels(severity))
        has = {
            Channel.PUSH: self.pushable and not self.silenced,
            Channel.SMS: self.number,
            Channel.VOICE: self.number,
            Channel.EMAIL: self.mail,
        }
        found = {channel.value for channel in used if has[channel]}
        return frozenset(found | {SOCKET} if self.connected else found)

    def in_the_way(self, severity: Severity) -> frozenset[Why]:
        """Why not by more channels, or by none."""
        found = set()
        if not self.pushable:
            found.add(Why.NO_TOKEN)
        elif self.silenced:
            found.add(Why.NOTIFICATIONS_OFF)
        if not self.number and {Channel.SMS, Channel.VOICE} & set(channels(severity)):
            found.add(Why.NO_NUMBER)
        by = self.by(severity)
        if by <= {Channel.EMAIL.value}:
            found.add(Why.MAIL_ONLY if by else Why.NO_CHANNEL)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class HardToReach:
    """Somebody whom nothing faster than a mail would reach."""

    id: UUID
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many people by which channel, how many not and why (a person may count for several), and who is worst off."""

    people: int
    by_channel: Mapping[str, int]
    unreachable: Mapping[Why, int]
    named: tuple[HardToReach, ...]


def forecast_of(counted: Mapping[Ways, int], named: tuple[HardToReach, ...], severity: Severity) -> Forecast:
    """The forecast for so many people of each kind."""
    by_channel: Counter[str] = Counter({channel.value: 0 for channel in Channel} | {SOCKET: 0})
    unreachable: Counter[Why] = Counter()
    for ways, people in counted.items():
        by_channel.update(dict.fromkeys(ways.by(severity), people))
        unreachable.update(dict.fromkeys(ways.in_the_way(severity), people))
    in_order = {why: unreachable[why] for why in Why if unreachable[why]}
    return Forecast(sum(counted.values()), dict(by_channel), in_order, named)
