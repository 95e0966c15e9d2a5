"""How people and channels are reached, and which message shows which request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storage.cards import ChannelCard
from storage.conversations import Conversation
from storage.models import ConversationKind

if TYPE_CHECKING:
    from storage import Database

TENANT = "tenant-1"
PERSONAL = Conversation(
    conversation_id="a:1",
    kind=ConversationKind.PERSONAL,
    service_url="https://smba.example/emea/",
    reference={"bot": {"id": "28:bot"}, "locale": "da-DK"},
    person_id="anna",
)
CHANNEL = replace(PERSONAL, conversation_id="19:channel", kind=ConversationKind.CHANNEL, person_id="")


async def remember(database: Database, *conversations: Conversation) -> None:
    async with database.unit_of_work(TENANT) as uow:
        for conversation in conversations:
            await uow.conversations.remember(conversation)
        await uow.commit()


async def test_a_conversation_is_found_by_id_and_by_person(database: Database) -> None:
    await remember(database, PERSONAL, CHANNEL)
    async with database.read_only(TENANT) as uow:
        assert await uow.conversations.get("19:channel") == CHANNEL
        assert await uow.conversations.personal("anna") == PERSONAL
        assert await uow.conversations.personal("") is None
    async with database.read_only("another tenant") as uow:
        assert await uow.conversations.personal("anna") is None


async def test_a_changed_reference_replaces_the_old_one(database: Database) -> None:
    moved = replace(PERSONAL, service_url="https://smba.example/amer/")
    await remember(database, PERSONAL)
    await remember(database, moved)
    async with database.read_only(TENANT) as uow:
        assert await uow.conversations.personal("anna") == moved


async def test_remembering_the_same_again_writes_nothing(database: Database) -> None:
    await remember(database, PERSONAL)
    async with database.read_only(TENANT) as uow:  # a transaction that cannot write
        await uow.conversations.remember(PERSONAL, await uow.conversations.get(PERSONAL.conversation_id))


async def test_a_person_has_one_personal_chat(database: Database) -> None:
    reinstalled = replace(PERSONAL, conversation_id="a:2")
    await remember(database, PERSONAL, CHANNEL, reinstalled)
    async with database.read_only(TENANT) as uow:
        assert await uow.conversations.personal("anna") == reinstalled
        assert await uow.conversations.get("a:1") is None
        assert await uow.conversations.get("19:channel") == CHANNEL


async def test_a_forgotten_conversation_is_gone(database: Database) -> None:
    await remember(database, PERSONAL)
    async with database.unit_of_work(TENANT) as uow:
        await uow.conversations.forget("a:1")
        assert await uow.conversations.get("a:1") is None
        await uow.commit()


async def test_a_reference_is_plain_json(database: Database) -> None:
    with pytest.raises(TypeError):
        await remember(database, replace(PERSONAL, reference={"bot": object()}))


async def test_a_card_is_remembered_replaced_and_dropped(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        assert await uow.channel_cards.of("r1") is None
        for activity in ("first", "second"):
            await uow.channel_cards.put("r1", ChannelCard("19:channel", activity))
            assert await uow.channel_cards.of("r1") == ChannelCard("19:channel", activity)
        await uow.channel_cards.drop("r1")
        assert await uow.channel_cards.of("r1") is None
