"""The drill: its stage, and the judge who reads what the players wrote."""
