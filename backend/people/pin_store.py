"""The PINs, in rows."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.people.pin import PinRow


def of_person(session: Session, account_id: UUID) -> PinRow | None:
    return session.get(PinRow, account_id)


def add(session: Session, row: PinRow) -> None:
    session.add(row)


def remove(session: Session, row: PinRow) -> None:
    session.delete(row)
