"""The control room's door."""
