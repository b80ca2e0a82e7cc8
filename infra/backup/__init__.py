"""Copies of the store that are proved at once, and the way back from one."""
