"""The advisers' desk: two are proposed and assigned, a place is handed over, somebody stands aside or is away."""

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.console import lines
from tests.journeys.desk import adds, adviser, holders, ids, lodged, recovery_key, waits_a_day
from tests.journeys.test_role_table import one_store


@one_store
def test_two_are_proposed_the_least_busy_first(campus: CampusStage) -> None:
    """
    Neither who is away nor who was struck out; and they are only proposed.
    """
    ada, ben, cleo, dan = (adviser(campus, name) for name in ("ada", "ben", "cleo", "dan"))
    first, second = lodged(campus, "one"), lodged(campus, "two", without=[dan])
    waits_a_day(campus)
    ada.assigns(first, ada, dan)

    told = ada.opens(second)["advisers"]

    assert {ben.id, cleo.id} == {one["adviser_id"] for one in told if one["proposed"]}
    assert {dan.id: "dan stands aside from this concern."} == {
        one["adviser_id"]: one["cannot"] for one in told if one["cannot"]
    }
    ben.does("PUT", "/leave", {"from": "2026-11-24", "until": "2026-12-03"})
    told = ada.opens(second)["advisers"]
    assert {ada.id, cleo.id} == {one["adviser_id"] for one in told if one["proposed"]}
    assert "ben is on leave until 2026-12-03." in [one["cannot"] for one in told]


@one_store
def test_each_fault_of_an_assignment_has_its_sentence(campus: CampusStage) -> None:
    """
    And nothing is destroyed by one that was refused.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    concern = lodged(campus, without=[cleo])
    waits_a_day(campus)
    ben.does("PUT", "/leave", {"from": "2026-11-01"})
    before = holders(campus, concern)

    two = {"adviser_ids": [cleo.id, ben.id]}
    refused = ada.asks("POST", f"/{concern.id}/assign", two)

    assert (409, "/problems/cannot-be-assigned") == (refused.status_code, refused.json["type"])
    assert [
        {"field": "adviser_ids.0", "message": "cleo stands aside from this concern."},
        {"field": "adviser_ids.1", "message": "ben is on leave until further notice."},
    ] == refused.json["errors"]
    for unfit in ([ada.id], [ada.id, ada.id], [ada.id, ben.id, cleo.id]):
        assert (422, "invalid") == ada.refused("POST", f"/{concern.id}/assign", {"adviser_ids": unfit})
    stranger = {"adviser_ids": [ada.id, "0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"]}
    assert (409, "cannot-be-assigned") == ada.refused("POST", f"/{concern.id}/assign", stranger)
    assert before == holders(campus, concern)
    assert "waiting" == ada.opens(concern)["stage"]


def test_a_concern_is_assigned_once(campus: CampusStage) -> None:
    """
    The second who assigns is told so; the others do not find it any more.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)

    again = {"adviser_ids": [ada.id, cleo.id]}

    assert (409, "already-assigned") == ben.refused("POST", f"/{concern.id}/assign", again)
    assert (404, "not-found") == cleo.refused("POST", f"/{concern.id}/assign", again)


def test_who_came_later_is_assigned_with_copies_made_for_them(campus: CampusStage) -> None:
    """
    Where one adviser alone could read it, a colleague who came since makes the second.
    """
    ada = adviser(campus, "ada")
    concern = lodged(campus)
    waits_a_day(campus)
    late = adviser(campus, "late")

    assert (422, "copies-incomplete") == ada.refused(
        "POST", f"/{concern.id}/assign", {"adviser_ids": [ada.id, late.id]}
    )
    ada.assigns(concern, ada, late, copies=ada.copies_for(concern, late))

    assert ada.reads(concern) == late.reads(concern)


def test_a_place_is_handed_over_when_somebody_goes_on_leave(campus: CampusStage) -> None:
    """
    The newcomer reads everything from the first word on; the leaver nothing any more.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    adds(campus, concern, "more")
    hand_over = {"leaver": ben.id, "newcomer": cleo.id, "copies": ada.copies_for(concern, cleo)}
    assert (409, "not-on-leave") == ada.refused("POST", f"/{concern.id}/hand-over", hand_over)
    told = ben.does("PUT", "/leave", {"from": "2026-11-30", "until": None})
    assert [concern.id] == told["to_hand_over"]

    ada.does("POST", f"/{concern.id}/hand-over", hand_over)

    assert {ada.key_id, cleo.key_id} == holders(campus, concern)
    assert ada.reads(concern) == cleo.reads(concern)
    assert (404, "not-found") == ben.refused("GET", f"/{concern.id}")
    assert {"ada", "cleo"} == {place["name"] for place in cleo.opens(concern)["places"]}
    assert [] == ben.does("GET", "/leave")["to_hand_over"]


def test_copies_that_are_not_complete_change_nothing(campus: CampusStage) -> None:
    """
    One entry too few, a key too many, or what is no copy at all.
    """
    ada, ben, cleo, dan = (adviser(campus, name) for name in ("ada", "ben", "cleo", "dan"))
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    adds(campus, concern, "more")
    whole = ada.copies_for(concern, cleo)
    first, second = whole
    too_many = {**whole, first: {**whole[first], **ada.copies_for(concern, dan)[first]}}

    for copies in ({}, {first: whole[first]}, too_many, {**whole, second: {cleo.key_id: "c2hvcnQ="}}):
        given = {"leaver": ben.id, "newcomer": cleo.id, "copies": copies}
        assert (422, "copies-incomplete") == ben.refused("POST", f"/{concern.id}/hand-over", given)

    assert {ada.key_id, ben.key_id} == holders(campus, concern)
    assert {"ada", "ben"} == {place["name"] for place in ada.opens(concern)["places"]}


def test_who_was_struck_out_is_never_handed_a_place(campus: CampusStage) -> None:
    """
    The reporter's choice outlives the copies from which it could be seen: they may be whom it is about.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    concern = lodged(campus, without=[cleo])
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)

    given = {"leaver": ben.id, "newcomer": cleo.id, "copies": ada.copies_for(concern, cleo)}

    assert (409, "cannot-be-assigned") == ben.refused("POST", f"/{concern.id}/hand-over", given)
    cleo.has_new_key()
    given["copies"] = ada.copies_for(concern, cleo)
    assert (409, "cannot-be-assigned") == ben.refused("POST", f"/{concern.id}/hand-over", given)


