"""What becomes of enrolments when the catalogue changes: everybody is told, and reminders are planned anew.

Called in the transaction of an import. Only runs that anybody signed up for are looked at, and none that is over:
tidying old runs away cancels nobody's course.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from catalogue.lengths import plain_days
from catalogue.working_days import is_working_day
from centre.enrolments import EnrolmentEventKind
from centre.signing_up import change_by_house, hand_on_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from catalogue.offers import Run
    from centre.enrolments import EnrolmentEvent
    from centre.ports import UnitOfWork

CHANGED = "changed"
"""Under this name an event's detail holds what was different before and after."""


@dataclass(frozen=True, slots=True)
class CatalogueChanges:
    """What an import did to runs: codes that came, runs that changed as they were, codes taken off."""

    new: frozenset[str] = frozenset()
    changed: Mapping[str, Run] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Followed:
    """How many enrolments had their run changed or cancelled, and which runs are new."""

    moved: int
    cancelled: int
    new_runs: frozenset[str]


async def follow_catalogue(work: UnitOfWork, changes: CatalogueChanges, now: datetime) -> Followed:
    """Let enrolments follow their runs.

    Args:
        work: The transaction of the import.
        changes: What it did.
        now: The time, with time zone Europe/Copenhagen.
    """
    with_people = await work.enrolments.runs_with_people()
    moved = cancelled = 0
    for code in sorted(with_people & changes.changed.keys()):
        moved += await _follow_run(work, changes.changed[code], now)
    for code in sorted(with_people & changes.retired):
        cancelled += await _cancel_run(work, code, now)
    return Followed(moved, cancelled, changes.new)


async def _follow_run(work: UnitOfWork, before: Run, now: datetime) -> int:
    """Tell of what matters to who takes part, and let more seats go to the waiting list."""
    seats = await work.enrolments.hold_run(before.code)
    if seats is None or max(before.ends, seats.run.ends) < now.date():
        return 0
    told = 0
    if what := differences(before, seats.run):
        detail = {CHANGED: json.dumps(what, ensure_ascii=False, sort_keys=True)}
        for enrolment in await work.enrolments.of_run(before.code):
            if enrolment.is_live:
                await change_by_house(work, enrolment, EnrolmentEventKind.RUN_CHANGED, now, detail, seats)
                told += 1
    await hand_on_seats(work, before.code, now)
    return told


async def _cancel_run(work: UnitOfWork, code: str, now: datetime) -> int:
    run = (await work.enrolments.runs([code])).get(code)
    if run is None or run.ends < now.date():
        return 0
    live = [enrolment for enrolment in await work.enrolments.of_run(code) if enrolment.is_live]
    for enrolment in live:
        await change_by_house(work, enrolment, EnrolmentEventKind.RUN_CANCELLED, now, {}, None)
    return len(live)


def differences(before: Run, after: Run) -> dict[str, list[str]]:
    """Return the old and new value of what a participant goes by, as text; seats and deadlines are not of it."""
    return {
        name: [_written(getattr(run, name)) for run in (before, after)]
        for name in _READERS
        if getattr(before, name) != getattr(after, name)
    }


def changed_in(event: EnrolmentEvent) -> frozenset[str]:
    """Return the names of what changed in a run by an event."""
    return frozenset(json.loads(event.detail.get(CHANGED, "{}")))


def run_before(event: EnrolmentEvent, run: Run) -> Run:
    """Return a run as it was before the change that an event tells of, when it was `run` afterwards."""
    what = json.loads(event.detail.get(CHANGED, "{}"))
    old: dict[str, Any] = {name: _READERS[name](was) for name, (was, _) in what.items() if name in _READERS}
    return replace(run, **old)


def meeting_days(run: Run, length: str = "") -> tuple[date, ...]:
    """Return the days that a run surely meets on, in order: the catalogue names the first and the last one only.

    "2 dage med en uge imellem" meets on two days of eight, so a day in between is claimed only where the length
    says so plainly: "3 dage", and there are three working days in a row from the first to the last.

    Args:
        run: The run.
        length: How long its offer is, in the catalogue's words.
    """
    span = (run.ends - run.starts).days + 1
    if span == plain_days(length):
        days = tuple(run.starts + timedelta(days=number) for number in range(span))
        if all(is_working_day(day) for day in days):
            return days
    return tuple(dict.fromkeys((run.starts, run.ends)))


def most_meeting_days(run: Run, events: Sequence[EnrolmentEvent], length: str = "") -> int:
    """Return on how many days at most a run was said to meet, now or before any change of it.

    Args:
        run: As it is now.
        events: The audit trail of an enrolment on it, oldest first.
        length: How long its offer is now; what it was before is not kept.
    """
    most = len(meeting_days(run, length))
    for event in reversed(events):
        run = run_before(event, run)
        most = max(most, len(meeting_days(run, length)))
    return most


def _written(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _clock_time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


_READERS: Mapping[str, Callable[[str], object]] = {
    "starts": date.fromisoformat,
    "ends": date.fromisoformat,
    "begins_at": _clock_time,
    "ends_at": _clock_time,
    "place": str,
    "online": bool,
    "link": str,
}
