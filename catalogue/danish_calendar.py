"""The calendar in Danish: months, weeks, seasons, quarters, holidays and the days that they cover.

Seasons are the meteorological ones; for "inden sommer" and "efter sommer" the summer is July, as the summer
holidays divide the working year. School holidays are the usual weeks (7, 42), since each municipality sets its
own. Easter and Whitsun come from `holidays`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from catalogue.sentence import danish

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from catalogue.sentence import Sentence

Span = tuple[date, date]
DAY = timedelta(days=1)
_YEARS_AHEAD = 9


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A named period in a sentence, between the positions `start` and `end`.

    `occurs` gives its first and last day in a year. `edges` replaces those days for "inden X" and "efter X".
    With `year` it has only one occurrence. A `bare` name means a
    time even without a preposition; `one_day` is a date.
    """

    start: int
    end: int
    occurs: Callable[[int], Span]
    edges: Callable[[int], Span] | None = None
    year: int | None = None
    bare: bool = True
    one_day: bool = False

    def _occurrences(self, occurs: Callable[[int], Span], today: date) -> Iterator[Span]:
        """The occurrences from last year on, or the one of its own year; days that do not exist are skipped."""
        for year in (self.year,) if self.year else range(today.year - 1, today.year + _YEARS_AHEAD):
            try:
                yield occurs(year)
            except ValueError:
                continue

    def next(self, today: date) -> Span | None:
        """Its next occurrence, cut off at today, or None when it is over or never comes.

        One that is running counts while a quarter of it is left: what is over tomorrow cannot be meant.
        """
        for first, last in self._occurrences(self.occurs, today):
            length = (last - first).days + 1
            left = (last - max(first, today)).days + 1
            if left > 0 and (self.year or left * 4 >= length):
                return max(first, today), last
        return None

    def last_day_before(self, today: date) -> date | None:
        """The last day of "inden X"."""
        spans = self._occurrences(self.edges or self.occurs, today)
        return next((first - DAY for first, _ in spans if first > today), None)

    def first_day_after(self, today: date) -> date | None:
        """The first day of "efter X"."""
        spans = self._occurrences(self.edges or self.occurs, today)
        return next((last + DAY for _, last in spans if last >= today), None)


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "marts march mar", "april apr", "maj may",
            "juni june jun", "juli july",
            "august aug", "september sept sep", "oktober october okt oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_UNSURE_ALONE = {
    "may",
    "march",
    "mar",
    "sep",
    "sept",
    "dec",
    "jan",
    "jun",
    "okt",
    "oct",
    "nov",
    "feb",
    "apr",
    "aug",
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASONS = {"for": 3, "spr": 3, "som": 6, "sum": 6, "eft": 9, "aut": 9, "vin": 12, "win": 12}
_SUMMER = 6
_ORDINALS = {"første": 1, "foerste": 1, "1.": 1, "andet": 2, "2.": 2, "tredje": 3, "3.": 3, "fjerde": 4, "4.": 4}
_WEEKDAYS = ("man", "tir", "ons", "tor", "fre")

_COUNTED = (
    r"(?:medarb|person|ansat|pæd|sosu|ssa|ssh|syge|delt|kolleg|nye|ergo|fys|social|leder|elev|natte"
    r"|visit|folk|mand|stk|styk)"
)
"""What begins like people: "i uge 12 og 14 pædagoger" is one week."""

_NAME = danish(
    r"(?<![\w/-])(?<![0-9]\.)(?:"
    rf"(?:(?P<day_from>[0-9]{{1,2}})\.?(?: ?- ?| og | til ))?(?P<day>[0-9]{{1,2}})(?:\. ?|(?:st|nd|rd"
    rf"|th)? (?:of )?)"
    rf"(?P<day_month>{_MONTH})\b"
    rf"|(?P<month_day>{_MONTH}) (?P<day_last>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![\w.:])"
    r"|(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})"
    r"|(?P<numeric>[0-9]{1,2} ?[/.-] ?[0-9]{1,2}(?:\.(?![0-9])| ?[/.-] ?(?:20)?[0-9]{2})?)(?![/-]|\.[0-9])"
    r"|(?:ugerne|uger|uge|weeks?)(?: nr\.?)? (?P<week>[0-9]{1,2})"
    r"(?:, ?[0-9]{1,2}(?=(?:, ?[0-9]{1,2}){0,5},? (?:og|eller|or|and) [0-9])){0,5}"
    rf"(?:,?(?: ?- ?| og | til | eller | el\.? | to | or | and )(?P<week_to>[0-9]{{1,2}})(?! {_COUNTED}))?"
    rf"|(?P<month>{_MONTH})(?:[/-](?P<month_to>{_MONTH}))?"
    r"|(?P<holiday>(?:sommer|efterårs|vinter|jule|påske)ferie(?:n|rne)?|juleaften|jul(?:en)?"
    r"|nytår(?:et)?|årsskiftet"
    r"|påsken?|pinsen?|kristi himmelfart(?:sdag)?|easter|christmas|new year(?:'s)?|summer holidays?)"
    r"|(?P<season>forår|efterår|sommer|vinter|spring|summer|autumn|winter)(?:et|en)?s?"
    r"|(?P<quarter>første|andet|tredje|fjerde|[1-4]\.) kvartal|q ?(?P<q>[1-4])|(?P<half>første|andet"
    r"|[12]\.) halvår"
    r"|(?P<relative>(?:denne|næste|kommende|this|next) (?:uge|måned|week|month)"
    r"|(?:dette|næste|kommende|this|next) (?:kvartal|halvår|quarter)"
    r"|(?:næste|kommende|next) (?:år|year)|(?:i|this) (?:år|year)|det nye år|the new year|i morgen"
    r"|tomorrow|i dag|today"
    r"|årets (?:udgang|afslutning|slutning)|(?:udgangen|slutningen|udløbet) af året|end of the year)"
    r"|(?P<weekday>(?:næste |kommende )?(?:man|tirs|ons|tors|fre)dag(?!,? (?:den |d\.? ?|the )?[0-9]))"
    r"|(?P<whole_year>20[0-9]{2})"
    r")(?!\w)(?:,? (?:i )?(?P<year>20[0-9]{2})(?![\w-]))?"
)


