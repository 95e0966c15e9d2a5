"""Migrations: they make the tables of the models, on both databases, out of every release."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from centre.learning import Choice
from centre.people import Role
from centre.requests import CaseNumber, Status
from storage import Database, DatabaseInUseError, DatabaseUnavailableError, SchemaOutdatedError, schema
from storage.engines import parse_url
from storage.models import Base
from storage.outbox import Outbox
from storage.schema import MIGRATIONS, alembic_config, check_current, draft_migration, migrate, migration_engine
from storage.states import StateKey
from tests.storage import write_release
from tests.storage.write_release import (
    FILED,
    LEADER,
    OFFER,
    RELEASES,
    RUN,
    SUGGESTION,
    SYNONYM,
    TENANT,
    WISH,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from sqlalchemy import Connection


async def on_connection(url: str, work: Callable[[Connection], Any]) -> Any:
    engine = migration_engine(parse_url(url))
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


async def test_migrations_and_models_agree(database_url: str) -> None:
    def differences(connection: Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert await on_connection(database_url, differences) == []


async def test_migrating_again_changes_nothing(database_url: str) -> None:
    await migrate(database_url)
    await check_current(database_url)


async def test_two_replicas_that_start_together_migrate_in_turn(
    empty_database_url: str, database_kind: str
) -> None:
    together = 1 if database_kind == "sqlite" else 3
    await asyncio.gather(*(migrate(empty_database_url) for _ in range(together)))
    await check_current(empty_database_url)


async def test_a_database_without_tables_is_refused(empty_database_url: str) -> None:
    with pytest.raises(SchemaOutdatedError):
        await check_current(empty_database_url)


async def test_the_next_version_of_the_tables_is_accepted(database_url: str) -> None:
    def pretend(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of the next release'"))

    await on_connection(database_url, pretend)
    await check_current(database_url)


async def test_migrations_can_be_taken_back(database_url: str) -> None:
    def downgrade(connection: Connection) -> list[str]:
        command.downgrade(alembic_config(connection), "base")
        return inspect(connection).get_table_names()

    assert await on_connection(database_url, downgrade) == ["alembic_version"]
    await migrate(database_url)
    await check_current(database_url)


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_tables_that_stay_busy_are_said_so(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "LOCK_TIMEOUT_MS", 20)
    engine = migration_engine(parse_url(database_url))
    async with engine.connect() as connection:
        await connection.execute(text("LOCK TABLE alembic_version"))
        with pytest.raises(DatabaseUnavailableError, match="in use"):
            await migrate(database_url)
    await engine.dispose()


async def test_a_sqlite_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "data" / "private.db"
    await migrate(f"sqlite:///{file}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_sqlite_file_in_use_is_not_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'busy.db'}"
    await migrate(url)
    database = await Database.open(url)
    with pytest.raises(DatabaseInUseError):
        await migrate(url)
    await database.close()


async def test_a_draft_of_unchanged_tables_has_nothing_to_do(tmp_path: Path) -> None:
    draft = (await draft_migration("Nothing new", tmp_path)).read_text("utf-8")
    assert draft.startswith('"""Nothing new.')
    assert "op." not in draft.partition("def upgrade")[2]


async def test_a_missing_server_is_said_so() -> None:
    with pytest.raises(DatabaseUnavailableError):
        await migrate("postgresql://nobody@127.0.0.1:1/none")


@pytest.mark.parametrize("file", sorted((MIGRATIONS / "versions").glob("*.py")), ids=lambda file: file.stem)
def test_every_migration_says_why_the_version_before_keeps_working(file: Path) -> None:
    says = re.search(
        r"^Compatible with the previous version of the code: (.+)$", file.read_text("utf-8"), re.MULTILINE
    )
    assert says
    assert "<" not in says[1]


def restore(release: Path, file: Path) -> str:
    connection = sqlite3.connect(file)
    connection.executescript(release.read_text("utf-8"))
    connection.close()
    return f"sqlite:///{file}"


@pytest.mark.parametrize("release", sorted(RELEASES.glob("*.sql")), ids=lambda release: release.stem)
async def test_the_rows_of_every_release_are_still_read(release: Path, tmp_path: Path) -> None:
    url = restore(release, tmp_path / "old.db")
    await migrate(url)
    await check_current(url)
    database = await Database.open(url)
    database.clock_offset = FILED + timedelta(minutes=5) - datetime.now(UTC)
    async with database.read_only(TENANT) as uow:
        assert await uow.people.get(LEADER.id) == LEADER
        imported = await uow.people.by_email("import@kommune.example")
        assert imported is not None
        assert imported.role is Role.EMPLOYEE
        request = await uow.requests.by_number(CaseNumber(2026, 1))
        assert request is not None
        assert (request.status, request.wish) == (Status.NEW, WISH)
        assert len(await uow.requests.of_requester(LEADER.id, limit=10)) == 2
        [event] = await uow.requests.events(request.id)
        assert event.detail == {"from": "chat"}
        version, offers, runs = await uow.catalogue.load()
        assert (offers, runs) == ([OFFER], [RUN])
        assert version >= 2
        written_since_0_2 = release.stem != "0.1.0"
        own = [kept.row for kept in await uow.synonyms.own() if not kept.off]
        assert own == [SYNONYM] * written_since_0_2
        assert [kept.suggestion for kept in await uow.choices.suggestions()] == [SUGGESTION] * written_since_0_2
        assert await uow.choices.counts(1) == [Choice("demens", "DEM-01", 2)] * written_since_0_2
        state = await uow.states.load(StateKey("a:1", LEADER.id))
        assert state is not None
        assert state.data["stack"][0]["dialog"] == "need"
        assert await uow.inbox.seen("a:1", "activity-1") is not None
        assert await uow.conversations.personal(LEADER.id) is not None
        assert await uow.channel_cards.of(request.id) is not None
        assert await uow.channels.queue() is not None
    async with database.unit_of_work(TENANT) as uow:
        assert await uow.requests.next_number(2026) == CaseNumber(2026, 3)
    [left] = await Outbox(database).claim(10)
    assert left.notice.request_id == "draft-2"
    await database.close()


async def test_what_is_written_down_has_rows_of_every_table(database: Database) -> None:
    await write_release.fill(database)
    async with database.session(read_only=True) as session:
        for table in Base.metadata.sorted_tables:
            assert (await session.execute(table.select().limit(1))).all(), table.name
