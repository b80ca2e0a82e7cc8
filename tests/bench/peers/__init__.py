"""What we measure ourselves against: the same work without our store, or without everything but the store."""
