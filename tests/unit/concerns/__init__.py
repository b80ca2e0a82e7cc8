"""Concerns without a database: sealing, receipts, and what may be read by whom."""
