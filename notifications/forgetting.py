"""How long it is kept what was sent to whom by which channel."""

from backend.kernel.retention import Rule
from notifications import delivery_store, reply_store, wave_store

DELIVERIES = Rule(
    "deliveries", "deliveries_days", "they were done or given up", ("deliveries",), delivery_store.FINISHED
)
WAVES = Rule(
    "waves of broadcasts", "deliveries_days", "they were done, superseded or given up", ("waves",), wave_store.FINISHED
)

#: As long as the text or the call that it answers.
REPLIES = Rule("replies by text and key", "deliveries_days", "they were taken", ("replies",), reply_store.TAKEN)
