"""The words of requests as rows, to find a rare one at once, and what open requests ask for.

Compatible with the previous version of the code: it reads none of this. What it files or changes has another
version than its words (`words_version`), and so have the requests that are there already: they are looked through
whole, as before, until the service has written their words, which it begins with when it starts. To write them
here would lock the requests for as long as that takes.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_UNREAD = sa.text("words_version <> version")


def upgrade() -> None:
    """Add the column, which makes every request one without words, and the tables."""
    op.add_column("requests", sa.Column("words_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_requests_tenant_words_version",
        "requests",
        ["tenant", "words_version"],
        postgresql_where=_UNREAD,
        sqlite_where=_UNREAD,
    )
    for table, word in (("request_words", "word"), ("request_topics", "topic")):
        op.create_table(
            table,
            sa.Column("tenant", sa.Text(), nullable=False),
            sa.Column(word, _word(), nullable=False),
            sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
            sa.PrimaryKeyConstraint("tenant", word, "year", "serial", name=f"pk_{table}"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "word_endings",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("ending", _word(), nullable=False),
        sa.Column("word", _word(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "ending", "word", name="pk_word_endings"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("word_endings", "request_topics", "request_words"):
        op.drop_table(table)
    op.drop_index("ix_requests_tenant_words_version", "requests")
    op.drop_column("requests", "words_version")


def _word() -> sa.types.TypeEngine[str]:
    """Text in the order of its code points."""
    return sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
