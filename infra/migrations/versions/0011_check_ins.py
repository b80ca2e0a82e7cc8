"""A timer a person sets, kept by the server: it runs out whatever became of the phone."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_ins",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("warn_at", Instant(), nullable=True),
        sa.Column("warned_at", Instant(), nullable=True),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("stumbles", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("floor", sa.String(length=20), nullable=True),
        sa.Column("position_source", sa.String(length=20), nullable=True),
        sa.Column("position_seq", sa.BigInteger(), nullable=True),
        sa.Column("position_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name="pk_check_ins"),
        sa.UniqueConstraint("id", name="uq_check_ins_id"),
    )
    op.create_index(
        "ix_check_ins_due",
        "check_ins",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_check_ins_due",
        table_name="check_ins",
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.drop_table("check_ins")
