"""Text as XML can hold it, and an element's children in one line each."""

import re

from lxml import etree

#: What XML 1.0 has no way to write, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The same text without the characters that no XML document can hold."""
    return _UNWRITABLE.sub("", text)


def root_of(namespace: str, name: str) -> etree._Element:
    """A document's first element, in whose namespace all else is unless it says otherwise."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A child of the parent's own namespace, with this text."""
    child = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, name), attributes)
    if text is not None:
        child.text = writable(text)
    return child


def as_bytes(root: etree._Element) -> bytes:
    """The whole document in UTF-8, with its declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
