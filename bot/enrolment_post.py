"""What is told of enrolments: worded for the person, their leader or the centre at the moment it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.digests import NothingToTellError
from centre.clock import COPENHAGEN
from centre.enrolment_states import Part, possible
from centre.enrolment_timers import decision_holds, is_reminded_now, reminder_holds, waits_for_leader
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from centre.notices import NoticeKind
from centre.run_changes import changed_in, run_before
from centre.signing_up import place_in_line
from dialogs.cards.elements import bare_submit
from dialogs.cards.enrolment import application_card, decided_card, enrolment_card, question_card
from dialogs.cards.runs import run_days, run_place
from dialogs.own_calendar import calendar_actions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from microsoft_teams.cards import Action

    from bot.links import Links
    from catalogue.offers import Run
    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.notices import Notice
    from centre.ports import UnitOfWork
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

Kind = EnrolmentEventKind


@dataclass(frozen=True, slots=True)
class Post:
    """What a notice is worded with, at the moment it is sent."""

    work: UnitOfWork
    texts: Texts
    links: Links
    now: datetime


async def decide_run_reminder(work: UnitOfWork, notice: Notice, now: datetime) -> bool:
    """Whether a participant hears a reminder now; when later, write the one that is due then.

    Raises:
        NothingToTellError: the person takes no part any more, or the run has moved or begun.
    """
    enrolment = await work.enrolments.get(notice.enrolment_id)
    run = (await work.enrolments.runs([enrolment.run_code])).get(enrolment.run_code) if enrolment else None
    if enrolment is None or run is None or not reminder_holds(notice, enrolment, run, now):
        raise NothingToTellError("the person is not there any more, or the run has moved or begun")
    return await is_reminded_now(work, notice, enrolment, run, now)


async def enrolment_news(post: Post, notice: Notice) -> Card:
    """Word a notice about an enrolment for its reader.

    Raises:
        NothingToTellError: its reason has gone.
    """
    work, texts = post.work, post.texts
    enrolment = await work.enrolments.get(notice.enrolment_id)
    if enrolment is None:
        raise NothingToTellError("no such enrolment")
    event = await work.enrolments.event(notice.event_id) if notice.event_id else None
    run = (await work.enrolments.runs([enrolment.run_code])).get(enrolment.run_code)
    if notice.kind is NoticeKind.RUN_REMINDER:
        return await _run_reminder(post, notice, enrolment, run)
    if notice.kind is NoticeKind.DECISION_REMINDER:
        if not decision_holds(enrolment, event):
            raise NothingToTellError("it was decided")
        return application_card(texts, enrolment, run, event, reminds=True)
    if event is None:
        raise NothingToTellError("no such event")
    if notice.audience == enrolment.person_id:
        return await _to_person(post, enrolment, event, run)
    return _to_leader(texts, enrolment, event, run)


async def _run_reminder(post: Post, notice: Notice, enrolment: Enrolment, run: Run | None) -> Card:
    if run is None or not reminder_holds(notice, enrolment, run, post.now):
        raise NothingToTellError("the person is not there any more, or the run has moved or begun")
    return await _own_card(post, enrolment, run, _reminder(post, run))


def _reminder(post: Post, run: Run) -> str:
    """Say when it is, and on its own day that it is today: one that was put off may come that late."""
    today = run.starts == post.now.astimezone(COPENHAGEN).date()
    key = "enrolment-reminder-today" if today else "enrolment-reminder"
    words = [post.texts(key, day=post.texts.day(run.starts))]
    if run.link:
        words.append(post.texts("calendar-link", link=run.link))
    return " ".join(words)


async def _to_person(post: Post, enrolment: Enrolment, event: EnrolmentEvent, run: Run | None) -> Card:
    texts = post.texts
    if event.kind is Kind.ASKED and enrolment.status is EnrolmentStatus.APPLIED:
        return question_card(texts, enrolment, event, run)
    if event.kind is Kind.SEAT_OFFERED and enrolment.offered_until is None:
        raise NothingToTellError("the seat was taken, or has gone to somebody else")
    if event.kind is Kind.RUN_CHANGED:
        if not enrolment.is_live:
            raise NothingToTellError("the person is not there any more")
        return await _own_card(post, enrolment, run, _what_changed(texts, event, run))
    words = texts(f"enrolment-news-{event.kind.value.replace('_', '-')}", name=event.actor_name)
    if event.kind is Kind.RUN_CANCELLED:
        others = bare_submit(texts("button-other-runs"), "offer.show", main=True, code=enrolment.offer_code)
        return await _own_card(post, enrolment, run, f"{words} {texts('run-cancelled-next')}", more=[others])
    return await _own_card(post, enrolment, run, words, event.detail.get("words", ""))


def _what_changed(texts: Texts, event: EnrolmentEvent, run: Run | None) -> str:
    """Say how a run was; how it is now stands on the card."""
    words = [texts("enrolment-news-run-changed")]
    if run:
        what, before = changed_in(event), run_before(event, run)
        if what & {"starts", "ends", "begins_at", "ends_at"}:
            words.append(texts("run-was", days=run_days(texts, before)))
        if what & {"place", "online"}:
            words.append(texts("run-was-at", place=run_place(texts, before)))
        if "link" in what:
            words.append(texts("run-link-new"))
        if run.link:
            words.append(texts("calendar-link", link=run.link))
    return " ".join(words)


async def _own_card(
    post: Post, enrolment: Enrolment, run: Run | None, news: str, said: str = "", more: Sequence[Action] = ()
) -> Card:
    place = await place_in_line(post.work, enrolment)
    person = await post.work.people.get(enrolment.person_id)
    today = post.now.astimezone(COPENHAGEN).date()
    calendar = (
        await calendar_actions(post.work, post.links, post.texts, person, enrolment, run, today) if person else []
    )
    may = possible(enrolment, {Part.PERSON})
    return enrolment_card(post.texts, enrolment, run, may, place, news, [*more, *calendar], said)


def _to_leader(texts: Texts, enrolment: Enrolment, event: EnrolmentEvent, run: Run | None) -> Card:
    """An application with its buttons while it waits; otherwise what happened."""
    if event.kind in {Kind.SIGNED_UP, Kind.ANSWERED}:
        if not waits_for_leader(enrolment):
            raise NothingToTellError("it was decided")
        return application_card(texts, enrolment, run, event)
    key = "enrolment-leader-run-cancelled" if event.kind is Kind.RUN_CANCELLED else "enrolment-leader-left"
    return decided_card(texts, enrolment, run, texts(key, name=enrolment.person_name, title=enrolment.title))
