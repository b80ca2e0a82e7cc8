"""What happened is kept until it is told, and who did it for as long as the law asks."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Counting, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=True),
        sa.Column("about", sa.String(length=30), nullable=False),
        sa.Column("about_id", sa.String(length=60), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("place", Counting, nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("link", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("place", name="uq_audit_place"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_about", "audit", ["about", "about_id"], unique=False)
    op.create_index(
        "ix_audit_unlinked",
        "audit",
        ["id"],
        unique=False,
        sqlite_where=sa.text("place IS NULL"),
        postgresql_where=sa.text("place IS NULL"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("relayed_at", Instant(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("dead_at", Instant(), nullable=True),
        sa.Column("last_fault", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["lane", "id"],
        unique=False,
        sqlite_where=sa.text("done = 0"),
        postgresql_where=sa.text("NOT done"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_outbox_waiting", table_name="outbox", sqlite_where=sa.text("done = 0"), postgresql_where=sa.text("NOT done")
    )
    op.drop_table("outbox")
    op.drop_index(
        "ix_audit_unlinked",
        table_name="audit",
        sqlite_where=sa.text("place IS NULL"),
        postgresql_where=sa.text("place IS NULL"),
    )
    op.drop_index("ix_audit_about", table_name="audit")
    op.drop_table("audit")
