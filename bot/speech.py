"""Speaking a turn's replies through Teams, after the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes, Attachment, InputHints

from bot.delivery import ConnectorError
from bot.logs import logger
from dialogs.replies import Json, Reply, Retire, Say, Show, Whisper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from botbuilder.core import TurnContext

CARD = "application/vnd.microsoft.card.adaptive"
LINE = "application/vnd.microsoft.activity.message"

_log = logger("speech")


def message(text: str) -> Activity:
    """Return a message that is shown to the letter: somebody's own words may be in it."""
    return Activity(type=ActivityTypes.message, text=text, text_format="plain")


def card_message(card: Json, summary: str) -> Activity:
    """Return a message that is a card."""
    attachment = Attachment(content_type=CARD, content=card)
    return Activity(type=ActivityTypes.message, attachments=[attachment], summary=summary)


async def speak(context: TurnContext, replies: Sequence[Reply]) -> None:
    """Speak the replies in order. A card that cannot be retired any more is no reason to keep silent.

    Raises:
        ConnectorError: Teams did not take a message, retries included.
    """
    invoked = context.activity.type == ActivityTypes.invoke
    for reply in replies:
        match reply:
            case Say(text):
                await _send(context, message(text))
            case Show(card, summary):
                await _send(context, card_message(card, summary))
            case Retire(card_id, card, summary):
                await _retire(context, card_id, card, summary)
            case Whisper(text) if not invoked:
                await _send(context, message(text))
            case Whisper():
                pass  # is the invoke's answer
    if invoked:
        await _send(context, _invoke_answer(replies))


async def _send(context: TurnContext, activity: Activity) -> None:
    """Send as `TurnContext.send_activity` does, which copies every word of a card first."""
    activity.reply_to_id = context.activity.id
    activity.input_hint = InputHints.accepting_input
    await context.adapter.send_activities(context, [activity])


async def _retire(context: TurnContext, card_id: str, card: Json, summary: str) -> None:
    update = card_message(card, summary)
    update.id = card_id
    try:
        await context.update_activity(update)
    except ConnectorError as error:
        _log.info("card_not_retired", outcome=error.sent.outcome, status=error.sent.status)


def _invoke_answer(replies: Sequence[Reply]) -> Activity:
    """Answer an Action.Execute: a line for the one who pressed, or the card as it is now."""
    whispers = [reply.text for reply in replies if isinstance(reply, Whisper)]
    retired = [reply.card for reply in replies if isinstance(reply, Retire)]
    if whispers:
        body = {"statusCode": 200, "type": LINE, "value": "\n\n".join(whispers)}
    elif retired:
        body = {"statusCode": 200, "type": CARD, "value": retired[0]}
    else:
        body = {"statusCode": 200, "type": LINE, "value": "👍"}
    return Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body=body))
