"""The order of the queue, the words that requests are found by, and saved views.

Compatible with the previous version of the code: the order is computed by the database from columns that it
writes, and it reads none of the new ones. What it files or edits meanwhile is found by its words from the next
change that the new version makes to it; every list has it at once.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ORDER = ["urgency", "act_by", "year", "serial"]
OPEN = sa.text("status IN ('awaiting_leader', 'clarifying', 'new', 'planned', 'pooled', 'sourcing')")
INDEXES = (
    ("ix_requests_tenant_status_urgency_act_by_year_serial", ["tenant", "status", *ORDER], None),
    ("ix_requests_tenant_urgency_act_by_year_serial", ["tenant", *ORDER], OPEN),
    ("ix_requests_tenant_assignee_id_urgency_act_by_year_serial", ["tenant", "assignee_id", *ORDER], OPEN),
    ("ix_requests_tenant_area_urgency_act_by_year_serial", ["tenant", "area", *ORDER], OPEN),
)
AT_A_TIME = 1000
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"})


def upgrade() -> None:
    """Add columns, words for the requests that are there, indexes and the table."""
    # SQLite adds only columns that are computed when they are read, PostgreSQL indexes only those that are kept.
    kept = op.get_bind().dialect.name == "postgresql"
    urgency = "CASE WHEN priority = 'high' THEN 0 WHEN priority = 'low' THEN 2 ELSE 1 END"
    op.add_column("requests", sa.Column("urgency", sa.Integer(), sa.Computed(urgency, persisted=kept)))
    op.add_column(
        "requests", sa.Column("act_by", sa.Date(), sa.Computed("coalesce(due, answer_due)", persisted=kept))
    )
    for name in ("search_text", "search_requester"):
        op.add_column("requests", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _write_words()
    for name, columns, where in INDEXES:
        op.create_index(name, "requests", columns, postgresql_where=where, sqlite_where=where)
    op.create_table(
        "saved_views",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "person_id", "key", name="pk_saved_views"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("saved_views")
    for name, _, _ in INDEXES:
        op.drop_index(name, "requests")
    for name in ("search_requester", "search_text", "act_by", "urgency"):
        op.drop_column("requests", name)


def _write_words() -> None:
    names = ("tenant", "id", "year", "serial", "topic", "need", "department", "on_behalf_of", "offer_title")
    table = sa.table(
        "requests",
        *(sa.column(name) for name in (*names, "requester_name", "search_text", "search_requester")),
    )
    connection = op.get_bind()
    statement = (
        sa.update(table)
        .where(table.c.tenant == sa.bindparam("of"), table.c.id == sa.bindparam("which"))
        .values(search_text=sa.bindparam("text"), search_requester=sa.bindparam("requester"))
    )
    rows = connection.execute(sa.select(table).order_by(table.c.tenant, table.c.id)).all()
    for start in range(0, len(rows), AT_A_TIME):
        connection.execute(
            statement,
            [
                {
                    "of": row.tenant,
                    "which": row.id,
                    "text": _fold(
                        f"KV-{row.year}-{row.serial:04d}",
                        row.topic,
                        row.need,
                        row.department,
                        row.on_behalf_of,
                        row.offer_title,
                        row.requester_name,
                    ),
                    "requester": _fold(row.requester_name, row.department, row.on_behalf_of),
                }
                for row in rows[start : start + AT_A_TIME]
            ],
        )


def _fold(*words: str) -> str:
    """Lower case, ASCII for Danish letters, no accents: as `catalogue.text.fold` did when this was written."""
    lowered = unicodedata.normalize("NFKC", " ".join(words)).casefold().translate(LETTERS)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
