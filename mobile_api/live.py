"""The handset's socket: /handset."""

from typing import Any

from marshmallow import fields, post_load

from backend.dispatch.tracing import follow, trace
from backend.kernel.vocabulary import Face
from backend.web.context import now, write
from backend.web.live import StreamNamespace, answered
from mobile_api.positions import NumberedPositionIn


class LivePositionIn(NumberedPositionIn):
    """A position on the socket: of a case, else of one's own duty or check-in."""

    incident_id = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def to_position(self, data: dict[str, Any], **more: Any) -> Any:
        return data.pop("incident_id"), super().to_position(data, **more)


class HandsetNamespace(StreamNamespace):
    """Everybody's phone; an officer's receives offers here."""

    face = Face.HANDSET

    @answered
    def on_position(self, body: Any = None) -> dict[str, Any]:
        """Where the phone is: newest wins, older is dropped."""
        incident_id, numbered = LivePositionIn().load(body if isinstance(body, dict) else {})
        if incident_id is None:
            return {"taken": write(follow, [numbered], by=self.person, now=now())}
        return {"taken": write(trace, incident_id, [numbered], by=self.person, now=now()).told()}
