"""I1, I2, I3 and I7: every press has its one case, somebody was told of it, and as many came as were wanted."""

from collections import Counter, defaultdict

from tests.faults.run.kept import Case, Kept
from tests.faults.run.story import Story

#: Called off before anybody was told is late; open for as long as this and told to nobody is lost.
LOST_S = 10.0

#: Said on a connection that ends; no message of the stream.
GOODBYE = "signed_out"


def lost(story: Story, kept: Kept) -> list[str]:
    """I1: a press answered 2xx without its case, or a case of which neither an officer nor the control room heard."""
    heard = {one.case for one in story.heard if one.type == "offer" or (one.type == "alarm" and one.reason)}
    found = []
    for call in story.of("tap"):
        if not call.ok:
            continue
        stands_in = kept.taps.get((call.who, str(call.about)), [])
        if call.case not in stands_in or call.case not in kept.cases:
            found.append(f"tap {call.about} of {call.who} was answered {call.status} and is not in {call.case}")
    for case in story.cases:
        row = kept.cases.get(case)
        if row is None or case in heard:
            continue
        if row.closed_at is None or row.closed_at - row.received_at > LOST_S + _down(story, row):
            found.append(f"neither an officer nor the control room heard of {case}")
    for who, mine in story.mine.items():
        known = {case for case, owner in story.cases.items() if owner == who}
        found += [f"{who} was told of {case} and cannot find it" for case in sorted(known - mine)]
    return found


def doubled(story: Story, kept: Kept) -> list[str]:
    """I2: a press that led to two cases, a case that no press led to."""
    cases: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for call in story.of("tap"):
        if call.ok and call.case:
            cases[call.who, call.about].add(call.case)
    found = [f"tap {tap} of {who} led to {len(some)} cases" for (who, tap), some in cases.items() if len(some) > 1]
    found += [f"tap {tap} of {who} stands in {len(some)} cases" for (who, tap), some in kept.taps.items() if some[1:]]
    pressed = {(call.who, call.about) for call in story.of("tap")}
    led_to = {case for press, some in kept.taps.items() if press in pressed for case in some}
    played = {who for who, _ in pressed}
    return found + [
        f"no press led to {one.id}"
        for one in kept.cases.values()
        if one.owner in played - {""} and one.id not in led_to
    ]


def phantoms(story: Story, kept: Kept) -> list[str]:
    """I3: something was told that is not committed: a message, a case, an offer, a version of a broadcast."""
    rows = {(one.who, one.seq): (one.id, one.type) for one in kept.messages}
    offers = {one.id for one in kept.offers}
    found = [
        f"{one.who} heard {one.type} {one.id} as number {one.seq}, which is not kept"
        for one in story.heard
        if one.type != GOODBYE and rows.get((one.who, one.seq)) != (one.id, one.type)
    ]
    found += [
        f"{one.who} heard of {one.case}, which is no case"
        for one in story.heard
        if one.case and one.case not in kept.cases
    ]
    found += [
        f"{one.who} was asked by {one.offer}, which is no offer"
        for one in story.heard
        if one.offer and one.offer not in offers
    ]
    return found + [
        f"{one.who} was shown version {one.version} of {one.broadcast}, which was never issued"
        for one in story.shown
        if one.version > kept.broadcasts.get(one.broadcast, (0, False))[0]
    ]


def crowded(story: Story, kept: Kept) -> list[str]:
    """I7: more yes than were wanted, a yes that is not kept, or one that was refused and stands all the same."""
    asked = {one.id: one for one in kept.offers}
    yes = {(call.who, str(call.about)) for call in story.of("accept") if call.ok}
    found, has = [], Counter[tuple[str, int]]()
    for who, offer_id in yes:
        offer = asked.get(offer_id)
        if offer is None or offer.state in ("offered", "withdrawn", "declined"):
            found.append(f"{who} was told yes to {offer_id}, which is {offer.state if offer else 'not there'}")
        elif not offer.late:
            has[offer.case, offer.climb] += 1
    held = {(who, offer) for who, offer in yes}
    for call in story.of("accept"):
        # A yes whose answer was lost, and then 409: the same again must be yes.
        offer = asked.get(str(call.about))
        taken = offer is not None and offer.state in ("accepted", "en_route", "on_scene")
        if call.status == 409 and taken and (call.who, str(call.about)) not in held:
            found.append(f"{call.who} was refused {call.about} and has it")
    return found + [
        f"{case} wanted {kept.cases[case].wanted} and {number} were told yes"
        for (case, _), number in has.items()
        if case in kept.cases and number > kept.cases[case].wanted
    ]


def told_late(story: Story, kept: Kept) -> list[float]:
    """Seconds from the last wanted yes until each officer who was asked in vain was told, by a standing connection."""
    asked = {one.id: one for one in kept.offers}
    enough: dict[str, float] = {}
    times: dict[str, list[float]] = defaultdict(list)
    for call in story.of("accept"):
        offer = asked.get(str(call.about))
        if call.ok and offer is not None:
            times[offer.case].append(call.ended)
    for case, some in times.items():
        if case in kept.cases and len(some) >= kept.cases[case].wanted:
            enough[case] = sorted(some)[kept.cases[case].wanted - 1]
    found = []
    for one in story.heard:
        offer = asked.get(str(one.offer))
        if one.type == "offer_withdrawn" and one.case in enough and one.line is not None and offer is not None:
            since = enough[one.case]
            # Who was asked anew, because who said yes has left, is another matter.
            stood = story.opened[one.who, one.line][0] < since - 0.2 and offer.offered_at < since
            if stood and not any(begin <= one.at and end >= since for begin, end in story.down):
                found.append(max(0.0, one.at - since))
    return found


def _down(story: Story, case: Case) -> float:
    """How long nobody could be told while it was open: a stop, and the time until an officer was asked again."""
    asked = [one.at for one in story.heard if one.type == "offer" and one.line is not None]
    over, until = 0.0, case.received_at
    for begin, end in sorted(story.down):
        again = min((one for one in asked if one >= end), default=end)
        over += max(0.0, min(again, case.closed_at or again) - max(begin, until))
        until = max(until, again)
    return over
