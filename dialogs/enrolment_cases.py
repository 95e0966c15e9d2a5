"""Enrolments that the centre decides on: seeing one, saying yes or no to it, and taking somebody off a run.

Rights and what may follow what are checked in `centre`; here a click is read, and what came of it is worded, to
the one who pressed only. The card in the channel is the outbox's, which knows of later changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.enrolment_states import EnrolmentMovedOnError, WordsMissingError
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from centre.filing import NotFoundError
from centre.participants import see_participants
from centre.signing_up import change
from centre.states import NotAllowedError
from dialogs import casework
from dialogs.cards.enrolment import status_word
from dialogs.cards.enrolment_case import (
    EnrolmentCase,
    centre_approves,
    enrolment_case_card,
    last_that_counts,
    last_words,
)
from dialogs.input import Scope

if TYPE_CHECKING:
    from catalogue.matching import MatchIndex
    from centre.enrolments import Enrolment
    from centre.participants import RunTally
    from centre.ports import UnitOfWork
    from dialogs.input import Click
    from dialogs.turn import Turn

Kind = EnrolmentEventKind
DECISIONS = (Kind.APPROVED, Kind.REFUSED, Kind.ASKED, Kind.LEAVE_GRANTED, Kind.LEAVE_REFUSED)
BUTTONS = {f"seat.{kind.value}": kind for kind in DECISIONS}
"""What can be pressed. Cards that were posted long ago carry these verbs: never rename one."""
_FIELDS = {Kind.REFUSED: "reason", Kind.ASKED: "question", Kind.LEAVE_REFUSED: "reason"}


async def case_of(work: UnitOfWork, enrolment: Enrolment, tally: RunTally, index: MatchIndex) -> EnrolmentCase:
    """Gather what an enrolment's card shows."""
    events = await work.enrolments.events(enrolment.id)
    offer = index.offer(enrolment.offer_code)
    approves = centre_approves(offer.sign_up if offer else None)
    return EnrolmentCase(enrolment, tally, last_that_counts(events), approves)


async def clicked(turn: Turn, click: Click) -> None:
    """Do what a button of an enrolment's card says."""
    kind = BUTTONS[click.verb]
    words = click.fields.get(_FIELDS.get(kind, ""), "").strip()
    await do(turn, click.fields.get("enrolment", ""), kind, words)


async def do(turn: Turn, enrolment_id: str, kind: EnrolmentEventKind, words: str = "") -> bool:
    """Do one thing to an enrolment as the centre and word what came of it; True when it was done."""
    if not turn.person.staff:
        casework.refuse(turn)
        return False
    try:
        done = await change(turn.work, turn.person, enrolment_id, kind, turn.now, words)
    except NotFoundError:
        turn.whisper("enrolment-case-gone")
    except NotAllowedError:
        casework.refuse(turn)
    except WordsMissingError:
        found = await turn.work.enrolments.get(enrolment_id)
        key = "removed-words-missing" if kind is Kind.REMOVED else "enrolment-case-words-missing"
        turn.whisper(key, name=found.person_name if found else "")
    except EnrolmentMovedOnError as error:
        await _refresh(turn, error.enrolment, kind)
        await _say_how_it_stands(turn, error.enrolment)
    else:
        await _refresh(turn, done.enrolment, kind)
        _tell(turn, done.enrolment, kind)
        return True
    return False


async def show_clicked(turn: Turn, click: Click) -> None:
    """Show the enrolment that a list's button names."""
    enrolment = await turn.work.enrolments.get(click.fields.get("enrolment", ""))
    if not turn.person.staff:
        casework.refuse(turn)
    elif enrolment is None:
        turn.whisper("enrolment-case-gone")
    else:
        turn.show(enrolment_case_card(turn.texts, await _case(turn, enrolment)))


async def _case(turn: Turn, enrolment: Enrolment) -> EnrolmentCase:
    people = await see_participants(turn.work, turn.person, enrolment.run_code)
    return await case_of(turn.work, enrolment, people.tally, turn.index)


async def _refresh(turn: Turn, enrolment: Enrolment, kind: EnrolmentEventKind) -> None:
    """Show a pressed card as it is now; a list that somebody was taken off is its own dialog's to show."""
    if turn.input.scope is Scope.PERSONAL and kind is not Kind.REMOVED:
        turn.retire(enrolment_case_card(turn.texts, await _case(turn, enrolment)))


async def _say_how_it_stands(turn: Turn, enrolment: Enrolment) -> None:
    """Tell who came second what was decided, and by whom."""
    last = last_that_counts(await turn.work.enrolments.events(enrolment.id))
    status = status_word(turn.texts, enrolment)
    if last and last_words(turn.texts, last) and last.actor_id != turn.person.id:
        turn.whisper("enrolment-case-already", by=last.actor_name, name=enrolment.person_name, status=status)
    else:
        turn.whisper("enrolment-case-moved-on", name=enrolment.person_name, status=status)


def _tell(turn: Turn, enrolment: Enrolment, kind: EnrolmentEventKind) -> None:
    name = enrolment.person_name
    if kind is Kind.REMOVED:
        turn.whisper("removed-done", name=name, title=enrolment.title)
    elif kind is Kind.APPROVED and enrolment.status is EnrolmentStatus.WAITLISTED:
        turn.whisper("enrolment-case-done-waitlisted", name=name)
    else:
        turn.whisper(f"enrolment-case-done-{kind.value.replace('_', '-')}", name=name)
