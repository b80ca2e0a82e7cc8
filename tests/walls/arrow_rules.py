"""The four rules of the house as functions: each takes a source tree and tells what breaks it, a sentence each."""

from collections.abc import Collection, Iterator
from itertools import islice

from tests.walls.sources import PACKAGES, Source, SourceTree, is_within

#: Top first; what shares a line never imports its neighbour.
TOP_LEVEL = (("infra",), ("mobile_api", "notifications"), ("backend",))
FLOORS = (
    ("console", "public"),
    ("dispatch", "answers", "devices", "web"),
    ("cap",),
    ("open_pages",),
    ("broadcasts",),
    ("casework",),
    ("incidents",),
    ("people",),
    ("campus", "concerns", "inbox", "alarms", "approvals"),
    ("kernel",),
)
#: What a tap goes through, and the broadcasts beneath it: neither knows the other, though the floors would let it.
APART = (("dispatch", "devices", "web"), ("broadcasts", "open_pages", "cap"))
#: Not slices of things: doors and the ground, where a file name tells no layer.
WITHOUT_ROOMS = ("kernel", "web", "public", "console")

PURE = frozenset(
    # the words and the ground
    "vocabulary errors events event_rows rooms plain "
    # places and rules of the campus
    "campus zone geofence protocol configuration emergency_numbers numbers guidance guiding "
    # people
    "roster roster_line responder photo one_time_code deed budget verdict "
    # cases, and who is asked
    "routing methane policy choosing proving arriving signature "
    # broadcasts
    "spoken audience reach_plan prepared reachable "
    "thread title_marks truth status_page recorded_line xml_text cap cap_area cap_feed "
    "cap_message cap_proposal received_area page_marks "
    # concerns
    "size_class receipt candidate academic_year suppressed referral_sheet "
    # what is told
    "recipes message linting sealing parcel slots places wording tally breaker push push_channel "
    "guard sheaf pacing letter letter_channel hosted retry_after "
    "web_push_answer web_push_letter mail_relay mail_message".split()
)
IMPURE = tuple(
    "sqlalchemy alembic psycopg pysqlite3 flask flask_smorest flask_socketio werkzeug socketio engineio wsproto gevent "
    "socket ssl select threading subprocess os time urllib.request http.client requests httpx firebase_admin".split()
)
CLOCK = frozenset(
    "datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today datetime.date.today "
    "time.time time.time_ns".split()
)
ENVIRONMENT = ("os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv")

#: They know the service from outside alone: the drill, and the canary's own process.
PLAYERS = ("infra.drill", "infra.canary.flight", "infra.canary.singing", "infra.canary.__main__")

WALLED = ("backend.concerns", "mobile_api.anonymous")
#: Who somebody is, and what leaves a trace of them.
IDENTITY = ("backend.people", "backend.inbox", "backend.kernel.outbox")
#: May write "something waits", and nobody inside the wall may go through it.
REMINDING = ("backend.concerns.reminding", "backend.kernel.outbox")
#: Lodging leaves no audit line, metric or log line either.
TRACELESS = ("backend.concerns.lodging", "mobile_api.anonymous")
TRACES = ("backend.kernel.audit", "logging", "structlog", "prometheus_client")


def top_level(tree: SourceTree) -> list[str]:
    """Arrows between the packages that go up or sideways, and any to the tests."""
    rank = {name: place for place, names in enumerate(TOP_LEVEL) for name in names}
    found = []
    for source in tree:
        own = source.path.parts[0]
        for line, target in _first_words(source):
            if target == "tests" or (target in rank and target != own and rank[target] <= rank[own]):
                found.append(f"{source.path}:{line} {own} must not import {target}")
            if is_within(source.module, *PLAYERS) and target in {"backend", "mobile_api", "notifications"}:
                found.append(f"{source.path}:{line} the drill plays by the public API only, not through {target}")
        if is_within(source.module, *PLAYERS):
            chains = (chain for chain in tree.ways(source) if is_within(chain[-1], "backend") and len(chain) > 2)
            through = (chain for chain in chains if is_within(chain[1], "infra"))
            found += [f"{source.path} reaches {chain[-1]}: {' -> '.join(chain)}" for chain in islice(through, 1)]
    return found


