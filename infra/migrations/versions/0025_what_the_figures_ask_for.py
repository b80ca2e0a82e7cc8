"""What the figures ask for at every look is found by an index: letters that are dead, and the canary's presses."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

#: Each is of rows that hardly ever are: an ordinary tap, event or delivery pays nothing for it.
INDICES = (
    ("ix_outbox_dead", "outbox", ["dead_at"], "dead_at IS NOT NULL", "dead_at IS NOT NULL"),
    ("ix_deliveries_dead", "deliveries", ["id"], "dead IS 1", "dead IS TRUE"),
    ("ix_incidents_canary", "incidents", ["state", "number"], "team_id = 'canary'", "team_id = 'canary'"),
)


def upgrade() -> None:
    for name, table, columns, sqlite_where, postgresql_where in INDICES:
        op.create_index(
            name, table, columns, sqlite_where=sa.text(sqlite_where), postgresql_where=sa.text(postgresql_where)
        )


def downgrade() -> None:
    for name, table, *_ in reversed(INDICES):
        op.drop_index(name, table_name=table)
