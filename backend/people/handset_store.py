"""Handsets and open sockets, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.aging import AgingRows
from backend.kernel.statements import insert_into, put
from backend.kernel.vocabulary import Face, Role
from backend.people.account import Account, RoleRow
from backend.people.handset import SOCKET_FADES, Handset, Socket
from backend.people.sign_in import SignIn

_OPEN = insert_into(Socket)
_SOCKETS = cast(sa.Table, Socket.__table__)
_KEEP = (
    sa.update(_SOCKETS)
    .where(_SOCKETS.c.sid.in_(sa.bindparam("sids", expanding=True)))
    .values(seen_at=sa.bindparam("seen"))
)


def by_installation(session: Session, installation_id: str) -> Handset | None:
    return session.get(Handset, installation_id)


def by_push(session: Session, kind: str, value: str) -> Handset | None:
    return session.scalars(sa.select(Handset).where(Handset.push_kind == kind, Handset.push_value == value)).first()


def of_person(session: Session, account_id: UUID) -> Sequence[Handset]:
    return session.scalars(sa.select(Handset).where(Handset.account_id == account_id)).all()


def of_people(session: Session, account_ids: Collection[UUID]) -> dict[UUID, list[Handset]]:
    """The handsets of several people in one look; who has none is not in it."""
    found: dict[UUID, list[Handset]] = {}
    for handset in session.scalars(sa.select(Handset).where(Handset.account_id.in_(account_ids))):
        found.setdefault(handset.account_id, []).append(handset)
    return found


def drop_target(session: Session, kind: str, value: str, *, now: datetime) -> UUID | None:
    """Forget this very target and say whose it was: one the handset has put meanwhile stays."""
    return session.scalar(
        sa.update(Handset)
        .where(Handset.push_kind == kind, Handset.push_value == value)
        .values(push_kind=None, push_value=None, push_failed_at=now)
        .returning(Handset.account_id)
        .execution_options(synchronize_session="fetch")
    )


def pushable(session: Session, account_id: UUID) -> Sequence[Handset]:
    """An active person's handsets that have a target which has not failed."""
    return session.scalars(
        sa.select(Handset)
        .join(Account, Account.id == Handset.account_id)
        .where(
            Handset.account_id == account_id,
            Handset.push_value.is_not(None),
            Handset.push_failed_at.is_(None),
            Account.active,
        )
    ).all()


def pushable_of(session: Session, account_ids: Collection[UUID]) -> dict[UUID, list[Handset]]:
    """The handsets of several people that have a target which has not failed; who has none is not in it."""
    found = of_people(session, account_ids)
    ways = {id_: [one for one in handsets if one.pushable] for id_, handsets in found.items()}
    return {id_: handsets for id_, handsets in ways.items() if handsets}


