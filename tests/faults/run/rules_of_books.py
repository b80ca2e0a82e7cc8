"""I6, I9 and I10: rungs climbed on their second, no row silently dead, one audit line for each change."""

from collections import Counter
from collections.abc import Mapping

from tests.faults.run.kept import Kept
from tests.faults.run.story import Story

#: A rung is never climbed before its second; how late it is on a machine that has time is a row of its own (I6: 1 s).
EARLY_S = 0.05
LATE_S = 10.0

#: Whoever closes a case may wait so long for its row, and closes it with the time at which they asked.
WAITED_S = 10.0

#: By this note a case is left alone by everybody until it is called off.
LEFT = "Nobody answers this one."

#: What a client did, and the line that each success of it leaves, whoever asked how often.
LINES: Mapping[str, str] = {"accept": "offer.accepted", "cancel": "incident.cancelled"}


def off_the_second(story: Story, kept: Kept) -> list[str]:
    """I6: a rung of a case that nobody answered, climbed early, late (a stop of the server aside) or never."""
    found = []
    for case, due, climbed in climbs(kept):
        late = climbed - _when_it_could(story, due)
        if climbed < due - EARLY_S or late > LATE_S:
            found.append(f"{case} climbed {climbed - due:+.2f} s off its second")
    for one in kept.offers:
        row = kept.cases.get(one.case)
        if row is not None and row.closed_at is not None and one.offered_at > row.closed_at + WAITED_S:
            found.append(f"{one.officer} was asked about {one.case}, which was closed")
    for alarm in kept.alarms:
        row = kept.cases.get(alarm.case or "")
        if (
            row is not None
            and row.closed_at is not None
            and alarm.reason in LADDER
            and alarm.since > row.closed_at + WAITED_S
        ):
            found.append(f"alarm {alarm.reason} about {alarm.case}, which was closed")
    return found


#: Alarms that a ladder raises.
LADDER = frozenset({"unanswered", "nobody_answered", "nobody_reachable"})


def climbs(kept: Kept) -> list[tuple[str, float, float]]:
    """Of cases that were left alone: each rung of the first climb, when it was due, and when it was taken."""
    first: dict[tuple[str, int], float] = {}
    for case, rung, at in kept.climbed:
        first[case, rung] = min(at, first.get((case, rung), at))
    found = []
    for (case, rung), at in first.items():
        row = kept.cases.get(case)
        ladder = kept.ladders.get(row.kind, ()) if row else ()
        if row is not None and row.note == LEFT and rung < len(ladder):
            found.append((case, row.received_at + ladder[rung], at))
    return found


def dead(story: Story, kept: Kept) -> list[str]:
    """I9: an event that waits though all is quiet, and whatever the named queries of every backup find."""
    waiting = [f"{kept.waiting} events wait though all is quiet"] if kept.waiting else []
    return waiting + list(kept.broken)


def unwritten(story: Story, kept: Kept) -> list[str]:
    """I10: a change without its one line, a line too many, or a proof that does not stand."""
    found = list(kept.audit_faults)
    lines = Counter((line.action, line.actor, line.about_id) for line in kept.audit)
    raised = Counter(line.about_id for line in kept.audit if line.action == "incident.raised")
    found += [f"{case} was raised with {raised[case]} lines" for case in kept.cases if raised[case] != 1]
    asked = {one.id: one.case for one in kept.offers}
    done: set[tuple[str, str, str]] = set()
    for what, action in LINES.items():
        for call in story.of(what):
            case = asked.get(str(call.about)) if what == "accept" else call.case
            if call.ok and case:
                done.add((action, call.who, case))
    for action, who, case in sorted(done):
        if action == "incident.cancelled" and kept.cases[case].state != "cancelled":
            continue
        climbs_of = {one.climb for one in kept.offers if one.case == case and one.officer == who}
        most = max(1, len(climbs_of)) if action == "offer.accepted" else 1
        if not 1 <= lines[action, who, case] <= most:
            found.append(f"{action} of {case} by {who} has {lines[action, who, case]} lines")
    return found


def _when_it_could(story: Story, due: float) -> float:
    """The moment itself, or when the server was back if it was down then."""
    return max([due, *(end for begin, end in story.down if begin <= due + 1 and end >= due)])
