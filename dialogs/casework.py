"""The centre's side: seeing cases, and everything that staff do to one.

Rights and what may follow what are checked in `centre`; here a click is read, and what came of it is worded.
Whatever is pressed in the channel is answered to the one who pressed only.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from catalogue.need import Need
from catalogue.offers import Area
from centre.cases import Colleague, Given, act, see_case
from centre.filing import NotFoundError
from centre.requests import OPEN_STATUSES, EventKind, Option, Priority
from centre.similar import similar_requests
from centre.states import MissingError, NotAllowedError, TooLateError
from dialogs.cards.case import CaseView, case_card
from dialogs.cards.history import history_card
from dialogs.cards.request import request_card
from dialogs.case_words import option_named
from dialogs.input import Scope
from dialogs.replies import Whisper
from dialogs.stand_ins import absence_of
from dialogs.untold import untold_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalogue.matching import MatchIndex
    from centre.ports import UnitOfWork
    from centre.requests import Request
    from dialogs.input import Click
    from dialogs.turn import Turn

OFFERED = 6
"""Offers of the catalogue to propose from a card; any other is named by its code."""
BUTTONS = {
    "case.take": EventKind.TAKEN,
    **{
        f"case.{kind.value}": kind
        for kind in (
            EventKind.HANDED_OVER,
            EventKind.RELEASED,
            EventKind.ASKED,
            EventKind.ANSWERED,
            EventKind.SOURCING,
            EventKind.PROPOSED,
            EventKind.ACCEPTED,
            EventKind.DECLINED,
            EventKind.CALL_WANTED,
            EventKind.POOLED,
            EventKind.PLANNED,
            EventKind.COMPLETED,
            EventKind.EVALUATED,
            EventKind.REJECTED,
            EventKind.REOPENED,
            EventKind.LEADER_CONFIRMED,
            EventKind.LEADER_REFUSED,
        )
    },
}
"""What can be pressed. Cards that were posted long ago carry these verbs: never rename one."""
_SETTLES_LEADER = frozenset({EventKind.LEADER_CONFIRMED, EventKind.LEADER_REFUSED})
_SAID = frozenset({EventKind.ASKED, EventKind.ANSWERED, EventKind.WROTE, EventKind.NOTED, EventKind.DECLINED})


async def show_case(turn: Turn, request_id: str) -> None:
    """Show a case to somebody of the centre."""
    try:
        request = await see_case(turn.work, turn.person, request_id)
    except NotAllowedError:
        refuse(turn)
    except NotFoundError:
        turn.whisper("request-not-found")
    else:
        turn.show(
            case_card(turn.texts, await view_of(turn.work, request, turn.index, turn.colleagues, turn.today))
        )


async def show_history(turn: Turn, request_id: str) -> None:
    """Show what happened to a case, as a conversation, to somebody of the centre."""
    try:
        request = await see_case(turn.work, turn.person, request_id)
    except NotAllowedError:
        refuse(turn)
    except NotFoundError:
        turn.whisper("request-not-found")
    else:
        events = await turn.work.requests.events(request.id)
        turn.show(history_card(turn.texts, request, events, internal=True))


async def view_of(
    work: UnitOfWork, request: Request, index: MatchIndex, colleagues: Sequence[Colleague], today: date
) -> CaseView:
    """Gather what a case's card shows.

    The similar cases are those of this moment. The channel's card is made anew at every change of its own case and
    when a similar one is filed or edited, so it may name a case that was closed since; a case that is opened says
    how it stands.
    """
    events = await work.requests.events(request.id)
    said = [event for event in events if event.kind in _SAID and event.detail.get("words")]
    topic = request.wish.topic or request.wish.need
    matches = index.match(Need(text=topic, topic=topic), today, OFFERED).worth_showing().matches
    options = [Option(match.offer.code, match.offer.title) for match in matches]
    chosen = Option(request.wish.offer_code, request.wish.offer_title, request.wish.run_code)
    if chosen.offer_code:
        options = [chosen, *(option for option in options if option.offer_code != chosen.offer_code)]
    leader = await work.people.get(request.requester_id)
    untold = await untold_of(work, await work.notices.undelivered(request.id))
    similar = await similar_requests(work, request) if request.status in OPEN_STATUSES else []
    return CaseView(request, today, colleagues, options, said[-1] if said else None, similar, leader, untold)


async def clicked(turn: Turn, click: Click) -> None:
    """Do what a button of a case's card says."""
    if click.verb == "case.more":
        await _save_more(turn, click)
        return
    kind = BUTTONS[click.verb]
    await do(turn, click.fields.get("request", ""), kind, given_by(turn, kind, click.fields))


