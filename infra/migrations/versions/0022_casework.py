"""What the control room does with a case: who has taken it, its checklist, its report, its links."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "casework",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("read_until", sa.BigInteger(), nullable=False),
        sa.Column("major", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("methane", sa.JSON(), nullable=True),
        sa.Column("methane_version", sa.SmallInteger(), nullable=False),
        sa.Column("methane_by", sa.Uuid(), nullable=True),
        sa.Column("methane_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("incident_id", name="pk_casework"),
    )
    op.create_table(
        "done_steps",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.String(40), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "step_id", name="pk_done_steps"),
    )
    op.create_table(
        "case_links",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "other_id", name="pk_case_links"),
    )
    op.create_index("ix_case_links_other_id", "case_links", ["other_id"])


def downgrade() -> None:
    op.drop_index("ix_case_links_other_id", table_name="case_links")
    op.drop_table("case_links")
    op.drop_table("done_steps")
    op.drop_table("casework")
