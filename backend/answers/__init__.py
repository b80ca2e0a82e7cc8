"""What comes back of a broadcast: what screens and pages show, what people answer, who has said nothing; counted."""
