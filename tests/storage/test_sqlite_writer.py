"""SQLite's writing connection on the event loop: what waits, waits beside it."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from centre.people import Person
from storage import Database, sqlite_writer

if TYPE_CHECKING:
    from pathlib import Path

ANNA = Person(tenant="tenant", id="anna", name="Anna")


async def save_anna(database: Database) -> None:
    async with database.unit_of_work("tenant") as work:
        await work.people.save(ANNA)
        await work.commit()


async def is_anna_there(database: Database) -> bool:
    async with database.read_only("tenant") as work:
        return await work.people.get("anna") is not None


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_while_another_program_writes_the_loop_goes_on(database: Database, tmp_path: Path) -> None:
    backup = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    saving = asyncio.create_task(save_anna(database))
    for _ in range(20):
        await asyncio.sleep(0)  # the loop turns although the transaction cannot begin
    assert not saving.done()
    backup.execute("ROLLBACK")
    backup.close()
    await saving
    assert await is_anna_there(database)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_turn_that_is_cancelled_while_it_commits_leaves_a_database_that_works(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    committing, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    class SlowDisk(sqlite_writer.WriterConnection):
        def commit(self) -> None:
            loop.call_soon_threadsafe(committing.set)
            go_on.wait()
            super().commit()

    monkeypatch.setattr(sqlite_writer, "WriterConnection", SlowDisk)
    database = await Database.open(database_url)
    saving = asyncio.create_task(save_anna(database))
    await committing.wait()
    saving.cancel()
    for _ in range(20):
        await asyncio.sleep(0)
    assert not saving.done()  # nobody else gets the connection while it commits
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await saving
    assert await is_anna_there(database)
    await save_anna(database)
    await database.close()
