"""Buttons that are no phones: on a wall, under a desk, on a satellite link."""
