"""Other authorities' alerts, written by us in the style of real ones."""

from typing import Any

CAP_1_2 = "urn:oasis:names:tc:emergency:cap:1.2"

#: Round the Hammersmith site.
RIVER = "51.480,-0.235 51.493,-0.235 51.493,-0.215 51.480,-0.215 51.480,-0.235"


def info(**told: Any) -> str:
    """One info; lists repeat an element, None leaves it out."""
    facts = {
        "language": "en-GB",
        "category": "Met",
        "event": "Flood",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Observed",
        "expires": "2026-11-23T20:00:00-00:00",
        "senderName": "River Authority",
        "headline": "Flood warning for the river",
        "description": "The river will flood within the hour.",
        "instruction": "Move to higher ground.",
        "area": area(polygon=RIVER),
        **told,
    }
    return element("info", **facts)


def area(**told: Any) -> str:
    return "".join(element(name, one) for name, one in {"areaDesc": "Riverside", **told}.items())


def geocode(name: str, value: str) -> str:
    return element("valueName", name) + element("value", value)


def alert(*infos: str, namespace: str = CAP_1_2, more: str = "", **told: Any) -> bytes:
    """A whole document; what is None is left out, what is a list is repeated."""
    facts = {
        "identifier": "RIVER-7",
        "sender": "alerts@river.example",
        "sent": "2026-11-23T13:55:00-00:00",
        "status": "Actual",
        "msgType": "Alert",
        "scope": "Public",
        **told,
    }
    inner = "".join(element(name, one) for name, one in facts.items()) + "".join(infos or (info(),)) + more
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="{namespace}">{inner}</alert>'.encode()


def element(name: str, value: Any = None, **inside: Any) -> str:
    """Text as it is: whoever writes an odd alert escapes, or does not."""
    if value is None and not inside:
        return ""
    told = "".join(element(one, told) for one, told in inside.items()) if inside else value
    if isinstance(told, list):
        return "".join(element(name, one) for one in told)
    return f"<{name}>{told}</{name}>"


#: As a signed one ends: another namespace, nested, with attributes.
SIGNATURE = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s"><ds:SignedInfo><ds:Reference URI="">'
    "<ds:DigestValue>abc=</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>def=</ds:SignatureValue>"
    "</ds:Signature>"
)

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(9))
    + b']><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&j;</identifier></alert>'
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&x;</identifier></alert>'
)

#: Each with a word of the sentence that says why it is refused.
HOSTILE = {
    "entities that multiply": (BOMB, "DOCTYPE"),
    "an external entity": (EXTERNAL, "DOCTYPE"),
    "an empty doctype": (b"<!DOCTYPE alert>" + alert().partition(b"\n")[2], "DOCTYPE"),
    "a remote doctype": (
        b'<!DOCTYPE alert SYSTEM "http://127.0.0.1:9/x.dtd">' + alert().partition(b"\n")[2],
        "DOCTYPE",
    ),
    "a doctype in UTF-16": (EXTERNAL.decode().replace('<?xml version="1.0"?>', "").encode("utf-16"), "DOCTYPE"),
    "an unknown entity": (alert(identifier="&x;"), "not XML"),
    "fifty megabytes": (alert(note="x" * 50_000_000), "1 MiB"),
    "deep": (alert(more="<a>" * 5_000 + "</a>" * 5_000), "nested"),
    "wide": (alert(more="<a/>" * 100_000), "elements"),
    "not XML": (b"\x00\x01 this is no alert", "not XML"),
    "JSON": (b'{"identifier": "x"}', "not XML"),
    "nothing": (b"", "not XML"),
    "half": (alert()[:-30], "not XML"),
    "two": (alert() + alert().partition(b"\n")[2], "not XML"),
    "another encoding than it says": (alert(note="caf\u00e9").decode().encode("latin-1"), "not XML"),
    "an encoding that nobody knows": (alert().replace(b"UTF-8", b"x-none"), "not XML"),
    "CAP 1.1": (alert(namespace="urn:oasis:names:tc:emergency:cap:1.1"), "CAP 1.1"),
    "no namespace": (alert().replace(b' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', b""), "no CAP"),
    "another root": (b"<rss/>", "no CAP"),
    "no sender": (alert(sender=None), "lacks"),
    "a time without its offset": (alert(sent="2026-11-23T13:55:00"), "lacks"),
    "a status of its own": (alert(status="Live"), "lacks"),
    "a draft": (alert(status="Draft"), "draft"),
    "a message for the network": (alert(status="System"), "network"),
    "an acknowledgement": (alert(msgType="Ack"), "acknowledges"),
}
