"""A run in which all was well, and each thing that can be made wrong in it: what the judge is judged by."""

from collections.abc import Callable
from dataclasses import replace

from tests.faults.run.kept import Alarmed, Asked, Case, Kept, Line, Pushed, Told
from tests.faults.run.rules_of_books import LEFT
from tests.faults.run.story import Call, Heard, Shown, Story

Spoil = Callable[[Story, Kept], object]


def ran_well() -> tuple[Story, Kept]:
    """One press, sent twice; two officers asked, one of whom has it; a warning with its end; a desk that looks on."""
    story = Story(
        calls=[
            Call("officer1", "on_duty", 1, 2, 200, None, None),
            Call("officer2", "on_duty", 1, 2, 200, None, None),
            Call("student1", "tap", 10, 10.1, None, None, "tap-1"),
            Call("student1", "tap", 10.2, 10.3, 200, "case-1", "tap-1"),
            Call("student1", "position", 11, 11.1, 200, "case-1", "3"),
            Call("student1", "position", 11.2, 11.3, 200, "case-1", "1"),
            Call("officer1", "accept", 12, 12.1, 200, "case-1", "offer-1"),
            Call("officer2", "accept", 12.2, 12.3, 409, "case-1", "offer-2"),
            Call("controller1@console", "clear", 20, 20.1, 200, None, "warning-1"),
            Call("officer2", "sign_out", 30, 30.1, 200, None, None),
        ],
        heard=[
            Heard(10.4, "officer1", 1, 1, "m-1", "offer", "case-1", "offer-1"),
            Heard(10.4, "officer2", 1, 1, "m-2", "offer", "case-1", "offer-2"),
            Heard(12.2, "officer2", 1, 2, "m-3", "offer_withdrawn", "case-1", "offer-2"),
            Heard(10.5, "controller1@console", 1, 1, "m-4", "incident", "case-1", state="offered"),
            Heard(12.3, "controller1@console", 1, 2, "m-5", "incident", "case-1", state="accepted"),
        ],
        shown=[
            Shown(15, "officer1", 1, "warning-1", 1, False),
            Shown(20, "officer1", 1, "warning-1", 2, True),
        ],
        mine={"student1": {"case-1"}},
        opened={("officer1", 1): (3, 0), ("officer2", 1): (3, 0), ("controller1@console", 1): (3, 0)},
    )
    kept = Kept(
        cases={"case-1": Case("case-1", "student1", "emergency", "accepted", 1, 10.05, position_seq=3, note=LEFT)},
        taps={("student1", "tap-1"): ["case-1"]},
        offers=[
            Asked("offer-1", "case-1", "officer1", 0, 0, "accepted", 10.1),
            Asked("offer-2", "case-1", "officer2", 0, 0, "withdrawn", 10.1),
        ],
        messages=[
            Told("officer1", 1, "m-1", "offer", "case-1"),
            Told("officer2", 1, "m-2", "offer", "case-1"),
            Told("officer2", 2, "m-3", "offer_withdrawn", "case-1"),
            Told("controller1@console", 1, "m-4", "incident", "case-1"),
            Told("controller1@console", 2, "m-5", "incident", "case-1"),
        ],
        audit=[Line("incident.raised", "student1", "case-1"), Line("offer.accepted", "officer1", "case-1")],
        broadcasts={"warning-1": (2, True)},
        ladders={"emergency": (0, 20)},
    )
    return story, kept


def a_case_is_gone(story: Story, kept: Kept) -> None:
    kept.taps.clear()


def nobody_heard(story: Story, kept: Kept) -> None:
    story.heard = [one for one in story.heard if one.type != "offer"]


def two_cases(story: Story, kept: Kept) -> None:
    story.calls.append(Call("student1", "tap", 10.4, 10.5, 201, "case-2", "tap-1"))


def a_case_of_no_press(story: Story, kept: Kept) -> None:
    kept.cases["case-9"] = replace(kept.cases["case-1"], id="case-9")


def told_and_not_kept(story: Story, kept: Kept) -> None:
    kept.messages.pop(0)


def a_version_that_never_was(story: Story, kept: Kept) -> None:
    story.shown.append(Shown(21, "officer1", 1, "warning-1", 3, True))


def a_hole(story: Story, kept: Kept) -> None:
    story.heard.remove(story.heard[3])


def never_got_the_last(story: Story, kept: Kept) -> None:
    kept.messages.append(Told("officer1", 2, "m-9", "offer_withdrawn", "case-1"))


