"""Activities on their way out and in: what the SDK itself would write and read."""

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

from bot.activity_json import read_as, written
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


ACTIVITIES = (
    INBOUND,
    reply(message("Tak! 🙂")),
    reply(card_message(CARD, "Et kort")),
    Activity(type=ActivityTypes.typing),
    Activity(suggested_actions=SuggestedActions(to=["a"], actions=[Button(type="imBack", title="Ja", value=1)])),
    Activity(members_added=[], channel_data={"tenant": {"id": "t"}}, history_disclosed=False, text=""),
)


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_it_is_what_the_sdk_writes(activity: Activity) -> None:
    assert written(activity) == activity.serialize()


FROM_TEAMS: dict[str, Any] = {
    "type": "message",
    "id": "f:1",
    "timestamp": "2026-11-22T10:00:00.1234567Z",
    "localTimestamp": "2026-11-22T11:00:00+01:00",
    "from": {"id": "29:lene", "name": "Lene Holm", "aadObjectId": "lene", "userRole": "user"},
    "conversation": {"id": "a:lene", "tenantId": "t", "isGroup": False},
    "entities": [{"type": "clientInfo", "locale": "da-DK", "platform": "Windows"}],
    "membersAdded": [{"id": "29:mads"}],
    "attachments": [{"contentType": "text/html", "content": "<p>hej</p>"}],
    "channelData": {"tenant": {"id": "t"}},
    "value": {"verb": "need.choose", "numbers": [1, {"a": None}]},
    "replyToId": None,
    "unheardOf": {"x": 1},
}


@pytest.mark.parametrize("document", [FROM_TEAMS, *(activity.serialize() for activity in ACTIVITIES)])
def test_it_is_what_the_sdk_reads(document: dict[str, Any]) -> None:
    assert read_as(Activity, document).as_dict() == Activity().deserialize(document).as_dict()


def test_what_the_sdk_does_not_know_is_kept_beside_it() -> None:
    activity = read_as(Activity, FROM_TEAMS)
    assert activity.additional_properties == {"unheardOf": {"x": 1}}
    assert activity.conversation.additional_properties == {"tenantId": "t"}
    assert activity.entities[0].additional_properties == {"locale": "da-DK", "platform": "Windows"}
    assert activity.value is FROM_TEAMS["value"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"summary": 5},
        {"historyDisclosed": "no"},
        {"suggestedActions": []},
        {"expiration": "soon"},
        {"listenFor": "a"},
    ],
)
def test_a_part_of_another_kind_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_as(Activity, wrong)
