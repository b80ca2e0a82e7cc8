"""Which rounds of one service a process with sockets runs, and which a worker does."""

from collections.abc import Iterator
from dataclasses import replace

from backend.kernel import outbox
from infra.rounds import Rounds
from infra.watch import Round

#: About the sockets of this very process.
OF_SOCKETS = frozenset({"airing", "catching_up", "picturing", "confirming_sockets"})

#: What a process with sockets does at once for the tap it has just taken, and for nobody else: a worker that climbed
#: it would cost the tap a way there and back (decision 0036).
AT_ONCE = frozenset({"escalating", outbox.BELL})

#: How often it looks unasked for what is a worker's: seldom, but a service whose workers have all died still climbs.
SELDOM_S = 2.0


def of_web(rounds: Rounds) -> Iterator[Round]:
    """Those of a process that holds sockets."""
    for one in rounds.all():
        if one.name in OF_SOCKETS:
            yield one
        elif one.name in AT_ONCE:
            yield replace(one, poll_s=SELDOM_S)


def of_worker(rounds: Rounds) -> Iterator[Round]:
    """Those of a process without sockets."""
    return (one for one in rounds.all() if one.name not in OF_SOCKETS)
