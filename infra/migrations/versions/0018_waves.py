"""Waves: a broadcast on its way to some hundred people by one channel."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("broadcast_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("first", sa.Uuid(), nullable=False),
        sa.Column("unless", sa.String(10), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("lease", sa.String(36), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("dead", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("last_fault", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_waves"),
        sa.UniqueConstraint(
            "broadcast_id", "version", "channel", "first", name="uq_waves_broadcast_id_version_channel_first"
        ),
    )
    unfinished = sa.text("finished_at IS NULL")
    op.create_index("ix_waves_due", "waves", ["lane", "due_at"], sqlite_where=unfinished, postgresql_where=unfinished)


def downgrade() -> None:
    op.drop_index("ix_waves_due", table_name="waves")
    op.drop_table("waves")
