"""From an activity of Teams to what a person did: words, a click, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from botbuilder.schema import ActivityTypes

from bot.addresses import sentence_of
from catalogue.cpr import mask_cpr
from dialogs.input import Click, Happening, Place, Scope, UserInput

if TYPE_CHECKING:
    from botbuilder.schema import Activity

CARD_ACTION = "adaptiveCard/action"
LONGEST_FIELD = 600
"""Characters of one input: a little more than the cards' fields take, because masking may lengthen it."""
MOST_FIELDS = 40
_MENTION = re.compile(r"<at[^>]*>.*?</at>", re.IGNORECASE | re.DOTALL)
_CARD_IN_TEXT = re.compile(r"<span[^>]*inline-compose-card.*?</span>\s*</span>", re.IGNORECASE | re.DOTALL)
"""What stands in the text for a card that was put in by a message extension."""
_THREAD = ";messageid="
_OWN_KEYS = frozenset({"verb", "nonce", "msteams"})


@dataclass(frozen=True, slots=True)
class Inbound:
    """What a person did, and where Teams says it came from.

    `person_id` is the Entra object id (the id towards this bot where Teams gives none, as for guests), `teams_id`
    the id towards this bot. `channel_conversation` is the conversation without its thread.
    """

    input: UserInput
    tenant: str
    person_id: str
    teams_id: str
    person_name: str
    conversation_id: str
    activity_id: str
    locale: str

    @property
    def channel_conversation(self) -> str:
        """The conversation that new messages are posted to."""
        return self.conversation_id.partition(_THREAD)[0]


def read_inbound(activity: Activity) -> Inbound | None:
    """Read what a person did; None for what needs no answer (reactions, members coming and going, …)."""
    channel_data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    said = _user_input(activity, channel_data)
    sender = activity.from_property
    if said is None or sender is None or not sender.id:
        return None
    return Inbound(
        input=said,
        tenant=tenant_of(activity),
        person_id=sender.aad_object_id or sender.id,
        teams_id=sender.id,
        person_name=mask_cpr(sender.name or "")[:200],
        conversation_id=activity.conversation.id,
        activity_id=activity.id or uuid4().hex,  # without an id nothing can be told to be the same again
        locale=activity.locale or "",
    )


def is_removal(activity: Activity) -> bool:
    """Whether the bot was taken out of a chat or team."""
    return activity.type == ActivityTypes.installation_update and str(activity.action).startswith("remove")


def tenant_of(activity: Activity) -> str:
    """Return the tenant that an activity came from, "" if it names none."""
    channel_data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    tenant = _part(channel_data, "tenant").get("id") or activity.conversation.additional_properties.get("tenantId")
    return str(tenant or "").lower()


def _user_input(activity: Activity, channel_data: dict[str, Any]) -> UserInput | None:
    scope = Scope.CHANNEL if _in_channel(activity) else Scope.PERSONAL
    place = _place(activity, channel_data)
    if activity.type == ActivityTypes.installation_update:
        added = str(activity.action).startswith("add")
        return UserInput(happening=Happening.INSTALLED, scope=scope, place=place) if added else None
    if activity.type == ActivityTypes.invoke:
        return (
            UserInput(click=_executed(activity), scope=scope, place=place)
            if activity.name == CARD_ACTION
            else None
        )
    if activity.type != ActivityTypes.message:
        return None
    words = _CARD_IN_TEXT.sub(" ", _MENTION.sub(" ", activity.text or "")).strip()
    text = mask_cpr(words or _shared(activity))
    click = None if text else _submitted(activity)
    return UserInput(text, click, Happening.SAID if click else _happening(activity, text), scope, place)


def _executed(activity: Activity) -> Click:
    """Read an Action.Execute; one without an action is a click on nothing, and gets its answer too."""
    action = _part(activity.value if isinstance(activity.value, dict) else {}, "action")
    return _click({**_part(action, "data"), "verb": action.get("verb")}, activity)


def _submitted(activity: Activity) -> Click | None:
    """Read an Action.Submit: a message with a value and no text."""
    return _click(activity.value, activity) if isinstance(activity.value, dict) else None


def _click(data: dict[str, Any], activity: Activity) -> Click:
    fields = {
        str(name): mask_cpr(str(value))[:LONGEST_FIELD]
        for name, value in list(data.items())[:MOST_FIELDS]
        if name not in _OWN_KEYS and isinstance(value, str | int | float)
    }
    return Click(_word(data.get("verb")), _word(data.get("nonce")), fields, activity.reply_to_id or "")


def _shared(activity: Activity) -> str:
    """Read a card of the message extension that was shared with the bot itself: as the sentence of its button."""
    for attachment in activity.attachments or []:
        card = attachment.content if isinstance(attachment.content, dict) else {}
        for action in card.get("actions") or () if isinstance(card.get("actions"), list) else ():
            url = action.get("url") if isinstance(action, dict) else None
            if sentence := sentence_of(url) if isinstance(url, str) else "":
                return sentence
    return ""


def _word(value: object) -> str:
    return value[:100] if isinstance(value, str) else ""


def _happening(activity: Activity, text: str) -> Happening:
    """Tell what came instead of words. Teams adds the text as HTML to every message; that is no attachment."""
    for attachment in activity.attachments or []:
        kind = (attachment.content_type or "").lower()
        if kind.startswith("image/") or (kind == "text/html" and not text and "<img" in str(attachment.content)):
            return Happening.SENT_PICTURE
        if kind.startswith(("audio/", "video/")):
            return Happening.SENT_VOICE
        if kind and kind != "text/html":
            return Happening.SENT_FILE
    return Happening.SAID


def _in_channel(activity: Activity) -> bool:
    return bool(activity.conversation.is_group) or activity.conversation.conversation_type in {
        "channel",
        "groupChat",
    }


def _place(activity: Activity, channel_data: dict[str, Any]) -> Place:
    """Read team and channel; an installation names the channel under `settings`."""
    team, channel = _part(channel_data, "team"), _part(channel_data, "channel")
    if not team:
        return Place()
    chosen = _part(_part(channel_data, "settings"), "selectedChannel")
    conversation = activity.conversation.id.partition(_THREAD)[0]
    return Place(
        team_id=_word(team.get("id")),
        channel_id=_word(channel.get("id")) or _word(chosen.get("id")) or conversation,
        channel_name=_word(channel.get("name")) or _word(chosen.get("name")),
    )


def _part(data: dict[str, Any], name: str) -> dict[str, Any]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}
