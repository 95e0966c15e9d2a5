"""Rows on SQLite or PostgreSQL: the ports of `centre/`, the state of conversations, and the outbox."""

from storage.database import Database
from storage.errors import DatabaseInUseError, DatabaseUnavailableError, SchemaOutdatedError

__all__ = ["Database", "DatabaseInUseError", "DatabaseUnavailableError", "SchemaOutdatedError"]
