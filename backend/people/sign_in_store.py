"""Sign-ins, failures and invitations, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.aging import AgingRows
from backend.kernel.statements import look
from backend.kernel.vocabulary import Role
from backend.people.account import Account, Principal, RoleRow
from backend.people.sign_in import TAP_GRACE, Invitation, SignIn, SignInFailures

_BY_HASH = (
    sa.select(
        SignIn.account_id,
        Account.name,
        Account.exercise,
        Account.active,
        SignIn.installation_id,
        SignIn.used_at,
        SignIn.expires_at,
        SignIn.revoked_at,
        SignIn.stepped_up_until,
        RoleRow.role,
    )
    .join(Account, Account.id == SignIn.account_id)
    .outerjoin(RoleRow, RoleRow.account_id == Account.id)
    .where(SignIn.token_hash == sa.bindparam("token_hash"))
)

#: Of everybody who is connected, again and again.
_STANDING = (
    sa.select(SignIn.token_hash)
    .join(Account, Account.id == SignIn.account_id)
    .where(
        SignIn.token_hash.in_(sa.bindparam("hashes", expanding=True)),
        SignIn.revoked_at.is_(None),
        SignIn.expires_at > sa.bindparam("now"),
        Account.active,
    )
)


def by_hash(session: Session, token_hash: str) -> tuple[SignIn, Principal] | None:
    """
    A sign-in and the person behind it, in one look: this is on every request's way.

    None for one that is unknown, and for an account that is not active. The
    sign-in is a copy: what is changed in it is not kept.
    """
    rows = look(session, _BY_HASH, {"token_hash": token_hash}).all()
    if not rows or not rows[0].active:
        return None
    one = rows[0]
    sign_in = SignIn(token_hash=token_hash, expires_at=one.expires_at, revoked_at=one.revoked_at)
    roles = frozenset({Role(row.role) for row in rows if row.role}) | {Role.MEMBER}
    person = Principal(
        one.account_id,
        one.name,
        roles,
        one.exercise,
        token_hash,
        one.installation_id,
        one.used_at,
        stepped_up_until=one.stepped_up_until,
    )
    return sign_in, person


def note_use(session: Session, token_hash: str, *, now: datetime) -> None:
    session.execute(sa.update(SignIn).where(SignIn.token_hash == token_hash).values(used_at=now))


def get(session: Session, token_hash: str) -> SignIn | None:
    return session.get(SignIn, token_hash)


def standing_of(session: Session, account_id: UUID) -> Sequence[SignIn]:
    """This person's sign-ins that have not been ended."""
    return session.scalars(sa.select(SignIn).where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None))).all()


def add(session: Session, sign_in: SignIn) -> None:
    session.add(sign_in)


def failures_of(session: Session, email_hash: str) -> SignInFailures | None:
    return session.get(SignInFailures, email_hash, with_for_update=True)


def add_failures(session: Session, failures: SignInFailures) -> None:
    session.add(failures)


def forget_failures(session: Session, email_hash: str) -> None:
    session.execute(sa.delete(SignInFailures).where(SignInFailures.email_hash == email_hash))


def invitation(session: Session, code_hash: str) -> Invitation | None:
    return session.get(Invitation, code_hash, with_for_update=True)


def add_invitation(session: Session, invitation: Invitation) -> None:
    session.add(invitation)


def standing(session: Session, token_hashes: Collection[str], *, now: datetime) -> set[str]:
    """Those that have neither been ended nor run out, of accounts that are active."""
    return {one for (one,) in look(session, _STANDING, {"hashes": list(token_hashes), "now": now})}


def let_run_out(session: Session, roles: Collection[Role] | None, *, now: datetime) -> int:
    """Every sign-in that stands, of people with any of these roles or of all, ends now; how many."""
    ended = sa.update(SignIn).where(SignIn.revoked_at.is_(None), SignIn.expires_at > now).values(expires_at=now)
    if roles is not None:
        names = [role.value for role in roles]
        ended = ended.where(SignIn.account_id.in_(sa.select(RoleRow.account_id).where(RoleRow.role.in_(names))))
    gone = session.execute(ended)
    return int(getattr(gone, "rowcount", 0))


#: Sign-ins that were ended, or ran out and can raise no tap any more, before some moment.
ENDED = AgingRows(
    SignIn,
    SignIn.token_hash,
    lambda before: sa.or_(SignIn.revoked_at < before, SignIn.expires_at < before - TAP_GRACE),
)
OLD_FAILURES = AgingRows(SignInFailures, SignInFailures.email_hash, lambda before: SignInFailures.last_at < before)
OLD_INVITATIONS = AgingRows(
    Invitation,
    Invitation.code_hash,
    lambda before: sa.or_(Invitation.accepted_at < before, Invitation.expires_at < before),
)
