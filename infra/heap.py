"""The collector's pauses: what lives as long as the process is never looked through again."""

import gc

#: Objects made and not gone before the young are looked through, young rounds before the middle-aged are, and middle
#: ones before all: seldom enough that a broadcast to thousands causes no full collection, whose pause is a tap's delay.
THRESHOLDS = (3_000, 5, 350)


def set_aside() -> None:
    """
    Take everything there is now out of the collector's sight.

    To be called once, when all is wired and nothing is served yet. A full
    collection stops every thread; with the libraries' half a million objects
    in it, it stood 150 to 250 ms before whoever tapped just then.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
