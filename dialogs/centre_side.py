"""The centre's side: choosing the queue channel, seeing the queue, taking a case; `centre` checks the rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.filing import NotAllowedError, NotFoundError, TooLateError
from centre.ports import Channel
from centre.queue import choose_channel, see_case, take_case
from dialogs.cards.case import case_card, queue_card
from dialogs.cards.welcome import channel_chosen_card
from dialogs.input import Scope

if TYPE_CHECKING:
    from centre.requests import Request
    from dialogs.turn import Turn

SHOWN = 5


async def use_channel(turn: Turn) -> None:
    """Make the channel this was said in the centre's queue."""
    place = turn.input.place
    if not place.channel_id:
        turn.whisper("channel-only-in-team")
        return
    channel = Channel(turn.work.tenant, place.team_id, place.channel_id, place.channel_name)
    try:
        await choose_channel(turn.work, turn.person, channel)
    except NotAllowedError:
        turn.whisper("channel-staff-only")
        return
    turn.retire(channel_chosen_card(turn.texts, turn.person))
    if turn.input.click is None:
        turn.say("channel-chosen", name=turn.person.name)


async def list_queue(turn: Turn, page: int = 0) -> None:
    """Show a page of open cases."""
    if not turn.person.staff:
        turn.whisper("staff-only-demo" if turn.stage else "staff-only")
        return
    found = await turn.work.requests.open_ones(SHOWN + 1, page * SHOWN)
    more = len(found) > SHOWN
    turn.memory.more = f"queue.list {page + 1}" if more else ""
    turn.show(queue_card(turn.texts, found[:SHOWN], page, more=more))


async def show_case(turn: Turn, request_id: str) -> None:
    """Show a case to somebody of the centre."""
    try:
        turn.show(case_card(turn.texts, await see_case(turn.work, turn.person, request_id)))
    except NotAllowedError:
        turn.whisper("staff-only-demo" if turn.stage else "staff-only")
    except NotFoundError:
        turn.whisper("request-not-found")


async def take(turn: Turn, request_id: str) -> None:
    """Take a case; whoever comes second is told who has it."""
    try:
        taken = await take_case(turn.work, turn.person, request_id, turn.now)
    except NotAllowedError:
        turn.whisper("staff-only-demo" if turn.stage else "staff-only")
    except NotFoundError:
        turn.whisper("request-not-found")
    except TooLateError as late:
        _refresh(turn, late.request)
        turn.whisper("case-closed", number=str(late.request.number))
    else:
        _refresh(turn, taken.request)
        if taken.changed:
            turn.whisper("case-taken-by-you", number=str(taken.request.number))
        elif taken.request.assignee_id == turn.person.id:
            turn.whisper("case-already-yours", number=str(taken.request.number))
        else:
            turn.whisper("case-taken-already", number=str(taken.request.number), name=taken.request.assignee_name)


def _refresh(turn: Turn, request: Request) -> None:
    """Show a case as it is now; the card in the channel is the outbox's, which knows of later changes."""
    if turn.input.scope is Scope.PERSONAL:
        turn.retire(case_card(turn.texts, request))
