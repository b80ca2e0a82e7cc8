"""The advisers' door to themselves: their keys, their leave, what colleagues see of them."""

from typing import Any

from backend.concerns.going_on_leave import come_back, go_on_leave, leave_of
from backend.concerns.introducing import introduce
from backend.concerns.keeping_keys import register, retire_own
from backend.concerns.listing import advisers_now, own_keys
from backend.console.concern_desk import ADVISING, API, adviser, day_of
from backend.console.concern_schemas import (
    AdvisersOut,
    IntroductionIn,
    KeyIn,
    LeaveIn,
    LeaveOut,
    OwnKeyOut,
    OwnKeysOut,
)
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, read, write

bp = Blueprint("console_advisers", __name__, url_prefix=API, description="Local Advisers: keys and leave.")


@bp.get("/keys")
@requires(*ADVISING)
@bp.response(200, OwnKeysOut)
def keys() -> Any:
    """One's own keys: public halves; compare the key id by eye with what keygen printed."""
    return read(own_keys, by=adviser().id)


@bp.put("/keys")
@requires(*ADVISING, step_up=True)
@bp.arguments(KeyIn)
@bp.response(200, OwnKeyOut)
@bp.alt_response(409, description="key-known: it was used here before.")
def put_key(body: dict[str, Any]) -> Any:
    """From now on concerns are sealed to this key; the one before is retired and opens what it holds."""
    me, at = adviser(), now()
    return write(register, me.id, me.name, **body, by=me.id, today=day_of(at), now=at)


@bp.delete("/keys/<key_id>")
@requires(*ADVISING, step_up=True)
@bp.response(200, OwnKeyOut)
def delete_key(key_id: str) -> Any:
    """Retire a key of one's own: nothing new is sealed to it."""
    return write(retire_own, key_id, by=adviser().id, today=day_of(now()), now=now())


@bp.get("/advisers")
@requires(*ADVISING)
@bp.response(200, AdvisersOut)
def advisers() -> Any:
    """Every adviser with their leave, and why nothing can be assigned to them today."""
    adviser()
    return read(advisers_now, today=day_of(now()))


@bp.put("/introduction")
@requires(*ADVISING)
@bp.arguments(IntroductionIn)
@bp.response(204)
def put_introduction(body: dict[str, Any]) -> None:
    """One's faculty, and when one was trained: seen by colleagues, told to no reporter."""
    me, at = adviser(), now()
    write(introduce, me.id, me.name, body["faculty"], body["trained_on"], today=day_of(at), now=at)


@bp.get("/leave")
@requires(*ADVISING)
@bp.response(200, LeaveOut)
def leave() -> Any:
    """One's leave, and which places want cover."""
    return read(leave_of, adviser().id)


@bp.put("/leave")
@requires(*ADVISING)
@bp.arguments(LeaveIn)
@bp.response(200, LeaveOut)
def put_leave(body: dict[str, Any]) -> Any:
    """Go on leave; nothing is assigned to one meanwhile, and either of the two hands the place over."""
    me, at = adviser(), now()
    return write(go_on_leave, me.id, me.name, body["first"], body["last"], today=day_of(at), now=at)


@bp.delete("/leave")
@requires(*ADVISING)
@bp.response(200, LeaveOut)
def end_leave() -> Any:
    """Be back, or do not go."""
    me = adviser()
    return write(come_back, me.id, me.name, now=now())
