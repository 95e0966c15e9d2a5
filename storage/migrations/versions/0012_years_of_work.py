"""Quick ways to notices that are stuck and to runs that are not over, however many there were before.

Compatible with the previous version of the code: indexes only help.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STUCK = sa.text("status IN ('waiting', 'dead')")


def upgrade() -> None:
    """Create the indexes."""
    op.create_index(
        "ix_outbox_tenant_id", "outbox", ["tenant", "id"], postgresql_where=_STUCK, sqlite_where=_STUCK
    )
    op.create_index("ix_runs_tenant_ends", "runs", ["tenant", "ends"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_runs_tenant_ends", "runs")
    op.drop_index("ix_outbox_tenant_id", "outbox")
