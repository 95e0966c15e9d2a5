"""SQLite's writing connection, used on the event loop itself.

A statement of a turn takes SQLite some microseconds; handing it to a thread and back (as aiosqlite does, four
times for each statement) took most of a turn. So statements run where they are asked for. What may wait is kept
off the loop: the commit, which waits for the disk, runs in a thread, and a file that another program holds (a
backup, a shell) is asked for again and again, with pauses in between.

For short transactions only. Whatever reads a lot at a time does so by `Database.read_only`, in threads.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, ExecutionContext
    from sqlalchemy.pool import Pool

DRIVER = "sqlite+writer"
BUSY_SECONDS = 3.0
"""How long a transaction waits for another program that writes to the file."""
PAUSE_SECONDS = 0.01


class WriterDialect(SQLiteDialect_pysqlite):
    """Python's own sqlite3 for asynchronous engines. A transaction takes the write lock when it begins."""

    driver = "writer"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - the shape of the dialect's method
        """Return a pool that waits for its connection without blocking."""
        return AsyncAdaptedQueuePool

    def do_begin(self, dbapi_connection: DBAPIConnection) -> None:
        """Take the write lock."""
        await_(_begin(dbapi_connection))

    def do_execute(
        self,
        cursor: DBAPICursor,
        statement: str,
        parameters: Any,
        context: ExecutionContext | None = None,  # noqa: ARG002
    ) -> None:
        """Run a statement, and wait for nothing: SQLAlchemy takes a driver that never waits for a blocking one."""
        cursor.execute(statement, parameters)
        await_(_nothing())

    def do_executemany(
        self,
        cursor: DBAPICursor,
        statement: str,
        parameters: Any,
        context: ExecutionContext | None = None,  # noqa: ARG002
    ) -> None:
        """Run a statement many times, see `do_execute`."""
        cursor.executemany(statement, parameters)
        await_(_nothing())

    def do_commit(self, dbapi_connection: DBAPIConnection) -> None:
        """Commit, in a thread."""
        await_(_commit(dbapi_connection))


class WriterConnection(sqlite3.Connection):
    """A connection whose cursors SQLAlchemy can close as it closes asynchronous ones."""

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor."""
        return super().cursor(factory or WriterCursor)


class WriterCursor(sqlite3.Cursor):
    """A cursor that stays open until it is read: it holds nothing that others wait for."""

    async def _async_soft_close(self) -> None:
        pass


registry.register("sqlite.writer", __name__, WriterDialect.__name__)


async def _nothing() -> None:
    pass


async def _begin(connection: Any) -> None:
    gives_up_at = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > gives_up_at:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return


async def _commit(connection: Any) -> None:
    """Commit; a task that is cancelled meanwhile ends when that is done, as nothing can stop it."""
    committing = asyncio.ensure_future(asyncio.to_thread(connection.commit))
    try:
        await asyncio.shield(committing)
    except asyncio.CancelledError:
        await asyncio.wait([committing])
        raise
