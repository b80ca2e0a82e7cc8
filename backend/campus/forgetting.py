"""How long a campus that no longer holds is kept: its rota has people's addresses."""

from backend.campus import campus_store
from backend.kernel.retention import Rule

VERSIONS = Rule(
    "campuses that no longer hold",
    "campus_versions_days",
    "another was imported",
    ("campus_versions",),
    campus_store.FOLLOWED,
    batch=1,
)
