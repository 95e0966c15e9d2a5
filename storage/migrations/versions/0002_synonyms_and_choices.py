"""A tenant's own synonyms, and counts of which offer was chosen for which words.

Compatible with the previous version of the code: the tables are new, and it reads none of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "choices",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("offer_code", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "word", "offer_code", name="pk_choices"),
    )
    op.create_table(
        "synonym_suggestions",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "number", name="pk_synonym_suggestions"),
        sa.UniqueConstraint("tenant", "word", "meaning", name="uq_synonym_suggestions_tenant_word_meaning"),
    )
    op.create_table(
        "synonyms",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("meanings", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", "kind", name="pk_synonyms"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("synonyms", "synonym_suggestions", "choices"):
        op.drop_table(table)
