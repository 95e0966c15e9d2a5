"""Interests: who waits for an offer or a topic, and the notices that tell of it.

Compatible with the previous version of the code: the table is new, and it inserts notices without the new column.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the outbox's column."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "interests",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("area", sa.String(32), nullable=True),
        sa.Column("offer_code", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("leader_id", sa.Text(), nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_interests"),
    )
    for column in ("person_id", "offer_code", "leader_id"):
        op.create_index(f"ix_interests_tenant_{column}", "interests", ["tenant", column])
    op.add_column("outbox", sa.Column("interest_id", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop both; who waited for what is lost."""
    op.drop_column("outbox", "interest_id")
    op.drop_table("interests")
