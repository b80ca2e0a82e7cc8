"""What two persons agree on before free text goes out: every word, for whom, how bad, and what is promised."""

from backend.approvals.deed import Deed, deed
from backend.broadcasts.broadcast import Broadcast, Version

#: The deed, by the name under which a second person is asked.
ISSUE = "broadcast.issue"


def deed_of(broadcast: Broadcast, version: Version) -> Deed:
    """Issue exactly this: who changes a letter of it, or the audience, has to ask again."""
    return deed(
        ISSUE,
        broadcast.id,
        version=version.number,
        part=version.part,
        words=version.words,
        purpose=broadcast.purpose,
        severity=broadcast.severity,
        exercise=broadcast.exercise,
        place=broadcast.place,
        audience=broadcast.audience,
        next_update_min=[broadcast.next_update_min, version.next_update_min],
        end_condition=broadcast.end_condition,
        deputy=broadcast.deputy_id,
    )
