"""What every slice stands on: the words, the ways to say no, the transaction, the outbox and the audit."""
