"""What a socket that opens asks of the store: thousands that were cut at once come back at once."""

from backend.inbox.catching_up import starting_point
from backend.inbox.message import Recipient
from backend.kernel.vocabulary import Face
from notifications import airing
from tests.campus import CampusStage
from tests.journeys.broadcast_scenes import issues
from tests.journeys.statements import statements


def looks(asked: list[str]) -> list[str]:
    return [one for one in asked if one.startswith("SELECT")]


def test_who_begins_at_the_beginning_is_asked_nothing_of(campus: CampusStage) -> None:
    """
    Nothing can be too old for them, or ahead of what there is.
    """
    recipient = Recipient(campus.student().id, Face.HANDSET)

    with statements() as asked:
        begins = campus.database.read(starting_point, recipient, 0)

    assert (0, []) == (begins, looks(asked))


def test_what_is_on_air_is_looked_up_in_ones_own_world(campus: CampusStage) -> None:
    """
    One look at what is in force there and one at what is over, however much is on air in the other.
    """
    controller, student = campus.controller(), campus.student()
    playing = campus.student("playing", exercise=True)
    issues(campus, playing, exercise=True)
    told = issues(campus, controller)

    with statements() as asked:
        found = campus.database.read(airing.for_one, student.id, exercise=False, watches=False, now=campus.clock())

    assert [told] == [one.broadcast_id for one, _ in found]
    assert 2 == len(looks(asked))
