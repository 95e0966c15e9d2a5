"""What a turn begins with is one question, and answers as the five it stands for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from centre.people import Person, Role
from centre.settings import PersonSettings
from storage.conversations import Conversation
from storage.inbox import Seen
from storage.models import ConversationKind
from storage.states import StateKey

if TYPE_CHECKING:
    from storage import Database
    from storage.opening import Opened
    from storage.unit_of_work import UnitOfWork

TENANT = "tenant-1"
TODAY = date(2026, 11, 22)
BO = Person(TENANT, "bo", "Bo Holm", "bo@kommunen.example", Role.LEADER)
CHAT = Conversation("19:chat", ConversationKind.PERSONAL, "https://smba.example/", {"bot_id": "28:bot"}, "bo")
KEY = StateKey("19:chat;messageid=7", "bo")


async def fill(work: UnitOfWork) -> None:
    await work.people.save(BO)
    await work.people.save(replace(BO, id="", email="set.aldrig@kommunen.example"))
    await work.conversations.remember(CHAT)
    await work.states.save(KEY, {"stack": []}, None)
    await work.inbox.close(KEY.conversation_id, "activity-1", [{"type": "say"}])
    await work.inbox.close(KEY.conversation_id, "activity-2", [])
    for person, away_until in (
        ("anna", TODAY),
        ("carl", TODAY + timedelta(days=9)),
        ("dora", TODAY - timedelta(days=1)),
    ):
        await work.settings.save(
            PersonSettings(person, away_until=away_until, stand_in_id="bo", stand_in_name="Bo")
        )


@pytest.fixture
async def filled(database: Database) -> Database:
    for tenant in (TENANT, "another tenant"):
        async with database.unit_of_work(tenant) as work:
            if tenant == TENANT:
                await fill(work)
            await work.commit()
    return database


async def opened(work: UnitOfWork, activity: str, person: str = "bo", there: str = KEY.conversation_id) -> Opened:
    return await work.opening.read(there, there.partition(";")[0], activity, person, TODAY)


async def test_everything_that_is_stored_is_found_at_once(filled: Database) -> None:
    async with filled.unit_of_work(TENANT) as work:
        found = await opened(work, "activity-1")
        assert found.seen == await work.inbox.seen(KEY.conversation_id, "activity-1") == Seen([{"type": "say"}])
        assert found.person == await work.people.get("bo") == BO
        assert found.stands_in_for == await work.settings.stood_in_for_by("bo", TODAY) == {"anna", "carl"}
        assert found.conversation == await work.conversations.get("19:chat") == CHAT
        assert found.state == await work.states.load(KEY)
        assert found.state


async def test_a_state_found_so_is_saved_as_a_loaded_one(filled: Database) -> None:
    async with filled.unit_of_work(TENANT) as work:
        state = (await opened(work, "activity-3")).state
        assert state
        assert await work.states.save(KEY, {"stack": []}, state.version) == state.version
        assert await work.states.save(KEY, {"stack": ["need"]}, state.version) == state.version + 1


async def test_each_part_may_be_missing(filled: Database) -> None:
    async with filled.unit_of_work(TENANT) as work:
        handled = await opened(work, "activity-2")
        assert handled.seen
        assert handled.seen.spoken
        assert (await opened(work, "activity-3")).seen is None
        stranger = await opened(work, "activity-1", "stranger")
        assert (stranger.person, stranger.state, stranger.stands_in_for) == (None, None, frozenset())
        assert stranger.conversation == CHAT
        elsewhere = await opened(work, "activity-1", there="19:elsewhere")
        assert (elsewhere.seen, elsewhere.conversation, elsewhere.state) == (None, None, None)
        assert elsewhere.person == BO


async def test_another_tenant_has_nothing_of_it(filled: Database) -> None:
    async with filled.unit_of_work("another tenant") as work:
        found = await opened(work, "activity-1")
    assert (found.seen, found.person, found.conversation, found.state) == (None, None, None, None)
    assert not found.stands_in_for
