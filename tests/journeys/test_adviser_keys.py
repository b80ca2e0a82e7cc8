"""Keys come and go with the people: registered by their holder, retired with the role, erased with the account."""

from typing import Any

import pytest
import sqlalchemy as sa

from backend.concerns import keeping_keys, key_store, lodging
from backend.concerns.sealing import key_id_of, new_private_key, public_of
from backend.kernel.vocabulary import Role
from backend.people.account import Account
from tests.campus import CampusStage
from tests.journeys.console import lines
from tests.journeys.desk import API, Adviser, adviser, holders, lodged, recovery_key, text, waits_a_day
from tests.journeys.test_role_table import one_store
from tests.journeys.trusted import stepped_up


def offered(campus: CampusStage) -> dict[str, str | None]:
    """What reporters are told: names by key id."""
    keys = campus.database.read(lodging.offered).advisers
    return {one.key_id: one.name for one in keys}


def takes_roles(campus: CampusStage, one: Adviser, *left: Role) -> None:
    admin = stepped_up(campus.somebody("admin", Role.ADMIN))
    roles = {"roles": [role.value for role in left]}
    assert admin.asks("PUT", f"/console/api/people/{one.id}/roles", roles).status_code == 200
    campus.settles()


def leaves(campus: CampusStage, one: Adviser) -> None:
    change = sa.update(Account).where(Account.id == one.person.id).values(active=False)
    campus.database.write(lambda session: session.execute(change) and None)
    campus.service.rounds.forget()


@one_store
def test_a_key_is_named_by_its_fingerprint_and_told_under_its_holders_name(campus: CampusStage) -> None:
    """
    The same once more is the same key, and one line of the log.
    """
    ada = adviser(campus, "ada", key=False)
    body = {"public_key": text(public_of(new_private_key()))}

    told = [ada.does("PUT", "/keys", body) for _ in range(2)]

    assert told[0] == told[1]
    assert {told[0]["key_id"]: "ada"} == offered(campus)
    listed = ada.does("GET", "/keys")
    assert [told[0]] == listed["items"]
    assert ["concern.key_registered"] == [line.action for line in lines(campus, about="adviser")]


def test_a_new_key_retires_the_one_before(campus: CampusStage) -> None:
    """
    Reporters are told of the new one alone; a retired one never comes back, nor does anybody else's.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    first, second = ada.key_id, ada.has_new_key()

    assert {second, ben.key_id} == set(offered(campus))
    keys = {one["key_id"]: one["retired_on"] for one in ada.does("GET", "/keys")["items"]}
    assert {second: None, first: "2026-11-23"} == keys
    for known in (ada.private[first], ben.private[ben.key_id]):
        assert (409, "key-known") == ada.refused("PUT", "/keys", {"public_key": text(public_of(known))})


@one_store
@pytest.mark.parametrize("key", [bytes(32), b"\1" + bytes(31), b"too short", b""])
def test_what_nothing_can_be_sealed_to_is_no_key(campus: CampusStage, key: bytes) -> None:
    """
    Points of small order as well: whoever sealed to one would tell everybody.
    """
    ada = adviser(campus, "ada", key=False)

    assert (422, "invalid") == ada.refused("PUT", "/keys", {"public_key": text(key)})


@one_store
def test_a_key_is_retired_by_its_holder_alone(campus: CampusStage) -> None:
    """
    A lost device: nothing new is sealed to it.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")

    assert (404, "not-found") == ben.refused("DELETE", f"/keys/{ada.key_id}")
    ada.does("DELETE", f"/keys/{ada.key_id}")

    assert {ben.key_id} == set(offered(campus))


@one_store
def test_keys_want_a_fresh_password(campus: CampusStage) -> None:
    """
    Whoever finds an open browser puts no key of their own in its holder's place.
    """
    person = campus.somebody("ada", Role.ADVISER)
    body = {"public_key": text(public_of(new_private_key()))}

    refused = person.asks("PUT", f"{API}/keys", body)

    assert (403, "/problems/step-up-needed") == (refused.status_code, refused.json["type"])


