"""Column types that every table shares."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and returned in UTC; SQLite keeps no time zone of its own.

    Raises:
        ValueError: a moment without time zone is written. Which moment it means is a guess.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of TypeDecorator
        """Convert to UTC on the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of TypeDecorator
        """Return an aware moment on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[tuple[str, ...]]):
    """A short list of words that is read and written as a whole; stored as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str] | None:  # noqa: ARG002 - signature of TypeDecorator
        """JSON has lists, not tuples."""
        return None if value is None else list(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002 - signature of TypeDecorator
        """The domain's values are immutable."""
        return None if value is None else tuple(value)


Key = Annotated[str, mapped_column(Text, primary_key=True)]
# Looking for beginnings needs the order of code points, which SQLite has and PostgreSQL calls "C".
WordKey = Annotated[
    str, mapped_column(Text().with_variant(postgresql.TEXT(collation="C"), "postgresql"), primary_key=True)
]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
WordList = Annotated[tuple[str, ...], mapped_column(Words)]
PlainJson = Annotated[dict[str, Any], mapped_column(JSON(none_as_null=True))]
