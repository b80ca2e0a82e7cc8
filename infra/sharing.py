"""Which rounds of one service a process with sockets runs, and which a worker does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from backend.incidents import raising
from backend.kernel import outbox
from infra.rounds import Rounds
from infra.watch import Round

#: About the sockets of this very process.
OF_SOCKETS = frozenset({"airing", "catching_up", "picturing", "confirming_sockets"})

#: What a process with sockets does at once for the tap it has just taken, and for nobody else: a worker that climbed
#: it would cost the tap a way there and back (decision 0036).
AT_ONCE = frozenset({raising.BELL, outbox.BELL, "alarming"})

#: What one worker alone need do; two at once would do no harm, and no good.
OF_ONE = frozenset({"forgetting", "rewriting", "reminding", "touching"})

#: How often it looks unasked for what is a worker's: seldom, but a service whose workers have all died still climbs.
SELDOM_S = 2.0


def of_web(rounds: Rounds) -> Iterator[Round]:
    """Those of a process that holds sockets."""
    for one in rounds.all():
        if one.name in OF_SOCKETS:
            yield one
        elif one.name in AT_ONCE:
            yield replace(one, poll_s=SELDOM_S)


def of_worker(rounds: Rounds, leads: Callable[[], bool]) -> Iterator[Round]:
    """Those of a process without sockets; `leads` tells whether it does what one alone need do."""
    for one in rounds.all():
        if one.name in OF_ONE:
            yield replace(one, go=partial(_if_it_leads, leads, one.go))
        elif one.name not in OF_SOCKETS:
            yield one


def _if_it_leads(leads: Callable[[], bool], go: Callable[[], float | None]) -> float | None:
    return go() if leads() else SELDOM_S
