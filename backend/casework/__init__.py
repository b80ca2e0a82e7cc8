"""What the control room does with a case, for itself alone: who has it, what is read, checklist, report and links."""
