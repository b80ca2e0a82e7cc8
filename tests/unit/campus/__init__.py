"""A campus as data: places, hours, numbers, teams, and the proof that nobody is left alone."""
