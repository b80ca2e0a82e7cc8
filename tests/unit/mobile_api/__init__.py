"""What the phones send."""
