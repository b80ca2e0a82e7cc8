"""Buttons that are no phones: what a signature is worth."""
