"""How long an offer is, read out of the free text that its length is written in.

"2 dage med en uge imellem", "6 moduler a 3 timer", "4 møder over 3 måneder", "Half a day". What matters to
somebody who wants "højst én dag" is first on how many days one has to be there, then for how long; a `Length`
sorts that way.
"""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass

from catalogue.danish_numbers import NUMBER, number_value
from catalogue.sentence import Sentence, danish

HOUR = 60
DAY = 7 * HOUR
"""A day of teaching: the five of a full-time week of 37 hours without their breaks, rounded to whole hours."""
HALF_DAY = DAY // 2
SHIFT = 8 * HOUR
MEETING = 2 * HOUR
"""Of a meeting, a visit or a module whose hours are not told."""
WORKING_DAYS = {"u": 5, "w": 5, "m": 21, "å": 220, "aa": 220, "y": 220}
"""By the first letters of a week, a month and a year. A span alone says no days, but is longer than any day."""
LONGEST_TEXT = 200
MOST_DAYS = 1000
"""A longer one is a slip of the keyboard."""


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """On how many days one has to be there, and how many minutes of teaching that is in all."""

    days: int
    minutes: int

    @property
    def whole_days(self) -> bool:
        """Whether it fills its days, so that it is told in days and not in hours or times."""
        return self.minutes >= self.days * DAY


_ONE = r"(?:en|et|én|ét|a|an|one)"
_COUNT = rf"(?:[0-9]{{0,4}}[.,][0-9]{{1,2}}|{NUMBER}|halvanden|halvandet|{_ONE})"
_UP_TO = rf"(?:{_COUNT} ?(?:-|til|to) ?)?"
_EACH = {
    "days": (r"(?:hele )?(?:kursus|undervisnings|tema)?dage?s?|days?", DAY),
    "halves": ((r"halv(?:e|t)? ?dage?s?|half[- ]days?|formiddage?|eftermiddage?|aft(?:en|ener)|mornings?"
               r"|afternoons?|evenings?"), HALF_DAY),
    "shifts": (r"vagt(?:er)?|shifts?", SHIFT),
    "times": ((r"(?:opfølgnings)?(?:møder?|mødegange?)|meetings?|gange?|times|besøg|visits?|samtaler?|moduler?"
              r"|modules?|sessioner|sessions?|lektioner|workshops?|webinar(?:er)?"), MEETING),
}  # fmt: skip
_OCCASIONS = "|".join(f"(?P<{name}>{words})" for name, (words, _) in _EACH.items())
_TIME = r"(?P<hours>timers?|time|hours?|t\.)|(?P<minutes>minutters?|minutes?|min\.?)"
_SEVERAL = danish(
    rf"(?<![\w.,])(?:(?:{_UP_TO}(?P<count>{_COUNT}) ?)?(?:{_OCCASIONS}) ?(?:[aàá]|af|på|of|x|hver på) ?"
    rf"|(?P<by>[0-9]{{1,3}}) ?x ?){_UP_TO}(?P<each>{_COUNT}|en halv) ?(?:{_TIME})(?!\w)"
)
_OCCASION = danish(
    rf"(?<![\w.,])(?:{_UP_TO}(?P<count>{_COUNT})(?: |-)?|(?P<half>en halv |half a ))(?:{_OCCASIONS})(?!\w)"
)
_BARE = danish(r"(?<!\w)(?:(?P<half>halvdags?|half[- ]day)|(?P<whole>heldags?|all day))[\w-]*")
_CLOCK = danish(rf"(?<![\w.,])(?:{_UP_TO}(?P<count>{_COUNT})|(?P<half>en halv|half an?)) ?(?:{_TIME})(?!\w)")
_SPAN = danish(
    rf"(?<![\w.,])(?:{_UP_TO}(?P<count>{_COUNT}|et halvt|half a)) ?"
    r"(?P<unit>uger?|weeks?|måned(?:er)?|mdr\.?|months?|år|years?)(?!\w)"
)
_IN_BETWEEN = danish(
    rf"(?<!\w)(?:over|med|with|fordelt på|within|inden for) (?:ca\.? |cirka )?{_UP_TO}(?:{_COUNT}|et halvt) ?"
    r"(?:uger?|weeks?|måned(?:er)?|mdr\.?|months?|år|years?|dage?s?|days?)"
    r"(?: imellem| mellemrum| between| apart)?(?!\w)"
)
_PLAIN_DAYS = re.compile(
    r"[0-9]{1,2} (?:hele |full )?(?:kursus|undervisnings)?(?:dage|days)\.?"
    r"|(?:to|tre|fire|fem|two|three|four|five) (?:hele |full )?(?:kursus|undervisnings)?(?:dage|days)\.?",
    re.IGNORECASE,
)
_HALF = re.compile(r"(?P<whole>[0-9]*) ?½")
_ASIDE = re.compile(r"\([^)]*\)")


