"""Conversation references: how to speak where the bot was spoken to, later and after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botbuilder.schema import ChannelAccount, ConversationAccount, ConversationReference

from dialogs.input import Scope
from storage.conversations import Conversation
from storage.models import ConversationKind

if TYPE_CHECKING:
    from botbuilder.schema import Activity

    from bot.inbound import Inbound


class NoWayToReaderError(Exception):
    """There is no conversation with the reader yet."""


def conversation_of(activity: Activity, inbound: Inbound, person_id: str) -> Conversation:
    """Return the conversation an activity came from, as it is stored. A channel is stored without its threads."""
    personal = inbound.input.scope is Scope.PERSONAL
    bot = activity.recipient
    return stored_conversation(
        inbound.conversation_id if personal else inbound.channel_conversation,
        activity.service_url,
        bot_id=bot.id if bot else "",
        bot_name=(bot.name if bot else "") or "",
        person_id=person_id if personal else "",
    )


def stored_conversation(
    conversation_id: str, service_url: str, *, bot_id: str, bot_name: str, person_id: str = ""
) -> Conversation:
    """Return a conversation row; one with a person is their personal chat."""
    return Conversation(
        conversation_id=conversation_id,
        kind=ConversationKind.PERSONAL if person_id else ConversationKind.CHANNEL,
        service_url=service_url,
        reference={"bot_id": bot_id, "bot_name": bot_name},
        person_id=person_id,
    )


def reference_to(conversation: Conversation, conversation_id: str = "") -> ConversationReference:
    """Return what the connector needs; `conversation_id` names a thread of the conversation."""
    return ConversationReference(
        bot=ChannelAccount(id=conversation.reference["bot_id"], name=conversation.reference["bot_name"]),
        conversation=ConversationAccount(id=conversation_id or conversation.conversation_id),
        channel_id="msteams",
        service_url=conversation.service_url,
    )
