"""People without a database: what a roster says, and what it may not."""
