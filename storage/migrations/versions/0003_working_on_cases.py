"""What working on a case keeps: priority, due day, what was proposed or planned, and the event a notice tells of.

Compatible with the previous version of the code: every new column has a default, and it reads none of them. A
notice of the new kind `case_event` that it claims ends as a failed attempt and is tried again by the new version.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("requests", sa.Column("priority", sa.String(32), nullable=False, server_default="normal"))
    op.add_column("requests", sa.Column("due", sa.Date(), nullable=True))
    for name in ("option_code", "option_title", "option_run"):
        op.add_column("requests", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("requests", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("event_id", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop the columns."""
    op.drop_column("outbox", "event_id")
    for name in ("asked_at", "option_run", "option_title", "option_code", "due", "priority"):
        op.drop_column("requests", name)
