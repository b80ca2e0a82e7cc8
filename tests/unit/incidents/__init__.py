"""Cases, without a store."""
