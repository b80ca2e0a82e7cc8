"""How long broadcasts are kept: where people were who answered, who was told, and at last the words."""

from backend.broadcasts import shelf_store
from backend.kernel.retention import Rule

ENDED = "they ended, or were never issued"

POSITIONS = Rule(
    "positions of answers to broadcasts", "case_positions_h", "the broadcast ended", ("roll",), shelf_store.PLACED
)
ROLLS = Rule("who was told of a broadcast, and answered", "broadcasts_days", ENDED, ("roll",), shelf_store.ENTRIES)
BROADCASTS = Rule(
    "broadcasts", "broadcasts_days", ENDED, ("broadcasts", "broadcast_versions"), shelf_store.BROADCASTS, batch=20
)
LEAVERS = Rule(
    "what rolls tell of accounts that are gone", "accounts_left_days", "they left", ("roll",), shelf_store.LEFT
)