def test_a_new_recovery_key_is_sealed_to_from_then_on(campus: CampusStage) -> None:
    """
    What was lodged before keeps its copy for the old one, through the assignment as well.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    old = key_id_of(public_of(recovery_key(campus)))
    before = lodged(campus)
    private = recovery_key(campus)
    new = key_id_of(public_of(private))
    campus.database.write(keeping_keys.set_recovery, public_of(private), now=campus.clock())
    waits_a_day(campus)

    ada.assigns(before, ada, ben)

    assert {old, ada.key_id, ben.key_id} == holders(campus, before)
    assert {new, ada.key_id, ben.key_id} == set(ada.opens(before)["sealed_to"])
    assert new == ada.does("GET", "/keys")["recovery"]


@pytest.mark.parametrize("way", [takes_roles, leaves], ids=["role taken", "left"])
def test_who_is_no_adviser_any_more_reads_nothing(campus: CampusStage, way: Any) -> None:
    """
    Keys retired, copies destroyed, the place vacant; the colleague fills it.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    recovery = key_id_of(public_of(recovery_key(campus)))
    waiting, assigned = lodged(campus, "one"), lodged(campus, "two")
    waits_a_day(campus)
    ada.assigns(assigned, ada, ben)

    way(campus, ben)

    assert {ada.key_id, cleo.key_id} == set(offered(campus))
    assert {ada.key_id, cleo.key_id, recovery} == holders(campus, waiting)
    assert {ada.key_id, recovery} == holders(campus, assigned)
    told = ada.opens(assigned)
    assert (1, ["ada"]) == (told["vacant"], [place["name"] for place in told["places"]])
    ada.does("POST", f"/{assigned.id}/hand-over", {"newcomer": cleo.id, "copies": ada.copies_for(assigned, cleo)})
    assert ada.reads(assigned) == cleo.reads(assigned)


def test_who_keeps_one_of_the_two_roles_keeps_their_keys(campus: CampusStage) -> None:
    """
    The Prevent lead who is no Local Adviser any more still is one of the desk.
    """
    both = Adviser(campus.somebody("both", Role.ADVISER, Role.PREVENT_LEAD))
    both.has_new_key()

    takes_roles(campus, both, Role.PREVENT_LEAD)

    assert {both.key_id} == set(offered(campus))


def test_the_last_copy_stays_when_its_holder_goes(campus: CampusStage) -> None:
    """
    Without a recovery key nobody could open it ever again; the door stays shut to who lost the role.
    """
    ada = adviser(campus, "ada")
    concern = lodged(campus)
    waits_a_day(campus)

    takes_roles(campus, ada)

    assert {ada.key_id} == holders(campus, concern)
    assert (403, "forbidden") == ada.refused("GET", f"/{concern.id}")


def test_an_erased_account_leaves_no_name_at_the_desk(campus: CampusStage) -> None:
    """
    Once the days of people who left are over, neither their name nor a key that opens nothing is kept.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    lodged(campus)
    leaves(campus, ben)
    campus.skips(days=campus.configuration.keeping.accounts_left_days + 1)

    campus.service.rounds.forget()

    kept = campus.database.read(key_store.advisers)
    assert [ada.person.id] == [one.id for one in kept]
    assert [] == list(campus.database.read(key_store.all_keys_of, ben.person.id))


@one_store
def test_a_drills_people_have_no_place_at_the_desk(campus: CampusStage) -> None:
    """
    Whatever role a drill gives them.
    """
    player = Adviser(campus.somebody("player", Role.ADVISER, exercise=True))

    for method, path in (("GET", ""), ("GET", "/keys"), ("GET", "/advisers")):
        assert (403, "forbidden") == player.refused(method, path)
    body = {"public_key": text(public_of(new_private_key()))}
    assert (403, "forbidden") == player.refused("PUT", "/keys", body)
