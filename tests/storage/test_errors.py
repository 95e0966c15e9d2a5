"""A database that somebody else holds, that is full, that is gone, or that is none at all."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from centre.people import Person
from centre.ports import ConflictError
from storage import Database, DatabaseUnavailableError, sqlite_writer
from storage.outbox import Outbox
from storage.people import StoredPeople

if TYPE_CHECKING:
    from pathlib import Path

    from tests.databases import PostgresServer


async def save(database: Database, person_id: str) -> None:
    async with database.unit_of_work("tenant") as uow:
        await uow.people.save(Person(tenant="tenant", id=person_id, name="Navn"))
        await uow.commit()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_file_that_another_program_writes_to_is_a_conflict(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writer, "BUSY_SECONDS", 0.02)
    database = await Database.open(database_url)
    backup = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    with pytest.raises(ConflictError):
        async with database.unit_of_work("tenant"):
            pass
    backup.execute("ROLLBACK")
    backup.close()
    await save(database, "anna")
    await database.close()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_full_disk_is_said_so_and_keeps_what_was_there(database: Database) -> None:
    await save(database, "anna")
    with pytest.raises(DatabaseUnavailableError, match="full"):
        await fill_up(database)
    async with database.read_only("tenant") as uow:
        assert await uow.people.get("anna") is not None
        assert await uow.people.get("bo") is None


async def fill_up(database: Database) -> None:
    async with database.session() as session:
        await session.execute(text("PRAGMA max_page_count = 1"))  # SQLite takes the pages it has, and no more
        await StoredPeople(session, "tenant").save(Person(tenant="tenant", id="bo", name="Bo" * 1_000_000))


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_a_database_that_was_dropped_is_said_so(
    database: Database, database_url: str, postgres_server: PostgresServer
) -> None:
    await database.ping()
    postgres_server.drop(database_url)
    with pytest.raises(DatabaseUnavailableError):
        await database.ping()
    with pytest.raises(DatabaseUnavailableError):
        await Outbox(database).claim(5)


async def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_text("Kære kompetencecenter, " * 100)
    with pytest.raises(DatabaseUnavailableError):
        await Database.open(f"sqlite:///{file}")
