"""Alembic's entry point. `storage.schema` hands the connection over; there is no alembic.ini."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from storage.columns import UtcDateTime, Words
from storage.models import Base


def render_plain_type(kind: str, item: Any, _autogenerate_context: object) -> str | Literal[False]:
    """Write a drafted migration in plain types, so that it means the same when the house's types have moved on."""
    if kind == "type":
        match item:
            case UtcDateTime():
                return "sa.DateTime(timezone=True)"
            case sa.JSON() | Words():
                return "sa.JSON()"
            case sa.Enum():
                return f"sa.String({item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by rebuilding it
    render_item=render_plain_type,
)
with context.begin_transaction():
    context.run_migrations()
