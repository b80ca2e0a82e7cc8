"""Buttons that are no phones: whose each is or where it hangs, and which secret is good."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("zone_id", sa.String(length=80), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("heard_at", Instant(), nullable=True),
        sa.Column("battery", sa.SmallInteger(), nullable=True),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
    )


def downgrade() -> None:
    op.drop_table("devices")
