"""What a timer finds to tell when it is due: asked of the database then, worded, or dropped.

Digests of a channel are written ahead by `plan_mornings`, which every replica calls every hour: the key makes
each of them one. A reminder or digest that has nothing to tell any more raises NothingToTellError.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import aclosing
from datetime import timedelta
from typing import TYPE_CHECKING

from catalogue.working_days import working_days_after
from centre.clock import COPENHAGEN
from centre.notices import NoticeKind
from centre.queue_query import MOST_COUNTED, Criteria
from centre.requests import OPEN_STATUSES, Status
from centre.routing import held_in, lanes
from centre.telling import is_told_now
from centre.timers import ANSWER_EXPECTED_WITHIN, due_day, holds, is_this_mornings, morning_digests
from dialogs.cards.digests import (
    MOST_LINES,
    Morning,
    Part,
    answer_overdue_card,
    answer_reminder_card,
    due_reminder_card,
    morning_card,
    own_digest_card,
)
from dialogs.untold import untold_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date, datetime

    from centre.notices import Notice
    from centre.requests import Event, Request, Wish
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

REMINDERS = frozenset({NoticeKind.DUE_REMINDER, NoticeKind.ANSWER_REMINDER, NoticeKind.ANSWER_OVERDUE})
_STILL_TO_DO = OPEN_STATUSES - {Status.PLANNED}


class NothingToTellError(Exception):
    """The reason for a notice has gone."""


async def plan_mornings(database: Database, tenants: Collection[str], now: datetime) -> None:
    """Write the next digest of every tenant's channels, where it is not written yet.

    Raises:
        DatabaseUnavailableError: the database is gone.
        ConflictError: others changed the same rows.
    """
    for tenant in sorted(tenants):
        async with database.unit_of_work(tenant) as work:
            for lane in sorted(await lanes(work)):
                for digest in morning_digests(lane, now):
                    await work.notices.add(digest)
            await work.commit()


async def morning(work: UnitOfWork, texts: Texts, digest: Notice, now: datetime) -> Card:
    """Word a channel's digest of this morning, about the cases that it holds.

    Raises:
        NothingToTellError: it is another day's, or there is nothing worth a message.
    """
    if not is_this_mornings(digest, now):
        raise NothingToTellError("another morning's")
    today = now.astimezone(COPENHAGEN).date()
    found = await _morning(work, today, await held_in(work, digest.audience))
    if found.is_empty:
        raise NothingToTellError("nothing to do")
    return morning_card(texts, today, found)


async def decide(work: UnitOfWork, notice: Notice, now: datetime) -> None:
    """Decide whether a reminder that is due is told now, and commit who hears it too or later.

    Raises:
        NothingToTellError: it was answered, closed or handed over meanwhile, or its reader wants to hear it later.
    """
    request = await work.requests.get(notice.request_id)
    event = await work.requests.event(notice.event_id)
    if request is None or not holds(notice, request, event, now):
        raise NothingToTellError("settled meanwhile")
    told_now = await is_told_now(work, notice, request, now)
    await work.commit()
    if not told_now:
        raise NothingToTellError("later, or somebody else's")


def reminder(texts: Texts, notice: Notice, request: Request, event: Event | None, now: datetime) -> Card:
    """Word a reminder that `decide` let through; `event` is the question that it reminds of."""
    if event is None:
        return due_reminder_card(texts, request, due_day(request), now.astimezone(COPENHAGEN).date())
    word = answer_reminder_card if notice.kind is NoticeKind.ANSWER_REMINDER else answer_overdue_card
    return word(texts, request, event)


async def own_digest(work: UnitOfWork, texts: Texts, notices: Iterable[Notice], today: date) -> Card:
    """Word what a person is told of all at once: events of their cases, in order.

    Raises:
        NothingToTellError: none of the cases is there.
    """
    events: dict[str, list[Event]] = defaultdict(list)
    reader = ""
    for notice in notices:
        reader = notice.audience
        event = await work.requests.event(notice.event_id)
        if event:
            events[notice.request_id].append(event)
    requests = {request_id: await work.requests.get(request_id) for request_id in events}
    cases = [(request, events[request_id]) for request_id, request in requests.items() if request]
    if not cases:
        raise NothingToTellError("no such case")
    absent = await work.settings.stood_in_for_by(reader, today)
    return own_digest_card(texts, {reader, *absent}, cases)


async def _morning(work: UnitOfWork, today: date, holds_wish: Callable[[Wish], bool]) -> Morning:
    """Look for what the day begins with. Counting ends at `MOST_COUNTED`: the words say "at least" from there."""

    async def part(criteria: Criteria, wanted: Callable[[Request], bool] = lambda _: True) -> Part:
        total, first = 0, []
        async with aclosing(work.requests.each(criteria)) as found:
            async for request in found:
                if not holds_wish(request.wish) or not wanted(request):
                    continue
                total += 1
                if total <= MOST_LINES:
                    first.append(request)
                if total == MOST_COUNTED:
                    break
        return Part(total, first)

    undelivered = await untold_of(work, await work.notices.undelivered(), holds_wish)
    return Morning(
        new=await part(Criteria(assignee_id="", statuses=frozenset({Status.NEW}))),
        overdue=await part(Criteria(statuses=_STILL_TO_DO, due_before=today)),
        due_today=await part(
            Criteria(statuses=_STILL_TO_DO, due_from=today, due_before=today + timedelta(days=1))
        ),
        unanswered=await part(
            Criteria(statuses=frozenset({Status.AWAITING_LEADER})), lambda request: _is_unanswered(request, today)
        ),
        undelivered=len(undelivered),
        untold=undelivered[:MOST_LINES],
    )


def _is_unanswered(request: Request, today: date) -> bool:
    """Whether a leader has had the working days that an answer is expected within."""
    if request.asked_at is None:
        return False
    asked = request.asked_at.astimezone(COPENHAGEN).date()
    return working_days_after(asked, ANSWER_EXPECTED_WITHIN) <= today
