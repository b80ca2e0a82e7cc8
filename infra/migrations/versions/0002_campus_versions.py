"""A campus is kept whole at each import, so that it is known what held when."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Counting, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campus_versions",
        sa.Column("version", Counting, autoincrement=True, nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_campus_versions"),
    )


def downgrade() -> None:
    op.drop_table("campus_versions")
