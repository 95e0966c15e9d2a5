"""The day on which an offer or a run came into the catalogue, so that people can ask what is new.

Compatible with the previous version of the code: it names the columns that it reads and writes, and the new ones
may be empty; what it inserts meanwhile is simply never new.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("offers", sa.Column("added_on", sa.Date(), nullable=True))
    op.add_column("runs", sa.Column("added_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("runs", "added_on")
    op.drop_column("offers", "added_on")
