"""Backup and restore as docs/operations.md tells it: while the bot writes, and as good as the original."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url, text

from centre.notices import QUEUE, Notice, NoticeKind
from centre.people import Person
from storage import Database
from storage.backup import NoBackupError, back_up, put_back
from storage.errors import DatabaseInUseError
from storage.schema import check_current
from tests.bot.processes import run
from tests.databases import postgres_binaries

if TYPE_CHECKING:
    from tests.databases import PostgresServer

TENANT = "tenant-1"
GUIDE = Path(__file__).parents[2] / "docs" / "operations.md"


async def write(database: Database, number: int) -> None:
    """Write a person and a notice in one transaction: a copy with one of them only is torn."""
    async with database.unit_of_work(TENANT) as work:
        await work.people.save(Person(TENANT, f"person-{number}", f"Person {number}"))
        await work.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, f"request-{number}", f"key-{number}"))
        await work.commit()


async def contents(url: str) -> tuple[int, int]:
    """Count the people and the notices."""
    database = await Database.open(url)
    try:
        async with database.session(read_only=True) as session:
            people = (await session.execute(text("SELECT count(*) FROM people"))).scalar_one()
            notices = (await session.execute(text("SELECT count(*) FROM outbox"))).scalar_one()
        return people, notices
    finally:
        await database.close()


async def test_a_copy_taken_while_the_bot_writes_is_whole_and_can_be_put_back(
    sqlite_template: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bot.sqlite"
    shutil.copy(sqlite_template, file)
    url, copies = f"sqlite:///{file}", [tmp_path / f"copy-{number}.sqlite" for number in range(5)]
    database = await Database.open(url)
    written, enough, progress = 0, asyncio.Event(), asyncio.Event()

    async def go_on_writing() -> None:
        nonlocal written
        while not enough.is_set():
            await write(database, written)
            written += 1
            progress.set()

    writing = asyncio.create_task(go_on_writing())
    at_least = []
    for copy in copies:
        progress.clear()
        await progress.wait()
        at_least.append(written)
        await asyncio.to_thread(back_up, url, copy)
    enough.set()
    await writing
    with pytest.raises(DatabaseInUseError):
        put_back(url, copies[0])
    await database.close()
    assert written >= len(copies)
    for copy, least in zip(copies, at_least, strict=True):
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        people, notices = await contents(f"sqlite:///{copy}")
        assert least <= people == notices <= written

    kept = put_back(url, copies[0])
    assert kept is not None
    assert await contents(url) == await contents(f"sqlite:///{copies[0]}")
    assert await contents(f"sqlite:///{kept}") == (written, written)
    await check_current(url)


async def test_the_commands_say_what_they_did_and_what_comes_next(sqlite_template: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "bot.sqlite", tmp_path / "copy.sqlite"
    shutil.copy(sqlite_template, file)
    url = f"sqlite+aiosqlite:///{file}"
    assert await run("db", "backup", str(copy), DEMO="true", DATABASE_URL=url) == (
        0,
        f"{copy} holds everything up to now.\n",
    )
    code, said = await run("db", "backup", str(copy), DEMO="true", DATABASE_URL=url)
    assert code == 1
    assert "never overwrites" in said
    code, said = await run("db", "restore", str(copy), DEMO="true", DATABASE_URL=url)
    assert code == 0
    assert "bot.before-" in said
    assert "db upgrade" in said
    running = await Database.open(url)
    code, said = await run("db", "restore", str(copy), DEMO="true", DATABASE_URL=url)
    await running.close()
    assert code == 1
    assert "Stop the bot" in said


def test_what_is_no_backup_is_not_put_back(sqlite_template: Path, tmp_path: Path) -> None:
    file, letter, damaged = (tmp_path / name for name in ("bot.sqlite", "letter", "damaged"))
    shutil.copy(sqlite_template, file)
    before = file.read_bytes()
    letter.write_text("Kære alle")
    whole = sqlite_template.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    for wrong in (letter, damaged, tmp_path / "none"):
        with pytest.raises(NoBackupError):
            put_back(f"sqlite:///{file}", wrong)
    assert file.read_bytes() == before
    with pytest.raises(NoBackupError, match="There is no database"):
        back_up(f"sqlite:///{tmp_path / 'none'}", tmp_path / "copy")
    with pytest.raises(NoBackupError, match="pg_dump"):
        back_up("postgresql://db/bot", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def commands(program: str) -> str:
    """Return a command as the guide for operations has it."""
    [line] = re.findall(rf"^{program} .*$", GUIDE.read_text(), re.MULTILINE)
    return str(line)


async def test_what_pg_dump_saves_pg_restore_brings_back_as_the_guide_says(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    url = postgres_server.create(postgres_server.template)
    database = await Database.open(url)
    for number in range(20):
        await write(database, number)
    restored = make_url(url).set(database="kompetencebot_restored").render_as_string(hide_password=False)
    environment = {
        **os.environ,
        "PATH": f"{postgres_binaries()}{os.pathsep}{os.environ['PATH']}",
        "DATABASE": url,
        "RESTORED": restored,
    }

    def do(program: str) -> None:
        subprocess.run(commands(program), shell=True, check=True, cwd=tmp_path, env=environment)  # noqa: S602 - from our guide

    dumping = asyncio.create_task(asyncio.to_thread(do, "pg_dump"))
    for number in range(20, 30):
        await write(database, number)
    await dumping
    await database.close()
    postgres_server.drop(restored)
    try:
        do("createdb")
        do("pg_restore")
        people, notices = await contents(restored)
        assert 20 <= people == notices <= 30
        await check_current(restored)
        opened = await Database.open(restored)
        await write(opened, 1000)  # sequences and constraints came along
        await opened.close()
        with psycopg.connect(restored) as connection, pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO outbox SELECT * FROM outbox LIMIT 1")
    finally:
        postgres_server.drop(restored)
        postgres_server.drop(url)
