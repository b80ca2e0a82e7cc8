"""What must be true of a played day, held against what its players wrote down: each rule tells what breaks it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infra.drill.cast import Cast, Rung
from infra.drill.recollection import Heard, Recollection, Whole
from infra.drill.streams import jumps, numbered_twice, steps_back

#: As far as a rung, or a word to an officer, may be off.
LATE_S = 1.0

#: Who has waited so long and was heard by nobody has rung 999.
LOST_S = 10.0

#: With one of these a case is over, and no rung is climbed any more.
OVER = frozenset({"resolved", "cancelled"})


def lost(day: Recollection, cast: Cast) -> list[str]:
    """
    I1: a press that was never answered, whose case is not there, or of which nobody who can help has heard.

    A case that was called off within ten seconds may not have been heard of yet: that is late.
    """
    unheard = _unheard(day, cast)
    found = []
    for tap, press in day.presses.items():
        if press.tries and not press.cases:
            found.append(f"{tap} of {press.who} was never answered")
        for case in press.cases:
            if case not in day.mine.get(press.who, ()):
                found.append(f"{press.who} was told of {case} and has no such case")
            elif case in day.wholes and tap not in day.wholes[case].taps:
                found.append(f"{tap} is not to be found in {case}")
            elif unheard.get(case, 0.0) >= LOST_S:
                found.append(f"neither an officer nor the control room heard of {case}")
    return found


def unheard_of(day: Recollection, cast: Cast) -> int:
    """How many cases were called off before anybody had heard of them: late, each of them."""
    return sum(seconds < LOST_S for seconds in _unheard(day, cast).values())


def _unheard(day: Recollection, cast: Cast) -> dict[str, float]:
    """The cases that reached neither an officer's handset nor an alarm of the control room: how long each was open."""
    officers = {part.name for part in cast.officers}
    heard = {one.case for one in day.heard if one.type == "alarm" or (one.type == "offer" and one.who in officers)}
    found = {}
    for case in set(day.owners) - heard:
        whole = day.wholes.get(case)
        ends = [at for stage, at in whole.progress if stage in OVER] if whole else []
        found[case] = (min(ends) - whole.received_at).total_seconds() if whole and ends else float("inf")
    return found


def doubled(day: Recollection) -> list[str]:
    """I2: a press that led to two cases, a case that no press led to, a press that stands in two cases."""
    found = [f"{tap} led to {len(one.cases)} cases" for tap, one in day.presses.items() if len(one.cases) > 1]
    known = set(day.owners)
    found += [f"{who} has {case}, to which no press led" for who, some in day.mine.items() for case in some - known]
    taps = Counter(tap for whole in day.wholes.values() for tap in whole.taps)
    return found + [f"{tap} stands in {count} cases" for tap, count in taps.items() if count > 1]


def gaps(day: Recollection) -> list[str]:
    """I4: a stream with a hole, a connection that was out of order, a number that was given twice."""
    found = []
    for who, some in day.by_listener().items():
        found += [f"{who} was told two things under the number {one.seq}" for one in numbered_twice(some)]
        seqs = {one.seq for one in some}
        if missing := set(range(1, max(seqs) + 1)) - seqs:
            found.append(f"{who} never heard {len(missing)} messages, the first {min(missing)}")
        asked_after = {line: after for (one, line), (_, after) in day.opened.items() if one == who}
        found += [f"{who} heard {b} after {a} on connection {line}" for line, a, b in jumps(some, asked_after)]
    return found


def backwards(day: Recollection) -> list[str]:
    """I5: a case that was farther before, at one and the same listener."""
    return [
        f"{who} saw {one.case} go back to {one.state}"
        for who, some in day.by_listener().items()
        for one in steps_back(some)
    ]


def crowded(day: Recollection) -> list[str]:
    """I7: more officers told yes than the case wanted; one that was asked again after a late yes is left out."""
    has = Counter(yes.case for yes in day.yes.values())
    wanted = {case: whole.wanted for case, whole in day.wholes.items() if _first_climb(whole)}
    return [f"{case} wanted {wanted[case]} and has {n}" for case, n in has.items() if n > wanted.get(case, n)]


def overheard(day: Recollection, cast: Cast) -> list[str]:
    """I11: a student who heard of another's case, an officer of one not offered to them, a real row on a board."""
    owners = day.owners
    names = {part.id: part.name for part in (*cast.officers, *cast.students)}
    asked = {(names.get(offer[0]), case) for case, whole in day.wholes.items() for offer in whole.offers}
    officers = {part.name for part in cast.officers}
    students = {part.name for part in cast.students}
    found = []
    for one in day.heard:
        owner = owners.get(one.case or "")
        if owner is not None and one.who in students and owner != one.who:
            found.append(f"{one.who} heard of {one.case}, which is of {owner}")
        if one.case in day.wholes and one.who in officers and (one.who, one.case) not in asked:
            found.append(f"{one.who} heard of {one.case} and was never asked about it")
    found += [f"{case} is no exercise" for case, whole in day.wholes.items() if not whole.exercise]
    return found + ["a real row stood on the exercise's board"] * day.real_seen


