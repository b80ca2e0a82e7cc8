"""Dispatch's decisions, without a store."""
