"""A broadcast's door for everybody: read what is for oneself, and say how one is."""

from typing import Any
from uuid import UUID

from flask import request

from backend.answers.answering import APP, Answered, take_answer
from backend.answers.listing import told_to
from backend.dispatch.following import view
from backend.kernel.vocabulary import Role
from backend.people.account import Principal
from backend.web.access import bearer, opens_to, recognised, requires
from backend.web.api import Blueprint
from backend.web.bodies import json_object
from backend.web.context import now, principal, read, write
from mobile_api.broadcast_schemas import AnswerIn, AnswerOut, BroadcastsIn, BroadcastsOut, read_answer
from mobile_api.taps import with_numbers_to_ring

bp = Blueprint("alerts", __name__, url_prefix="/v1", description="What everybody is told, and how one is.")


@bp.get("/broadcasts")
@requires(Role.MEMBER)
@bp.arguments(BroadcastsIn, location="query")
@bp.response(200, BroadcastsOut)
def broadcasts(query: dict[str, Any]) -> Any:
    """What is for this person, in their language: in force, and unless `active` also what ended in the last day."""
    return {"items": read(told_to, by=principal(), in_force_only=query["active"], now=now()), "next_cursor": None}


@bp.post("/broadcasts/<uuid:broadcast_id>/answer")
@bp.response(200, AnswerOut)
@bp.doc(requestBody={"content": {"application/json": {"schema": AnswerIn}}, "description": AnswerIn.__doc__})
@opens_to(Role.MEMBER)
@with_numbers_to_ring
def answer(broadcast_id: UUID) -> Any:
    """
    Say how one is; the last answer stands, and *need help* opens a case like a tap.

    As for a tap, a sign-in that ran out less than 30 days ago is good for it.
    """
    person, arrived = recognised(bearer(), now=now()), now()
    given, position = read_answer(json_object(request))
    answered = write(take_answer, broadcast_id, person.id, given, position=position, channel=APP, now=arrived)
    return _as_it_is(answered, by=person)


def _as_it_is(answered: Answered, *, by: Principal) -> dict[str, Any]:
    entry, case = answered.entry, answered.case
    told = {"broadcast_id": entry.broadcast_id, "my_answer": entry.answer, "answered_at": entry.answered_at}
    return {**told, "case": read(view, case.id, by=by, now=now()) if case else None}
