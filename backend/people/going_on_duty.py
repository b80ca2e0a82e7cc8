"""Come on duty, change it, go off; and tell where one is meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus.geofence import Position, usable
from backend.kernel import audit, outbox
from backend.kernel.events import DutyChanged
from backend.kernel.vocabulary import DutyState
from backend.people import responder_store
from backend.people.account import Principal
from backend.people.duty import Duty


def change_duty(
    session: Session, state: DutyState, *, position: Position | None = None, by: Principal, now: datetime
) -> Duty:
    """Take up or leave a duty; the same state again changes nothing."""
    duty = responder_store.duty_of(session, by.id)
    if duty is None:
        duty = Duty(account_id=by.id, state=DutyState.OFF_DUTY.value, since=now)
        responder_store.add_duty(session, duty)
    if duty.change(state, now=now):
        _tell(session, duty, actor=by.id, now=now)
    fit = usable(position, received_at=now) if position is not None else None
    if fit is not None and duty.on(now=now):
        move(duty, [(None, fit)], now=now)
    return duty


def leave_duty(session: Session, account_id: UUID, *, now: datetime) -> None:
    """Off duty, if they were on."""
    duty = responder_store.duty_of(session, account_id)
    if duty is not None and duty.change(DutyState.OFF_DUTY, now=now):
        _tell(session, duty, actor=account_id, now=now)


def end_shifts(session: Session, *, now: datetime) -> list[UUID]:
    """Take everybody off duty whose thirteen hours are over; who they were."""
    ended = []
    for duty in responder_store.over(session, now=now):
        duty.change(DutyState.OFF_DUTY, now=now)
        _tell(session, duty, actor=None, now=now)
        ended.append(duty.account_id)
    return ended


def move(duty: Duty, positions: Sequence[tuple[int | None, Position]], *, now: datetime) -> int:
    """Take those positions that are newer than the last; how many were."""
    return sum(
        duty.move(
            seq=seq,
            latitude=position.latitude,
            longitude=position.longitude,
            accuracy_m=position.accuracy_m,
            at=position.recorded_at or now,
        )
        for seq, position in positions
    )


def _tell(session: Session, duty: Duty, *, actor: UUID | None, now: datetime) -> None:
    audit.record(
        session, "duty.changed", actor=actor, about="account", about_id=duty.account_id, at=now, state=duty.state
    )
    outbox.keep(session, DutyChanged(duty.account_id, duty.state), at=now)
