"""What can go wrong with a database, said in the words of the house.

Every error of a driver passes `translate`, so that no caller needs to know which database is behind.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import event

from centre.ports import ConflictError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import ExceptionContext


class DatabaseUnavailableError(Exception):
    """The database cannot be reached, gave up, or has no room left. Trying again later may help."""


class DatabaseInUseError(Exception):
    """Another process has this SQLite file open; two would lose each other's changes."""


class SchemaOutdatedError(Exception):
    """The tables are older than the code; the migrations must run first."""


# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES_CONFLICTS = frozenset(
    {
        "23505",  # unique_violation
        "40001",  # serialization_failure
        "40P01",  # deadlock_detected
        "55P03",  # lock_not_available: lock_timeout ran out
    }
)
_POSTGRES_UNAVAILABLE = (
    "08",  # connection exceptions
    "25006",  # read_only_sql_transaction: after a failover, this server is the one that only reads
    "53",  # insufficient resources: disk full, out of memory, too many connections
    "57",  # operator intervention: shutting down, starting up, statement_timeout ran out
    "58",  # system errors, such as I/O
)

# https://www.sqlite.org/rescode.html; the low byte of an extended code is the primary one.
_SQLITE_CONFLICTS = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_DUPLICATES = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})
_SQLITE_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


def translate(error: BaseException | None) -> ConflictError | DatabaseUnavailableError | None:
    """Return what a driver's error means to the house; None for a mistake in the code, which stays as it is."""
    match error:
        case psycopg.Error():
            return _translate_postgres(error)
        case sqlite3.Error():
            return _translate_sqlite(error)
        case OSError() | TimeoutError():
            return DatabaseUnavailableError(str(error))
    return None


def _translate_postgres(error: psycopg.Error) -> ConflictError | DatabaseUnavailableError | None:
    code = error.sqlstate or ""
    if code in _POSTGRES_CONFLICTS:
        return ConflictError(str(error))
    if code.startswith(_POSTGRES_UNAVAILABLE):
        return DatabaseUnavailableError(str(error))
    if not code and isinstance(error, psycopg.OperationalError):  # refused or lost: the server never answered
        return DatabaseUnavailableError(str(error))
    return None


def _translate_sqlite(error: sqlite3.Error) -> ConflictError | DatabaseUnavailableError | None:
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _SQLITE_DUPLICATES or code & 0xFF in _SQLITE_CONFLICTS:
        return ConflictError(str(error))
    if code & 0xFF in _SQLITE_UNAVAILABLE:
        return DatabaseUnavailableError(str(error))
    return None


def _raise_translated(context: ExceptionContext) -> None:
    if context.is_pre_ping:
        return  # a pooled connection that died while it lay idle: the pool opens another, and nobody notices
    translated = translate(context.original_exception)
    if translated is not None:
        raise translated from context.original_exception


def translate_errors_of(engine: Engine) -> None:
    """Let everything that runs through this engine raise the errors of this file."""
    event.listen(engine, "handle_error", _raise_translated)
