"""What is read of a client's bytes before wsproto is asked."""

import pytest

from infra.frame import is_pong, is_whole
from tests.faults.raw_sockets import BINARY, PING, TEXT, client_frame

CONTINUATION = 0


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
def test_a_message_is_whole_with_its_last_byte_and_not_before(size: int) -> None:
    """
    Around the borders of the header, alone and behind another one.
    """
    frame = client_frame(b"x" * size)

    assert is_whole(frame)
    assert is_whole(frame + frame)
    assert not any(is_whole(frame[:cut]) for cut in (1, 2, 4, 6, 9, len(frame) - 1) if 0 < cut < len(frame))
    assert not is_whole(frame + frame[:1])


def test_a_message_in_pieces_is_whole_with_the_last_of_them() -> None:
    """
    A ping in between changes nothing.
    """
    begins, ping = client_frame(b"4", TEXT, last=False), client_frame(b"x", PING)
    goes_on, ends = client_frame(b"2", CONTINUATION, last=False), client_frame(b"0", CONTINUATION)

    assert is_whole(begins + ping + goes_on + ends)
    assert is_whole(ping)
    assert not is_whole(begins + ping)
    assert not is_whole(begins + goes_on + ping)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (client_frame(b"3"), True),
        (b"\x81\x81\x00\x00\x00\x003", True),
        (client_frame(b"2"), False),
        (client_frame(b"3", BINARY), False),
        (client_frame(b"3", last=False), False),
        (client_frame(b"3", masked=False), False),
        (client_frame(b"3") * 2, False),
        (client_frame(b"3")[:6], False),
        (b"", False),
    ],
)
def test_an_answered_ping_is_known_by_its_bytes(data: bytes, expected: bool) -> None:
    """
    Alone, whole and masked: anything else is wsproto's to read.
    """
    assert expected == is_pong(data)
