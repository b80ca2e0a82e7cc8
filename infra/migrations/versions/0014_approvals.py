"""What one person asked for and a second one decides."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ASKED = sa.text("state = 'asked'")
LIVE = sa.text("state IN ('asked', 'confirmed')")


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("spent_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_about", "approvals", ["what", "about_id"], unique=False)
    op.create_index(
        "ix_approvals_live", "approvals", ["expires_at"], unique=False, sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.create_index(
        "uq_approvals_asked",
        "approvals",
        ["what", "about_id"],
        unique=True,
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )


def downgrade() -> None:
    op.drop_index("uq_approvals_asked", table_name="approvals", sqlite_where=ASKED, postgresql_where=ASKED)
    op.drop_index("ix_approvals_live", table_name="approvals", sqlite_where=LIVE, postgresql_where=LIVE)
    op.drop_index("ix_approvals_about", table_name="approvals")
    op.drop_table("approvals")
