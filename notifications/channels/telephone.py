"""SMS and voice by Twilio, as a channel that waits for its provider: its place is beside the hub, never on it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import phonenumbers

from backend.kernel.vocabulary import Channel
from notifications.channels.telephone_account import TelephoneAccount
from notifications.channels.telephone_answer import Verdict
from notifications.channels.telephone_client import AT_ONCE, Patience, TelephoneClient
from notifications.channels.telephone_twiml import read_out
from notifications.parcel import Outcome, Parcel, Result, TargetKind

#: Twilio refuses a longer text.
LONGEST_TEXT = 1600

NOT_A_NUMBER = Verdict(Outcome.GONE, "not a number that can be rung")
NOWHERE = Verdict(Outcome.GONE, "there is nowhere to send this to")
NO_CALLER = Verdict(Outcome.GONE, "there is no number to ring from")


class Telephone:
    """
    Texts and rings; `send` blocks, and many threads may call it at once.

    A parcel's data may hold `language`, and what a key that is pressed is
    about: `offer_id`, or `answer_token`, or `broadcast_id` and `person_id`.
    """

    def __init__(self, account: TelephoneAccount, key: bytes, *, patience: Patience | None = None) -> None:
        """`key` signs what a key that is pressed is about."""
        self._account = account
        self._key = key
        self._client = TelephoneClient(account, patience=patience)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="telephone")

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        """Each once, side by side."""
        if len(batch) == 1:
            return [self._send(batch[0])]
        return list(self._threads.map(self._send, batch))

    def _send(self, parcel: Parcel) -> Result:
        numbers = [target.value for target in parcel.targets if target.kind is TargetKind.NUMBER]
        verdict = self._dial(numbers[0], parcel) if numbers else NOWHERE
        if verdict is None:
            return Result(parcel.delivery_id, Outcome.SENT)
        # The number stays known, whatever was said of it: it is the person's, and not a handset's target.
        return Result(
            parcel.delivery_id, verdict.outcome, verdict.fault, verdict.retry_after_s, alarming=verdict.alarming
        )

    def _dial(self, number: str, parcel: Parcel) -> Verdict | None:
        if not _can_be_rung(number):
            return NOT_A_NUMBER
        status_url = self._account.status_url(parcel.delivery_id)
        if parcel.channel == Channel.SMS.value:
            words = parcel.sentence[:LONGEST_TEXT]
            return self._client.text(number, words, status_url=status_url, urgent=parcel.urgent)
        if self._account.number is None:
            return NO_CALLER
        keys_url = self._account.keys_url(parcel.data, self._key)
        twiml = read_out(parcel.sentence, str(parcel.data.get("language") or "en"), keys_url=keys_url)
        return self._client.ring(number, twiml, status_url=status_url)


def _can_be_rung(number: str) -> bool:
    """E.164, of a length its country has."""
    try:
        return number.startswith("+") and phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
