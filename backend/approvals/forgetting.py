"""How long it is kept who asked for what and who agreed: ids and a digest, as long as the log that tells the same."""

from backend.approvals import approval_store
from backend.kernel.retention import Rule

APPROVALS = Rule("approvals", "audit_days", "their time was over", ("approvals",), approval_store.OVER)
