"""Copies of a SQLite database: taken while the bot writes, and put back while it is stopped.

Copying the file itself would miss what still stands in its write-ahead log, or get halves of a transaction.
PostgreSQL has its own programs for this: docs/operations.md.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storage.database import lock_file
from storage.engines import SQLITE, parse_url, sqlite_file
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

_ATTACHED = ("-wal", "-shm")


class NoBackupError(Exception):
    """There is no copy to be had or to be put back; the message says why."""


def back_up(url: str, target: Path) -> None:
    """Write everything that is committed at this moment to one new file. The bot may run and write meanwhile.

    Raises:
        NoBackupError: it is no SQLite database, there is none, or the target exists.
    """
    source = _file(url)
    if not source.exists():
        raise NoBackupError(f"There is no database at {source}.")
    if target.exists():
        raise NoBackupError(f"{target} exists already; a backup never overwrites another file.")
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)  # people's names and words are in it
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, _closing(partial) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, that can be moved about
        _check(partial)
        _sync(partial)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)


def put_back(url: str, source: Path) -> Path | None:
    """Put a copy in the place of the database; return where the one that was there is kept, if there was one.

    Raises:
        NoBackupError: it is no SQLite database, or the copy is damaged; nothing was changed.
        DatabaseInUseError: the bot runs.
    """
    file = _file(url)
    if not source.exists():
        raise NoBackupError(f"There is no file {source}.")
    _check(source)
    lock = lock_file(file)
    try:
        partial = file.with_name(f"{file.name}.partial")
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        shutil.copyfile(source, partial)
        _sync(partial)
        kept = _set_aside(file) if file.exists() else None
        partial.rename(file)
        return kept
    finally:
        lock.release()


def _file(url: str) -> Path:
    parsed = parse_url(url)
    if parsed.get_backend_name() != SQLITE:
        raise NoBackupError(
            "PostgreSQL is backed up with pg_dump and restored with pg_restore: docs/operations.md."
        )
    return sqlite_file(parsed)


def _closing(file: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(file, isolation_level=None))


def _check(file: Path) -> None:
    """Look whether every page is sound and whether it is a database of ours."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            [sound] = copy.execute("PRAGMA integrity_check(1)").fetchone()
            copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise NoBackupError(f"{file} is no sound database of this program: {error}.") from error
    if sound != "ok":
        raise NoBackupError(f"{file} is damaged: {sound}.")


def _set_aside(file: Path) -> Path:
    """Keep the database that was there, with what is still in its log, under another name."""
    kept = file.with_name(f"{file.stem}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}{file.suffix}")
    if kept.exists():
        raise DatabaseUnavailableError(f"{kept} exists already")
    for attached in _ATTACHED:
        log = file.with_name(file.name + attached)
        if log.exists():
            log.rename(kept.with_name(kept.name + attached))
    file.rename(kept)
    return kept


def _sync(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
