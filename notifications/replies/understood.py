"""What a text means: a number or a word first, forgiving in all the rest, and in doubt a call for help."""

import re
import unicodedata
from dataclasses import dataclass

from backend.kernel.vocabulary import Answer

#: Longer ones are cut: it is what somebody thumbed in a hurry.
LONGEST = 1000

#: Said before the word that matters.
FILLERS = frozenset("YES Y NO N I IM AM WE ARE WERE PLEASE PLS SEND".split())
FIRST_WORDS = {
    Answer.NEED_HELP: ("HELP", "NEED", "NOT SAFE", "UNSAFE", "NOT OK", "EMERGENCY"),
    Answer.SAFE: ("SAFE", "OK", "FINE", "ALRIGHT", "ALL RIGHT", "ALL SAFE", "ALL OK"),
    Answer.NOT_HERE: ("NOT HERE", "NOT THERE", "NOT ON CAMPUS", "NOT ON SITE", "NOT IN", "AWAY", "OFF CAMPUS"),
}
#: Wherever they stand, unless one of the two words before takes them back.
CALLS = frozenset("HELP SOS TRAPPED HURT INJURED BLEEDING".split())
TAKES_BACK = frozenset("NO NOT DONT DIDNT WITHOUT NOBODY NONE UN".split())

DIGITS = {"1": (Answer.SAFE, True), "2": (Answer.NEED_HELP, False), "3": (Answer.NOT_HERE, None)}

_YES, _NO = frozenset({"YES", "Y"}), frozenset({"NO", "N"})
_CASE = re.compile(r"(YES|Y|NO|N|1|2)\W*(?:[EFH]\W*(?:20\d\d\W+)?0*(\d{1,9})|(?:20\d\d\W+)?(\d{4,9}))\W*")
_FIRST = re.compile(r"\W*([123])(?!\d)[\W_]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heard:
    """
    `answer` is to a broadcast, `yes` to being asked to a case; a bare 1 or 2 may be either, and is a `digit`.

    `case` is the number of the case that was named; `rest` what was said beside.
    """

    answer: Answer | None = None
    yes: bool | None = None
    case: int | None = None
    digit: bool = False
    rest: str | None = None

    @property
    def calls_in_words(self) -> bool:
        """Whether it is a call for help that names itself: a bare 2 is one only where somebody was asked."""
        return self.answer is Answer.NEED_HELP and not self.digit


NOTHING = Heard()


def understand(text: str) -> Heard:
    """What was meant, or NOTHING; case, spaces and the marks around words do not matter."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    upper = plain.upper().replace("'", "").replace("’", "")
    named = _CASE.fullmatch(upper)
    if named and (named[2] or named[1] in _YES | _NO):
        return Heard(yes=named[1] in _YES | {"1"}, case=int(named[2] or named[3]))
    first = _FIRST.fullmatch(plain)
    if first:
        answer, yes = DIGITS[first[1]]
        return Heard(answer, yes, digit=True, rest=first[2].strip() or None)
    words = re.findall(r"\w+", upper)
    for meant, yes in ((_YES, True), (_NO, False)):
        if words and all(word in meant for word in words):
            return Heard(yes=yes)
    found = _in_words(words)
    return Heard(found, rest=plain) if found else NOTHING


def _in_words(words: list[str]) -> Answer | None:
    calls = any(word in CALLS and not TAKES_BACK & set(words[max(0, n - 2) : n]) for n, word in enumerate(words))
    takes_back = words[:2] == ["NO", "HELP"]
    while words and words[0] in FILLERS:
        words = words[1:]
    said = " ".join(words) + " "
    if calls:
        return Answer.NEED_HELP
    for answer, meant in FIRST_WORDS.items():
        if any(said.startswith(f"{one} ") for one in meant) and not takes_back:
            return answer
    # "Yes, 2" is no yes to anything.
    return DIGITS[words[0]][0] if words and words[0] in DIGITS else None
