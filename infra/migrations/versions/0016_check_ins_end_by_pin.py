"""How many wrong PINs were typed to end a check-in."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("check_ins", sa.Column("wrong_pins", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("check_ins", "wrong_pins")
