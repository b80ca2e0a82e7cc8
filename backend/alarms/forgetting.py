"""How long an alarm about no case is kept; one about a case goes with its case."""

from backend.alarms import alarm_store
from backend.kernel.retention import Rule

ALARMS = Rule("alarms about no case", "alarms_taken_days", "they were taken", ("alarms",), alarm_store.TAKEN)
