"""What the control room does with a case, for itself alone: who looks after it, its checklist, its report, its links."""
