"""A case, the taps that raised it, its story, its track and what was said."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Counting, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("number", Counting, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_conversation"),
        sa.UniqueConstraint("id", name="uq_conversation_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_conversation_incident_id", "conversation", ["incident_id", "number"], unique=False)
    op.create_table(
        "fixes",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fixes"),
    )
    op.create_index("ix_fixes_incident_id", "fixes", ["incident_id"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("number", Counting, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subtype", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("trigger", sa.String(length=20), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("caller_name", sa.String(length=120), nullable=True),
        sa.Column("caller_number", sa.String(length=30), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("pressed_at", Instant(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("floor", sa.String(length=20), nullable=True),
        sa.Column("position_source", sa.String(length=20), nullable=True),
        sa.Column("position_seq", sa.BigInteger(), nullable=True),
        sa.Column("position_at", Instant(), nullable=True),
        sa.Column("position_told_at", Instant(), nullable=True),
        sa.Column("zone_id", sa.String(length=80), nullable=True),
        sa.Column("site_id", sa.String(length=80), nullable=True),
        sa.Column("inside", sa.Boolean(), nullable=True),
        sa.Column("team_id", sa.String(length=80), nullable=False),
        sa.Column("routed_because", sa.String(length=300), nullable=False),
        sa.Column("wanted", sa.SmallInteger(), nullable=False),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("climb", sa.SmallInteger(), nullable=False),
        sa.Column("ladder_from", Instant(), nullable=False),
        sa.Column("next_step_at", Instant(), nullable=True),
        sa.Column("late_at", Instant(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_incidents"),
        sa.UniqueConstraint("id", name="uq_incidents_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incidents_closed_at", "incidents", ["closed_at"], unique=False)
    op.create_index(
        "ix_incidents_due",
        "incidents",
        ["next_step_at"],
        unique=False,
        sqlite_where=sa.text("next_step_at IS NOT NULL"),
        postgresql_where=sa.text("next_step_at IS NOT NULL"),
    )
    op.create_index(
        "ix_incidents_open",
        "incidents",
        ["owner_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_incidents_owner_id", "incidents", ["owner_id"], unique=False)
    op.create_table(
        "progress",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_progress"),
    )
    op.create_index("ix_progress_incident_id", "progress", ["incident_id"], unique=False)
    op.create_table(
        "taps",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("tap_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("pressed_at", Instant(), nullable=True),
        sa.Column("trigger", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "tap_id", name="pk_taps"),
    )
    op.create_index("ix_taps_incident_id", "taps", ["incident_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_taps_incident_id", table_name="taps")
    op.drop_table("taps")
    op.drop_index("ix_progress_incident_id", table_name="progress")
    op.drop_table("progress")
    op.drop_index("ix_incidents_owner_id", table_name="incidents")
    op.drop_index(
        "ix_incidents_open",
        table_name="incidents",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(
        "ix_incidents_due",
        table_name="incidents",
        sqlite_where=sa.text("next_step_at IS NOT NULL"),
        postgresql_where=sa.text("next_step_at IS NOT NULL"),
    )
    op.drop_index("ix_incidents_closed_at", table_name="incidents")
    op.drop_table("incidents")
    op.drop_index("ix_fixes_incident_id", table_name="fixes")
    op.drop_table("fixes")
    op.drop_index("ix_conversation_incident_id", table_name="conversation")
    op.drop_table("conversation")
