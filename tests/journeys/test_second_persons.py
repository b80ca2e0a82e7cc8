"""A second person confirms: exactly that, in time, once, whoever presses at the same moment and whatever restarts."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from backend.approvals.approval import Approval
from backend.approvals.asking_second import ask, take_back
from backend.approvals.confirming_second import confirm, refuse, spend
from backend.approvals.deed import Deed, deed
from backend.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import lines
from tests.journeys.trusted import principal_of, stepped_up
from tests.phone import at_once

RELEASE = deed("hold.release", "7", reason="the case is over")
LOUDER = deed("hold.release", "7", reason="nobody asked for it any more")


@pytest.fixture
def first(campus: CampusStage) -> Person:
    return campus.somebody("first", Role.ADMIN)


@pytest.fixture
def second(campus: CampusStage) -> Person:
    return stepped_up(campus.somebody("second", Role.ADMIN))


def does(person: Person, use_case: Callable[..., Approval], *what: object, **more: object) -> Approval:
    """A use case of approvals, as this person, at this moment."""
    campus = person.campus
    done: Approval = campus.database.write(use_case, *what, by=principal_of(person), now=campus.clock(), **more)
    return done


def asks(person: Person, wanted: Deed = RELEASE, **more: object) -> Approval:
    person.campus.clock.now += timedelta(seconds=1)
    return does(person, ask, wanted, roles=[Role.ADMIN], **more)


def slug_of(person: Person, use_case: Callable[..., Approval], *what: object) -> str:
    """What is refused, by the end of the problem's type."""
    with pytest.raises(Refusal) as refused:
        does(person, use_case, *what)
    return refused.value.kind


def story(campus: CampusStage, approval: Approval) -> list[tuple[str, str | None]]:
    """The audit's lines of one approval: what, and by whom."""
    return [(one.action, one.actor) for one in lines(campus, about="approval", about_id=str(approval.id))]


def test_one_asks_another_confirms_and_the_deed_uses_it_up(campus: CampusStage, first: Person, second: Person) -> None:
    """
    Each of the three is one line in the audit; a second deed with the same yes is refused.
    """
    assert "second-person-needed" == slug_of(first, spend, RELEASE)
    approval = asks(first)
    assert "approval-asked" == slug_of(first, spend, RELEASE)

    does(second, confirm, approval.id, RELEASE)
    does(first, spend, RELEASE)

    assert "approval-spent" == slug_of(first, spend, RELEASE)
    one, other = str(first.id), str(second.id)
    told = [("approval.asked", one), ("approval.confirmed", other), ("approval.spent", one)]
    assert told == story(campus, approval)
    campus.settles()
    assert [] == campus.audit_faults()


def test_nobody_is_their_own_second_person(campus: CampusStage, first: Person) -> None:
    """
    Not by another sign-in, nor with every role there is.
    """
    approval = asks(stepped_up(first))

    assert "second-person-needed" == slug_of(first, confirm, approval.id, RELEASE)


def test_the_second_person_has_the_role_the_world_and_a_fresh_password(campus: CampusStage, first: Person) -> None:
    """
    An approval of the other world is not there at all.
    """
    approval = asks(first)
    controller = stepped_up(campus.somebody("c", Role.CONTROLLER))
    stale = campus.somebody("stale", Role.ADMIN)
    player = stepped_up(campus.somebody("player", Role.ADMIN, exercise=True))

    told = [slug_of(one, confirm, approval.id, RELEASE) for one in (controller, stale, player)]

    assert ["forbidden", "step-up-needed", "not-found"] == told
    with pytest.raises(NotFound):
        does(player, take_back, approval.id)


def test_a_yes_that_was_lost_on_the_way_is_said_again(campus: CampusStage, first: Person, second: Person) -> None:
    """
    The same person's second yes changes nothing and leaves no second line; another's is told that it was decided.
    """
    approval = asks(first)
    third = stepped_up(campus.somebody("third", Role.ADMIN))

    does(second, confirm, approval.id, RELEASE)
    does(second, confirm, approval.id, RELEASE)

    assert "approval-confirmed" == slug_of(third, confirm, approval.id, RELEASE)
    assert 2 == len(story(campus, approval))


def test_of_two_who_decide_at_once_one_does(campus: CampusStage, first: Person, second: Person) -> None:
    """
    A yes and a no in the same moment are one answer, and one line.
    """
    approval = asks(first)
    others = [second, *(stepped_up(campus.somebody(f"{name}", Role.ADMIN)) for name in ("a", "b", "c"))]
    deciders = [(principal_of(one), place % 2) for place, one in enumerate(others)]

    def decide(by: object, no: int) -> str:
        try:
            if no:
                return str(campus.database.write(refuse, approval.id, by=by, now=campus.clock()).state)
            return str(campus.database.write(confirm, approval.id, RELEASE, by=by, now=campus.clock()).state)
        except Conflict:
            return "too late"

    answers = at_once([partial(decide, by, no) for by, no in deciders])

    assert 3 == answers.count("too late")
    assert 2 == len(story(campus, approval))


