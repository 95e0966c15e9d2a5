"""Which case a leader's sentence belongs to: an answer that is awaited, a word to "sagen", or a new need."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from centre.cases import Given
from centre.requests import OPEN_STATUSES, EventKind, Request, Status
from dialogs import casework
from dialogs.cards.case_news import which_case_card
from dialogs.intents import Intent, case_number_in, intent_of, picked_number
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dialogs.memory import Frame
    from dialogs.turn import Turn

LOOKED_AT = 20
SHOWN = 4


async def awaiting(turn: Turn) -> Sequence[Request]:
    """Return the leader's own cases that await an answer, newest first."""
    own = await turn.work.requests.of_requester(turn.person.id, LOOKED_AT)
    return [request for request in own if request.status is Status.AWAITING_LEADER][:SHOWN]


async def own_open_ones(turn: Turn) -> Sequence[Request]:
    """Return the leader's own cases that the centre has not finished, newest first."""
    own = await turn.work.requests.of_requester(turn.person.id, LOOKED_AT)
    return [request for request in own if request.status in OPEN_STATUSES][:SHOWN]


def kind_for(request: Request) -> EventKind:
    """Return what a leader's words to a case are: the answer it awaits, or something written to it."""
    return EventKind.ANSWERED if request.status is Status.AWAITING_LEADER else EventKind.WROTE


class AnswerDialog(Dialog):
    """Which case a sentence belongs to.

    (Kirsten has asked in KV-2026-0001: Hvor mange er I?)
    > vi er nu 14
    < Hvad hører det til?  [KV-2026-0001 demens | Et nyt behov]
    > (KV-2026-0001 demens)
    < Tak, svaret er sendt til Kirsten Bang.
    """

    id: ClassVar[str] = "answer"

    @property
    def steps(self) -> Mapping[str, Step]:
        """One question."""
        return {"which": Step(self._ask_which, self._hear_which)}

    def readable(self, frame: Frame) -> bool:
        """What was said, and perhaps that any open case will do."""
        return isinstance(frame.values.get("said"), str) and isinstance(frame.values.get("anywhere", False), bool)

    def begin(self, turn: Turn, said: str, *, anywhere: bool = False) -> str:
        """Keep the sentence until it is known what it is; `anywhere` is any open case, not one that awaits."""
        turn.begin(self.id, "which", said=said, anywhere=anywhere)
        return "which"

    async def _cases(self, turn: Turn, frame: Frame) -> Sequence[Request]:
        return await (own_open_ones(turn) if frame.values.get("anywhere") else awaiting(turn))

    async def _ask_which(self, turn: Turn, frame: Frame) -> None:
        cases = await self._cases(turn, frame)
        turn.show(which_case_card(turn.texts, frame.values["said"], list(cases), frame.nonce))

    async def _hear_which(self, turn: Turn, frame: Frame) -> Next:
        click = turn.input.click
        cases = await self._cases(turn, frame)
        if click and click.verb == "answer.case":
            chosen = click.fields.get("request", "")
        elif click and click.verb == "answer.new":
            return self._as_need(turn, frame)
        elif click:
            return Heard.NOT_FOR_ME
        else:
            said = turn.input.text
            if intent_of(said) in {Intent.NEW_NEED, Intent.NO}:
                return self._as_need(turn, frame)
            chosen = _named(turn, said, cases)
        if not chosen:
            return Heard.NOT_FOR_ME
        request = next((case for case in cases if case.id == chosen), None)
        kind = kind_for(request) if request else EventKind.ANSWERED
        await casework.do(turn, chosen, kind, Given(frame.values["said"]))
        return Heard.DONE

    def _as_need(self, turn: Turn, frame: Frame) -> Next:
        """Hand the sentence on: the conversation takes it as a new need."""
        turn.carried_on = frame.values["said"]
        return Heard.DONE


def _named(turn: Turn, said: str, cases: Sequence[Request]) -> str:
    """Return the id of the case that words name: its number, its place on the card, or "ja" for the only one."""
    number = case_number_in(said, turn.today.year)
    if number:
        return next((case.id for case in cases if case.number == number), "")
    which = picked_number(said) or (1 if len(cases) == 1 and intent_of(said) is Intent.YES else 0)
    return cases[which - 1].id if 0 < which <= len(cases) else ""
