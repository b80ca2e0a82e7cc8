"""What a server sends on a WebSocket: RFC 6455, section 5, unmasked, so that the same bytes serve every socket."""

TEXT, BINARY = 0x81, 0x82


def frame_text(payload: bytes) -> bytes:
    """One whole text frame."""
    return _frame(TEXT, payload)


def frame_of(message: str | bytes) -> bytes:
    """One whole frame: text for words, binary for bytes."""
    return _frame(TEXT, message.encode()) if isinstance(message, str) else _frame(BINARY, message)


def _frame(first: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        return bytes((first, size)) + payload
    if size < 1 << 16:
        return bytes((first, 126)) + size.to_bytes(2, "big") + payload
    return bytes((first, 127)) + size.to_bytes(8, "big") + payload
