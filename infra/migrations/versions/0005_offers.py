"""Who was asked about a case, and what they answered."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("climb", sa.SmallInteger(), nullable=False),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("by", sa.JSON(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("asked_because", sa.String(length=200), nullable=False),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("moved_at", Instant(), nullable=True),
        sa.Column("declined_because", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.UniqueConstraint("incident_id", "officer_id", "climb", name="uq_offers_incident_id_officer_id_climb"),
    )
    op.create_index("ix_offers_officer_id", "offers", ["officer_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_offers_officer_id", table_name="offers")
    op.drop_table("offers")
