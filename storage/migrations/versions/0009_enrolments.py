"""Signing up for runs: enrolments and their audit trail, who approves them, and the clock times of a run.

Whom somebody stands in for is asked on every turn, and gets an index.

Compatible with the previous version of the code: the tables are new, and the columns have values for the rows that
it writes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_APPLIED = sa.text("status = 'applied'")


def upgrade() -> None:
    """Create the tables and the columns."""
    op.add_column("offers", sa.Column("sign_up", sa.String(32), nullable=False, server_default="leader"))
    op.add_column("runs", sa.Column("begins_at", sa.Time(), nullable=True))
    op.add_column("runs", sa.Column("ends_at", sa.Time(), nullable=True))
    op.add_column("runs", sa.Column("link", sa.Text(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("enrolment_id", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_person_settings_tenant_stand_in_id", "person_settings", ["tenant", "stand_in_id"])
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "enrolments",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("run_code", sa.Text(), nullable=False),
        sa.Column("offer_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("sign_up", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("applied_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("area", sa.String(32), nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("leader_id", sa.Text(), nullable=False),
        sa.Column("leader_name", sa.Text(), nullable=False),
        sa.Column("signed_up_by", sa.Text(), nullable=False),
        sa.Column("holds_seat", sa.Boolean(), nullable=False),
        sa.Column("offered_until", moment, nullable=True),
        sa.Column("leave_asked_at", moment, nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "run_code"], ["runs.tenant", "runs.code"], name="fk_enrolments_tenant_runs"
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_enrolments"),
        sa.UniqueConstraint("tenant", "run_code", "person_id", name="uq_enrolments_tenant_run_code_person_id"),
    )
    op.create_index("ix_enrolments_tenant_person_id", "enrolments", ["tenant", "person_id"])
    op.create_index("ix_enrolments_tenant_run_code_applied_at", "enrolments", ["tenant", "run_code", "applied_at"])
    op.create_index(
        "ix_enrolments_tenant_leader_id",
        "enrolments",
        ["tenant", "leader_id"],
        postgresql_where=_APPLIED,
        sqlite_where=_APPLIED,
    )
    op.create_table(
        "enrolment_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("before", sa.String(32), nullable=True),
        sa.Column("after", sa.String(32), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "enrolment_id"],
            ["enrolments.tenant", "enrolments.id"],
            name="fk_enrolment_events_tenant_enrolments",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment_events"),
    )
    op.create_index("ix_enrolment_events_tenant_enrolment_id", "enrolment_events", ["tenant", "enrolment_id"])


def downgrade() -> None:
    """Drop them; who signed up is lost."""
    op.drop_table("enrolment_events")
    op.drop_table("enrolments")
    op.drop_index("ix_person_settings_tenant_stand_in_id", "person_settings")
    op.drop_column("outbox", "enrolment_id")
    for column in ("link", "ends_at", "begins_at"):
        op.drop_column("runs", column)
    op.drop_column("offers", "sign_up")
