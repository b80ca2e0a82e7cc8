"""Whose console is silent, and since when."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "console_hushes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_console_hushes_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_console_hushes"),
    )


def downgrade() -> None:
    op.drop_table("console_hushes")
