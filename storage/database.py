"""The database: opened once per process, handing out one transaction per turn."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout
from sqlalchemy import exc, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.clock import CLOCK_OFFSET
from storage.engines import SQLITE, Engines, open_engines, parse_url, sqlite_file
from storage.errors import DatabaseInUseError, DatabaseUnavailableError
from storage.unit_of_work import UnitOfWork
from storage.wake import WakeUp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sqlalchemy import URL


def lock_file(file: Path) -> FileLock:
    """Take a SQLite file for this process.

    Raises:
        DatabaseInUseError: another process has it.
        DatabaseUnavailableError: there can be no such file.
    """
    lock = FileLock(file.with_name(file.name + ".lock"), timeout=0, thread_local=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise DatabaseInUseError(f"{file} is open in another process") from error
    except OSError as error:
        raise DatabaseUnavailableError(str(error)) from error
    if file.is_dir():
        lock.release()
        raise DatabaseUnavailableError(f"{file} is a folder")
    return lock


class Database:
    """One open database. Use `await Database.open(url)`, and `close()` at the end.

    A unit of work inside another one of the same task is refused: on SQLite it would wait for itself, on
    PostgreSQL it would not see what the outer one wrote.

    `wake` is told of notices that were committed; `clock_offset` is added to the database's clock, so that
    tests can travel in time.
    """

    def __init__(self, url: URL, engines: Engines, lock: FileLock | None) -> None:
        self._engines = engines
        self._lock = lock
        self._one_writer = asyncio.Lock() if url.get_backend_name() == SQLITE else None
        self._working: set[asyncio.Task[object] | None] = set()
        self.wake = WakeUp(url)
        self.clock_offset = timedelta()

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the database at `sqlite:///…` or `postgresql://…`; the tables must be there (`storage.schema`).

        Raises:
            ValueError: the URL is of another kind.
            DatabaseInUseError: another process has this SQLite file open.
            DatabaseUnavailableError: it cannot be reached.
        """
        parsed = parse_url(url)
        lock = lock_file(sqlite_file(parsed)) if parsed.get_backend_name() == SQLITE else None
        database = cls(parsed, open_engines(parsed), lock)
        try:
            await database.ping()
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        """Close every connection and give the file back."""
        await self.wake.close()
        await self._engines.dispose()
        if self._lock is not None:
            self._lock.release()

    async def ping(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            DatabaseUnavailableError: there is none.
        """
        async with self.session(read_only=True) as session:
            await session.execute(text("SELECT 1"))

    def connections(self) -> dict[tuple[str, str], int]:
        """Count the connections of this moment, by pool and whether they are in use or idle."""
        return self._engines.connections()

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Call this after every commit that added notices, here or (PostgreSQL) on any replica.

        The callback runs on the event loop and only sets something off; it may be called once too often.
        """
        self.wake.subscribe(callback)

    @asynccontextmanager
    async def unit_of_work(self, tenant: str) -> AsyncIterator[UnitOfWork]:
        """One transaction that may write. Without `await uow.commit()` it is rolled back; the commit ends it.

        Raises:
            ConflictError: by any statement or the commit; somebody else was first.
            DatabaseUnavailableError: by any of them; the database is gone.
            RuntimeError: this task has a unit of work open already.
        """
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(self.session())
            yield UnitOfWork(session, tenant, release=stack.aclose, wake=self.wake.now)

    @asynccontextmanager
    async def read_only(self, tenant: str) -> AsyncIterator[UnitOfWork]:
        """One transaction that only reads; it waits for no writer."""
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(self.session(read_only=True))
            yield UnitOfWork(session, tenant, release=stack.aclose, wake=self.wake.now)

    @asynccontextmanager
    async def session(self, *, read_only: bool = False) -> AsyncIterator[AsyncSession]:
        """One transaction without a tenant, for what runs over all of them (`storage.outbox`)."""
        task = asyncio.current_task()
        if task in self._working:
            raise RuntimeError("a transaction inside a transaction; finish the outer one first")
        self._working.add(task)
        try:
            async with AsyncExitStack() as stack:
                if self._one_writer is not None and not read_only:
                    await stack.enter_async_context(self._one_writer)
                engine = self._engines.read if read_only else self._engines.write
                session = AsyncSession(
                    engine,
                    expire_on_commit=False,
                    close_resets_only=False,  # after the commit nothing more can be done with it
                    info={CLOCK_OFFSET: self.clock_offset},
                )
                await stack.enter_async_context(session)
                await _connect(session)
                yield session
        finally:
            self._working.discard(task)


async def _connect(session: AsyncSession) -> None:
    try:
        await session.connection()
    except exc.TimeoutError as error:  # the pool's own: every connection is busy
        raise DatabaseUnavailableError(str(error)) from error
