"""What is sealed is opened by whoever holds a key it was sealed to, and by nobody else."""

import pytest

from backend.concerns import sealing, size_class
from backend.concerns.receipt import mailbox_of, new_receipt, read_receipt
from backend.concerns.sealing import Envelope, Unopenable

WORDS = "He says he will not come back. Ω".encode()


def pair() -> tuple[bytes, bytes]:
    private = sealing.new_private_key()
    return private, sealing.public_of(private)


def test_each_who_was_sealed_to_opens_it_and_nobody_else() -> None:
    """
    Two advisers read the same words; a third has a key, and no copy.
    """
    (one, one_public), (other, other_public), (third, _) = pair(), pair(), pair()

    envelope = sealing.seal(WORDS, {"one": one_public, "other": other_public})

    assert [WORDS, WORDS] == [sealing.open_(envelope, "one", one), sealing.open_(envelope, "other", other)]
    for key_id, private in (("third", third), ("one", third), ("one", other)):
        with pytest.raises(Unopenable):
            sealing.open_(envelope, key_id, private)


def test_without_its_copy_a_key_opens_nothing() -> None:
    """
    To destroy a copy is to close the box to its holder.
    """
    private, public = pair()
    envelope = sealing.seal(WORDS, {"one": public})

    with pytest.raises(Unopenable):
        sealing.open_(Envelope(envelope.box, {}), "one", private)


def test_whoever_has_a_copy_can_make_one_for_a_colleague() -> None:
    """
    The box stays as it is, byte for byte.
    """
    (one, one_public), (later, later_public) = pair(), pair()
    envelope = sealing.seal(WORDS, {"one": one_public})

    copy = sealing.share(envelope.copies["one"], one, later_public)

    assert WORDS == sealing.open_box(envelope.box, copy, later)


@pytest.mark.parametrize("length", [0, 1, 1000, 1020, 1021, 4000, 16_000, 65_000, 200_000, size_class.MOST])
def test_a_box_has_one_of_six_sizes(length: int) -> None:
    """
    Whatever is in it.
    """
    _, public = pair()

    box = sealing.seal(b"x" * length, {"one": public}).box

    assert len(box) - sealing.BOX_EXTRA in size_class.CLASSES


def test_what_is_too_long_for_any_class_is_refused() -> None:
    """
    Nothing is cut.
    """
    with pytest.raises(ValueError, match="largest"):
        size_class.pad(b"x" * (size_class.MOST + 1))


@pytest.mark.parametrize("at", [0, 23, 24, 500, -1])
def test_one_changed_byte_is_noticed(at: int) -> None:
    """
    Wherever it is in the box.
    """
    private, public = pair()
    envelope = sealing.seal(WORDS, {"one": public})
    box = bytearray(envelope.box)
    box[at] ^= 1

    with pytest.raises(Unopenable):
        sealing.open_(Envelope(bytes(box), envelope.copies), "one", private)


def test_a_receipt_is_read_however_it_is_typed() -> None:
    """
    Capitals, commas, numbers before the words, lines: the twelve words count.
    """
    receipt = new_receipt()
    typed = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(receipt.split(), start=1))

    assert receipt == read_receipt(typed)


@pytest.mark.parametrize("typed", ["", "abandon", "abandon " * 12, "zoo " * 24, "123", "\0" * 40])
def test_what_was_never_a_receipt_is_none(typed: str) -> None:
    """
    The checksum finds a wrong word.
    """
    assert read_receipt(typed) is None


def test_a_mailbox_is_always_the_same_and_nobody_elses() -> None:
    """
    What is sealed to it, its receipt opens.
    """
    one, other = mailbox_of(new_receipt()), mailbox_of(new_receipt())

    sealed = sealing.seal_to(b"We have read it.", one.public_key)

    assert b"We have read it." == sealing.open_sealed(sealed, one.private_key)
    assert one.id != other.id
    with pytest.raises(Unopenable):
        sealing.open_sealed(sealed, other.private_key)
