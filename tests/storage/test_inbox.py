"""The inbox: an activity is handled once, and what was not spoken is still there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from centre.ports import ConflictError
from storage.inbox import Seen

if TYPE_CHECKING:
    from storage import Database

TENANT = "tenant-1"
REPLIES = [{"type": "message", "text": "KV-2026-0042 er sendt 🙂", "attachments": [{"content": {"a": None}}]}]


async def handle(database: Database, activity_id: str) -> Seen | None:
    """One turn: refuse what was handled, otherwise handle it."""
    async with database.unit_of_work(TENANT) as uow:
        seen = await uow.inbox.seen("conversation", activity_id)
        if seen is None:
            await uow.inbox.close("conversation", activity_id, REPLIES)
            await uow.commit()
        return seen


async def test_a_handled_activity_is_known_with_its_unspoken_replies(database: Database) -> None:
    assert await handle(database, "a1") is None
    seen = await handle(database, "a1")
    assert seen == Seen(REPLIES)
    assert not seen.spoken


async def test_an_id_is_only_the_same_in_the_same_conversation(database: Database) -> None:
    await handle(database, "a1")
    async with database.read_only(TENANT) as uow:
        assert await uow.inbox.seen("another conversation", "a1") is None
    async with database.read_only("another tenant") as uow:
        assert await uow.inbox.seen("conversation", "a1") is None


async def test_spoken_replies_are_forgotten(database: Database) -> None:
    await handle(database, "a1")
    async with database.unit_of_work(TENANT) as uow:
        await uow.inbox.mark_spoken([("conversation", "a1")])
        await uow.commit()
    seen = await handle(database, "a1")
    assert seen is not None
    assert seen.spoken


async def test_nothing_to_say_is_spoken(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.inbox.close("conversation", "a1", [])
        await uow.commit()
    assert await handle(database, "a1") == Seen(None)


async def test_a_turn_that_was_rolled_back_is_run_again(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.inbox.close("conversation", "a1", REPLIES)
    assert await handle(database, "a1") is None


async def test_the_same_activity_twice_at_once_is_handled_once(database: Database) -> None:
    both_are_here = asyncio.Barrier(2)

    async def arrive() -> Seen | None:
        await both_are_here.wait()
        try:
            return await handle(database, "a1")
        except ConflictError:  # only PostgreSQL runs them side by side
            return await handle(database, "a1")

    results = await asyncio.gather(arrive(), arrive())
    assert sorted(result is None for result in results) == [False, True]


async def test_closing_what_another_turn_has_closed_is_a_conflict(database: Database) -> None:
    await handle(database, "a1")
    with pytest.raises(ConflictError):
        async with database.unit_of_work(TENANT) as uow:
            await uow.inbox.close("conversation", "a1", REPLIES)


async def test_replies_are_plain_json(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        with pytest.raises(TypeError):
            await uow.inbox.close("conversation", "a1", [{"at": datetime.now(UTC)}])


async def test_old_activities_are_purged(database: Database) -> None:
    await handle(database, "a1")
    await handle(database, "a2")
    async with database.unit_of_work(TENANT) as uow:
        assert await uow.inbox.purge(datetime.now(UTC) - timedelta(minutes=5)) == 0
        assert await uow.inbox.purge(datetime.now(UTC) + timedelta(minutes=5)) == 2
        await uow.commit()
    assert await handle(database, "a1") is None
