"""What Teams asks for beside the conversation (an invoke), by name: answered at once, in no transaction.

It comes in by the same door as a turn, so token, service URL and tenant were checked before. A click on a card is
the conversation's and stays a turn.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes

from bot.inbound import CARD_ACTION
from bot.logs import current_reference, logger
from dialogs.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botbuilder.core import TurnContext

    from bot.adapter import OnTurn

Answering = Callable[[Activity], Awaitable[dict[str, Any]]]
"""Answers an invoke with the body that Teams expects."""

_LOGGED_NAME = re.compile(r"[\w/]{1,60}")

_log = logger("invokes")


class Invokes:
    """Answers invokes by name and runs a turn for all else; given to the server as its `OnTurn`."""

    def __init__(self, turns: OnTurn, answers: Mapping[str, Answering]) -> None:
        self._turns = turns
        self._answers = answers

    async def __call__(self, context: TurnContext) -> None:
        """Answer one activity."""
        activity = context.activity
        if activity.type != ActivityTypes.invoke or activity.name == CARD_ACTION:
            await self._turns(context)
            return
        answering = self._answers.get(activity.name or "")
        response = (
            InvokeResponse(status=int(HTTPStatus.OK), body=await answering(activity))
            if answering
            else _not_here(activity)
        )
        await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))


def _not_here(activity: Activity) -> InvokeResponse:
    """Say that this bot has no such thing."""
    name = activity.name if _LOGGED_NAME.fullmatch(activity.name or "") else "malformed"
    _log.warning("invoke_unknown", name=name)
    body = {"error": texts_in(activity.locale or "")("not-here"), "reference": current_reference()}
    return InvokeResponse(status=int(HTTPStatus.NOT_IMPLEMENTED), body=body)
