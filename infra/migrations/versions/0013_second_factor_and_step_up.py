"""A second factor, how fresh a sign-in's password is, and which sign-in a socket came by."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("waiting", sa.LargeBinary(), nullable=True),
        sa.Column("waits_until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_second_factors_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_second_factors"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_recovery_codes_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name="pk_recovery_codes"),
    )
    op.add_column("sign_ins", sa.Column("stepped_up_until", Instant(), nullable=True))
    # Sockets that were open before say neither; they are gone half a minute after the restart.
    op.add_column("sockets", sa.Column("token_hash", sa.String(length=64), nullable=True))
    op.add_column("sockets", sa.Column("opened_at", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("sockets", "opened_at")
    op.drop_column("sockets", "token_hash")
    op.drop_column("sign_ins", "stepped_up_until")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
