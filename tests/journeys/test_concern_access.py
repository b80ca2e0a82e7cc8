"""Whose key opens what: from the doors, and from the whole database with one adviser's key in hand."""

from backend.concerns.listing import list_concerns
from backend.concerns.sealing import key_id_of, public_of
from tests.campus import CampusStage
from tests.journeys.desk import (
    adds,
    adviser,
    holders,
    ids,
    lodged,
    opened_from_rows,
    recovery_key,
    today,
    waits_a_day,
)


def test_one_advisers_key_opens_their_cases_and_those_not_yet_assigned_and_not_struck_out(campus: CampusStage) -> None:
    """
    The same from the doors and from raw rows; who was struck out opens nothing, and no key is no concern.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    recovery = recovery_key(campus)
    about_cleo, about_nobody, other = lodged(campus, "one", without=[cleo]), lodged(campus, "two"), lodged(campus, "3")
    waits_a_day(campus)

    ada.assigns(about_nobody, ada, ben)
    cleo.assigns(other, ada, cleo)

    can = {
        "ada": (ada, {about_cleo, about_nobody, other}),
        "ben": (ben, {about_cleo, about_nobody}),
        "cleo": (cleo, {other}),
    }
    for one, concerns in can.values():
        readable = {concern.id for concern in concerns}
        assert readable == ids(one.lists())
        assert readable == set(opened_from_rows(campus, one.private))
        for concern in (about_cleo, about_nobody, other):
            if concern.id in readable:
                assert [f'"{concern.words}"'.encode() in text for text in one.reads(concern)] == [True]
            else:
                assert (404, "not-found") == one.refused("GET", f"/{concern.id}")
    everything = {about_cleo.id, about_nobody.id, other.id}
    assert everything == set(opened_from_rows(campus, {"recovery": recovery}))
    assert {} == opened_from_rows(campus, {})


def test_after_assignment_the_others_keys_open_nothing_at_all(campus: CampusStage) -> None:
    """
    Not what was lodged, not what the reporter adds later; only the two and the recovery key hold copies.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    recovery = recovery_key(campus)
    concern = lodged(campus)
    waits_a_day(campus)
    assert set(opened_from_rows(campus, cleo.private)) == {concern.id}

    cleo.assigns(concern, ada, ben)
    adds(campus, concern, "and this")

    assert {} == opened_from_rows(campus, cleo.private)
    assert {ada.key_id, ben.key_id, key_id_of(public_of(recovery))} == holders(campus, concern)
    assert len(ada.reads(concern)) == len(ben.reads(concern)) == 2


def test_a_key_that_was_replaced_opens_what_it_holds(campus: CampusStage) -> None:
    """
    And stays among those that are kept when the concern is assigned; reporters are told of the new one alone.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    before = lodged(campus, "before")
    first = ada.key_id
    second = ada.has_new_key()
    after = lodged(campus, "after")
    waits_a_day(campus)

    ben.assigns(before, ada, ben)

    assert {first, ben.key_id} == holders(campus, before)
    assert {second, ben.key_id} == holders(campus, after)
    assert len(ada.reads(before)) == len(ada.reads(after)) == 1
    assert {second, ben.key_id} == set(ada.opens(before)["sealed_to"])


def test_a_second_device_has_a_key_beside_the_first(campus: CampusStage) -> None:
    """
    Both are sealed to, and both are kept.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    first, second = ada.key_id, ada.has_new_key(beside=True)
    concern = lodged(campus)
    waits_a_day(campus)

    ada.assigns(concern, ada, ben)

    assert {first, second, ben.key_id} == holders(campus, concern)


def test_what_came_today_is_shown_to_nobody(campus: CampusStage) -> None:
    """
    The line of the audit log that tells of an opening would tell the hour at which a concern had come by then.
    """
    ada = adviser(campus, "ada")
    concern = lodged(campus)

    assert [] == ada.lists()
    assert (404, "not-found") == ada.refused("GET", f"/{concern.id}")
    assert (404, "not-found") == ada.refused("POST", f"/{concern.id}/recuse")
    waits_a_day(campus)
    assert {concern.id} == ids(ada.lists())


def test_an_adviser_without_a_key_reads_nothing(campus: CampusStage) -> None:
    """
    The role alone opens no concern, and who came later has no copy of what was lodged before.
    """
    adviser(campus, "ada")
    late = adviser(campus, "late", key=False)
    concern = lodged(campus)
    waits_a_day(campus)
    late.has_new_key()

    assert [] == late.lists()
    assert (404, "not-found") == late.refused("GET", f"/{concern.id}")


def test_in_a_demo_it_is_shown_at_once(campus: CampusStage) -> None:
    """
    There nobody has to wait for tomorrow, and nobody is hidden from anybody.
    """
    ada = adviser(campus, "ada")
    concern = lodged(campus)
    asked = {"by": ada.person.id, "is_open": None, "after": None, "most": 10, "today": today(campus)}

    shown = {
        at_once: campus.database.read(list_concerns, **asked, at_once=at_once)["items"] for at_once in (True, False)
    }

    assert [concern.id] == [str(one["id"]) for one in shown[True]]
    assert [] == shown[False]
