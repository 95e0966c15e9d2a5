"""Activities on their way out: the JSON that the SDK itself would write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ChannelAccount,
    ConversationAccount,
    SuggestedActions,
)
from botbuilder.schema import CardAction as Button

from bot.activity_json import written
from bot.speech import card_message, message

CARD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "body": [{"type": "TextBlock", "text": "æ\n🙂", "wrap": True, "size": 2}],
}
TEAMS = ConversationAccount(
    id="19:queue@thread.tacv2",
    is_group=True,
    conversation_type="channel",
    tenant_id="t",
    properties={"a": [1, None]},
)
INBOUND = Activity(
    type=ActivityTypes.message,
    id="1",
    service_url="https://smba.trafficmanager.net/emea/",
    channel_id="msteams",
    conversation=TEAMS,
    from_property=ChannelAccount(id="29:lene", name="Lene Holm", aad_object_id="lene"),
    recipient=ChannelAccount(id="28:bot", name="Kompetencebot"),
    locale="da-DK",
    timestamp=datetime(2026, 11, 22, 10, 0, 0, 123000, tzinfo=UTC),
    local_timestamp=datetime(2026, 11, 22, 11, 0, tzinfo=timezone(timedelta(hours=1))),
)


def reply(activity: Activity) -> Activity:
    """Address an activity as the SDK does it in a turn."""
    return TurnContext.apply_conversation_reference(
        activity, TurnContext.get_conversation_reference(INBOUND), is_incoming=False
    )


@pytest.mark.parametrize(
    "activity",
    [
        INBOUND,
        reply(message("Tak! 🙂")),
        reply(card_message(CARD, "Et kort")),
        Activity(type=ActivityTypes.typing),
        Activity(
            suggested_actions=SuggestedActions(to=["a"], actions=[Button(type="imBack", title="Ja", value=1)])
        ),
        Activity(members_added=[], channel_data={"tenant": {"id": "t"}}, history_disclosed=False, text=""),
    ],
)
def test_it_is_what_the_sdk_writes(activity: Activity) -> None:
    assert written(activity) == activity.serialize()
