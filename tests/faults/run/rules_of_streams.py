"""I4, I5, I11 and I13: what reached each client was whole, in order, forward, allowed, and for somebody on duty."""

from collections import defaultdict

from infra.drill.streams import jumps, numbered_twice, steps_back
from tests.faults.run.kept import Kept
from tests.faults.run.rules_of_books import WAITED_S
from tests.faults.run.rules_of_cases import GOODBYE
from tests.faults.run.story import Story

#: What was on its way when a broadcast ended, or somebody left, may still arrive.
UNDER_WAY_S = 1.0

CONSOLE = "@console"


def holes(story: Story, kept: Kept) -> list[str]:
    """I4: a connection that was not contiguous, a number with two messages, a message that a recipient never got."""
    found = []
    rows: dict[str, set[int]] = defaultdict(set)
    gone: dict[str, float] = {}
    for (who, _), at in story.over.items():
        gone[who] = max(at, gone.get(who, at))
    for row in kept.messages:
        # A console has no stream by request: what came up when everybody had looked back and gone is told to nobody.
        if not row.who.endswith(CONSOLE) or row.at < gone.get(row.who, float("inf")) - UNDER_WAY_S:
            rows[row.who].add(row.seq)
    left = {call.who for call in story.of("sign_out")}
    heard = story.by_client()
    for who in sorted({*heard, *story.mine, *(who for who, _ in story.opened)}):
        some = [one for one in heard.get(who, []) if one.type != GOODBYE]
        found += [f"{who} got two messages as number {one.seq}" for one in numbered_twice(some)]
        missing = rows[who] - {one.seq for one in some}
        if missing and who not in left:
            found.append(f"{who} never got {len(missing)} of {len(rows[who])} messages, the first {min(missing)}")
        asked_after = {line: after for (one, line), (_, after) in story.opened.items() if one == who}
        found += [f"{who} got {b} after {a} on connection {line}" for line, a, b in jumps(some, asked_after)]
    return found


def stale(story: Story, kept: Kept) -> list[str]:
    """I4: an older version after a newer one on a connection, one that is over as live, or the newest never shown."""
    newest: dict[tuple[str, int, str], int] = {}
    seen: dict[tuple[str, str], int] = {}
    over: set[tuple[str, int, str]] = set()
    found = []
    ended = {call.about: call.ended for call in story.of("clear") if call.ok}
    for one in story.shown:
        key = (one.who, one.line, one.broadcast)
        if one.version < newest.get(key, 0):
            found.append(f"{one.who} was shown version {one.version} after {newest[key]}")
        newest[key] = max(one.version, newest.get(key, 0))
        seen[one.who, one.broadcast] = max(one.version, seen.get((one.who, one.broadcast), 0))
        if one.ended:
            over.add(key)
        elif key in over or one.at > ended.get(one.broadcast, float("inf")) + UNDER_WAY_S:
            found.append(f"{one.who} was shown {one.broadcast} as live after its end")
    for (who, broadcast), version in seen.items():
        if version < kept.broadcasts.get(broadcast, (0, False))[0]:
            found.append(f"{who} was left with version {version} of {broadcast}")
    listeners = {who for who, _ in story.opened}
    in_force = {id_ for id_, (_, is_over) in kept.broadcasts.items() if not is_over}
    return found + [
        f"{who} was never shown {id_}" for who in sorted(listeners) for id_ in in_force if (who, id_) not in seen
    ]


def backwards(story: Story, kept: Kept) -> list[str]:
    """I5: a case that was farther before at the same client, or an older position that stands."""
    found = [
        f"{who} saw {one.case} go back to {one.state}"
        for who, some in story.by_client().items()
        for one in steps_back(some)
    ]
    sent: dict[str, int] = {}
    for call in story.of("position"):
        if call.ok and call.case:
            sent[call.case] = max(int(call.about or 0), sent.get(call.case, 0))
    for case, seq in sent.items():
        row = kept.cases.get(case)
        if row is not None and (row.position_seq or 0) < seq:
            found.append(f"{case} stands at position {row.position_seq}, and {seq} was taken")
    states: dict[str, list[str]] = defaultdict(list)
    for case, stage, _, _ in kept.progress:
        if stage in ("resolved", "cancelled"):
            states[case].append(stage)
    return found + [f"{case} ended {len(ends)} times" for case, ends in states.items() if len(ends) > 1]


def overheard(story: Story, kept: Kept) -> list[str]:
    """
    I11: a message that the role table does not allow.

    A console is a controller's (all cases) or an auditor's (none); a handset hears of its own cases and, an officer's,
    of those it was offered.
    """
    asked = {(one.officer, one.case) for one in kept.offers}
    whose = {one.id: one.officer for one in kept.offers}
    found = []
    for one in story.heard:
        if one.case is None or one.case not in kept.cases:
            continue
        if one.who.endswith(CONSOLE):
            may = one.who.startswith("controller")
        else:
            may = kept.cases[one.case].owner == one.who or (one.who, one.case) in asked
        if not may:
            found.append(f"{one.who} heard {one.type} about {one.case}")
        if one.offer and not one.who.endswith(CONSOLE) and whose.get(one.offer, one.who) != one.who:
            found.append(f"{one.who} heard of {one.offer}, another's offer")
    return found


def off_duty(story: Story, kept: Kept) -> list[str]:
    """I13: an offer made, or pushed, to somebody who had been off duty; anything heard after signing out."""
    found = []
    turns: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for call in story.calls:
        if call.what in ("on_duty", "off_duty", "sign_out") and (call.ok or call.status is None):
            turns[call.who].append((call.begun, call.ended if call.ok else float("inf"), call.what))
    first: dict[str, float] = {}
    for one in story.heard:
        if one.type == "offer" and one.offer:
            first[f"offer {one.offer}"] = min(one.at, first.get(f"offer {one.offer}", one.at))

    def known_by(what: str, moment: float) -> float:
        return first.get(what, moment + WAITED_S) if what.startswith("offer") else moment

    for moment, late_s, who, what in [
        *((one.offered_at, 0.0, one.officer, f"offer {one.id}") for one in kept.offers),
        *(
            (one.sent_at, UNDER_WAY_S, one.who, f"a {one.channel}")
            for one in kept.deliveries
            if one.case and one.who in turns
        ),
    ]:
        before = [turn for turn in turns.get(who or "", []) if turn[0] <= moment]
        last = max(before, default=None)
        # Only a call that was answered is certain to have had its effect by then, and one that overlaps may undo it.
        alone = last is not None and all(turn[1] < last[0] for turn in before if turn is not last)
        if last is not None and alone and last[1] + late_s < moment and last[2] != "on_duty":
            # A row bears the moment at which its round began, and the round may have seen who came a little later.
            if any(
                moment < begun <= known_by(what, moment) and came == "on_duty" for begun, _, came in turns[who or ""]
            ):
                continue
            found.append(f"{who} got {what} {moment - last[1]:.2f} s after {last[2]}")
    left = {call.who: call.ended for call in story.of("sign_out") if call.ok}
    for one in story.heard:
        after = one.at - left.get(one.who, float("inf"))
        if after > UNDER_WAY_S and one.type != GOODBYE:
            found.append(f"{one.who} heard {one.type} {after:.2f} s after signing out")
    return found
