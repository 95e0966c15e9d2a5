"""What is told at a certain time: reminders of a case, and the morning's digest in the channel.

A timer is a notice with a due time. It is written when its reason arises, in that transaction, under a key that
says what it is for, so that writing it again changes nothing. Whether the reason still holds is asked when it is
due; one whose reason has gone is dropped without a word. Times are clock times in Denmark: eight o'clock is
eight o'clock after a change to daylight saving too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from catalogue.working_days import is_working_day, on_working_day, working_day_before, working_days_after
from centre.clock import COPENHAGEN
from centre.notices import Notice, NoticeKind
from centre.requests import OPEN_STATUSES, EventKind, Request, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from centre.requests import Event

MORNING = time(8)
REMINDED_AT = time(9)
CATCH_UP_UNTIL = time(12)
"""A bot that was down at eight tells the morning's digest until noon; after that the day is known anyway."""
ANSWER_EXPECTED_WITHIN = 5
"""Working days a leader has before a question is asked again."""

_COPY = "|"
"""Stands in the key of a reminder that was put off or passed to a stand-in, behind the key of the first one."""
_ASKS = frozenset({EventKind.ASKED, EventKind.PROPOSED})


def reminders(before: Request, after: Request, event: Event, now: datetime) -> Iterator[Notice]:
    """Yield the timers that an event sets off.

    Args:
        before: The case before the event.
        after: The case now.
        event: What happened, with its id.
        now: The time, with time zone.
    """
    if event.kind in _ASKS:
        yield from _answer_timers(after, event, now)
    if (before.assignee_id, due_day(before)) != (after.assignee_id, due_day(after)):
        timer = due_reminder(after)
        if timer and timer.due and timer.due > now:
            yield timer


def due_reminder(request: Request) -> Notice | None:
    """The timer that reminds who has a case, on the morning of the working day before it is due."""
    if not request.assignee_id or request.status not in OPEN_STATUSES:
        return None
    due = due_day(request)
    key = f"{NoticeKind.DUE_REMINDER}:{request.id}:{due}:{request.assignee_id}"
    moment = _at(working_day_before(due), MORNING)
    return Notice(NoticeKind.DUE_REMINDER, request.assignee_id, request.id, key, moment)


def due_day(request: Request) -> date:
    """Return the day by which the centre wants to have got to a case."""
    return request.due or request.answer_due


def holds(timer: Notice, request: Request, event: Event | None, now: datetime) -> bool:
    """Whether a reminder that is due still has its reason.

    Args:
        timer: The reminder, with the moment it was meant for.
        request: The case now.
        event: The question that it reminds of; None for a due day.
        now: The time, with time zone.
    """
    if timer.kind is NoticeKind.DUE_REMINDER:
        wanted = due_reminder(request)
        today = now.astimezone(COPENHAGEN).date()
        return wanted is not None and wanted.dedup_key == _reason(timer) and today <= due_day(request)
    return request.status is Status.AWAITING_LEADER and event is not None and request.asked_at == event.at


def meant_for(kind: NoticeKind, request: Request) -> str:
    """Return the id of the person whom a reminder of a case is meant for, "" for nobody (any more)."""
    return request.requester_id if kind is NoticeKind.ANSWER_REMINDER else request.assignee_id


def passed_to(reminder: Notice, reader: str, due: datetime) -> Notice:
    """The same reminder for a stand-in, once however often it is passed on."""
    return replace(reminder, audience=reader, dedup_key=f"{_reason(reminder)}{_COPY}{reader}", due=due)


def put_off(reminder: Notice, due: datetime) -> Notice:
    """The same reminder at a later moment."""
    return replace(reminder, dedup_key=f"{_reason(reminder)}{_COPY}{reminder.audience}{_COPY}{due}", due=due)


def _reason(reminder: Notice) -> str:
    """Return the key of the reminder that this one was made from."""
    return reminder.dedup_key.partition(_COPY)[0]


def morning_digests(lane: str, now: datetime) -> Iterator[Notice]:
    """Yield the digests that a channel is to have: this morning's, unless it is past noon, and the next one.

    Whoever wakes asks for them; the key makes each of them one, whoever asks and how often.
    """
    local = now.astimezone(COPENHAGEN)
    today = local.date()
    if is_working_day(today) and local.time() < CATCH_UP_UNTIL:
        yield _morning_digest(lane, today)
    yield _morning_digest(lane, on_working_day(today + timedelta(days=1)))


def is_this_mornings(digest: Notice, now: datetime) -> bool:
    """Whether a digest that is due is today's and comes in time to be of use."""
    local = now.astimezone(COPENHAGEN)
    return digest.dedup_key.endswith(f":{local.date()}") and local.time() < CATCH_UP_UNTIL


def _morning_digest(lane: str, day: date) -> Notice:
    return Notice(NoticeKind.MORNING_DIGEST, lane, "", f"digest:{lane}:{day}", _at(day, MORNING))


def _answer_timers(request: Request, event: Event, now: datetime) -> Iterator[Notice]:
    """The question once more to the leader, and a line to who has the case."""
    day = working_days_after(now.astimezone(COPENHAGEN).date(), ANSWER_EXPECTED_WITHIN)
    readers = {NoticeKind.ANSWER_REMINDER: request.requester_id, NoticeKind.ANSWER_OVERDUE: request.assignee_id}
    for kind, reader in readers.items():
        if reader:
            yield Notice(kind, reader, request.id, f"{kind}:{event.id}", _at(day, REMINDED_AT), event.id)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, COPENHAGEN)
