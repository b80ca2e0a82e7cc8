"""A CAP 1.2 message as somebody else sent it, read in bounded time whatever it is; signatures are not checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from backend.cap.cap import NAMESPACE
from backend.kernel.errors import FieldFault, Invalid

#: Bytes; the doors take no larger body either.
LARGEST = 1 << 20

#: The gravest real alerts have some hundreds, with their geocodes; a signature is nested seven deep.
MOST_ELEMENTS, DEEPEST = 20_000, 24

#: Fed to the parser piece by piece, so that what is refused at its beginning is not read to its end.
PIECE = 16_384

#: The longest identifier and sender.
LONGEST_NAME = 500

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
ALERT = f"{{{NAMESPACE}}}alert"
STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
MESSAGE_TYPES = ("Alert", "Update", "Cancel", "Ack", "Error")


@dataclass(slots=True)
class Node:
    """One element of the message's own namespace: its name there, its text, and what is in it."""

    name: str
    pieces: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, name: str) -> Iterator["Node"]:
        return (child for child in self.children if child.name == name)

    def texts(self, name: str) -> list[str]:
        """The text of each child of this name that has one."""
        return [text for child in self.all(name) if (text := child.text.strip())]

    def one(self, name: str) -> str | None:
        found = self.texts(name)
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Name:
    """What names one message in all the world; `sent` is compared as the moment it is, however it was written."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class CapMessage:
    """What was read: its name, its standing, what it follows, and its infos as they are."""

    name: Name
    status: str
    msg_type: str
    scope: str | None
    note: str | None
    references: tuple[Name, ...]
    infos: tuple[Node, ...]
    is_signed: bool


def read_message(body: bytes) -> CapMessage:
    """
    The message in these bytes.

    Raises Invalid that says why: too large, a DOCTYPE, nested too deeply, too
    many elements, no XML, no CAP, another CAP than 1.2, or without what every
    alert has.
    """
    if len(body) > LARGEST:
        raise refused("This is larger than 1 MiB.")
    target = _Target()
    # Of its own each time: lxml's parsers share nothing then, and other threads run while it reads.
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        for begin in range(0, len(body), PIECE):
            parser.feed(body[begin : begin + PIECE])
        parser.close()
    except (etree.LxmlError, LookupError, ValueError) as fault:
        raise refused(f"This is not XML, or not in the encoding it says: {str(fault)[:120]}.") from fault
    return _message(target)


def refused(why: str) -> Invalid:
    return Invalid(why, slug="not-cap")


def moment_of(text: str | None) -> datetime | None:
    """The moment in any form that is in use, also with `Z` or fractions; None for what has no offset or is none."""
    try:
        found = datetime.fromisoformat(text or "")
        found.utctimetuple()
    except (ValueError, OverflowError):
        return None
    return found if found.utcoffset() is not None else None


class _Target:
    """Builds nodes of CAP's namespace and nothing else; counts everything."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.is_signed = False
        self._open: list[Node | None] = []
        self._count = 0

    def doctype(self, *_: object) -> None:
        raise refused("A DOCTYPE is not read: it can name entities and other files. CAP needs none.")

    def start(self, tag: str | bytes, attrib: object) -> None:
        self._count, tag = self._count + 1, str(tag)
        if self._count > MOST_ELEMENTS:
            raise refused(f"This has more than {MOST_ELEMENTS} elements.")
        if len(self._open) >= DEEPEST:
            raise refused(f"This is nested more than {DEEPEST} deep.")
        if not self._open:
            _must_be_an_alert(tag)
        self.is_signed = self.is_signed or tag == SIGNATURE
        name = tag.removeprefix(f"{{{NAMESPACE}}}")
        node = Node(name) if name != tag else None
        above = self._open[-1] if self._open else None
        if node is not None and above is not None:
            above.children.append(node)
        elif node is not None and self.root is None:
            self.root = node
        self._open.append(node)

    def end(self, tag: str | bytes) -> None:
        self._open.pop()

    def data(self, data: str | bytes) -> None:
        if self._open and (node := self._open[-1]) is not None:
            node.pieces.append(str(data))

    def comment(self, text: str | bytes) -> None:
        """Said to nobody."""

    def close(self) -> None:
        """The parser asks for it; what was built is read from `root`."""


def _must_be_an_alert(tag: str) -> None:
    if tag == ALERT:
        return
    if tag.endswith("}alert") and "cap:1." in tag:
        raise refused(f"This is CAP {tag.partition('}')[0].rpartition(':')[2]}. Only CAP 1.2 is read.")
    raise refused(f"This is no CAP 1.2 alert: it begins with <{tag[:100]}>.")


def _message(target: _Target) -> CapMessage:
    root = target.root
    if root is None:
        raise refused("This is empty.")
    sender, identifier, sent = root.one("sender"), root.one("identifier"), moment_of(root.one("sent"))
    status, msg_type = root.one("status"), root.one("msgType")
    faults = [
        *_named("sender", sender),
        *_named("identifier", identifier),
        *([] if sent else [FieldFault("sent", "must be a time with an offset")]),
        *_among("status", status, STATUSES),
        *_among("msgType", msg_type, MESSAGE_TYPES),
    ]
    if faults or sender is None or identifier is None or sent is None or status is None or msg_type is None:
        raise Invalid("This alert lacks what every CAP 1.2 alert has.", faults, slug="not-cap")
    return CapMessage(
        name=Name(sender, identifier, sent),
        status=status,
        msg_type=msg_type,
        scope=root.one("scope"),
        note=root.one("note"),
        references=tuple(_references(root.one("references"))),
        infos=tuple(root.all("info")),
        is_signed=target.is_signed,
    )


def _references(text: str | None) -> Iterator[Name]:
    """`sender,identifier,sent` one after the other; what is none of those names nothing."""
    for one in (text or "").split():
        sender, _, rest = one.partition(",")
        identifier, _, sent = rest.rpartition(",")
        if sender and identifier and (at := moment_of(sent)):
            yield Name(sender, identifier, at)


def _named(name: str, text: str | None) -> list[FieldFault]:
    if text is None:
        return [FieldFault(name, "is missing")]
    return [FieldFault(name, f"is longer than {LONGEST_NAME} characters")] if len(text) > LONGEST_NAME else []


def _among(name: str, text: str | None, known: tuple[str, ...]) -> list[FieldFault]:
    return [] if text in known else [FieldFault(name, f"must be one of {', '.join(known)}")]
