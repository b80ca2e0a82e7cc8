"""Muster people who play, signed in without a password, and dismiss them when the play is over."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit, outbox
from backend.kernel.errors import Conflict
from backend.kernel.events import SignedOut
from backend.people import people_store, player_store, signing_in
from backend.people.account import Account
from backend.people.player import Mustered, Player


def muster(session: Session, players: Sequence[Player], *, now: datetime) -> list[Mustered]:
    """
    Make their accounts where there are none, and sign each in anew: older sign-ins of theirs end.

    A password is slow to check on purpose, and they have none. Raises Conflict
    for an address that belongs to a real person, and Unauthenticated for a
    player whose account somebody has switched off.
    """
    mustered = []
    for player in players:
        account = people_store.by_email(session, player.email) or _new(session, player, now=now)
        if not account.exercise:
            raise Conflict(f"{player.email} is a real person.", slug="person-exists")
        player_store.forget_sign_ins(session, [account.id])
        welcome = signing_in.sign_in(session, account.id, now=now)
        mustered.append(Mustered(account.id, account.email, welcome.token))
    return mustered


def send_home(session: Session, account_ids: Collection[UUID], *, now: datetime) -> None:
    """End their sign-ins: from the commit on nobody of them can press, and their sockets close."""
    player_store.forget_sign_ins(session, account_ids)
    for account_id in account_ids:
        outbox.keep(session, SignedOut(account_id), at=now)


def dismiss(session: Session, account_ids: Collection[UUID], *, now: datetime) -> None:
    """Remove their accounts with everything that hangs on them; what the audit log says of them stays, by number."""
    for account_id in account_ids:
        audit.record(session, "account.removed", actor=None, about="account", about_id=account_id, at=now)
    player_store.remove(session, account_ids)


def _new(session: Session, player: Player, *, now: datetime) -> Account:
    account = Account(email=player.email, name=player.name, site=player.site, language="en", exercise=True)
    people_store.add(session, account)
    people_store.set_roles(session, account.id, player.roles)
    people_store.set_teams(session, account.id, player.teams)
    people_store.set_skills(session, account.id, dict.fromkeys(player.skills))
    gained = {"gained": ",".join(sorted(player.roles))} if player.roles else {}
    audit.record(session, "account.added", actor=None, about="account", about_id=account.id, at=now, **gained)
    return account
