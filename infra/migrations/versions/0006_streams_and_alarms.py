"""What each person was told, numbered without a gap, and what the control room must look at."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("repeat_at", Instant(), nullable=False),
        sa.Column("displayed_at", Instant(), nullable=True),
        sa.Column("told_otherwise_at", Instant(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    op.create_index("ix_alarms_incident_id", "alarms", ["incident_id"], unique=False)
    op.create_index(
        "ix_alarms_standing",
        "alarms",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("taken_at IS NULL"),
        postgresql_where=sa.text("taken_at IS NULL"),
    )
    op.create_table(
        "messages",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("face", sa.String(length=10), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("alarm_id", sa.Uuid(), nullable=True),
        sa.Column("displayed_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "face", "seq", name="pk_messages"),
        sa.UniqueConstraint("id", name="uq_messages_id"),
    )
    op.create_index("ix_messages_about", "messages", ["incident_id"], unique=False)
    op.create_index("ix_messages_at", "messages", ["at"], unique=False)
    op.create_table(
        "streams",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("face", sa.String(length=10), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "face", name="pk_streams"),
    )


def downgrade() -> None:
    op.drop_table("streams")
    op.drop_index("ix_messages_at", table_name="messages")
    op.drop_index("ix_messages_about", table_name="messages")
    op.drop_table("messages")
    op.drop_index(
        "ix_alarms_standing",
        table_name="alarms",
        sqlite_where=sa.text("taken_at IS NULL"),
        postgresql_where=sa.text("taken_at IS NULL"),
    )
    op.drop_index("ix_alarms_incident_id", table_name="alarms")
    op.drop_table("alarms")
