"""CAP out and in."""
