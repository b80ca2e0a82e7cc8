"""An index on roles by their name: every message for the control room asks who is in it."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Without it both stores walk through every account, 3 ms for 8,000 of them."""
    op.create_index("ix_roles_role", "roles", ["role"])


def downgrade() -> None:
    """The index goes."""
    op.drop_index("ix_roles_role", "roles")
