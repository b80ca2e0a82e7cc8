"""Broadcasts, their versions, and the roll of everybody they are for."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("exercise", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("place", sa.String(200), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("next_update_min", sa.Integer(), nullable=True),
        sa.Column("end_condition", sa.String(500), nullable=True),
        sa.Column("source", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=True),
        sa.Column("next_update_at", Instant(), nullable=True),
        sa.Column("owner_told_at", Instant(), nullable=True),
        sa.Column("deputy_told_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("fanned_version", sa.Integer(), nullable=False),
        sa.Column("fanned_after", sa.Uuid(), nullable=True),
        sa.Column("fanned_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
    )
    in_force = sa.text("state = 'in_force'")
    op.create_index(
        "ix_broadcasts_in_force", "broadcasts", ["exercise"], sqlite_where=in_force, postgresql_where=in_force
    )
    op.create_table(
        "broadcast_versions",
        sa.Column("broadcast_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(12), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("template", sa.String(80), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=True),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("seconded_by", sa.Uuid(), nullable=True),
        sa.Column("next_update_at", Instant(), nullable=True),
        sa.Column("hash", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name="fk_broadcast_versions_broadcast_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "number", name="pk_broadcast_versions"),
    )
    op.create_table(
        "roll",
        sa.Column("broadcast_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("zone_id", sa.String(80), nullable=True),
        sa.Column("site_id", sa.String(80), nullable=True),
        sa.Column("asked", sa.SmallInteger(), nullable=False),
        sa.Column("sent", sa.SmallInteger(), nullable=False),
        sa.Column("taken", sa.SmallInteger(), nullable=False),
        sa.Column("failed", sa.SmallInteger(), nullable=False),
        sa.Column("unreachable", sa.String(40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("displayed_at", Instant(), nullable=True),
        sa.Column("displayed_version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(10), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.String(10), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("floor", sa.String(20), nullable=True),
        sa.Column("position_source", sa.String(20), nullable=True),
        sa.Column("position_seq", sa.BigInteger(), nullable=True),
        sa.Column("position_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_roll_broadcast_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("broadcast_id", "person_id", name="pk_roll"),
    )
    op.create_index("ix_roll_person_id", "roll", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_roll_person_id", table_name="roll")
    op.drop_table("roll")
    op.drop_table("broadcast_versions")
    op.drop_index("ix_broadcasts_in_force", table_name="broadcasts")
    op.drop_table("broadcasts")