def connected(session: Session, account_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Those of these people who have a socket open."""
    wanted = sa.select(Socket.account_id).where(Socket.account_id.in_(account_ids), Socket.seen_at > now - SOCKET_FADES)
    return set(session.scalars(wanted.distinct()))


def add(session: Session, handset: Handset) -> None:
    session.add(handset)


def keep_newest(session: Session, account_id: UUID, installation_id: str, *, most: int) -> None:
    """Of a person's handsets this one and those last heard of, so many of them; the others are no longer known."""
    others = (
        sa.select(Handset)
        .where(Handset.account_id == account_id, Handset.installation_id != installation_id)
        .order_by(Handset.seen_at.desc())
        .offset(most - 1)
    )
    for handset in session.scalars(others):
        session.delete(handset)


def open_socket(
    session: Session, sid: str, account_id: UUID, face: str, process: str, *, token_hash: str | None, now: datetime
) -> None:
    row = {"sid": sid, "account_id": account_id, "face": face, "process": process}
    put(session, _OPEN, {**row, "token_hash": token_hash, "opened_at": now, "seen_at": now})


def sockets_of(session: Session, account_id: UUID, *, now: datetime) -> Sequence[Socket]:
    """A person's open sockets, the newest first; those of dead processes are left out as soon as they have faded."""
    return session.scalars(
        sa.select(Socket)
        .where(Socket.account_id == account_id, Socket.seen_at > now - SOCKET_FADES)
        .order_by(Socket.opened_at.desc().nulls_last(), Socket.sid)
    ).all()


def crowded(session: Session, process: str, *, most: int) -> set[UUID]:
    """Those of this process's people who have more sockets open than that, here or elsewhere."""
    here = sa.select(Socket.account_id).where(Socket.process == process)
    many = (
        sa.select(Socket.account_id)
        .where(Socket.account_id.in_(here))
        .group_by(Socket.account_id)
        .having(sa.func.count() > most)
    )
    return set(session.scalars(many))


def open_by_sign_in(session: Session, account_id: UUID, *, now: datetime) -> dict[str, int]:
    """How many sockets of this person each sign-in has open."""
    found: dict[str, int] = {}
    for socket in sockets_of(session, account_id, now=now):
        if socket.token_hash is not None:
            found[socket.token_hash] = found.get(socket.token_hash, 0) + 1
    return found


def last_heard(session: Session, account_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When a phone or a sign-in of each was last heard of; who never was is not in it."""
    told = sa.union_all(
        sa.select(Handset.account_id.label("id"), Handset.seen_at.label("at")).where(
            Handset.account_id.in_(account_ids)
        ),
        sa.select(SignIn.account_id, SignIn.used_at).where(SignIn.account_id.in_(account_ids)),
        sa.select(Socket.account_id, Socket.seen_at).where(Socket.account_id.in_(account_ids)),
    ).subquery()
    found = session.execute(sa.select(told.c.id, sa.func.max(told.c.at)).group_by(told.c.id))
    return {account_id: at for account_id, at in found}


def controllers_at_consoles(
    session: Session, *, exercise: bool, now: datetime
) -> Sequence[sa.Row[UUID, str, datetime | None]]:
    """`id`, `name` and `since` of each controller of this world with a console open, by name."""
    wanted = (
        sa.select(Account.id, Account.name, sa.func.min(Socket.opened_at).label("since"))
        .join(Account, Account.id == Socket.account_id)
        .join(RoleRow, sa.and_(RoleRow.account_id == Account.id, RoleRow.role == Role.CONTROLLER.value))
        .where(Socket.face == Face.CONSOLE.value, Socket.seen_at > now - SOCKET_FADES, Account.exercise == exercise)
        .group_by(Account.id, Account.name)
        .order_by(Account.name, Account.id)
    )
    return session.execute(wanted).all()


def close_sockets(session: Session, sids: Collection[str]) -> None:
    session.execute(sa.delete(Socket).where(Socket.sid.in_(sids)))


def keep_sockets(session: Session, sids: Collection[str], *, now: datetime) -> set[str]:
    """These are open at this moment; those of them that nothing is known of."""
    kept = session.execute(_KEEP, {"sids": list(sids), "seen": now})
    if cast(sa.CursorResult[Any], kept).rowcount == len(sids):
        return set()
    return set(sids) - set(session.scalars(sa.select(Socket.sid).where(Socket.sid.in_(sids))))


def close_unseen(session: Session, *, before: datetime) -> None:
    """Remove the sockets of which nobody has said since then that they are open."""
    session.execute(sa.delete(Socket).where(Socket.seen_at < before))


def close_of(session: Session, processes: Collection[str]) -> None:
    """None of these processes has a socket open."""
    if processes:
        session.execute(sa.delete(Socket).where(Socket.process.in_(processes)))


def sids_of(session: Session, process: str) -> set[str]:
    return set(session.scalars(sa.select(Socket.sid).where(Socket.process == process)))


def close_all(session: Session) -> None:
    """No socket is open, of whatever process."""
    session.execute(sa.delete(Socket))


def _unseen(before: datetime) -> sa.ColumnElement[bool]:
    # An app that is never started anew says nothing of itself for months, and is used all the same.
    used = sa.exists().where(
        SignIn.installation_id == Handset.installation_id,
        SignIn.account_id == Handset.account_id,
        SignIn.revoked_at.is_(None),
        SignIn.used_at >= before,
    )
    return sa.and_(Handset.seen_at < before, sa.not_(used))


#: Handsets nobody has used since some moment, and with them where they would be pushed to.
UNSEEN = AgingRows(Handset, Handset.installation_id, _unseen)