@functools.lru_cache(maxsize=4096)
def length_of(text: str) -> Length | None:
    """Read a length; None where the text tells none ("Efter aftale").

    Of a range ("2-4 besøg") the upper end counts, and parts are added up ("2 dage og 1 opfølgningsmøde").
    """
    sentence = Sentence(_HALF.sub(r"\g<whole>,5", text[:LONGEST_TEXT]))
    sentence.take(aside.span() for aside in _ASIDE.finditer(sentence.rest))
    sentence.take(span.span() for span in _IN_BETWEEN.finditer(sentence.rest))
    parts = [*_taught_in_parts(sentence), *_occasions(sentence), *_hours(sentence)] or _span(sentence)
    days, minutes = sum(part.days for part in parts), sum(part.minutes for part in parts)
    return Length(days, minutes) if 0 < days <= MOST_DAYS and minutes else None


def plain_days(text: str) -> int:
    """Return how many days a length is that says nothing but days ("3 dage", "tre hele dage"); 0 for any other."""
    length = length_of(text) if _PLAIN_DAYS.fullmatch(text.strip()) else None
    return length.days if length else 0


def _taught_in_parts(sentence: Sentence) -> list[Length]:
    """Read "6 moduler a 3 timer", "1 møde på 2 timer", "2 x 3 timer"."""
    found = [
        Length(math.ceil(count), round(count * _minutes(part["each"], part)))
        for part in _SEVERAL.finditer(sentence.rest)
        if (count := _number(part["count"] or part["by"] or "en"))
    ]
    sentence.take(part.span() for part in _SEVERAL.finditer(sentence.rest))
    return found


def _occasions(sentence: Sentence) -> list[Length]:
    """Read "2 dage", "5 formiddage", "4 møder"; a "heldagskursus" is one day."""
    found = []
    for part in _OCCASION.finditer(sentence.rest):
        count = 0.5 if part["half"] else _number(part["count"])
        each = next(minutes for name, (_, minutes) in _EACH.items() if part[name])
        found.append(Length(math.ceil(count), round(count * each)))
    sentence.take(part.span() for part in _OCCASION.finditer(sentence.rest))
    found += [Length(1, HALF_DAY if part["half"] else DAY) for part in _BARE.finditer(sentence.rest)]
    sentence.take(part.span() for part in _BARE.finditer(sentence.rest))
    return found


def _hours(sentence: Sentence) -> list[Length]:
    """Read "3 timer", "90 minutter": within a day as far as a day goes."""
    minutes = sum(_minutes(part["count"] or "en halv", part) for part in _CLOCK.finditer(sentence.rest))
    return [Length(max(1, math.ceil(minutes / SHIFT)), minutes)] if minutes else []


def _span(sentence: Sentence) -> list[Length]:
    """Read "12 uger", "et halvt år", where nothing else is told."""
    span = _SPAN.search(sentence.rest)
    if span is None:
        return []
    working_days = next(days for letters, days in WORKING_DAYS.items() if span["unit"].startswith(letters))
    days = math.ceil(_number(span["count"]) * working_days)
    return [Length(days, days * DAY)]


def _minutes(count: str, part: re.Match[str]) -> int:
    return round(_number(count) * (HOUR if part["hours"] else 1))


def _number(words: str) -> float:
    if words.startswith(("en halv", "et halv", "half")):
        return 0.5
    if words.startswith("halvand"):
        return 1.5
    if re.fullmatch(_ONE, words):
        return 1
    if re.fullmatch(r"[0-9]*[.,][0-9]{1,2}", words):
        return float(words.replace(",", "."))
    return number_value(words)
