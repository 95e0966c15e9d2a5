"""When, in Danish: the first and the last day that somebody means.

"inden sommer", "efter påske", "i foråret", "uge 12-14", "senest 1. marts", "inden for tre måneder". A named
period (`catalogue.danish_calendar`) is read together with the words in front of it that say which side of it
is meant. Nothing is ever in the past: a period without a year is the next one.

A general date parser reads single days, not "inden sommer" or "uge 12-14" with the side of it that is meant;
that is why none is used.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from catalogue.danish_calendar import DAY, NamedPeriod, named_periods
from catalogue.danish_numbers import NUMBER, number_value
from catalogue.sentence import Found, danish, insists

if TYPE_CHECKING:
    import re

    from catalogue.sentence import Sentence


@dataclass(frozen=True, slots=True)
class When:
    """The first and last day, inclusive, either of which may be open; `hard` names those insisted on."""

    earliest: Found[date] | None = None
    latest: Found[date] | None = None
    hard: frozenset[str] = frozenset()


class _Side(Enum):
    """Which side of a named period is meant."""

    WITHIN = auto()
    INSIDE = auto()
    BEFORE = auto()
    UP_TO = auto()
    AFTER = auto()
    FROM = auto()
    BETWEEN = auto()


_SIDES = {
    "senest": _Side.UP_TO, "senest inden": _Side.INSIDE, "allersenest": _Side.UP_TO, "deadline": _Side.UP_TO,
    "frist": _Side.UP_TO, "fristen er": _Side.UP_TO, "no later than": _Side.UP_TO, "til og med": _Side.UP_TO,
    "frem til": _Side.UP_TO, "indtil": _Side.UP_TO, "until": _Side.UP_TO,
    "tidligst efter": _Side.AFTER, "ikke før efter": _Side.AFTER, "først efter": _Side.AFTER,
    "tidligst": _Side.FROM,
    "ikke før": _Side.FROM, "not before": _Side.FROM, "fra og med": _Side.FROM, "fra": _Side.FROM,
    "from": _Side.FROM,
    "efter": _Side.AFTER, "after": _Side.AFTER, "mellem": _Side.BETWEEN, "between": _Side.BETWEEN,
    "inden": _Side.INSIDE, "før": _Side.BEFORE, "before": _Side.BEFORE, "by": _Side.UP_TO,
}  # fmt: skip
_HARD_LATEST = ("senest", "allersenest", "deadline", "frist", "no later")
_HARD_EARLIEST = ("tidligst", "ikke f", "not before")

_LEADING = danish(
    rf"(?<!\w)(?:(?P<side>{'|'.join(sorted(_SIDES, key=len, reverse=True))})\.?:? (?:er )?)?"
    r"(?:(?:lige|her|nu|i løbet af|hen over|henover|omkring|gerne|engang|en gang) )?"
    r"(?P<in>(?:i|til|om|på|ved|in|on|during|for|at) )?"
    r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag,? )?(?P<the>(?:den|det|d\.|de|the|her i|nu i) ?)?"
    r"(?P<part>(?:(?:starten|begyndelsen|midten|slutningen|udgangen|udløbet|beginning|middle|end) (?:af|of)"
    r"|ultimo|primo|medio|start|midt i|sidst i|først i) )?"
    r"(?:(?:næste|kommende|dette|denne|det|den|the|next|this|coming) )?$"
)
_WINDOW = 60
_RULED_OUT = danish(r"(?<!\w)(?:ikke|undtagen|undtaget|bortset fra|except|not) $")
_TO = danish(r" ?(?:-|til(?: og med)?|og|eller|el\.?|to|and|or) ?(?:i |den |d\. ?)?")
_TIME_PREPOSITIONS = {"i ", "til ", "ved ", "in ", "at ", "during "}
_THIRDS = {"sta": 0, "beg": 0, "pri": 0, "før": 0, "foe": 0, "mid": 1, "med": 1}
_LAST_THIRD = 2
_WHOLE = ("udg", "udl")

_FROM_NOW = danish(
    r"(?<!\w)(?P<how>inden ?for|inden|i løbet af|within|om|in)(?: de| den| the)?(?: næste| kommende| next)? "
    rf"(?:(?P<half>et halvt)|(?P<one>en|et|a|one)|(?P<pair>(?:et )?par)|(?P<number>{NUMBER})) ?"
    r"(?:(?P<days>dage?|days?)|(?P<weeks>uger?|weeks?)|(?P<months>måned(?:er)?|mdr\.?|months?)"
    r"|(?P<years>år|years?))(?!\w)"
)
_CLOCK = danish(
    r"(?<!\w)(?:fra )?kl(?:\.|okken)? ?[0-9]{1,2}(?:[.:][0-9]{2})?(?: ?(?:-"
    r"|til) ?(?:kl\.? ?)?[0-9]{1,2}(?:[.:][0-9]{2})?)?(?![\w])"
)
_FAR = 400


@dataclass(frozen=True, slots=True)
class _Reading:
    """One expression of time: its days (either may be open), and where it stands."""

    first: date | None
    last: date | None
    start: int
    end: int
    hard: bool
    period: NamedPeriod | None = None


def read_when(sentence: Sentence, today: date) -> When:
    """Read when something is wanted, and take the words that say it; times of day are taken but not kept."""
    sentence.take(clock.span() for clock in _CLOCK.finditer(sentence.rest))
    readings = [*_from_now(sentence, today), *_named(sentence, today)]
    sentence.take((reading.start, reading.end) for reading in readings)
    earliest = latest = None
    hard: set[str] = set()
    for reading in sorted(readings, key=lambda reading: reading.start):
        words = sentence.words(reading.start, reading.end)
        first, last = reading.first, reading.last
        if earliest and last and last < earliest.value and not first and reading.period:
            last = reading.period.last_day_before(earliest.value)
        if first and (not earliest or first > earliest.value) and (not latest or first <= latest.value):
            earliest = Found(first, words)
            hard |= {"earliest"} if reading.hard else set()
        if last and (not latest or last < latest.value) and (not earliest or last >= earliest.value):
            latest = Found(last, words)
            hard |= {"latest"} if reading.hard else set()
    return When(earliest, latest, frozenset(hard))


# --- Counted from today ------------------------------------------------------------------------------------


def _from_now(sentence: Sentence, today: date) -> list[_Reading]:
    """Times counted from today: "inden for tre måneder" ends then; "om tre uger" begins then."""
    readings = []
    for match in _FROM_NOW.finditer(sentence.rest):
        if (day := _later(match, today)) is None:
            continue
        begins = match["how"] in ("om", "in")
        first, last = (day, None) if begins else (None, day)
        readings.append(_Reading(first, last, match.start(), match.end(), hard=insists(sentence, match.start())))
    sentence.take((reading.start, reading.end) for reading in readings)
    return readings


def _later(match: re.Match[str], today: date) -> date | None:
    number = 2 if match["pair"] else 1 if match["one"] or match["half"] else number_value(match["number"])
    if number > _FAR:
        return None
    if match["days"] or match["weeks"]:
        return today + timedelta(days=number * (7 if match["weeks"] else 1))
    months = 6 if match["half"] and match["years"] else number * (12 if match["years"] else 1)
    past = today.month - 1 + months
    year, month = today.year + past // 12, past % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


# --- Named periods -----------------------------------------------------------------------------------------


def _named(sentence: Sentence, today: date) -> list[_Reading]:
    periods = named_periods(sentence, today)
    readings: list[_Reading] = []
    done = 0
    for number, period in enumerate(periods):
        if period.start < done:
            continue
        following = periods[number + 1] if number + 1 < len(periods) else None
        if following and not _TO.fullmatch(sentence.rest, period.end, following.start):
            following = None
        if reading := _one(sentence, period, following, max(done, period.start - _WINDOW), today):
            readings.append(reading)
            done = reading.end
    return readings


def _one(
    sentence: Sentence, period: NamedPeriod, following: NamedPeriod | None, window: int, today: date
) -> _Reading | None:
    """Read a period with the words in front of it, or a range of two; None when no time is meant."""
    leading = _LEADING.search(sentence.rest, window, period.start)
    if leading is None or not _is_time(sentence, period, leading):
        if not _alone(sentence, period):
            return None
        side, start, part = _Side.WITHIN, period.start, ""
    else:
        side = _SIDES.get((leading["side"] or "").replace("foer", "før"), _Side.WITHIN)
        start, part = leading.start(), leading["part"] or ""
    said = sentence.plain[start : period.end]
    if following and side in (_Side.WITHIN, _Side.FROM, _Side.BETWEEN):
        first, last = _range(period, following, side, today)
        end = following.end
    else:
        first, last = _days(period, side, part, today)
        end = period.end
    if first is None and last is None:
        return None
    if ruled_out := _RULED_OUT.search(sentence.rest, max(0, start - _WINDOW), start):
        return _Reading(None, None, ruled_out.start(), end, hard=False)
    hard = said.startswith(_HARD_LATEST + _HARD_EARLIEST) or insists(sentence, start)
    return _Reading(first, last, start, end, hard, period)


def _is_time(sentence: Sentence, period: NamedPeriod, leading: re.Match[str]) -> bool:
    """Whether a name with these words in front means a time; "viden om påske" does not."""
    if period.bare or leading["side"] or leading["part"]:
        return True
    name = sentence.rest[period.start : period.end]
    if name.endswith("dag"):
        return leading["in"] in ("på ", "paa ", "on ", "til ")
    if name[0].isdigit() and "." in name:
        return bool(leading["the"])
    return leading["in"] in _TIME_PREPOSITIONS or bool(leading["the"])


def _alone(sentence: Sentence, period: NamedPeriod) -> bool:
    """Whether the name is all there is: an answer to "hvornår?"."""
    return period.start == 0 and period.end >= len(sentence.plain.rstrip(".!? "))


def _days(period: NamedPeriod, side: _Side, part: str, today: date) -> tuple[date | None, date | None]:
    """The days on one side of a period. "inden 1. maj" is taken to include that day, "før 1. maj" is not."""
    if side is _Side.BEFORE or (side is _Side.INSIDE and not period.one_day and not part):
        return None, period.last_day_before(today)
    if side is _Side.AFTER:
        return period.first_day_after(today), None
    span = period.next(today)
    if span is None:
        return None, None
    if part and not part.startswith(_WHOLE) and side is _Side.WITHIN:
        return _third(span, part)
    if side in (_Side.INSIDE, _Side.UP_TO):
        return None, span[1]
    return (span[0], None) if side is _Side.FROM else span


def _third(span: tuple[date, date], part: str) -> tuple[date, date]:
    """The beginning, middle or end of a period: its first ten days of a month, and so on."""
    first, last = span
    which = _THIRDS.get(part[:3], _LAST_THIRD)
    length = ((last - first).days // 3 + 1) * DAY
    if which == _LAST_THIRD:
        return last - length + DAY, last
    begins = first + which * length
    return begins, begins + length - DAY


def _range(
    period: NamedPeriod, following: NamedPeriod, side: _Side, today: date
) -> tuple[date | None, date | None]:
    """From one period to another: "fra april til juni", "mellem påske og pinse"."""
    if side is _Side.BETWEEN and (period.edges or following.edges or not (period.bare and following.bare)):
        first = period.first_day_after(today)
        return first, following.last_day_before(first or today)
    span = period.next(today)
    if span is None:
        return None, None
    end = following.next(span[0])
    return span[0], end[1] if end else None