def test_who_stands_aside_reads_no_more_and_leaves_a_vacant_place(campus: CampusStage) -> None:
    """
    At once and for ever; the one who stays fills the place.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    recovery_key(campus)
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)

    ben.does("POST", f"/{concern.id}/recuse")

    assert ben.key_id not in holders(campus, concern)
    assert (404, "not-found") == ben.refused("GET", f"/{concern.id}")
    (told,) = ada.lists()
    assert (1, True, ["ada"]) == (told["vacant"], told["mine"], [place["name"] for place in told["places"]])
    back = {"newcomer": ben.id, "copies": ada.copies_for(concern, ben)}
    assert (409, "cannot-be-assigned") == ada.refused("POST", f"/{concern.id}/hand-over", back)
    cover = {"newcomer": cleo.id, "copies": ada.copies_for(concern, cleo)}
    ada.does("POST", f"/{concern.id}/hand-over", cover)
    assert ada.reads(concern) == cleo.reads(concern)
    assert (409, "already-assigned") == ada.refused("POST", f"/{concern.id}/hand-over", cover)


def test_the_only_copy_there_is_outlives_who_stands_aside(campus: CampusStage) -> None:
    """
    Without a recovery key the words would be gone for everybody; shown they are to nobody.
    """
    ada = adviser(campus, "ada")
    concern = lodged(campus)
    waits_a_day(campus)

    ada.does("POST", f"/{concern.id}/recuse")

    assert {ada.key_id} == holders(campus, concern)
    assert (404, "not-found") == ada.refused("GET", f"/{concern.id}")
    assert [] == ada.lists()


def test_a_concern_is_shown_to_the_prevent_lead_and_to_nobody_else(campus: CampusStage) -> None:
    """
    For a referral, by one of the two; what is added later is sealed to the lead as well.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)

    other = {"adviser_id": cleo.id, "copies": ada.copies_for(concern, cleo)}
    assert (403, "not-the-lead") == ada.refused("POST", f"/{concern.id}/share", other)
    ada.does("POST", f"/{concern.id}/share", {"adviser_id": lead.id, "copies": ada.copies_for(concern, lead)})
    adds(campus, concern, "more")

    assert ada.reads(concern) == lead.reads(concern)
    assert {ada.key_id, ben.key_id, lead.key_id} == set(ada.opens(concern)["sealed_to"])
    assert (403, "not-yours") == lead.refused("POST", f"/{concern.id}/share", other)
    assert [("concern.shared", {"adviser_id": lead.id})] == [
        (line.action, line.facts) for line in lines(campus, about_id=concern.id) if line.action == "concern.shared"
    ]


def test_a_new_key_of_one_of_the_two_is_given_copies(campus: CampusStage) -> None:
    """
    By themselves with the old one, or by the colleague when that is lost.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    lost = ada.key_id
    ada.has_new_key()
    del ada.private[lost]

    ben.does("POST", f"/{concern.id}/share", {"adviser_id": ada.id, "copies": ben.copies_for(concern, ada)})

    (entry,) = ada.opens(concern)["entries"]
    assert {lost, ada.key_id} == set(entry["copies"])


@one_store
def test_each_opening_is_one_line_without_content(campus: CampusStage) -> None:
    """
    What an adviser does is in the log with the concern's id; what was lodged, and that it was, is not.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    concern = lodged(campus, "a telltale word")
    waits_a_day(campus)
    assert [] == lines(campus, about="concern")

    ada.opens(concern)
    ada.opens(concern)
    ada.assigns(concern, ada, ben)
    ben.does("POST", f"/{concern.id}/recuse")

    first, second = sorted((ada.id, ben.id))
    assert [
        ("concern.viewed", ada.id, {}),
        ("concern.viewed", ada.id, {}),
        ("concern.assigned", ada.id, {"first": first, "second": second}),
        ("concern.recused", ben.id, {}),
    ] == [(line.action, line.actor, line.facts) for line in lines(campus, about_id=concern.id)]
    assert [] == campus.audit_faults()


def test_the_list_is_paged_by_day_and_then_by_random_name(campus: CampusStage) -> None:
    """
    The latest day first; each once.
    """
    ada = adviser(campus, "ada")
    days = [[lodged(campus).id for _ in range(3)]]
    waits_a_day(campus)
    days.append([lodged(campus).id for _ in range(3)])
    waits_a_day(campus)

    pages, cursor = [], ""
    for _ in range(3):
        page = ada.does("GET", f"?limit=2{cursor}")
        pages += [one["id"] for one in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert [*sorted(days[1]), *sorted(days[0])] == pages
    assert [] == ada.does("GET", f"?limit=2{cursor}")["items"]
    assert set() == ids(ada.lists("?open=false"))
    assert (422, "invalid") == ada.refused("GET", "?cursor=0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11")