def an_older_version(story: Story, kept: Kept) -> None:
    story.shown.append(Shown(21, "officer1", 1, "warning-1", 1, True))


def live_after_its_end(story: Story, kept: Kept) -> None:
    story.shown.append(Shown(25, "officer2", 1, "warning-1", 2, False))


def left_with_an_old_version(story: Story, kept: Kept) -> None:
    story.shown.append(Shown(15, "officer2", 1, "warning-1", 1, False))


def backwards(story: Story, kept: Kept) -> None:
    story.heard[4] = replace(story.heard[4], state="raised")


def an_older_position(story: Story, kept: Kept) -> None:
    kept.cases["case-1"] = replace(kept.cases["case-1"], position_seq=1)


def closed_twice(story: Story, kept: Kept) -> None:
    kept.progress += [("case-1", "cancelled", 13, None), ("case-1", "resolved", 14, None)]


def a_rung_too_early(story: Story, kept: Kept) -> None:
    kept.climbed.append(("case-1", 1, 25.0))


def asked_about_a_closed_case(story: Story, kept: Kept) -> None:
    kept.cases["case-1"] = replace(kept.cases["case-1"], state="resolved", closed_at=0.08)


def alarmed_about_a_closed_case(story: Story, kept: Kept) -> None:
    kept.cases["case-1"] = replace(kept.cases["case-1"], state="resolved", closed_at=14)
    kept.alarms.append(Alarmed("unanswered", "case-1", 55.0))


def two_have_it(story: Story, kept: Kept) -> None:
    story.calls.append(Call("officer2", "accept", 12.4, 12.5, 200, "case-1", "offer-2"))
    kept.offers[1] = replace(kept.offers[1], state="accepted")


def a_yes_that_is_not_kept(story: Story, kept: Kept) -> None:
    kept.offers[0] = replace(kept.offers[0], state="offered")


def refused_and_has_it(story: Story, kept: Kept) -> None:
    kept.offers[1] = replace(kept.offers[1], state="accepted")


def silently_dead(story: Story, kept: Kept) -> None:
    kept.waiting = 1


def a_query_finds_something(story: Story, kept: Kept) -> None:
    kept.broken.append("1 events are dead and no alarm says so (I9): 7.")


def no_line(story: Story, kept: Kept) -> None:
    kept.audit.pop()


def two_lines(story: Story, kept: Kept) -> None:
    kept.audit += kept.audit[:1]


def an_edited_line(story: Story, kept: Kept) -> None:
    kept.audit_faults.append("line 3 was edited")


def an_auditor_hears(story: Story, kept: Kept) -> None:
    story.heard.append(Heard(12, "auditor1@console", 1, 1, "m-8", "incident", "case-1", state="accepted"))


def another_member_hears(story: Story, kept: Kept) -> None:
    story.heard.append(Heard(12, "student2", 1, 1, "m-8", "incident", "case-1", state="accepted"))


def offered_off_duty(story: Story, kept: Kept) -> None:
    story.calls.append(Call("officer2", "off_duty", 5, 6, 200, None, None))


def pushed_off_duty(story: Story, kept: Kept) -> None:
    story.calls.append(Call("officer2", "off_duty", 13, 14, 200, None, None))
    kept.deliveries.append(Pushed("officer2", "push", "case-1", 16.0))


def heard_after_signing_out(story: Story, kept: Kept) -> None:
    story.heard.append(Heard(33, "officer2", 1, 3, "m-7", "offer_withdrawn", "case-1", "offer-2"))


FOUND_BY: dict[Spoil, str] = {
    a_case_is_gone: "I1",
    nobody_heard: "I1",
    two_cases: "I2",
    a_case_of_no_press: "I2",
    told_and_not_kept: "I3",
    a_version_that_never_was: "I3",
    a_hole: "I4",
    never_got_the_last: "I4",
    an_older_version: "I4",
    live_after_its_end: "I4",
    left_with_an_old_version: "I4",
    backwards: "I5",
    an_older_position: "I5",
    closed_twice: "I5",
    a_rung_too_early: "I6",
    asked_about_a_closed_case: "I6",
    alarmed_about_a_closed_case: "I6",
    two_have_it: "I7",
    a_yes_that_is_not_kept: "I7",
    refused_and_has_it: "I7",
    silently_dead: "I9",
    a_query_finds_something: "I9",
    no_line: "I10",
    two_lines: "I10",
    an_edited_line: "I10",
    an_auditor_hears: "I11",
    another_member_hears: "I11",
    offered_off_duty: "I13",
    pushed_off_duty: "I13",
    heard_after_signing_out: "I13",
}
