"""
Frames of a WebSocket: RFC 6455, section 5.

What a server sends is unmasked, so that the same bytes serve every socket. Of
what clients send only that is read here which spares wsproto.
"""

TEXT, BINARY = 0x81, 0x82

#: Engine.IO's answer to a ping: nothing else is said so often.
PONG = ord("3")


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


def is_pong(data: bytes) -> bool:
    """Whether a client's bytes are an answered ping, alone and masked."""
    return len(data) == 7 and data[0] == TEXT and data[1] == 0x81 and data[2] ^ data[6] == PONG


def is_whole(data: bytes) -> bool:
    """Whether a client's bytes, from the beginning of a message on, end where a message ends."""
    at, is_open = 0, False
    while at + 2 <= len(data):
        first, second = data[at], data[at + 1]
        size, head = second & 127, 6 if second & 128 else 2
        if size > 125:
            more = 2 if size == 126 else 8
            size = int.from_bytes(data[at + 2 : at + 2 + more], "big")
            head += more
        if not first & 8:
            is_open = not first & 128
        at += head + size
    return at == len(data) and not is_open