def phantoms(day: Recollection) -> list[str]:
    """I3: something was told of a case that the control room cannot find."""
    told = {one.case for one in day.heard if one.case}
    return [f"{case} was told of and is not there" for case in sorted(told - set(day.wholes))]


@dataclass(frozen=True, slots=True)
class Climbs:
    """How many rungs after the first were seen, and a sentence for each case in which one missed its second."""

    seen: int
    off: Sequence[str]


def climbs(day: Recollection, ladders: Mapping[str, Sequence[Rung]]) -> Climbs:
    """I6: every rung whose second came while officers were wanted was climbed then, and none after the end."""
    seen = 0
    off: dict[str, str] = {}
    left = {case for press in day.presses.values() if press.left for case in press.cases}
    for case, whole in day.wholes.items():
        ladder = ladders.get(whole.kind)
        if not ladder or not _first_climb(whole):
            continue
        wanting_s = _wanting_s(whole)
        if wanting_s is None:
            continue
        must = sum(rung.after_s + LATE_S <= wanting_s for rung in ladder)
        may = sum(rung.after_s <= wanting_s + LATE_S for rung in ladder)
        seen += max(0, whole.rung - 1)
        if not must <= whole.rung <= may:
            off[case] = f"{case} climbed {whole.rung} rungs in {wanting_s:.1f} s"
        # An offer after a refusal is made at once; where nobody answers, each is made at a rung.
        dues = {rung.after_s for rung in ladder}
        moments = [since for reason, since in whole.alarms if reason == "unanswered"]
        if case in left:
            moments += [offered for _, _, _, offered, _ in whole.offers]
        for moment in moments:
            after_s = (moment - whole.received_at).total_seconds()
            if min(abs(after_s - due) for due in dues) > LATE_S:
                off[case] = f"{case} was told of {after_s:.1f} s after the press"
    return Climbs(seen, list(off.values()))


def _first_climb(whole: Whole) -> bool:
    return all(climb == 0 and not late for _, climb, _, _, late in whole.offers)


def _wanting_s(whole: Whole) -> float | None:
    """From the press to the moment from which no rung was wanted any more; None while one still is."""
    yes = [at for stage, at in whole.progress if stage == "accepted"]
    ends = [at for stage, at in whole.progress if stage in OVER]
    if len(yes) >= whole.wanted:
        ends.append(sorted(yes)[whole.wanted - 1])
    return (min(ends) - whole.received_at).total_seconds() if ends else None


def to_handset(day: Recollection, cast: Cast) -> list[float]:
    """
    Seconds from a press that opened a case to the first officer's handset, by a connection that stood all the while.

    An officer who was cut off hears it on coming back: that is the network's time, not ours.
    """
    officers = {part.name for part in cast.officers}
    first: dict[str, Heard] = {}
    for one in day.heard:
        if one.type == "offer" and one.case and one.line is not None and one.who in officers:
            first.setdefault(one.case, one)
    found = []
    for case, at in _opened_at(day).items():
        heard = first.get(case)
        if heard is not None and heard.line is not None and day.opened[heard.who, heard.line][0] < at:
            found.append(heard.at - at)
    return found


def to_yes(day: Recollection) -> list[float]:
    """Seconds from such a press to the first yes, as the players answer."""
    first: dict[str, float] = {}
    for yes in day.yes.values():
        first[yes.case] = min(yes.ended_at, first.get(yes.case, yes.ended_at))
    return [first[case] - at for case, at in _opened_at(day).items() if case in first]


def to_answer(day: Recollection) -> list[float]:
    """Seconds from sending a press to its answer, each time it was sent and answered."""
    return [took for press in day.presses.values() for took, status, _ in press.answers if status < 300]


def to_silence(day: Recollection) -> list[float]:
    """Seconds from the last yes that was wanted until each other handset was told to fall silent."""
    enough: dict[str, float] = {}
    for case, whole in day.wholes.items():
        times = sorted(yes.ended_at for yes in day.yes.values() if yes.case == case)
        if len(times) >= whole.wanted:
            enough[case] = times[whole.wanted - 1]
    found = []
    known: set[tuple[str, int]] = set()
    for one in day.heard:
        is_first = (one.who, one.seq) not in known
        known.add((one.who, one.seq))
        if one.type == "offer_withdrawn" and one.case in enough and one.line is not None and is_first:
            stood = day.opened[one.who, one.line][0] < enough[one.case]
            if stood and one.offer not in day.declined:
                found.append(max(0.0, one.at - enough[one.case]))
    return found


def _opened_at(day: Recollection) -> dict[str, float]:
    """When each case's first press left its phone."""
    found: dict[str, float] = {}
    for press in day.presses.values():
        for case in press.cases:
            if press.first_at is not None:
                found[case] = min(press.first_at, found.get(case, press.first_at))
    return found
