"""A campus as small as a roster needs it: two teams, two sites, a building, two languages."""

from backend.people.roster_line import Known

KNOWN = Known(
    teams=frozenset({"security", "first-aid"}),
    sites=frozenset({"south-kensington", "white-city"}),
    zones=frozenset({"south-kensington", "white-city", "huxley"}),
    languages=("en", "zh"),
    region="GB",
)
