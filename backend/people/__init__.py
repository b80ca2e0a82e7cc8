"""Accounts, roles, sign-ins, handsets and who is on duty."""
