"""One institution as data: its places, teams, hours, numbers and rules, which code must not know."""
