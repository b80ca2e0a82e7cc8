"""What people tell of themselves, sealed, and who was shown it."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Counting, Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profiles",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("medical_notes", sa.LargeBinary(), nullable=False),
        sa.Column("evacuation_plan", sa.LargeBinary(), nullable=False),
        sa.Column("emergency_contacts", sa.LargeBinary(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_profiles_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name="pk_profiles"),
    )
    op.create_table(
        "disclosures",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disclosures"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_disclosures_account_id", "disclosures", ["account_id", "id"], unique=False)
    op.create_index("ix_disclosures_incident_id", "disclosures", ["incident_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_disclosures_incident_id", table_name="disclosures")
    op.drop_index("ix_disclosures_account_id", table_name="disclosures")
    op.drop_table("disclosures")
    op.drop_table("profiles")