@functools.lru_cache(maxsize=64)
def _holidays(year: int) -> dict[str, date]:
    from holidays import country_holidays  # noqa: PLC0415 -- slow to import, and few sentences name a holiday

    return {name: day for day, name in country_holidays("DK", years=year, language="da").items()}


def _month_span(year: int, month: int, months: int = 1) -> Span:
    """The days of `months` months from a month on; the month may run past 12 into the next year."""
    first, after = month - 1, month - 1 + months
    return date(year + first // 12, first % 12 + 1, 1), date(year + after // 12, after % 12 + 1, 1) - DAY


def _week_span(year: int, first: int, last: int) -> Span:
    """Monday of one ISO week to Sunday of another, which lies in the next year when its number is lower."""
    end_year = year + 1 if last < first else year
    return date.fromisocalendar(year, first, 1), date.fromisocalendar(end_year, last, 7)


def _day_span(year: int, month: int, first: int, last: int) -> Span:
    return date(year, month, first), date(year, month, last)


_HOLIDAYS: dict[str, Callable[[int], Span]] = {
    "sommerferie": lambda year: _month_span(year, 7),
    "summer": lambda year: _month_span(year, 7),
    "efter": lambda year: _week_span(year, 42, 42),
    "vinter": lambda year: _week_span(year, 7, 7),
    "jul": lambda year: _day_span(year, 12, 24, 26),
    "christmas": lambda year: _day_span(year, 12, 24, 26),
    "p": lambda year: (_holidays(year)["Skærtorsdag"], _holidays(year)["Anden påskedag"]),
    "easter": lambda year: (_holidays(year)["Skærtorsdag"], _holidays(year)["Anden påskedag"]),
    "pinse": lambda year: (_holidays(year)["Pinsedag"], _holidays(year)["Anden pinsedag"]),
    "kristi": lambda year: (_holidays(year)["Kristi himmelfartsdag"],) * 2,
}


def _turn_of_the_year(year: int) -> Span:
    """No days at all: "inden nytår" is 31 December and "efter nytår" 1 January."""
    return date(year, 1, 1), date(year - 1, 12, 31)


def _holiday(words: str) -> tuple[Callable[[int], Span], Callable[[int], Span] | None]:
    """A holiday's days and its edges."""
    if words.startswith(("nyt", "år", "aar", "new")):
        return (lambda year: _day_span(year, 1, 1, 1)), _turn_of_the_year
    start = max((start for start in _HOLIDAYS if words.startswith(start)), key=len)
    return _HOLIDAYS[start], None


def _year_end(year: int) -> Callable[[int], Span]:
    return lambda _: (date(year + 1, 1, 1), date(year, 12, 31))


def _relative(words: str, today: date) -> Span:
    """The days of "næste måned" and its kind, counted from today."""
    this = words.startswith(("denne", "dette", "this", "i år", "i aar"))
    if words.endswith(("dag", "today")):
        return today, today
    if words.endswith(("morgen", "tomorrow")):
        return today + DAY, today + DAY
    if words.endswith(("uge", "week")):
        monday = today - DAY * today.weekday() + (DAY * 0 if this else DAY * 7)
        return monday, monday + DAY * 6
    for ending, months in ((("kvartal", "quarter"), 3), (("halvår", "halvaar"), 6), (("år", "aar", "year"), 12)):
        if words.endswith(ending):
            return _month_span(
                today.year, (today.month - 1) // months * months + 1 + (0 if this else months), months
            )
    return _month_span(today.year, today.month + (0 if this else 1))


def _fixed(span: Span) -> Callable[[int], Span]:
    return lambda _: span


def _numeric(words: str) -> tuple[int, int, int | None, bool] | None:
    """Day, month and year of "15/3" or "15.03.2027", and whether it is a date even without a preposition."""
    parts = [int(part) for part in words.replace("/", " ").replace(".", " ").replace("-", " ").split()]
    day, month = parts[0], parts[1]
    if not (day and 1 <= month <= 12) or words == "24/7":  # noqa: PLR2004 -- months of the year
        return None
    if len(parts) > 2:  # noqa: PLR2004 -- day, month, year
        return day, month, parts[2] % 100 + 2000, True
    if "-" in words:
        return None
    return day, month, None, "/" in words and day > 4  # noqa: PLR2004 -- "1/2" and "3/4" are fractions


def _ordinal(words: str) -> int:
    return _ORDINALS.get(words) or int(words.strip("."))


class _Meaning(NamedTuple):
    """What a kind of name means, before it has a place in a sentence; the fields are `NamedPeriod`'s."""

    occurs: Callable[[int], Span]
    edges: Callable[[int], Span] | None = None
    year: int | None = None
    bare: bool = True


def _day_of_month(name: re.Match[str], _: date) -> _Meaning:
    last = int(name["day"] or name["day_last"])
    month = _MONTHS[name["day_month"] or name["month_day"]]
    first = int(name["day_from"] or last)
    return _Meaning(functools.partial(_day_span, month=month, first=first, last=last))


def _iso_day(name: re.Match[str], _: date) -> _Meaning:
    year, month, day = map(int, name["iso"].split("-"))
    return _Meaning(functools.partial(_day_span, month=month, first=day, last=day), year=year)


def _numeric_day(name: re.Match[str], _: date) -> _Meaning | None:
    if (numbers := _numeric(name["numeric"])) is None:
        return None
    day, month, year, bare = numbers
    return _Meaning(functools.partial(_day_span, month=month, first=day, last=day), None, year, bare)


def _weeks(name: re.Match[str], _: date) -> _Meaning:
    first = int(name["week"])
    return _Meaning(functools.partial(_week_span, first=first, last=int(name["week_to"] or first)))


def _month(name: re.Match[str], _: date) -> _Meaning:
    first = _MONTHS[name["month"]]
    months = (_MONTHS[name["month_to"]] - first) % 12 + 1 if name["month_to"] else 1
    occurs = functools.partial(_month_span, month=first, months=months)
    return _Meaning(occurs, bare=name["month"] not in _UNSURE_ALONE)


def _holiday_days(name: re.Match[str], _: date) -> _Meaning:
    occurs, edges = _holiday(name["holiday"])
    return _Meaning(occurs, edges, bare="ferie" in name["holiday"])


def _season(name: re.Match[str], _: date) -> _Meaning:
    month = _SEASONS[name["season"][:3]]
    edges = functools.partial(_month_span, month=7) if month == _SUMMER else None
    return _Meaning(functools.partial(_month_span, month=month, months=3), edges)


def _quarter(name: re.Match[str], _: date) -> _Meaning:
    month = _ordinal(name["quarter"] or name["q"]) * 3 - 2
    return _Meaning(functools.partial(_month_span, month=month, months=3))


def _half_year(name: re.Match[str], _: date) -> _Meaning:
    return _Meaning(functools.partial(_month_span, month=_ordinal(name["half"]) * 6 - 5, months=6))


def _from_today(name: re.Match[str], today: date) -> _Meaning:
    if name["relative"].startswith(_YEAR_END):
        return _Meaning(_fixed((date(today.year, 12, 31),) * 2), _year_end(today.year), today.year)
    return _Meaning(_fixed(_relative(name["relative"], today)), year=today.year)


def _weekday(name: re.Match[str], today: date) -> _Meaning:
    words = name["weekday"]
    ahead = (_WEEKDAYS.index(words.split()[-1][:3]) - today.weekday() - 1) % 7 + 1
    return _Meaning(_fixed((today + DAY * ahead,) * 2), None, today.year, " " in words)


def _whole_year(name: re.Match[str], _: date) -> _Meaning:
    occurs = functools.partial(_month_span, month=1, months=12)
    return _Meaning(occurs, year=int(name["whole_year"]), bare=False)


_KINDS: dict[str, Callable[[re.Match[str], date], _Meaning | None]] = {
    "day": _day_of_month,
    "day_last": _day_of_month,
    "iso": _iso_day,
    "numeric": _numeric_day,
    "week": _weeks,
    "month": _month,
    "holiday": _holiday_days,
    "season": _season,
    "quarter": _quarter,
    "q": _quarter,
    "half": _half_year,
    "relative": _from_today,
    "weekday": _weekday,
    "whole_year": _whole_year,
}
_YEAR_END = ("årets", "aarets", "udg", "slut", "udl", "end")
_ONE_DAY = {"day", "day_last", "iso", "numeric", "weekday"}


def named_periods(sentence: Sentence, today: date) -> list[NamedPeriod]:
    """Every named period in what is unread of a sentence, in its order."""
    periods: list[NamedPeriod] = []
    for name in _NAME.finditer(sentence.rest):
        kind = next(kind for kind in _KINDS if name[kind])
        if meaning := _KINDS[kind](name, today):
            occurs, edges, own_year, bare = meaning
            year = own_year or (int(name["year"]) if name["year"] else None)
            one_day = kind in _ONE_DAY
            periods.append(NamedPeriod(name.start(), name.end(), occurs, edges, year, bare, one_day))
    return periods
