"""What is killed, frozen and starved, and what must be left of it."""
