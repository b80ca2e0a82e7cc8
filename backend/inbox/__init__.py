"""One recipient's stream of messages: numbered without a gap, caught up after a cut, confirmed when displayed."""
