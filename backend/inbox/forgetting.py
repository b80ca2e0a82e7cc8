"""How long streams are kept, and how long they tell where officers were."""

from backend.inbox.shelf_store import OfficersWhereabouts, OldMessages
from backend.kernel.retention import Rule

#: Before the streams' own, which may be the longer one.
OFFICERS = Rule(
    "officers' positions in streams",
    "officer_tracks_days",
    "they were sent",
    ("messages",),
    OfficersWhereabouts(),
    batch=100,
)
STREAMS = Rule("messages of streams", "streams_days", "they were sent", ("messages",), OldMessages())
