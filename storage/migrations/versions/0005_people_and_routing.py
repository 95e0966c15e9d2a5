"""The municipality's list of people, when each wants to be told, and channels and caretakers of single areas.

Compatible with the previous version of the code: the new columns have defaults, it reads none of the new tables,
and `queue_channels` still has the main channel, to which it posts every card.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SUBJECT = ("tenant", "area", "topic")


def upgrade() -> None:
    """Add the columns and create the tables."""
    op.add_column("people", sa.Column("leader_email", sa.Text(), nullable=False, server_default=""))
    op.add_column("people", sa.Column("listing", sa.String(32), nullable=False, server_default="never"))
    op.create_table(
        "person_settings",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("frequency", sa.String(32), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("quiet_weekends", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("stand_in_id", sa.Text(), nullable=False),
        sa.Column("stand_in_name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "person_id", name="pk_person_settings"),
    )
    op.create_table(
        "queue_routes",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*SUBJECT, "team_id", "channel_id", "name")),
        sa.PrimaryKeyConstraint(*SUBJECT, name="pk_queue_routes"),
    )
    op.create_table(
        "caretakers",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*SUBJECT, "person_id", "person_name")),
        sa.PrimaryKeyConstraint(*SUBJECT, name="pk_caretakers"),
    )
    card = ("tenant", "request_id", "conversation_id", "activity_id")
    op.create_table(
        "moved_cards",
        *(sa.Column(name, sa.Text(), nullable=False) for name in card),
        sa.PrimaryKeyConstraint(*card, name="pk_moved_cards"),
    )


def downgrade() -> None:
    """Drop the tables and the columns."""
    for table in ("moved_cards", "caretakers", "queue_routes", "person_settings"):
        op.drop_table(table)
    op.drop_column("people", "listing")
    op.drop_column("people", "leader_email")
