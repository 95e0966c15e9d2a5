"""The tables' versions: bringing a database up to date, and refusing one that is behind the code."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from centre.ports import ConflictError
from storage.database import lock_file
from storage.engines import POSTGRESQL, SQLITE, parse_url, sqlite_file
from storage.errors import DatabaseUnavailableError, SchemaOutdatedError, translate_errors_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sqlalchemy import URL, Connection
    from sqlalchemy.ext.asyncio import AsyncEngine

MIGRATIONS = Path(__file__).parent / "migrations"

# Any number will do, as long as it is always the same: two replicas that start together migrate in turn.
MIGRATION_LOCK = 81_39_10
LOCK_TIMEOUT_MS = 10_000


async def migrate(url: str) -> None:
    """Create the tables or bring them up to date, in one transaction.

    Raises:
        DatabaseInUseError: another process has this SQLite file open.
        DatabaseUnavailableError: it cannot be reached, or somebody keeps the tables busy; nothing was changed.
    """
    parsed = parse_url(url)
    with _file_of_our_own(parsed) if parsed.get_backend_name() == SQLITE else nullcontext():
        engine = migration_engine(parsed)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
        except ConflictError as error:
            raise DatabaseUnavailableError(f"the tables are in use: {error}") from error
        finally:
            await engine.dispose()


async def check_current(url: str) -> None:
    """Refuse a database whose tables are older than this code.

    Newer ones are fine: every migration keeps the previous version of the code working, so that replicas can
    be replaced one by one.

    Raises:
        SchemaOutdatedError: migrations are missing.
        DatabaseUnavailableError: the database cannot be reached.
    """
    parsed = parse_url(url)
    if _no_file_yet(parsed):
        raise SchemaOutdatedError("there is no database yet")
    engine = migration_engine(parsed)
    try:
        async with engine.connect() as connection:
            current = await connection.run_sync(lambda it: MigrationContext.configure(it).get_current_revision())
    finally:
        await engine.dispose()
    scripts = ScriptDirectory.from_config(alembic_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if current is None or (current in known and current != scripts.get_current_head()):
        raise SchemaOutdatedError(f"the database is at {current}, the code at {scripts.get_current_head()}")


async def draft_migration(message: str, folder: Path = MIGRATIONS / "versions") -> Path:
    """Write a migration from the last one to the tables as `storage.models` has them now; a person completes it.

    Run as `python -m storage.schema "Pools of several requests"`.
    """
    with TemporaryDirectory() as temporary:
        url = f"sqlite:///{temporary}/draft.sqlite"
        await migrate(url)
        engine = migration_engine(parse_url(url))
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(_draft, message, folder)
        finally:
            await engine.dispose()


def _draft(connection: Connection, message: str, folder: Path) -> Path:
    config = alembic_config(connection)
    config.set_main_option(
        "version_locations", f"{MIGRATIONS / 'versions'}{os.pathsep}{folder}".replace("%", "%%")
    )
    number = 1 + max(int(path.name[:4]) for path in (MIGRATIONS / "versions").glob("0*.py"))
    script = command.revision(
        config, message=message, autogenerate=True, rev_id=f"{number:04}", version_path=str(folder)
    )
    assert isinstance(script, Script)
    return Path(script.path)


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration; `storage/migrations/env.py` takes the connection out of it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migration_engine(url: URL) -> AsyncEngine:
    """Return an engine for migrations.

    There is no statement timeout, because rebuilding a table may take its time; and on SQLite no foreign keys,
    because a table that is rebuilt is gone for a moment.
    """
    engine = create_async_engine(url, poolclass=NullPool)
    if url.get_backend_name() == SQLITE:

        def on_connect(connection: Any, _record: object) -> None:
            connection.isolation_level = None

        def on_begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        event.listen(engine.sync_engine, "connect", on_connect)
        event.listen(engine.sync_engine, "begin", on_begin)
    translate_errors_of(engine.sync_engine)
    return engine


@contextmanager
def _file_of_our_own(url: URL) -> Iterator[None]:
    file = sqlite_file(url)
    lock = lock_file(file)
    try:
        file.touch(mode=0o600)  # people's names and words are in it
        yield
    finally:
        lock.release()


def _no_file_yet(url: URL) -> bool:
    """Whether SQLite would have to make the file: looking must not leave an empty one behind."""
    return url.get_backend_name() == SQLITE and not sqlite_file(url).exists()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == POSTGRESQL:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        # Whoever queues for a table makes everyone behind them wait too: better give up and come back.
        connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"))
    command.upgrade(alembic_config(connection), "head")
    if connection.dialect.name == SQLITE and (
        broken := connection.execute(text("PRAGMA foreign_key_check")).all()
    ):
        raise RuntimeError(f"the migration left rows that point nowhere: {broken}")


if __name__ == "__main__":
    asyncio.run(draft_migration(sys.argv[1]))
