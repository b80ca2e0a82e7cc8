"""A push tried again goes only to the handsets that do not have it, and each case keeps its place at the provider."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("told", sa.JSON(), nullable=True))
    op.add_column("deliveries", sa.Column("slot", sa.SmallInteger(), nullable=True))
    op.create_index("ix_deliveries_person_id", "deliveries", ["person_id", "made_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_deliveries_person_id", table_name="deliveries")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("slot")
        table.drop_column("told")
