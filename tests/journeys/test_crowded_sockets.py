"""At most five sockets a person: the sixth closes the oldest, wherever it is."""

from datetime import timedelta
from uuid import UUID, uuid4

from backend.kernel.vocabulary import Face, Role
from backend.people import people_store
from backend.people.connecting import connect, crowded_out, disconnect, stripped
from tests.campus import CampusStage
from tests.campus_people import Person


def opens(campus: CampusStage, person: Person, name: str, process: str = "here") -> list[str]:
    """A socket of this name a second later; those that are too many by it."""
    campus.clock.now += timedelta(seconds=1)
    found: list[str] = campus.database.write(connect, name, person.id, Face.HANDSET, process, now=campus.clock())
    return found


def test_the_sixth_closes_the_oldest(campus: CampusStage) -> None:
    """
    And the seventh the next; another person's are not counted.
    """
    person = campus.student("one")
    opens(campus, campus.student("other"), "other")

    told = [opens(campus, person, name) for name in "abcdef"]
    campus.database.write(disconnect, ["a"])

    assert [[], [], [], [], [], ["a"]] == told
    assert ["b"] == opens(campus, person, "g")


def test_an_officer_who_comes_back_five_times_is_let_in_every_time(campus: CampusStage) -> None:
    """
    What the network cut seems open for half a minute: those ghosts go first, the newcomer never.
    """
    officer = campus.officer()

    told = [opens(campus, officer, f"cut {number}") for number in range(20)]

    assert not any(f"cut {number}" in closed for number, closed in enumerate(told))


def test_a_dead_process_s_sockets_are_not_counted(campus: CampusStage) -> None:
    """
    Nobody confirms them any more: they fade by themselves.
    """
    person = campus.student("one")
    for name in "abcde":
        opens(campus, person, name, process="dead")
    campus.clock.now += timedelta(seconds=31)

    assert [] == opens(campus, person, "f")


def test_one_that_is_too_many_elsewhere_is_found_by_its_own_process(campus: CampusStage) -> None:
    """
    The rows tell it, within a round and with nothing but the database.
    """
    person = campus.student("one")
    mine = [str(uuid4()) for _ in range(2)]
    for sid in mine:
        opens(campus, person, sid, process="here")
    for name in "abcd":
        opens(campus, person, name, process="elsewhere")

    here = campus.database.read(crowded_out, "here", now=campus.clock())
    elsewhere = campus.database.read(crowded_out, "elsewhere", now=campus.clock())

    assert [[mine[0]], [mine[0]]] == [here, elsewhere]


def test_who_lost_a_role_since_they_connected_is_found_by_every_process(campus: CampusStage) -> None:
    """
    What another process was told is not needed: the roles of now are compared with those of then.
    """
    people = {
        "controller": campus.controller(),
        "officer": campus.officer(),
        "lead": campus.somebody("lead", Role.PREVENT_LEAD),
        "student": campus.student(),
    }
    then: list[tuple[UUID, frozenset[Role]]] = [
        (one.id, campus.database.read(people_store.roles_of, one.id)) for one in people.values()
    ]

    before = campus.database.read(stripped, then)
    for one in people.values():
        campus.database.write(people_store.set_roles, one.id, [Role.ADVISER])
    after = campus.database.read(stripped, then)

    assert (set(), {people["controller"].id, people["officer"].id}) == (before, after)
