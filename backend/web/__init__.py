"""What every door needs: the request's principal and clock, and how a refusal is told."""
