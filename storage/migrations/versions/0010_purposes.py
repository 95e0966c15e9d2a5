"""Purpose agreements: what an employee and their leader say a course is for.

Compatible with the previous version of the code: the table is new, and no other refers to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "purposes",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("deadline", moment, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("person_practice", sa.Text(), nullable=False),
        sa.Column("person_whom", sa.Text(), nullable=False),
        sa.Column("person_sign", sa.Text(), nullable=False),
        sa.Column("person_answered_at", moment, nullable=True),
        sa.Column("person_confirmed_at", moment, nullable=True),
        sa.Column("person_shares", sa.Boolean(), nullable=False),
        sa.Column("person_by_id", sa.Text(), nullable=False),
        sa.Column("person_by_name", sa.Text(), nullable=False),
        sa.Column("leader_practice", sa.Text(), nullable=False),
        sa.Column("leader_whom", sa.Text(), nullable=False),
        sa.Column("leader_sign", sa.Text(), nullable=False),
        sa.Column("leader_answered_at", moment, nullable=True),
        sa.Column("leader_confirmed_at", moment, nullable=True),
        sa.Column("leader_shares", sa.Boolean(), nullable=False),
        sa.Column("leader_by_id", sa.Text(), nullable=False),
        sa.Column("leader_by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "enrolment_id"],
            ["enrolments.tenant", "enrolments.id"],
            name="fk_purposes_tenant_enrolments",
        ),
        sa.PrimaryKeyConstraint("tenant", "enrolment_id", name="pk_purposes"),
    )


def downgrade() -> None:
    """Drop it; what was agreed is lost."""
    op.drop_table("purposes")
