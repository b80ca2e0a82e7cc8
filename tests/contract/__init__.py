"""What others rely on by name: the stores as tests get them, the documents and the doors as clients see them."""
