"""Doing one thing to several cases: "tag sag 3, 5 og 9", "afvis sag 3 og 5: …", or chosen on the queue's card.

Every case goes through `centre.cases.act` in the turn's own transaction; what could be done is done, and the
answer says what was not, and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from centre.cases import Given, act
from centre.filing import NotFoundError
from centre.requests import EventKind, Request
from centre.states import MissingError, NotAllowedError, TooLateError
from dialogs import casework
from dialogs.answer import kind_for
from dialogs.cards.request import queue_status_word
from dialogs.case_words import read_case_command
from dialogs.intents import case_number_in
from dialogs.queue import refresh
from dialogs.replies import Whisper
from dialogs.stand_ins import absence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from centre.requests import CaseNumber
    from dialogs.case_words import CaseCommand
    from dialogs.input import Click
    from dialogs.turn import Turn

MOST_CASES = 25
"""Cases of one sentence: each is several rows, and the turn must stay short."""
BUTTONS = {
    f"queue.{kind.value}": kind
    for kind in (EventKind.TAKEN, EventKind.HANDED_OVER, EventKind.SOURCING, EventKind.REJECTED)
}
"""What the queue's card does to the cases that were chosen. Cards posted long ago carry these verbs."""
_NUMBER = r"(?:KV[\s-]?\d{4}[\s-]?\d{1,6}|\d{1,6})"
_SEVERAL = re.compile(
    r"(?:(?:sag(?:er(?:ne)?|en)?|cases?)\s+(?:nr\.?\s*)?|(?=KV))"
    rf"(?P<cases>{_NUMBER}(?:\s*(?:,|&|\+|\bog\b|\band\b|\bsamt\b)+\s*(?:og\s+|and\s+)?"
    rf"(?:(?:sag|case)\s+)?{_NUMBER})+)(?!\d)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Done:
    """What came of it: the cases that were changed, and lines of what else there is to say."""

    changed: list[Request] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_cases_command(text: str, year: int) -> tuple[CaseCommand, Sequence[CaseNumber]] | None:
    """Read a sentence that does one thing to several cases: it is one about a single case, said of a list."""
    listed = _SEVERAL.search(text)
    if listed is None:
        return None
    found = [_number(words, year) for words in re.findall(_NUMBER, listed["cases"], re.IGNORECASE)]
    numbers = list(dict.fromkeys(number for number in found if number))
    if len(numbers) < len(found) and not numbers:
        return None
    command = read_case_command(f"{text[: listed.start()]}sag 1{text[listed.end() :]}", year)
    return (command, numbers) if command else None


async def said(turn: Turn, text: str) -> bool:
    """Do what a sentence says about several cases; False when it says no such thing."""
    read = read_cases_command(text, turn.today.year)
    if read is None:
        return False
    command, numbers = read
    if len(numbers) > MOST_CASES:
        turn.whisper("several-too-many", most=MOST_CASES)
        return True
    given = command.given(turn.colleagues, turn.index)
    done = Done()
    requests = []
    for number in numbers:
        request = await turn.work.requests.by_number(number)
        if request and (turn.person.staff or turn.person.speaks_for(request.requester_id)):
            requests.append(request)
        else:
            done.others.append(turn.texts("several-not-found", number=str(number)))
    await _do_all(turn, requests, lambda request: _kind_for(turn, command.kind, request), given, done)
    return True


async def clicked(turn: Turn, click: Click) -> None:
    """Do what a button of the queue's card says to the cases chosen there."""
    kind = BUTTONS[click.verb]
    chosen = [request_id for request_id in click.fields.get("cases", "").split(",") if request_id][:MOST_CASES]
    if not turn.person.staff:
        casework.refuse(turn)
        return
    if not chosen:
        turn.whisper("input-cases-needed")
        return
    done = Done()
    requests = []
    for request_id in dict.fromkeys(chosen):
        request = await turn.work.requests.get(request_id)
        if request:
            requests.append(request)
    fields = {**click.fields, "reason": click.fields.get("words", "")}
    await _do_all(turn, requests, lambda _: kind, casework.given_by(turn, kind, fields), done)
    await refresh(turn, click)


async def _do_all(
    turn: Turn, requests: Sequence[Request], kind_for: Callable[[Request], EventKind], given: Given, done: Done
) -> None:
    kind = EventKind.TAKEN
    for request in requests:
        kind = kind_for(request)
        try:
            acted = await act(turn.work, turn.person, request.id, kind, turn.now, given)
        except NotAllowedError:
            casework.refuse(turn)
            return
        except NotFoundError:
            done.others.append(turn.texts("several-not-found", number=str(request.number)))
        except TooLateError as late:
            done.others.append(_too_late(turn, late.request))
        except MissingError as missing:  # the same for every case
            turn.whisper(f"case-missing-{min(missing.needs).value}")
            return
        else:
            if acted.changed:
                done.changed.append(acted.request)
            else:
                done.others.append(_had_already(turn, acted.request))
    if done.changed and kind is EventKind.HANDED_OVER and given.colleague:
        done.others += await absence_of(turn, given.colleague, done.changed)
    _tell(turn, kind, given, done)


def _tell(turn: Turn, kind: EventKind, given: Given, done: Done) -> None:
    lines = list(done.others)
    if done.changed:
        numbers = ", ".join(str(request.number) for request in done.changed)
        what = turn.texts(
            f"several-{kind.value.replace('_', '-')}",
            count=len(done.changed),
            name=given.colleague.name if given.colleague else "",
            title=given.option.title if given.option else "",
            area=turn.texts(f"area-{given.area.value}") if given.area else "",
        )
        lines.insert(0, turn.texts("several-done", what=what, numbers=numbers))
    else:
        lines.insert(0, turn.texts("several-nothing-done"))
    turn.replies.append(Whisper("\n\n".join(lines)))


def _too_late(turn: Turn, request: Request) -> str:
    status = queue_status_word(turn.texts, request)
    return turn.texts("several-too-late", number=str(request.number), status=status)


def _had_already(turn: Turn, request: Request) -> str:
    mine = request.assignee_id == turn.person.id
    key = "case-already-yours" if mine else "case-taken-already"
    return turn.texts(key, number=str(request.number), name=request.assignee_name)


def _kind_for(turn: Turn, kind: EventKind, request: Request) -> EventKind:
    """What somebody writes to a case is the leader's word, or the leader's answer, or staff's note."""
    if kind is not EventKind.WROTE:
        return kind
    return kind_for(request) if turn.person.speaks_for(request.requester_id) else EventKind.NOTED


def _number(words: str, year: int) -> CaseNumber | None:
    return case_number_in(words if words[:1].isalpha() else f"sag {words}", year)