def test_of_two_deeds_at_once_one_is_done(campus: CampusStage, first: Person, second: Person) -> None:
    """
    One yes is one deed.
    """
    does(second, confirm, asks(first).id, RELEASE)
    by = principal_of(first)

    def deed_done() -> bool:
        try:
            campus.database.write(spend, RELEASE, by=by, now=campus.clock())
        except Conflict:
            return False
        return True

    answers = at_once([deed_done] * 4)

    assert 1 == answers.count(True)


def test_two_who_ask_at_once_ask_one_question(campus: CampusStage, first: Person, second: Person) -> None:
    """
    The other is told to look at it instead of asking for the same.
    """
    people = [principal_of(first), principal_of(second)]

    def asked(by: object) -> str:
        try:
            campus.database.write(ask, RELEASE, roles=[Role.ADMIN], by=by, now=campus.clock())
        except Conflict as refused:
            return refused.kind
        return "asked"

    answers = at_once([partial(asked, by) for by in people])

    assert ["approval-waits", "asked"] == sorted(answers)


def test_what_runs_out_is_over_at_that_second(campus: CampusStage, first: Person, second: Person) -> None:
    """
    For the yes and for the deed, before a round has written it down; then one may ask anew.
    """
    approval = asks(first, good_for=timedelta(minutes=10))
    campus.clock.now += timedelta(minutes=10)
    stepped_up(second)

    assert "approval-expired" == slug_of(second, confirm, approval.id, RELEASE)
    again = asks(second)
    assert again.id != approval.id
    does(stepped_up(first), confirm, again.id, RELEASE)
    campus.clock.now += timedelta(hours=24)
    assert "approval-expired" == slug_of(second, spend, RELEASE)
    campus.service.rounds.expire_approvals()
    campus.service.rounds.expire_approvals()
    assert ("approval.expired", None) == story(campus, approval)[-1]
    assert [("approval.expired", None)] == story(campus, again)[2:]


def test_a_deed_that_changed_is_not_the_one_that_was_asked(campus: CampusStage, first: Person, second: Person) -> None:
    """
    The second person sees that it changed; who asked anew has taken the old question back.
    """
    approval = asks(first)

    assert "approval-changed" == slug_of(second, confirm, approval.id, LOUDER)
    anew = asks(first, LOUDER)
    assert asks(first, LOUDER).id == anew.id
    assert "approval-withdrawn" == slug_of(second, confirm, approval.id, RELEASE)
    does(second, confirm, anew.id, LOUDER)
    assert "approval-changed" == slug_of(first, spend, RELEASE)
    does(first, spend, LOUDER)
    assert ["approval.asked", "approval.withdrawn"] == [action for action, _ in story(campus, approval)]


def test_two_that_are_confirmed_are_each_done_once(campus: CampusStage, first: Person, second: Person) -> None:
    """
    The older yes is not lost behind the newer one.
    """
    for wanted in (RELEASE, LOUDER):
        does(second, confirm, asks(first, wanted).id, wanted)

    does(first, spend, RELEASE)
    does(first, spend, LOUDER)

    assert "approval-spent" == slug_of(first, spend, RELEASE)


def test_it_is_taken_back_by_who_asked_and_refused_by_the_second(
    campus: CampusStage, first: Person, second: Person
) -> None:
    """
    After either nobody can do the deed, and it can be asked for again.
    """
    approval = asks(first)
    with pytest.raises(Forbidden):
        does(second, take_back, approval.id)
    does(second, refuse, approval.id)
    assert "approval-refused" == slug_of(first, spend, RELEASE)

    again = asks(first)
    does(second, confirm, again.id, RELEASE)
    does(first, take_back, again.id)

    assert "approval-withdrawn" == slug_of(first, spend, RELEASE)
    assert asks(first).id not in (approval.id, again.id)


def test_a_deed_that_fails_leaves_the_yes_where_it_was(campus: CampusStage, first: Person, second: Person) -> None:
    """
    The yes is used in the deed's own transaction, or not at all.
    """
    does(second, confirm, asks(first).id, RELEASE)

    def deed_that_fails(session: object, **who: object) -> None:
        spend(session, RELEASE, **who)  # type: ignore[arg-type]
        raise Conflict("The hold is gone.")

    with pytest.raises(Conflict):
        campus.database.write(deed_that_fails, by=principal_of(first), now=campus.clock())

    assert "spent" == does(first, spend, RELEASE).state


def test_a_restart_forgets_no_question_and_no_answer(campus: CampusStage, first: Person, second: Person) -> None:
    """
    They are rows.
    """
    approval = asks(first)
    campus.restarts()
    does(second, confirm, approval.id, RELEASE)
    campus.restarts()

    assert "spent" == does(first, spend, RELEASE).state
