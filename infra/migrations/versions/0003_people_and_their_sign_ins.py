"""People, what they may do, the devices they carry, and who is on duty."""

import sqlalchemy as sa
from alembic import op

from backend.kernel.database import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mobile", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("site", sa.String(length=80), nullable=True),
        sa.Column("building", sa.String(length=80), nullable=True),
        sa.Column("away_country", sa.String(length=2), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("recall", sa.Boolean(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("email", name="uq_accounts_email"),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("slow_until", Instant(), nullable=True),
        sa.Column("last_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("email_hash", name="pk_sign_in_failures"),
    )
    op.create_table(
        "sockets",
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("face", sa.String(length=10), nullable=False),
        sa.Column("process", sa.String(length=40), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sid", name="pk_sockets"),
    )
    op.create_index("ix_sockets_account_id", "sockets", ["account_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("position_seq", sa.BigInteger(), nullable=True),
        sa.Column("position_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_duty_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name="pk_duty"),
    )
    op.create_index("ix_duty_ends_at", "duty", ["ends_at"], unique=False)
    op.create_table(
        "handsets",
        sa.Column("installation_id", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.String(length=10), nullable=False),
        sa.Column("push_kind", sa.String(length=10), nullable=True),
        sa.Column("push_value", sa.String(length=4096), nullable=True),
        sa.Column("push_failed_at", Instant(), nullable=True),
        sa.Column("app_version", sa.String(length=40), nullable=True),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_handsets_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("installation_id", name="pk_handsets"),
        sa.UniqueConstraint("push_kind", "push_value", name="uq_handsets_push_kind_push_value"),
    )
    op.create_index("ix_handsets_account_id", "handsets", ["account_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_invitations_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_invitations"),
    )
    op.create_table(
        "roles",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_roles_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "role", name="pk_roles"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("installation_id", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sign_ins_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_account_id", "sign_ins", ["account_id"], unique=False)
    op.create_table(
        "skills",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_skills_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "skill", name="pk_skills"),
    )
    op.create_table(
        "team_members",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_team_members_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "team_id", name="pk_team_members"),
    )
    op.create_index("ix_team_members_team_id", "team_members", ["team_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_team_members_team_id", table_name="team_members")
    op.drop_table("team_members")
    op.drop_table("skills")
    op.drop_index("ix_sign_ins_account_id", table_name="sign_ins")
    op.drop_table("sign_ins")
    op.drop_table("roles")
    op.drop_table("invitations")
    op.drop_index("ix_handsets_account_id", table_name="handsets")
    op.drop_table("handsets")
    op.drop_index("ix_duty_ends_at", table_name="duty")
    op.drop_table("duty")
    op.drop_index("ix_sockets_account_id", table_name="sockets")
    op.drop_table("sockets")
    op.drop_table("sign_in_failures")
    op.drop_table("accounts")
