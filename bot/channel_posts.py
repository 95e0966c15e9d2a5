"""A card in a channel that is updated in place, or posted where there is none (any more)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.delivery import Outcome, Sent

if TYPE_CHECKING:
    from botbuilder.schema import Activity, ConversationReference

    from bot.connector import Connector
    from storage.cards import ChannelCard


async def update_or_post(
    connector: Connector, reference: ConversationReference, card: ChannelCard | None, activity: Activity
) -> tuple[Sent, bool]:
    """Let a channel show an activity; return what came of it, and whether it is a new message.

    `card` is the message that shows it, None when this channel has none.
    """
    tried = 0
    if card:
        updated = await connector.update(reference, card.activity_id, activity)
        if updated.outcome is not Outcome.GONE:
            return updated, False
        tried = updated.requests
    sent = await connector.send(reference, activity)
    return replace(sent, requests=sent.requests + tried), sent.outcome is Outcome.DELIVERED
