"""A SQLite file that somebody else holds, or that is no database at all."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from centre.people import Person
from centre.ports import ConflictError
from storage import Database, DatabaseUnavailableError, engines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_file_that_another_program_writes_to_is_a_conflict(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "SQLITE_BUSY_TIMEOUT_MS", 20)
    database = await Database.open(database_url)
    backup = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    with pytest.raises(ConflictError):
        async with database.unit_of_work("tenant"):
            pass
    backup.execute("ROLLBACK")
    backup.close()
    async with database.unit_of_work("tenant") as uow:
        await uow.people.save(Person(tenant="tenant", id="anna", name="Anna"))
        await uow.commit()
    await database.close()


async def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_text("Kære kompetencecenter, " * 100)
    with pytest.raises(DatabaseUnavailableError):
        await Database.open(f"sqlite:///{file}")