async def do(turn: Turn, request_id: str, kind: EventKind, given: Given) -> bool:
    """Do one thing to a case and word what came of it; True when it was done."""
    try:
        acted = await act(turn.work, turn.person, request_id, kind, turn.now, given)
    except NotAllowedError:
        refuse(turn)
    except NotFoundError:
        turn.whisper("request-not-found")
    except TooLateError as late:
        await _refresh(turn, late.request)
        turn.whisper("case-too-late", number=str(late.request.number))
    except MissingError as missing:
        turn.whisper(f"case-missing-{min(missing.needs).value}")
    else:
        await _refresh(turn, acted.request)
        _tell(turn, acted.request, kind, given, changed=acted.changed)
        if kind is EventKind.HANDED_OVER and given.colleague:
            turn.replies += map(Whisper, await absence_of(turn, given.colleague, [acted.request]))
        return True
    return False


def given_by(turn: Turn, kind: EventKind, fields: Mapping[str, str]) -> Given:
    """Read what a card's inputs give for an action."""
    match kind:
        case EventKind.HANDED_OVER:
            return Given(colleague=_colleague(turn, fields.get("colleague", "")))
        case EventKind.PROPOSED:
            return Given(fields.get("proposed_words", "").strip(), _option(turn, fields, "proposed"))
        case EventKind.PLANNED:
            return Given(fields.get("planned_words", "").strip(), _option(turn, fields, "planned"))
        case EventKind.REJECTED:
            return Given(fields.get("reason", "").strip())
        case _:
            return Given(fields.get("words", "").strip())


def _option(turn: Turn, fields: Mapping[str, str], name: str) -> Option | None:
    """Read an offer: a code or free words typed go before the list."""
    if other := option_named(fields.get(f"{name}_other", ""), turn.index):
        return other
    code, _, run = fields.get(f"{name}_option", "").partition("|")
    known = turn.index.offer(code)
    return Option(known.code, known.title, run) if known else None


def _colleague(turn: Turn, person_id: str) -> Colleague | None:
    """Only somebody of the centre's team can be handed a case."""
    return next((colleague for colleague in turn.colleagues if colleague.id == person_id), None)


async def _save_more(turn: Turn, click: Click) -> None:
    """Save the form behind "Mere": note, priority, due day and colleague, each only when it says something new."""
    request_id = click.fields.get("request", "")
    try:
        request = await see_case(turn.work, turn.person, request_id)
    except NotAllowedError:
        refuse(turn)
        return
    except NotFoundError:
        turn.whisper("request-not-found")
        return
    wanted = _changes(turn, request, click.fields)
    for kind, given in wanted:
        if not await do(turn, request_id, kind, given):
            return
    if not wanted:
        turn.whisper("case-nothing-changed")


def _changes(turn: Turn, request: Request, fields: Mapping[str, str]) -> list[tuple[EventKind, Given]]:
    changes: list[tuple[EventKind, Given]] = []
    if note := fields.get("note", "").strip():
        changes.append((EventKind.NOTED, Given(note)))
    priority = fields.get("priority", "")
    if priority in set(Priority) and priority != request.priority:
        changes.append((EventKind.PRIORITISED, Given(priority=Priority(priority))))
    due = _day(fields.get("due", ""))
    if due and due != (request.due or request.answer_due):
        changes.append((EventKind.DUE_SET, Given(day=due)))
    area = fields.get("area", "")
    if area in set(Area) and area != request.wish.area:
        changes.append((EventKind.MOVED, Given(area=Area(area))))
    if colleague := _colleague(turn, fields.get("colleague", "")):
        changes.append((EventKind.HANDED_OVER, Given(colleague=colleague)))
    return changes


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tell(turn: Turn, request: Request, kind: EventKind, given: Given, *, changed: bool) -> None:
    """Word what was done, to the one who did it."""
    number = str(request.number)
    if kind is EventKind.TAKEN and not changed:
        mine = request.assignee_id == turn.person.id
        turn.whisper(
            "case-already-yours" if mine else "case-taken-already", number=number, name=request.assignee_name
        )
        return
    if kind in _SETTLES_LEADER and not changed:
        turn.whisper("case-leader-settled", number=number, name=request.requester_name)
        return
    turn.whisper(
        f"case-done-{kind.value.replace('_', '-')}",
        number=number,
        name=given.colleague.name if given.colleague else request.requester_name,
        title=given.option.title if given.option else "",
        area=turn.texts(f"area-{given.area.value}") if given.area else "",
    )


def refuse(turn: Turn) -> None:
    """Say whose it is to do: staff are refused only what is the leader's own."""
    if turn.person.staff:
        turn.whisper("leader-only")
    else:
        turn.whisper("staff-only-demo" if turn.stage else "staff-only")


async def _refresh(turn: Turn, request: Request) -> None:
    """Show a case as it is now; the card in the channel is the outbox's, which knows of later changes."""
    if turn.input.scope is not Scope.PERSONAL:
        return
    if turn.person.staff:
        view = await view_of(turn.work, request, turn.index, turn.colleagues, turn.today)
        turn.retire(case_card(turn.texts, view))
    else:
        turn.retire(request_card(turn.texts, request))
