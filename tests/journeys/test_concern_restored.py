"""When nobody at the desk can open a concern any more, the Prevent lead gives it to two by the recovery key."""

from backend.concerns.sealing import public_of, share
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.desk import Adviser, Lodged, adviser, holders, ids, lodged, raw, recovery_key, text, waits_a_day


def copies_by(recovery: bytes, lead: Adviser, concern: Lodged, *readers: Adviser) -> dict[str, dict[str, str]]:
    """Made where two of the three who keep the recovery key have come together."""
    (left,) = [one for one in lead.does("GET", "/left-behind")["items"] if one["id"] == concern.id]
    return {
        entry["id"]: {
            reader.key_id: text(share(raw(copy), recovery, public_of(reader.private[reader.key_id])))
            for reader in readers
            for copy in entry["copies"].values()
        }
        for entry in left["entries"]
    }


def test_a_concern_without_a_reader_is_given_to_two_by_the_recovery_key(campus: CampusStage) -> None:
    """
    Both had to stand aside; the lead sees that it is there and nothing of it, and the newcomers read it whole.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    recovery = recovery_key(campus)
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    assert [] == lead.does("GET", "/left-behind")["items"]
    for one in (ada, ben):
        one.does("POST", f"/{concern.id}/recuse")

    assert [concern.id] == [one["id"] for one in lead.does("GET", "/left-behind")["items"]]
    assert (404, "not-found") == lead.refused("GET", f"/{concern.id}")
    given = {"adviser_ids": [cleo.id, lead.id], "copies": copies_by(recovery, lead, concern, cleo, lead)}
    lead.does("POST", f"/{concern.id}/restore", given)

    assert len(cleo.reads(concern)) == len(lead.reads(concern)) == 1
    assert [] == lead.does("GET", "/left-behind")["items"]
    assert (404, "not-found") == lead.refused("POST", f"/{concern.id}/restore", given)


def test_who_stood_aside_or_was_struck_out_is_not_given_it(campus: CampusStage) -> None:
    """
    A lead who is one of them does not even find it; and copies must be complete here as well.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    other_lead = adviser(campus, "other", role=Role.PREVENT_LEAD)
    recovery = recovery_key(campus)
    concern = lodged(campus, without=[cleo, other_lead])
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    for one in (ada, ben):
        one.does("POST", f"/{concern.id}/recuse")
    before = holders(campus, concern)

    assert [] == other_lead.does("GET", "/left-behind")["items"]
    for unfit in (ada, cleo):
        given = {"adviser_ids": [unfit.id, lead.id], "copies": copies_by(recovery, lead, concern, unfit, lead)}
        assert (409, "cannot-be-assigned") == lead.refused("POST", f"/{concern.id}/restore", given)
    late = adviser(campus, "late")
    half = {"adviser_ids": [late.id, lead.id], "copies": copies_by(recovery, lead, concern, late)}
    assert (422, "copies-incomplete") == lead.refused("POST", f"/{concern.id}/restore", half)
    assert before == holders(campus, concern)


def test_a_key_that_was_lost_is_retired_and_the_concern_found_again(campus: CampusStage) -> None:
    """
    Who alone could read a waiting one has lost their key: they retire it, and take a new one.
    """
    ada = adviser(campus, "ada")
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    recovery = recovery_key(campus)
    concern = lodged(campus, without=[lead])
    waits_a_day(campus)
    late = adviser(campus, "late", role=Role.PREVENT_LEAD)
    assert [] == late.does("GET", "/left-behind")["items"]

    ada.does("DELETE", f"/keys/{ada.key_id}")

    assert {concern.id} == ids(late.does("GET", "/left-behind")["items"])
    ben = adviser(campus, "ben")
    given = {"adviser_ids": [ben.id, late.id], "copies": copies_by(recovery, late, concern, ben, late)}
    late.does("POST", f"/{concern.id}/restore", given)
    assert len(ben.reads(concern)) == 1
    assert lead.key_id not in holders(campus, concern)
