"""Who gets through the advisers' doors: generated from the API document, role by role."""

from typing import Any

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.desk import API, Adviser, adviser, ids, lodged, waits_a_day
from tests.journeys.test_role_table import one_store
from tests.journeys.trusted import stepped_up

#: Counts, and nothing of any concern.
COUNTS = {f"GET {API}/statistics"}

METHODS = ("get", "put", "post", "delete", "patch")

#: Everything somebody can be without being of the desk; the last is all of it at once.
OTHERS = [
    (),
    (Role.OFFICER,),
    (Role.CONTROLLER,),
    (Role.ADMIN,),
    (Role.AUDITOR,),
    (Role.OFFICER, Role.CONTROLLER, Role.ADMIN, Role.AUDITOR),
]


def doors(campus: CampusStage) -> dict[str, dict[str, Any]]:
    """Every call of the document under the desk's address."""
    paths: dict[str, Any] = campus.client.get("/v1/openapi.json").get_json()["paths"]
    return {
        f"{method.upper()} {path}": item[method]
        for path, item in paths.items()
        for method in METHODS
        if method in item and path.startswith(API)
    }


@pytest.mark.parametrize("roles", OTHERS, ids=lambda roles: "+".join(roles) or "member")
@one_store
def test_nobody_but_the_desk_gets_through_any_of_its_doors(campus: CampusStage, roles: tuple[Role, ...]) -> None:
    """
    Also with a fresh password and the concern's right id: 403 or 404, and no word of it.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    waiting, assigned = lodged(campus), lodged(campus)
    waits_a_day(campus)
    ada.assigns(assigned, ada, ben)
    other = stepped_up(campus.somebody("other", *roles))
    wrong = []

    for call in set(doors(campus)) - (COUNTS if Role.AUDITOR in roles else set()):
        method, _, path = call.partition(" ")
        for concern in (waiting, assigned):
            names = {"concern_id": concern.id, "key_id": ada.key_id, "adviser_id": ada.id, "referral_id": concern.id}
            response = other.asks(method, path.format(**names), {})
            if response.status_code not in (403, 404) or concern.id in response.text:
                wrong.append((call, response.status_code))

    assert [] == wrong


@one_store
def test_every_door_of_the_desk_is_for_advisers_and_the_prevent_lead(campus: CampusStage) -> None:
    """
    And for nobody else in the document either; a referral and what belongs to it may be the lead's alone.
    """
    desk = {Role.ADVISER.value, Role.PREVENT_LEAD.value}

    found = {call: set(told["x-roles"]) for call, told in doors(campus).items() if call not in COUNTS}

    assert len(found) >= 13
    assert [] == [call for call, roles in found.items() if not roles or not roles <= desk]


@one_store
def test_a_head_of_security_who_is_the_prevent_lead_has_access(campus: CampusStage) -> None:
    """
    Access follows the appointed role: it is given by it, and not taken by another.
    """
    head = Adviser(campus.somebody("head", Role.OFFICER, Role.CONTROLLER, Role.PREVENT_LEAD))
    head.has_new_key()
    concern = lodged(campus)
    waits_a_day(campus)

    assert {concern.id} == ids(head.lists())
    assert len(head.reads(concern)) == 1
