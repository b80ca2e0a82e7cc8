"""Which codes name a language."""

import re
from collections.abc import Iterable, Sequence

# ISO 639-1, without those that were withdrawn.
_ISO_639_1 = frozenset(
    (
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
        "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
        "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
        "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
        "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
        "za zh zu"
    ).split()
)
_TAG = re.compile(r"([a-z]{2})(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


#: Written from right to left.
_RIGHT_TO_LEFT = frozenset("ar dv fa he ps sd ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Nkoo", "Syrc"})


def direction(tag: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`; a script in the tag decides."""
    language, *more = tag.split("-")
    scripts = [part for part in more if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def best_of(wanted: Iterable[str], offered: Sequence[str]) -> str | None:
    """
    The first wanted language that is offered, None when none is.

    Whoever wants `fr-CA` reads `fr`, and who wants `zh` may read `zh-Hant`.
    """
    by_name = {one.lower(): one for one in offered}
    for tag in wanted:
        parts = tag.lower().split("-")
        # The longest part of the tag that is offered, as RFC 4647 looks it up.
        for length in range(len(parts), 0, -1):
            if (name := "-".join(parts[:length])) in by_name:
                return by_name[name]
        related = [one for one in offered if one.partition("-")[0] == parts[0]]
        if related:
            return related[0]
    return None


def is_language(tag: str) -> bool:
    """Whether this is a language as browsers name it: `en`, or with a script or country as `zh-Hant`, `pt-BR`."""
    found = _TAG.fullmatch(tag)
    return found is not None and found[1] in _ISO_639_1
