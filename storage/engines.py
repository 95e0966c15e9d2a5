"""Connections: how each of the two databases is opened, and with which limits.

SQLite's default transactions lose updates: reads happen outside of them, and a deferred BEGIN is refused when
it turns into a writer. So a writing transaction takes the write lock at its start (BEGIN IMMEDIATE), through an
engine with a single connection (`storage.sqlite_writer`); reading ones have their own connections, in threads,
which cannot write.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool

from storage import sqlite_writer
from storage.errors import translate_errors_of

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncEngine

SQLITE = "sqlite"
POSTGRESQL = "postgresql"

# One writer and few readers at a time is all that SQLite has a use for.
SQLITE_READERS = 4

# A turn holds a connection for some milliseconds and the notifier few at a time; with 10 each and one that
# listens, eight replicas leave room for a backup and a shell below PostgreSQL's default of 100 connections.
POSTGRES_POOL_SIZE = 5
POSTGRES_POOL_OVERFLOW = 5
# Teams sends a message again after 15 s, so whoever waits longer than these waits in vain.
POOL_TIMEOUT_S = 5
POSTGRES_CONNECT_TIMEOUT_S = 5
POSTGRES_STATEMENT_TIMEOUT_MS = 10_000
POSTGRES_LOCK_TIMEOUT_MS = 4_000
# A transaction that nobody works on any more (a stuck replica) lets go of its locks.
POSTGRES_IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000
# A server whose machine or network vanished says nothing at all; without these TCP waits for a quarter of an hour.
# https://www.postgresql.org/docs/current/libpq-connect.html
POSTGRES_TCP = {
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 14_000,
}


@dataclass(frozen=True, slots=True)
class Engines:
    """One database, opened for writing and for reading."""

    write: AsyncEngine
    read: AsyncEngine

    def connections(self) -> dict[tuple[str, str], int]:
        """Count the connections of this moment, by pool and whether they are in use or idle."""
        pools = {"write": self.write.sync_engine.pool, "read": self.read.sync_engine.pool}
        if pools["read"] is pools["write"]:
            pools = {"all": pools["write"]}
        counted = {name: pool for name, pool in pools.items() if isinstance(pool, QueuePool)}
        return {
            **{(name, "in_use"): pool.checkedout() for name, pool in counted.items()},
            **{(name, "idle"): pool.checkedin() for name, pool in counted.items()},
        }

    async def dispose(self) -> None:
        """Close every connection."""
        await self.write.dispose()
        await self.read.dispose()


def parse_url(url: str) -> URL:
    """Read `sqlite:///file` or `postgresql://…` and name the asynchronous driver.

    Raises:
        ValueError: it is neither, or a SQLite database without a file.
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            if not parsed.database or parsed.database == ":memory:" or parsed.query:
                raise ValueError("SQLite needs a plain file: sqlite:///folder/name.sqlite")
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"neither SQLite nor PostgreSQL: {parsed.get_backend_name()}")


def sqlite_file(url: URL) -> Path:
    """Return the file behind a SQLite URL."""
    assert url.database is not None
    return Path(url.database)


def open_engines(url: URL) -> Engines:
    """Prepare the connections of a database; the first transaction opens one."""
    if url.get_backend_name() == SQLITE:
        return Engines(write=_sqlite_writer(url), read=_sqlite_readers(url))
    write = _postgres_engine(url)
    return Engines(write, write.execution_options(postgresql_readonly=True))


def _sqlite_writer(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername=sqlite_writer.DRIVER),
        pool_size=1,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        connect_args={"factory": sqlite_writer.WriterConnection},
    )
    # The busy timeout comes last: opening the file may wait, and beginning a transaction waits by itself.
    _set_up(engine, "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 0")
    return engine


def _sqlite_readers(url: URL) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=SQLITE_READERS, max_overflow=0, pool_timeout=POOL_TIMEOUT_S)
    _set_up(engine, "journal_mode = WAL", "query_only = ON")

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    event.listen(engine.sync_engine, "begin", on_begin)
    return engine


def _set_up(engine: AsyncEngine, *pragmas: str) -> None:
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        for pragma in (f"busy_timeout = {round(sqlite_writer.BUSY_SECONDS * 1000)}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", on_connect)
    translate_errors_of(engine.sync_engine)


def _postgres_engine(url: URL) -> AsyncEngine:
    limits = (
        f"-c statement_timeout={POSTGRES_STATEMENT_TIMEOUT_MS}"
        f" -c lock_timeout={POSTGRES_LOCK_TIMEOUT_MS}"
        f" -c idle_in_transaction_session_timeout={POSTGRES_IDLE_IN_TRANSACTION_TIMEOUT_MS}"
    )
    engine = create_async_engine(
        url,
        pool_size=POSTGRES_POOL_SIZE,
        max_overflow=POSTGRES_POOL_OVERFLOW,
        pool_timeout=POOL_TIMEOUT_S,
        pool_pre_ping=True,
        connect_args={"options": limits, "connect_timeout": POSTGRES_CONNECT_TIMEOUT_S, **POSTGRES_TCP},
    )
    translate_errors_of(engine.sync_engine)
    return engine
