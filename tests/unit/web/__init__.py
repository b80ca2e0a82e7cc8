"""How a request is read and a refusal is told."""
