"""An update that waits for a second person keeps the promise that it will make."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("broadcast_versions", sa.Column("next_update_min", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("broadcast_versions", "next_update_min")
