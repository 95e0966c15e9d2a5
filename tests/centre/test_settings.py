"""The rules of when to tell: clock times in Denmark, holidays, pauses, and what never waits for a digest."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.working_days import is_working_day
from centre.clock import COPENHAGEN
from centre.requests import EventKind
from centre.settings import DIGEST_AT, WAITS_FOR_READER, Frequency, PersonSettings, Tell, when_to_tell

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=COPENHAGEN)


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=COPENHAGEN)


def test_by_default_everything_is_told_at_once_at_any_hour() -> None:
    night = at("2026-12-25", "03:00")
    assert when_to_tell(PersonSettings("p"), EventKind.TAKEN, night) == Tell(night)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at("2026-11-23", "12:00"), at("2026-11-23", "12:00")),
        (at("2026-11-23", "16:59"), at("2026-11-23", "16:59")),
        (at("2026-11-23", "17:00"), at("2026-11-24", "07:00")),
        (at("2026-11-24", "03:00"), at("2026-11-24", "07:00")),
        (at("2026-11-27", "20:00"), at("2026-11-30", "07:00")),  # Friday evening
        (at("2026-12-24", "10:00"), at("2026-12-28", "07:00")),  # Christmas Eve, shut like the two days after it
        (at("2027-03-27", "23:00"), at("2027-03-30", "07:00")),  # Easter, and the clock goes forward
    ],
)
def test_quiet_evenings_and_weekends_are_waited_for(now: datetime, told: datetime) -> None:
    quiet = PersonSettings("p", quiet_from=time(17), quiet_until=time(7), quiet_weekends=True)
    assert when_to_tell(quiet, EventKind.ASKED, now) == Tell(told)


def test_quiet_hours_may_lie_within_a_day() -> None:
    siesta = PersonSettings("p", quiet_from=time(12), quiet_until=time(14))
    assert when_to_tell(siesta, EventKind.TAKEN, at("2026-11-23", "13:00")).at == at("2026-11-23", "14:00")
    assert when_to_tell(siesta, EventKind.TAKEN, at("2026-11-23", "14:00")).at == at("2026-11-23", "14:00")


def test_a_pause_holds_questions_too_and_ends_in_a_waking_hour() -> None:
    paused = PersonSettings("p", quiet_from=time(17), quiet_until=time(7), paused_until=at("2026-11-25", "00:00"))
    assert when_to_tell(paused, EventKind.ASKED, MONDAY_NOON) == Tell(at("2026-11-25", "07:00"))


@pytest.mark.parametrize(
    ("frequency", "now", "told"),
    [
        (Frequency.DAILY, MONDAY_NOON, at("2026-11-24", "08:00")),
        (Frequency.DAILY, at("2026-11-23", "07:59"), at("2026-11-23", "08:00")),
        (Frequency.DAILY, at("2026-11-27", "12:00"), at("2026-11-30", "08:00")),
        (Frequency.WEEKLY, MONDAY_NOON, at("2026-11-30", "08:00")),
        (Frequency.WEEKLY, at("2026-11-23", "06:00"), at("2026-11-23", "08:00")),
        (Frequency.WEEKLY, at("2027-03-25", "12:00"), at("2027-03-30", "08:00")),  # Easter Monday is a holiday
        (Frequency.WEEKLY, at("2027-03-29", "12:00"), at("2027-03-30", "08:00")),
    ],
)
def test_a_digest_comes_at_eight_on_a_working_day(frequency: Frequency, now: datetime, told: datetime) -> None:
    assert when_to_tell(PersonSettings("p", frequency), EventKind.TAKEN, now) == Tell(told, digest=True)


@pytest.mark.parametrize("kind", sorted(WAITS_FOR_READER))
def test_what_waits_for_the_reader_is_in_no_digest(kind: EventKind) -> None:
    assert when_to_tell(PersonSettings("p", Frequency.WEEKLY), kind, MONDAY_NOON) == Tell(MONDAY_NOON)


MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: MONDAY_NOON + timedelta(minutes=minutes))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
CHOSEN = st.builds(
    PersonSettings,
    person_id=st.just("p"),
    frequency=st.sampled_from(Frequency),
    quiet_from=st.none() | CLOCKS,
    quiet_until=st.none() | CLOCKS,
    quiet_weekends=st.booleans(),
    paused_until=st.none() | MOMENTS,
)


@given(settings=CHOSEN, kind=st.sampled_from(EventKind), now=MOMENTS)
def test_nobody_is_told_early_in_a_pause_or_in_quiet_times_and_everybody_in_the_end(
    settings: PersonSettings, kind: EventKind, now: datetime
) -> None:
    told = when_to_tell(settings, kind, now)
    assert told.at >= now
    assert not settings.is_paused(told.at)
    assert not settings.quiet_weekends or is_working_day(told.at.date())
    assert when_to_tell(settings, EventKind.ASKED, told.at) == Tell(told.at)
    latest = max(now, settings.paused_until or now) + timedelta(days=25)
    assert told.at <= latest
    assert told.digest == (settings.frequency is not Frequency.AT_ONCE and kind not in WAITS_FOR_READER)
    assert told.at.time() >= DIGEST_AT or not told.digest or settings.quiet_from or settings.paused_until


def test_an_absence_lasts_from_its_first_to_its_last_day() -> None:
    away = PersonSettings("p", away_from=date(2026, 12, 20), away_until=date(2027, 1, 3))
    assert [away.is_away(date(2026, 12, day)) for day in (19, 20)] == [False, True]
    assert [away.is_away(date(2027, 1, day)) for day in (3, 4)] == [True, False]
    assert not PersonSettings("p").is_away(date(2026, 12, 24))
