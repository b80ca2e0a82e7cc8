"""The processes of one service, and when each was heard of last."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("process", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("secret_mark", sa.String(32), nullable=False),
        sa.Column("key_ids", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("process", name="pk_processes"),
    )


def downgrade() -> None:
    op.drop_table("processes")
