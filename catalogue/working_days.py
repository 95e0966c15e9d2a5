"""Working days in Denmark."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from holidays import country_holidays

if TYPE_CHECKING:
    from datetime import date

    from holidays import HolidayBase

SATURDAY = 5


@cache
def _danish_holidays() -> HolidayBase:
    return country_holidays("DK", categories=("public", "optional"))


def is_working_day(day: date) -> bool:
    """Monday to Friday, no public holiday, and none of the days on which town halls are shut.

    Those are what `holidays` calls optional: 1 May, Constitution Day, Christmas Eve and New Year's Eve.
    """
    return day.weekday() < SATURDAY and day not in _danish_holidays()


def on_working_day(day: date) -> date:
    """Return the day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int) -> date:
    """Return the `count`-th working day after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_day_before(day: date) -> date:
    """Return the last working day before a day."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
