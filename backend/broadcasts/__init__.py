"""Broadcasts: who is warned of what, from a draft to the last word of its thread, and everybody it is for."""
