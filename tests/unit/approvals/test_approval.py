"""An approval guards its states: what can become of it is decided once, by a second person, in time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from backend.approvals.approval import Approval, ApprovalState
from backend.approvals.deed import deed
from backend.kernel.errors import Conflict, Forbidden
from backend.kernel.vocabulary import Role

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RELEASE = deed("hold.release", "7", reason="over")


@dataclass(frozen=True)
class Someone:
    """Whoever asks or decides."""

    id: UUID = field(default_factory=uuid4)
    roles: tuple[Role, ...] = (Role.ADMIN,)
    fresh: bool = True
    exercise: bool = False

    def has(self, *roles: Role) -> bool:
        return bool(set(roles) & set(self.roles))

    def stepped_up(self, *, now: datetime) -> bool:
        return self.fresh


FIRST, SECOND, THIRD = Someone(), Someone(), Someone()

Deed = Callable[[Approval], object]


def confirms(one: Approval) -> None:
    one.confirm(RELEASE, by=SECOND, now=NOON)


def another_confirms(one: Approval) -> None:
    one.confirm(RELEASE, by=THIRD, now=NOON)


def refuses(one: Approval) -> None:
    one.refuse(by=SECOND, now=NOON)


def takes_back(one: Approval) -> None:
    one.take_back(by=FIRST.id, now=NOON)


def spends(one: Approval) -> None:
    one.spend(RELEASE, now=NOON)


def expires(one: Approval) -> None:
    one.expire(now=NOON + timedelta(hours=1))


def expires_early(one: Approval) -> None:
    one.expire(now=NOON)


def asked(*deeds: Deed) -> Approval:
    """One that the first person asked for, an hour good, after these deeds."""
    approval = Approval(
        what=RELEASE.what,
        about_id=RELEASE.about_id,
        digest=RELEASE.digest,
        roles=["admin", "controller"],
        exercise=False,
        state="asked",
        asked_by=FIRST.id,
        asked_at=NOON,
        expires_at=NOON + timedelta(hours=1),
    )
    for one in deeds:
        one(approval)
    return approval


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        ([], "asked"),
        ([confirms], "confirmed"),
        ([confirms, confirms], "confirmed"),
        ([confirms, spends], "spent"),
        ([confirms, takes_back], "withdrawn"),
        ([refuses], "refused"),
        ([takes_back], "withdrawn"),
        ([expires], "expired"),
        ([confirms, expires], "expired"),
    ],
)
def test_what_can_become_of_it(deeds: list[Deed], state: str) -> None:
    """
    Every way that is allowed.
    """
    approval = asked(*deeds)

    assert state == approval.state


@pytest.mark.parametrize(
    ("deeds", "then", "slug"),
    [
        ([confirms], another_confirms, "approval-confirmed"),
        ([confirms], refuses, "approval-confirmed"),
        ([confirms], expires_early, "conflict"),
        ([], spends, "approval-asked"),
        ([confirms, spends], spends, "approval-spent"),
        ([confirms, spends], confirms, "approval-spent"),
        ([confirms, spends], takes_back, "approval-spent"),
        ([refuses], confirms, "approval-refused"),
        ([refuses], spends, "approval-refused"),
        ([takes_back], confirms, "approval-withdrawn"),
        ([confirms, takes_back], spends, "approval-withdrawn"),
        ([expires], confirms, "approval-expired"),
        ([expires], expires, "conflict"),
        ([confirms, expires], spends, "approval-expired"),
    ],
)
def test_what_cannot(deeds: list[Deed], then: Deed, slug: str) -> None:
    """
    Every other way is refused with what became of it, and changes nothing.
    """
    approval = asked(*deeds)
    before = approval.state

    with pytest.raises(Conflict) as refused:
        then(approval)

    assert (slug, before) == (refused.value.kind, approval.state)


@pytest.mark.parametrize(
    ("somebody", "slug"),
    [
        (FIRST, "second-person-needed"),
        (Someone(roles=(Role.OFFICER,)), "forbidden"),
        (Someone(roles=()), "forbidden"),
        (Someone(fresh=False), "step-up-needed"),
    ],
)
def test_who_is_no_second_person(somebody: Someone, slug: str) -> None:
    """
    Not who asked, not without the role, not without having stepped up.
    """
    approval = asked()

    with pytest.raises(Forbidden) as refused:
        approval.confirm(RELEASE, by=somebody, now=NOON)

    assert (slug, "asked") == (refused.value.kind, approval.state)


def test_a_no_needs_no_password() -> None:
    """
    It does nothing that could not be asked for again; but who asked takes it back instead.
    """
    approval, somebody = asked(), Someone(fresh=False, roles=(Role.CONTROLLER,))

    with pytest.raises(Forbidden):
        approval.refuse(by=FIRST, now=NOON)
    approval.refuse(by=somebody, now=NOON)

    assert ("refused", somebody.id) == (approval.state, approval.decided_by)


def test_only_who_asked_takes_it_back() -> None:
    """
    A second person refuses.
    """
    with pytest.raises(Forbidden):
        asked().take_back(by=SECOND.id, now=NOON)


@pytest.mark.parametrize("deeds", [[], [confirms]])
def test_its_last_second_is_the_second_before_it_runs_out(deeds: list[Deed]) -> None:
    """
    Whether or not a round has written it down.
    """
    approval = asked(*deeds)
    end = approval.expires_at

    assert approval.state_at(end - timedelta(microseconds=1)) is ApprovalState(approval.state)
    assert approval.state_at(end) is ApprovalState.EXPIRED


@pytest.mark.parametrize(
    "other", [deed("hold.release", "7", reason="over!"), deed("hold.release", "8", reason="over"), deed("x", "7")]
)
def test_another_deed_is_neither_confirmed_nor_spent(other) -> None:
    """
    What changed meanwhile was never shown to the second person.
    """
    waiting, confirmed = asked(), asked(confirms)

    with pytest.raises(Conflict) as unseen:
        waiting.confirm(other, by=SECOND, now=NOON)
    with pytest.raises(Conflict) as unconfirmed:
        confirmed.spend(other, now=NOON)

    assert ("approval-changed", "approval-changed") == (unseen.value.kind, unconfirmed.value.kind)
    assert ("asked", "confirmed") == (waiting.state, confirmed.state)
