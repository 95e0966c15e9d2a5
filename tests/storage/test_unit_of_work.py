"""Transactions: what is kept, what is given back, and what is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import exc, text

from centre.people import Person
from centre.ports import Channel, ConflictError
from storage import Database, DatabaseInUseError, DatabaseUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

TENANT = "tenant-1"
ANNA = Person(tenant=TENANT, id="anna", name="Anna")


async def execute(database: Database, *statements: str) -> None:
    async with database.session() as session:
        for statement in statements:
            await session.execute(text(statement))


async def save_anna(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.people.save(ANNA)
        await uow.commit()


async def test_without_a_commit_nothing_is_kept(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.people.save(ANNA)
    async with database.read_only(TENANT) as uow:
        assert await uow.people.get("anna") is None


async def test_an_error_takes_everything_back(database: Database) -> None:
    async def turn() -> None:
        async with database.unit_of_work(TENANT) as uow:
            await uow.people.save(ANNA)
            raise LookupError

    with pytest.raises(LookupError):
        await turn()
    async with database.read_only(TENANT) as uow:
        assert await uow.people.get("anna") is None


async def test_tenants_do_not_see_each_other(database: Database) -> None:
    await save_anna(database)
    async with database.read_only("another tenant") as uow:
        assert await uow.people.get("anna") is None


async def test_the_commit_lets_go_of_the_database_at_once(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.people.save(ANNA)
        await uow.commit()
        with pytest.raises(exc.InvalidRequestError, match="closed"):
            await uow.people.get("anna")
        async with asyncio.timeout(5):  # only so that a mistake ends as a failure and not as a wait for ever
            await asyncio.create_task(save_anna(database))


async def test_a_transaction_inside_a_transaction_is_refused(database: Database) -> None:
    async with database.unit_of_work(TENANT):
        with pytest.raises(RuntimeError, match="inside"):
            async with database.read_only(TENANT):
                pass
    await save_anna(database)


async def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseUnavailableError):
        async with database.read_only(TENANT) as uow:
            await uow.people.save(ANNA)
    await save_anna(database)


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.people.save(ANNA)

        async def read() -> Person | None:
            async with database.read_only(TENANT) as reader:
                return await reader.people.get("anna")

        assert await asyncio.create_task(read()) is None


async def test_a_cancelled_turn_leaves_the_database_free(database: Database) -> None:
    inside = asyncio.Event()

    async def turn() -> None:
        async with database.unit_of_work(TENANT) as uow:
            await uow.people.save(ANNA)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await inside.wait()
    task.cancel()
    await asyncio.wait([task])
    await save_anna(database)


async def test_parallel_writers_all_get_their_turn(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.unit_of_work(TENANT) as uow:
            await uow.people.save(Person(tenant=TENANT, id=f"p{number}", name="x"))
            await uow.commit()

    await asyncio.gather(*(write(number) for number in range(50)))
    async with database.read_only(TENANT) as uow:
        assert [number for number in range(50) if await uow.people.get(f"p{number}") is None] == []


async def test_the_queue_channel_is_replaced_by_the_next(database: Database) -> None:
    for name in ("Første", "Anden"):
        async with database.unit_of_work(TENANT) as uow:
            await uow.channels.choose_queue(Channel(TENANT, "team", f"channel {name}", name))
            await uow.commit()
    async with database.read_only(TENANT) as uow:
        assert await uow.channels.queue() == Channel(TENANT, "team", "channel Anden", "Anden")
    async with database.read_only("another tenant") as uow:
        assert await uow.channels.queue() is None


async def test_a_sqlite_file_belongs_to_one_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.sqlite'}"
    first = await Database.open(url)
    with pytest.raises(DatabaseInUseError):
        await Database.open(url)
    await first.close()
    await (await Database.open(url)).close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x", "not a url"])
async def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises((ValueError, exc.ArgumentError)):
        await Database.open(url)


async def test_a_server_that_does_not_answer_is_said_so() -> None:
    with pytest.raises(DatabaseUnavailableError):
        await Database.open("postgresql://nobody@127.0.0.1:1/none")


async def test_a_folder_that_cannot_be_is_said_so(tmp_path: Path) -> None:
    folder = tmp_path / "a.sqlite"
    folder.mkdir()
    with pytest.raises(DatabaseUnavailableError):
        await Database.open(f"sqlite:///{folder}")


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_a_lost_connection_is_replaced(database: Database) -> None:
    await save_anna(database)
    with pytest.raises(DatabaseUnavailableError):
        await execute(database, "SELECT pg_terminate_backend(pg_backend_pid())")
    async with database.read_only(TENANT) as uow:
        assert await uow.people.get("anna") == ANNA


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_a_statement_that_takes_too_long_is_given_up(database: Database) -> None:
    with pytest.raises(DatabaseUnavailableError, match="statement timeout"):
        await execute(database, "SET LOCAL statement_timeout = 20", "SELECT pg_sleep(10)")


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_waiting_too_long_for_a_row_is_a_conflict(database: Database) -> None:
    async def wait_for_the_counter() -> None:
        async with database.unit_of_work(TENANT) as uow:
            await uow._session.execute(text("SET LOCAL lock_timeout = 20"))
            await uow.requests.next_number(2026)

    async with database.unit_of_work(TENANT) as uow:
        await uow.requests.next_number(2026)
        with pytest.raises(ConflictError):
            await asyncio.create_task(wait_for_the_counter())
