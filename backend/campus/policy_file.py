"""The policies of `campus.toml`: who is asked for a kind of case, rung by rung, and how soon it should go."""

from backend.campus.campus import NO_TARGETS, EscalationPolicy, Step, Targets
from backend.campus.entry import Entry
from backend.kernel.vocabulary import Kind

ASKS = ("nearest", "team_at_site", "team")
CHANNELS = ("app", "sms", "voice")
RECALL_CHANNELS = ("sms", "voice")


def read_kind(entry: Entry) -> Kind | None:
    word = entry.one_of("kind", Kind)
    return Kind(word) if word else None


def read_policy(entry: Entry) -> EscalationPolicy | None:
    kind = read_kind(entry)
    found = EscalationPolicy(
        kind=kind or Kind.HELP,
        wanted=entry.whole("wanted", least=1, most=100),
        reask_after_s=entry.whole("reask_after_s", least=1),
        steps=tuple(_step(step) for step in entry.tables("steps")),
        targets=_targets(entry.table("targets")) if entry.has("targets") else NO_TARGETS,
    )
    if not found.steps:
        entry.wrong('"steps" must hold at least one step: nobody would be asked')
    entry.nothing_else()
    return found if kind else None


def _step(entry: Entry) -> Step:
    by = entry.texts("by")
    found = Step(
        after_s=entry.whole("after_s"),
        ask=entry.one_of("ask", ASKS),
        count=entry.optional_whole("count", least=1, most=1000),
        team=entry.optional_text("team"),
        on_duty=entry.flag("on_duty", default=True),
        by=by,
        and_tell=entry.optional_text("and_tell"),
    )
    if found.ask == "nearest" and found.count is None:
        entry.wrong('"count" is missing: say how many of the nearest are asked')
    unknown = [channel for channel in by if channel not in CHANNELS]
    if unknown:
        entry.wrong(f'"by" names "{unknown[0]}": it must be of {", ".join(CHANNELS)}')
    # Off duty nobody is disturbed by socket or push; a recall is a message or a call to who agreed to it.
    elif not found.on_duty and not (by and set(by) <= set(RECALL_CHANNELS)):
        entry.wrong('asks people off duty, so "by" must say sms, voice or both')
    entry.nothing_else()
    return found


def _targets(entry: Entry) -> Targets:
    found = Targets(
        accepted_s=entry.optional_whole("accepted_s", least=1), on_scene_s=entry.optional_whole("on_scene_s", least=1)
    )
    if found.accepted_s is not None and found.on_scene_s is not None and found.on_scene_s < found.accepted_s:
        entry.wrong('"on_scene_s" is sooner than "accepted_s": nobody is there before they have said yes')
    entry.nothing_else()
    return found
