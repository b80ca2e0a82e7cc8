"""Replies by text and key, each taken once; and whose number a text comes from."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replies",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_replies"),
    )
    op.create_index("ix_replies_at", "replies", ["at"])
    op.create_index("ix_accounts_mobile", "accounts", ["mobile"])


def downgrade() -> None:
    op.drop_index("ix_accounts_mobile", table_name="accounts")
    op.drop_index("ix_replies_at", table_name="replies")
    op.drop_table("replies")
