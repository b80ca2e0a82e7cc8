"""PINs, and what a person is shown of a case that goes on without their knowing."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pins",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("cancel_hash", sa.String(length=120), nullable=False),
        sa.Column("duress_hash", sa.String(length=120), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_pins_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name="pk_pins"),
    )
    op.add_column("incidents", sa.Column("raised_as", sa.String(length=12), nullable=True))
    op.add_column("incidents", sa.Column("wrong_pins", sa.SmallInteger(), nullable=True))
    op.create_table(
        "faces",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("called_off_at", Instant(), nullable=False),
        sa.Column("told_until", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_faces_incident_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident_id", name="pk_faces"),
    )


def downgrade() -> None:
    op.drop_table("faces")
    op.drop_column("incidents", "wrong_pins")
    op.drop_column("incidents", "raised_as")
    op.drop_table("pins")
