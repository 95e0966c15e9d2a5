"""What is told of enrolments: worded for the person, their leader or the centre at the moment it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.digests import NothingToTellError
from centre.enrolment_states import Part, possible
from centre.enrolment_timers import decision_holds, reminder_holds, waits_for_leader
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from centre.notices import NoticeKind
from centre.signing_up import place_in_line
from dialogs.cards.enrolment import application_card, decided_card, enrolment_card, question_card

if TYPE_CHECKING:
    from catalogue.offers import Run
    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.notices import Notice
    from centre.ports import UnitOfWork
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

Kind = EnrolmentEventKind


async def enrolment_news(work: UnitOfWork, texts: Texts, notice: Notice) -> Card:
    """Word a notice about an enrolment for its reader.

    Raises:
        NothingToTellError: its reason has gone.
    """
    enrolment = await work.enrolments.get(notice.enrolment_id)
    if enrolment is None:
        raise NothingToTellError("no such enrolment")
    event = await work.enrolments.event(notice.event_id) if notice.event_id else None
    run = (await work.enrolments.runs([enrolment.run_code])).get(enrolment.run_code)
    if notice.kind is NoticeKind.RUN_REMINDER:
        return await _run_reminder(work, texts, notice, enrolment, run)
    if notice.kind is NoticeKind.DECISION_REMINDER:
        if not decision_holds(enrolment, event):
            raise NothingToTellError("it was decided")
        return application_card(texts, enrolment, run, event, reminds=True)
    if event is None:
        raise NothingToTellError("no such event")
    if notice.audience == enrolment.person_id:
        return await _to_person(work, texts, enrolment, event, run)
    return _to_leader(texts, enrolment, event, run)


async def _run_reminder(
    work: UnitOfWork, texts: Texts, notice: Notice, enrolment: Enrolment, run: Run | None
) -> Card:
    if run is None or not reminder_holds(notice, enrolment, run):
        raise NothingToTellError("the person is not there any more, or the run has moved")
    return await _own_card(work, texts, enrolment, run, texts("enrolment-reminder", day=texts.day(run.starts)))


async def _to_person(
    work: UnitOfWork, texts: Texts, enrolment: Enrolment, event: EnrolmentEvent, run: Run | None
) -> Card:
    if event.kind is Kind.ASKED and enrolment.status is EnrolmentStatus.APPLIED:
        return question_card(texts, enrolment, event, run)
    if event.kind is Kind.SEAT_OFFERED and enrolment.offered_until is None:
        raise NothingToTellError("the seat was taken, or has gone to somebody else")
    words = texts(f"enrolment-news-{event.kind.value.replace('_', '-')}", name=event.actor_name)
    return await _own_card(work, texts, enrolment, run, words, event.detail.get("words", ""))


async def _own_card(
    work: UnitOfWork, texts: Texts, enrolment: Enrolment, run: Run | None, news: str, said: str = ""
) -> Card:
    place = await place_in_line(work, enrolment)
    return enrolment_card(texts, enrolment, run, possible(enrolment, {Part.PERSON}), place, news, said=said)


def _to_leader(texts: Texts, enrolment: Enrolment, event: EnrolmentEvent, run: Run | None) -> Card:
    """An application with its buttons while it waits; otherwise what happened."""
    if event.kind in {Kind.SIGNED_UP, Kind.ANSWERED}:
        if not waits_for_leader(enrolment):
            raise NothingToTellError("it was decided")
        return application_card(texts, enrolment, run, event)
    key = "enrolment-leader-run-cancelled" if event.kind is Kind.RUN_CANCELLED else "enrolment-leader-left"
    return decided_card(texts, enrolment, run, texts(key, name=enrolment.person_name, title=enrolment.title))
