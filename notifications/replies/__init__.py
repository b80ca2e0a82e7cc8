"""What people text and press in answer to a text or a call: understood, acted on, and said back."""
