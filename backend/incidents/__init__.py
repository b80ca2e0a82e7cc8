"""Cases from the tap to the close: what was raised, where it is, what was said."""
