"""What was spoken is forgotten soon after, for many turns at a time, and never said twice meanwhile."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from botbuilder.schema import ActivityTypes

from storage import sqlite_writer
from tests.chat import TENANT

if TYPE_CHECKING:
    from pathlib import Path

    from botbuilder.schema import Activity

    from tests.chat import Chat, Town


def hello(chat: Chat) -> Activity:
    return chat.activity(type=ActivityTypes.message, text="hej")


async def kept_replies(town: Town, activity: Activity) -> bool:
    async with town.database.read_only(TENANT) as work:
        seen = await work.inbox.seen(activity.conversation.id, activity.id)
    assert seen
    return not seen.spoken


async def test_what_was_spoken_is_forgotten_for_all_turns_at_once(town: Town) -> None:
    said = [hello(await town.leader(name)) for name in ("Lene Holm", "Amina Berg")]
    for activity in said:
        await town.receive(activity)
    assert [await kept_replies(town, activity) for activity in said] == [True, True]
    assert await town.turns.spoken.note()
    assert [await kept_replies(town, activity) for activity in said] == [False, False]


async def test_what_was_spoken_and_not_forgotten_yet_is_not_said_again(town: Town) -> None:
    lene = await town.leader()
    message = hello(lene)
    await town.receive(message)
    assert await kept_replies(town, message)
    said = len(lene.messages)
    await town.receive(message)
    assert len(lene.messages) == said


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_what_the_database_does_not_take_is_noted_later(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lene = await town.leader()
    message = hello(lene)
    await town.receive(message)
    monkeypatch.setattr(sqlite_writer, "BUSY_SECONDS", 0.02)
    backup = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    assert not await town.turns.spoken.note()
    backup.execute("ROLLBACK")
    backup.close()
    assert await town.turns.spoken.note()
    assert not await kept_replies(town, message)
