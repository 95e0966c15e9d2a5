"""How fast each lane of the outbox may go, and a quick way to what of a request is not delivered.

Compatible with the previous version of the code: the table is new and it does not read it (nothing holds it to the
pace); the index only helps.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_UNDELIVERED = sa.text("status IN ('pending', 'sending', 'waiting', 'dead')")


def upgrade() -> None:
    """Create the table and the indexes."""
    op.create_table(
        "outbox_lanes",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "audience", name="pk_outbox_lanes"),
    )
    op.create_index("ix_outbox_lanes_ready_at", "outbox_lanes", ["ready_at"])
    op.create_index(
        "ix_outbox_tenant_request_id",
        "outbox",
        ["tenant", "request_id"],
        postgresql_where=_UNDELIVERED,
        sqlite_where=_UNDELIVERED,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_outbox_tenant_request_id", "outbox")
    op.drop_index("ix_outbox_lanes_ready_at", "outbox_lanes")
    op.drop_table("outbox_lanes")