def floors(tree: SourceTree) -> list[str]:
    """Slices of the backend that no floor lists, and arrows between slices that go up or sideways."""
    rank = {name: place for place, names in enumerate(FLOORS) for name in names}
    found = []
    for source in tree:
        own = _slice(source.module)
        if own is None:
            continue
        if own not in rank:
            found.append(f"{source.path}:1 backend.{own} stands on no floor: give it one in tests/walls/arrow_rules.py")
            continue
        for line, module in tree.arrows(source):
            target = _slice(module)
            if target in rank and target != own and rank[target] <= rank[own]:
                found.append(f"{source.path}:{line} {own} must not import {target}: arrows go down")
            if own in APART[0] and target in APART[1]:
                found.append(f"{source.path}:{line} {own} must not import {target}: a tap waits for no broadcast")
    return found


def rooms(tree: SourceTree) -> list[str]:
    """Inside a slice: a noun that imports its store or a use case, a store that imports a use case."""
    order = {"noun": 0, "store": 1, "use case": 2}
    found = []
    for source in tree:
        if not _has_rooms(source):
            continue
        own = room(source)
        for line, target in tree.arrows(source):
            other = room(tree.sources[target])
            if tree.sources[target].path.parent == source.path.parent and order[other] > order[own]:
                found.append(f"{source.path}:{line} a {own} must not import the {other} {target}")
    return found


def purity(tree: SourceTree) -> list[str]:
    """Pure files that reach an impure module, through others as well, or name a clock."""
    found = []
    for source in tree:
        if not is_pure(source):
            continue
        chains = (chain for chain in tree.ways(source) if _strangers(tree.sources[chain[-1]], IMPURE))
        # The nearest impurity is enough: what lies behind it goes with it.
        for chain in islice(chains, 1):
            strangers = ", ".join(_strangers(tree.sources[chain[-1]], IMPURE))
            found.append(f"{source.path} is pure but reaches {strangers}: {' -> '.join(chain)}")
        found += [f"{source.path}:{line} is pure but asks {name}" for line, name in source.names() if name in CLOCK]
    return found


def clocks(tree: SourceTree) -> list[str]:
    """Files of a slice that read a clock: the time is handed in as `now`."""
    return [
        f"{source.path}:{line} reads {name}: take `now` instead"
        for source in tree
        if _has_rooms(source)
        for line, name in source.names()
        if name in CLOCK
    ]


def environment(tree: SourceTree) -> list[str]:
    """Files outside infra that read the environment."""
    return [
        f"{source.path}:{line} reads {name}: only infra does, and hands it in"
        for source in tree
        if source.path.parts[0] != "infra"
        for line, name in (*source.names(), *((found.line, found.symbol) for found in source.imports))
        if is_within(name, *ENVIRONMENT)
    ]


def wall(tree: SourceTree) -> list[str]:
    """Chains of imports from the anonymous side to who somebody is, or to what leaves a trace."""
    found = []
    for source in tree:
        if not is_within(source.module, *WALLED, "backend.kernel.database"):
            continue
        allowed = {REMINDING} if source.module == REMINDING[0] else set()
        found += [
            f"{source.path} reaches {chain[-1]}: {' -> '.join(chain)}"
            for chain in tree.ways(source, but_not=allowed)
            if is_within(chain[-1], *IDENTITY) or _is_the_other_door(source.module, chain[-1])
        ]
        if is_within(source.module, *TRACELESS):
            found += [f"{source.path} leaves a trace in {name}" for name in _strangers(source, TRACES)]
    return found


def room(source: Source) -> str:
    """What the file name tells: a noun, its store, or a use case (the first word ends in -ing)."""
    if source.stem.endswith("_store"):
        return "store"
    gerund = source.stem.partition("_")[0].endswith("ing")
    return "use case" if gerund and source.stem not in PURE else "noun"


def is_pure(source: Source) -> bool:
    return source.stem in PURE and source.path.parts[0] in {"backend", "notifications"}


def _has_rooms(source: Source) -> bool:
    own = _slice(source.module)
    return source.stem != "__init__" and (source.path.parent.name == "notifications" or _is_a_slice_of_things(own))


def _is_a_slice_of_things(name: str | None) -> bool:
    return name is not None and name not in WITHOUT_ROOMS


def _slice(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "backend" and len(parts) > 1 else None


def _is_the_other_door(start: str, reached: str) -> bool:
    on_the_porch = reached == "mobile_api" or is_within(reached, "mobile_api.anonymous")
    return is_within(start, "mobile_api.anonymous") and is_within(reached, "mobile_api") and not on_the_porch


def _first_words(source: Source) -> Iterator[tuple[int, str]]:
    for found in source.imports:
        first = found.symbol.partition(".")[0]
        if first in PACKAGES or first == "tests":
            yield found.line, first


def _strangers(source: Source, names: Collection[str]) -> list[str]:
    return sorted({found.symbol for found in source.imports if is_within(found.symbol, *names)})
