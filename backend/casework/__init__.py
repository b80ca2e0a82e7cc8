"""What the control room does with a case, for itself alone: who has it, its checklist, report and links."""
