"""The first tables.

Compatible with the previous version of the code: there is none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite counts rowids only in a column that is declared INTEGER.
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_STATUSES = sa.text("status IN ('pending', 'sending', 'waiting')")
UNFINISHED = {"postgresql_where": _STATUSES, "sqlite_where": _STATUSES}


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "case_counters",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "year", name="pk_case_counters"),
    )
    op.create_table(
        "catalogue_versions",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_catalogue_versions"),
    )
    op.create_table(
        "channel_cards",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "request_id", name="pk_channel_cards"),
    )
    op.create_table(
        "conversations",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("reference", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "conversation_id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_tenant_person_id", "conversations", ["tenant", "person_id"])
    op.create_table(
        "inbox",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replies", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "conversation_id", "activity_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"])
    op.create_table(
        "offers",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("staff_groups", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("length", sa.Text(), nullable=False),
        sa.Column("price_dkk", sa.Integer(), nullable=True),
        sa.Column("price_unit", sa.String(32), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "code", name="pk_offers"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("dedup_key", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("tenant", "dedup_key", name="uq_outbox_tenant_dedup_key"),
    )
    op.create_index("ix_outbox_not_before_id", "outbox", ["not_before", "id"], **UNFINISHED)
    op.create_index(
        "ix_outbox_tenant_audience_due_id", "outbox", ["tenant", "audience", "due", "id"], **UNFINISHED
    )
    op.create_table(
        "people",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("entra_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("role_confirmed", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(32), nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("tenant", "email", name="uq_people_tenant_email"),
        sa.UniqueConstraint("tenant", "entra_id", name="uq_people_tenant_entra_id"),
    )
    op.create_table(
        "queue_channels",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_queue_channels"),
    )
    op.create_table(
        "requests",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("kle", sa.String(32), nullable=False),
        sa.Column("requester_id", sa.Text(), nullable=False),
        sa.Column("requester_name", sa.Text(), nullable=False),
        sa.Column("requester_confirmed", sa.Boolean(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=False),
        sa.Column("assignee_id", sa.Text(), nullable=False),
        sa.Column("assignee_name", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("staff_groups", sa.JSON(), nullable=False),
        sa.Column("time_words", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("form", sa.String(32), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("budget_dkk", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("area", sa.String(32), nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("offer_code", sa.Text(), nullable=False),
        sa.Column("offer_title", sa.Text(), nullable=False),
        sa.Column("run_code", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_requests"),
        sa.UniqueConstraint("tenant", "year", "serial", name="uq_requests_tenant_year_serial"),
    )
    op.create_index("ix_requests_tenant_requester_id_filed_at", "requests", ["tenant", "requester_id", "filed_at"])
    op.create_index("ix_requests_tenant_status_filed_at", "requests", ["tenant", "status", "filed_at"])
    op.create_table(
        "states",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "conversation_id", "person_id", name="pk_states"),
    )
    op.create_table(
        "request_events",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("before", sa.String(32), nullable=True),
        sa.Column("after", sa.String(32), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "request_id"],
            ["requests.tenant", "requests.id"],
            name="fk_request_events_tenant_request_id_requests",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_request_events"),
    )
    op.create_index("ix_request_events_tenant_request_id", "request_events", ["tenant", "request_id"])
    op.create_table(
        "runs",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("offer_code", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "offer_code"], ["offers.tenant", "offers.code"], name="fk_runs_tenant_offer_code_offers"
        ),
        sa.PrimaryKeyConstraint("tenant", "code", name="pk_runs"),
    )
    op.create_index("ix_runs_tenant_offer_code", "runs", ["tenant", "offer_code"])


def downgrade() -> None:
    """Drop the tables; their indexes go with them."""
    for table in (
        "runs",
        "request_events",
        "states",
        "requests",
        "queue_channels",
        "people",
        "outbox",
        "offers",
        "inbox",
        "conversations",
        "channel_cards",
        "catalogue_versions",
        "case_counters",
    ):
        op.drop_table(table)
