"""The porch: where anybody lodges a concern, and nothing about whoever does is taken, kept or logged."""
