"""Concerns, in a file of their own where the store is one file."""

import sqlalchemy as sa
from alembic import op

from infra.migrating import apart

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    place = apart(op.get_bind())
    op.create_table(
        "concern_advisers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("faculty", sa.String(120), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_concern_advisers"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concern_assignees",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("concern_id", "adviser_id", name="pk_concern_assignees"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concern_copies",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "key_id", name="pk_concern_copies"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_concern_copies_key_id", "concern_copies", ["key_id"], schema=place)
    op.create_table(
        "concern_days",
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_concern_days"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concern_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_concern_entries"),
        sa.UniqueConstraint("concern_id", "nth", name="uq_concern_entries_concern_id"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concern_keys",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_concern_keys"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_concern_keys_adviser_id", "concern_keys", ["adviser_id"], schema=place)
    op.create_table(
        "concern_recusals",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("concern_id", "adviser_id", name="pk_concern_recusals"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concern_referrals",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("consent", sa.String(20), nullable=False),
        sa.Column("legal_basis", sa.String(30), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id", name="pk_concern_referrals"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_concern_referrals_concern_id", "concern_referrals", ["concern_id"], schema=place)
    op.create_table(
        "concern_tallies",
        sa.Column("year", sa.String(7), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", "outcome", name="pk_concern_tallies"),
        schema=place,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concerns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mailbox", sa.String(32), nullable=False),
        sa.Column("reply_key", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("mailbox_until", sa.Date(), nullable=False),
        sa.Column("data_until", sa.Date(), nullable=False),
        sa.Column("held", sa.Boolean(create_constraint=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_concerns"),
        sa.UniqueConstraint("mailbox", name="uq_concerns_mailbox"),
        schema=place,
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    place = apart(op.get_bind())
    op.drop_table("concerns", schema=place)
    op.drop_table("concern_tallies", schema=place)
    op.drop_table("concern_referrals", schema=place)
    op.drop_table("concern_recusals", schema=place)
    op.drop_table("concern_keys", schema=place)
    op.drop_table("concern_entries", schema=place)
    op.drop_table("concern_days", schema=place)
    op.drop_table("concern_copies", schema=place)
    op.drop_table("concern_assignees", schema=place)
    op.drop_table("concern_advisers", schema=place)
