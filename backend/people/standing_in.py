"""Act for somebody who has asked for it before and holds no phone now: a timer that ran out, a button of theirs."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.people import people_store
from backend.people.account import Principal


def stand_in_for(session: Session, person_id: UUID) -> Principal:
    """The person, by no sign-in; also one whose account was closed since. Who left nothing plays no exercise."""
    account = people_store.by_id(session, person_id)
    name, exercise = (account.name, account.exercise) if account else ("", False)
    return Principal(person_id, name, people_store.roles_of(session, person_id), exercise, token_hash="")
