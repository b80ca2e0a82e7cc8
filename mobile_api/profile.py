"""One's own profile: what those shall know who come, and who has looked at it."""

from functools import partial
from typing import Any

from backend.dispatch import disclosing
from backend.kernel.vocabulary import Role
from backend.people import describing
from backend.people.profile import Told
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import context, now, principal, read, write_what_can_wait
from backend.web.fields import PageIn
from backend.web.profile_fields import ProfileOut
from mobile_api.profile_schemas import ProfileIn, ViewsOut

bp = Blueprint("profile", __name__, url_prefix="/v1", description="What those shall know who come.")


@bp.get("/profile")
@requires(Role.MEMBER)
@bp.response(200, ProfileOut)
def profile() -> Any:
    """One's own profile; nobody else reads it unless one has an open case."""
    return read(describing.mine, by=principal())


@bp.put("/profile")
@requires(Role.MEMBER)
@bp.arguments(ProfileIn)
@bp.response(200, ProfileOut)
def change_profile(told: Told) -> Any:
    """Say what those shall know who come: what is left out stays, null takes away; a photo is kept small and bare."""
    cleaned = context().imaging.call(partial(describing.with_clean_photo, told)) if told.photo else told
    return write_what_can_wait(describing.change, cleaned, by=principal(), now=now())


@bp.get("/profile/views")
@requires(Role.MEMBER)
@bp.arguments(PageIn, location="query")
@bp.response(200, ViewsOut)
def views(query: dict[str, Any]) -> Any:
    """Who has looked at one's profile, when, in which case and why: the newest first."""
    return read(disclosing.views, before=query["cursor"], most=query["limit"], by=principal())
