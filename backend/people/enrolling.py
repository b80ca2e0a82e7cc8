"""A handset says what it is, whose it is, and where it can be pushed to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.people import handset_store, sign_in_store
from backend.people.account import Principal
from backend.people.handset import MOST_HANDSETS, Handset
from backend.people.losing_targets import telling_of_reach


@dataclass(frozen=True, slots=True)
class HandsetReport:
    """What a handset tells of itself; `push_kind` is fid, token or web_push."""

    installation_id: str
    platform: str
    push_kind: str | None
    push_value: str | None
    app_version: str | None
    permissions: dict[str, Any]


def enrol(session: Session, report: HandsetReport, *, by: Principal, now: datetime) -> Handset:
    """
    Keep the report.

    An installation or a push target that another person put before moves to
    this one: a phone that was handed on rings for its new holder only. Of more
    handsets than somebody carries the one not heard of longest is forgotten.
    """
    handset = handset_store.by_installation(session, report.installation_id)
    holder = None
    if report.push_kind and report.push_value:
        holder = handset_store.by_push(session, report.push_kind, report.push_value)
    touched = {by.id, *(one.account_id for one in (handset, holder) if one is not None)}
    with telling_of_reach(session, touched, now=now):
        if holder is not None and holder.installation_id != report.installation_id:
            holder.forget_push()
            session.flush()
        handset = _keep(session, handset, report, by=by, now=now)
        handset_store.keep_newest(session, by.id, handset.installation_id, most=MOST_HANDSETS)
    sign_in = sign_in_store.get(session, by.token_hash)
    if sign_in is not None:
        sign_in.installation_id = report.installation_id
    audit.record(session, "handset.enrolled", actor=by.id, about="account", about_id=by.id, at=now)
    return handset


def _keep(session: Session, known: Handset | None, report: HandsetReport, *, by: Principal, now: datetime) -> Handset:
    handset = known
    if handset is None:
        handset = Handset(installation_id=report.installation_id, account_id=by.id)
        handset_store.add(session, handset)
    changed = handset.push_value != report.push_value or handset.account_id != by.id
    handset.account_id = by.id
    handset.platform = report.platform
    handset.push_kind, handset.push_value = report.push_kind, report.push_value
    if changed:
        handset.push_failed_at = None
    handset.app_version = report.app_version
    handset.permissions = report.permissions
    handset.seen_at = now
    return handset
