"""Broadcasts: warn everybody it concerns, count every answer, keep people told, and clear it."""
