"""The composition root: settings, wiring, the rounds' keeper and the commands."""
