"""How long what people leave behind is kept: sign-ins, handsets, where officers were, and at last the account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.concerns import keeping_keys
from backend.inbox import shelf_store
from backend.kernel import audit
from backend.kernel.retention import Count, Rule, Spared
from backend.people import handset_store, hush_store, people_store, responder_store, sign_in_store


def somebody_left(session: Session) -> bool:
    """Whether there is anything for `notice_leavers`: on a snapshot, so that the writer is not asked to search."""
    return bool(people_store.newly_left(session) or people_store.come_back(session))


def notice_leavers(session: Session, *, now: datetime) -> int:
    """
    Begin to count the days of accounts that are no longer active, and stop where one is active again.

    However they came to be inactive; how many began. An adviser who left reads no
    concern any more.
    """
    left = people_store.newly_left(session)
    people_store.note_left(session, left, now)
    people_store.note_left(session, people_store.come_back(session), None)
    for account_id in left:
        audit.record(session, "account.left", actor=None, about="account", about_id=account_id, at=now)
        keeping_keys.retire_of(session, account_id, by=None, today=now.date(), now=now)
    return len(left)


class Leavers:
    """Accounts of people who left, with all that hangs on them: from their roles to their profile and their stream."""

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        return people_store.LEFT.count(session, before, spared)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[Any]:
        return people_store.LEFT.find(session, before, spared, most)

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        leaving = people_store.LEFT.still_due(session, keys, before, spared)
        shelf_store.end_streams(session, leaving)
        for account_id in leaving:
            keeping_keys.erase(session, account_id, by=None, today=now.date(), now=now)
        return people_store.LEFT.forget(session, leaving, before=before, spared=spared, now=now)


WHEREABOUTS = Rule(
    "officers' last positions",
    "officer_tracks_days",
    "they were there",
    ("duty",),
    responder_store.OLD_WHEREABOUTS,
)
HANDSETS = Rule(
    "handsets and where they are pushed to",
    "push_targets_unseen_days",
    "they were last used",
    ("handsets",),
    handset_store.UNSEEN,
)
SIGN_INS = Rule(
    "sign-ins", "sign_ins_ended_days", "they ended and can raise no tap", ("sign_ins",), sign_in_store.ENDED
)
FAILURES = Rule(
    "wrong passwords and codes",
    "sign_in_failures_days",
    "the last of them",
    ("sign_in_failures",),
    sign_in_store.OLD_FAILURES,
)
HUSHES = Rule(
    "silent consoles",
    "console_hushes",
    "the shift in which they fell silent",
    ("console_hushes",),
    hush_store.OVER,
    dated=True,
)
INVITATIONS = Rule(
    "invitations",
    "invitations_ended_days",
    "they were accepted or ran out",
    ("invitations",),
    sign_in_store.OLD_INVITATIONS,
)
ACCOUNTS = Rule(
    "accounts of people who left",
    "accounts_left_days",
    "they left",
    (
        *("accounts", "roles", "team_members", "skills", "profiles", "pins", "second_factors", "recovery_codes"),
        *("duty", "console_hushes", "handsets", "sign_ins", "invitations", "streams"),
    ),
    Leavers(),
    batch=20,
)
