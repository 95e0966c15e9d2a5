"""When somebody wants to hear of things, and who hears of them while they are away: pure rules.

The default is at once, at any hour. Quiet hours, quiet weekends, a pause and a digest are what a person asks for.
A question that waits for this very person is never kept for a digest: only quiet hours and a pause hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from catalogue.working_days import is_working_day, on_working_day
from centre.requests import EventKind

DIGEST_AT = time(8)
"""When a digest is sent: as the working day begins."""
QUIET_UNTIL = time(7)
"""When quiet hours end for who only said when they begin."""

WAITS_FOR_READER = frozenset(
    {
        EventKind.ASKED,
        EventKind.PROPOSED,
        EventKind.REJECTED,
        EventKind.ANSWERED,
        EventKind.CALL_WANTED,
        EventKind.HANDED_OVER,
    }
)
"""What somebody else waits for the reader to act on, or could not bear to read days later."""


class Frequency(StrEnum):
    """How often somebody wants to be told. The names are stored: never rename one."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """What one person chose.

    `quiet_from` and `quiet_until` are Danish clock times; None: no quiet hours. `paused_until` is when a pause
    ends. `away_from` and `away_until` are the first and last day of an absence, and `stand_in_id` is who looks
    after the person's cases then.
    """

    person_id: str
    frequency: Frequency = Frequency.AT_ONCE
    quiet_from: time | None = None
    quiet_until: time | None = None
    quiet_weekends: bool = False
    paused_until: datetime | None = None
    away_from: date | None = None
    away_until: date | None = None
    stand_in_id: str = ""
    stand_in_name: str = ""

    def is_away(self, today: date) -> bool:
        """Whether the person is away today."""
        begun = self.away_from is None or self.away_from <= today
        return begun and self.away_until is not None and today <= self.away_until

    def is_paused(self, now: datetime) -> bool:
        """Whether the person wants to hear nothing now."""
        return self.paused_until is not None and now < self.paused_until


@dataclass(frozen=True, slots=True)
class Tell:
    """When to tell: `at` with the time zone of the question; `digest` says together with the rest of that time."""

    at: datetime
    digest: bool = False


def when_to_tell(settings: PersonSettings, kind: EventKind, now: datetime) -> Tell:
    """Decide when a person is told of an event that happens now; `at` is `now` for at once.

    Args:
        settings: What the person chose.
        kind: What happened.
        now: The time, with time zone Europe/Copenhagen: clock times mean the wall there.
    """
    if settings.frequency is Frequency.AT_ONCE or kind in WAITS_FOR_READER:
        return Tell(audible_from(settings, now))
    return Tell(audible_from(settings, next_digest(settings.frequency, now)), digest=True)


def next_digest(frequency: Frequency, now: datetime) -> datetime:
    """Return when the next digest is due: at eight on the next working day, or on the first one of a week."""
    day = now.date() if now.time() < DIGEST_AT else now.date() + timedelta(days=1)
    if frequency is Frequency.WEEKLY:
        day = on_working_day(_monday_from(day))
    return _at(on_working_day(day), DIGEST_AT, now)


def _monday_from(day: date) -> date:
    """Return the Monday of a week's digest, or of next week's when this week's first working day has passed."""
    monday = day - timedelta(days=day.weekday())
    return monday if on_working_day(monday) >= day else monday + timedelta(days=7)


def audible_from(settings: PersonSettings, moment: datetime) -> datetime:
    """Return the first moment from this one on at which the person wants to be told."""
    if settings.paused_until:
        moment = max(moment, settings.paused_until.astimezone(moment.tzinfo))
    while True:
        later = _after_quiet_hours(settings, _after_weekend(settings, moment))
        if later == moment:
            return moment
        moment = later


def _after_weekend(settings: PersonSettings, moment: datetime) -> datetime:
    """Quiet weekends are quiet holidays too."""
    if not settings.quiet_weekends or is_working_day(moment.date()):
        return moment
    return _at(on_working_day(moment.date()), settings.quiet_until or QUIET_UNTIL, moment)


def _after_quiet_hours(settings: PersonSettings, moment: datetime) -> datetime:
    if settings.quiet_from is None:
        return moment
    begins, ends = settings.quiet_from, settings.quiet_until or QUIET_UNTIL
    clock = moment.time()
    if begins <= ends:
        return _at(moment.date(), ends, moment) if begins <= clock < ends else moment
    if clock >= begins:
        return _at(moment.date() + timedelta(days=1), ends, moment)
    return _at(moment.date(), ends, moment) if clock < ends else moment


def _at(day: date, clock: time, like: datetime) -> datetime:
    return datetime.combine(day, clock, like.tzinfo)
