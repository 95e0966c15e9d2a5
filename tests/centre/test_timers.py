"""When what is told: pure rules, on Danish working days and Danish clock time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.working_days import is_working_day
from centre.clock import COPENHAGEN
from centre.notices import QUEUE, Notice, NoticeKind
from centre.requests import CaseNumber, Event, EventKind, Kle, Request, Status, Wish
from centre.timers import due_reminder, holds, is_this_mornings, morning_digests, reminders

MONDAY = datetime(2026, 11, 23, 10, tzinfo=COPENHAGEN)


def case(**changes: object) -> Request:
    request = Request(
        id="case",
        tenant="tenant",
        number=CaseNumber(2026, 1),
        status=Status.CLARIFYING,
        wish=Wish(need="Noget om demens"),
        kle=Kle.INTERNAL,
        requester_id="lene",
        requester_name="Lene Holm",
        requester_confirmed=True,
        filed_at=MONDAY,
        changed_at=MONDAY,
        answer_due=date(2026, 11, 30),
    )
    return replace(request, **changes)  # type: ignore[arg-type]


def asked(at: datetime = MONDAY) -> tuple[Request, Event]:
    request = case(status=Status.AWAITING_LEADER, assignee_id="kirsten", asked_at=at)
    event = Event("case", at, "kirsten", "Kirsten Bang", EventKind.ASKED, Status.CLARIFYING, request.status, {}, 7)
    return request, event


def happened(kind: EventKind = EventKind.TAKEN) -> Event:
    return Event("case", MONDAY, "kirsten", "Kirsten Bang", kind, Status.NEW, Status.CLARIFYING, {}, 8)


def test_a_question_is_asked_again_after_five_working_days_and_its_asker_told() -> None:
    request, event = asked()
    [again, line] = reminders(request, request, event, MONDAY)
    assert (again.kind, again.audience, again.dedup_key) == (
        NoticeKind.ANSWER_REMINDER,
        "lene",
        "answer_reminder:7",
    )
    assert (line.kind, line.audience) == (NoticeKind.ANSWER_OVERDUE, "kirsten")
    assert again.due == datetime(2026, 11, 30, 9, tzinfo=COPENHAGEN)


def test_days_off_are_not_counted() -> None:
    before_christmas = datetime(2026, 12, 22, 15, tzinfo=COPENHAGEN)
    request, event = asked(before_christmas)
    [again, _] = reminders(request, request, event, before_christmas)
    assert again.due == datetime(2027, 1, 4, 9, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("change", "still"),
    [
        ({}, True),
        ({"status": Status.CLARIFYING, "asked_at": None}, False),
        ({"status": Status.REJECTED, "asked_at": None}, False),
        ({"asked_at": MONDAY + timedelta(days=2)}, False),
    ],
)
def test_a_reminder_holds_until_the_question_is_settled_or_asked_anew(
    change: dict[str, object], still: bool
) -> None:
    request, event = asked()
    for timer in reminders(request, request, event, MONDAY):
        assert timer.due is not None
        assert holds(timer, replace(request, **change), event, timer.due) is still  # type: ignore[arg-type]


def test_a_case_is_mentioned_on_the_morning_of_the_working_day_before_it_is_due() -> None:
    taken = case(assignee_id="kirsten")
    [timer] = reminders(case(), taken, happened(), MONDAY)
    assert (timer.kind, timer.audience) == (NoticeKind.DUE_REMINDER, "kirsten")
    assert timer.due == datetime(2026, 11, 27, 8, tzinfo=COPENHAGEN)
    assert list(reminders(taken, taken, happened(EventKind.NOTED), MONDAY)) == []


def test_a_reminder_that_would_be_past_is_not_made() -> None:
    assert list(reminders(case(), case(assignee_id="kirsten", due=MONDAY.date()), happened(), MONDAY)) == []


@pytest.mark.parametrize(
    ("change", "still"),
    [
        ({}, True),
        ({"status": Status.WITHDRAWN}, False),
        ({"assignee_id": "grethe"}, False),
        ({"assignee_id": ""}, False),
        ({"due": date(2026, 12, 11)}, False),
    ],
)
def test_a_due_day_holds_until_the_case_is_closed_put_off_or_given_away(
    change: dict[str, object], still: bool
) -> None:
    request = case(assignee_id="kirsten")
    timer = due_reminder(request)
    assert timer is not None
    assert timer.due is not None
    assert holds(timer, replace(request, **change), None, timer.due) is still  # type: ignore[arg-type]
    assert not holds(timer, request, None, timer.due + timedelta(days=5))


def test_the_morning_begins_at_eight_on_both_sides_of_a_change_of_the_clock() -> None:
    friday = datetime(2027, 3, 19, 12, 30, tzinfo=COPENHAGEN)
    [monday] = morning_digests(QUEUE, friday)
    assert monday.due == datetime(2027, 3, 22, 7, tzinfo=UTC)
    [over_easter] = morning_digests(QUEUE, datetime(2027, 3, 24, 12, 30, tzinfo=COPENHAGEN))
    assert over_easter.due == datetime(2027, 3, 30, 6, tzinfo=UTC)
    assert over_easter.due.astimezone(COPENHAGEN).hour == 8
    assert over_easter.dedup_key == "digest:queue:2027-03-30"


def test_a_morning_that_was_slept_through_is_made_up_for_until_noon() -> None:
    at_nine = MONDAY.replace(hour=9)
    assert [digest.dedup_key for digest in morning_digests(QUEUE, at_nine)] == [
        "digest:queue:2026-11-23",
        "digest:queue:2026-11-24",
    ]
    [today, tomorrow] = morning_digests(QUEUE, at_nine)
    assert is_this_mornings(today, at_nine)
    assert not is_this_mornings(today, MONDAY.replace(hour=12))
    assert not is_this_mornings(today, at_nine + timedelta(days=1))
    assert not is_this_mornings(tomorrow, at_nine)


@given(st.integers(0, 4 * 366 * 24 * 60))
def test_whenever_it_is_asked_the_next_morning_is_a_working_days_and_at_eight(minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    digests: list[Notice] = list(morning_digests(QUEUE, moment))
    for digest in digests:
        assert digest.due is not None
        local = digest.due.astimezone(COPENHAGEN)
        assert (local.hour, local.minute) == (8, 0)
        assert is_working_day(local.date())
        assert digest.dedup_key.endswith(str(local.date()))
    assert digests[-1].due is not None
    assert digests[-1].due > moment
