"""Cases that are held, messages that only a hold keeps, when people left, and which cases still say where they were."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("released_because", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
    )
    op.create_index("ix_holds_incident_id", "holds", ["incident_id"], unique=False)
    op.create_index(
        "ix_holds_standing",
        "holds",
        ["incident_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.add_column("messages", sa.Column("set_aside", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("accounts", sa.Column("left_at", Instant(), nullable=True))
    placed = sa.text("closed_at IS NOT NULL AND position_at IS NOT NULL")
    op.create_index(
        "ix_incidents_placed", "incidents", ["closed_at"], unique=False, sqlite_where=placed, postgresql_where=placed
    )


def downgrade() -> None:
    op.drop_index("ix_incidents_placed", table_name="incidents")
    op.drop_column("accounts", "left_at")
    op.drop_column("messages", "set_aside")
    op.drop_table("holds")
