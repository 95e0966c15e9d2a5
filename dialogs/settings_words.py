"""What people say of when they want to be told: "samlet hver dag", "pause til mandag".

Only whole sentences count, and only those that can be nothing else: "hver uge" may be part of a need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from catalogue.danish_numbers import NUMBER, number_value
from catalogue.need import read_need
from centre.settings import QUIET_UNTIL, Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence


MOST_DAYS = 365


class Wanted(Enum):
    """What a sentence asks for."""

    SHOW = auto()
    FREQUENCY = auto()
    QUIET_HOURS = auto()
    QUIET_WEEKENDS = auto()
    ANY_HOUR = auto()
    PAUSE = auto()
    NO_PAUSE = auto()
    AWAY = auto()
    BACK = auto()


@dataclass(frozen=True, slots=True)
class SettingsCommand:
    """What is wanted, and what was said of it.

    `day` is the first day on which a paused person hears again, or the last one of an absence; None where it was
    not said or could not be read. `first_day` None is today.
    """

    wanted: Wanted
    frequency: Frequency = Frequency.AT_ONCE
    quiet_from: time | None = None
    quiet_until: time = QUIET_UNTIL
    day: date | None = None
    first_day: date | None = None
    stand_in: str = ""


_TELL_ME = (
    r"(?:(?:giv|send|skriv til|vil have|jeg vil have|jeg vil gerne have|give|send|tell)(?: (?:mig|me))? ?)?"
    r"(?:(?<=mig )|(?<=me )|besked(?:er)? |notices )(?:samlet |together )?"
)
_TOGETHER = rf"(?:{_TELL_ME}|samlet |together )"
_CLOCK = r"(?:kl\.?|klokken)? ?(?P<{name}>[01]?\d|2[0-4])(?:[.:](?P<{name}_minutes>[0-5]\d))?(?: o'clock)?"
_FROM, _UNTIL = _CLOCK.format(name="from"), _CLOCK.format(name="until")
_NONE = r"(?:jeg vil )?(?:ingen|ikke have|ikke|no) (?:beskeder|besked|notices|messages)"
_MINE = (
    r"(?:(?:passer|ser efter|overtager|tager|looks after|takes) (?:mine|my) (?:sager|cases)"
    r"|er min stedfortræder|is my stand-in)"
)
_CARE = rf"(?:{_MINE}|tager over|takes over)"
_ABSENT = (
    r"(?:jeg (?:er|har|holder|går)|i am|i'm) (?:på |on )?"
    r"(?:ferie|barsel|barselsorlov|orlov|væk|fraværende|syg|sygemeldt|holiday|away|leave|sick)"
)
_TO = r"(?:frem til|indtil|til og med|til|until|till|to)"
_ONCE_A_DAY = r"(?:hver dag|dagligt|en gang om dagen|én gang om dagen|daily|every day|once a day)"
_ONCE_A_WEEK = r"(?:hver uge|ugentligt|en gang om ugen|én gang om ugen|weekly|every week|once a week)"
_QUIET = (
    rf"{_NONE} (?:efter|after|mellem|between|fra|from) {_FROM}"
    rf"(?: (?:og|til|and|to|until)(?: (?:ikke )?(?:før|before))? {_UNTIL})?"
)
_AWAY = (
    rf"{_ABSENT}(?:,? (?:{_TO} (?P<day>[^,]{{3,40}}?)|(?P<period>(?:fra|i|from|in) [^,]{{3,60}}?)))?"
    rf"(?:(?:,(?: og| and)?| og| and) (?P<name>\S.{{0,40}}?) {_CARE})?"
)
_STAND_IN = (
    rf"(?P<name>\S.{{0,40}}?) {_MINE}"
    rf"(?: (?:{_TO} (?P<day>.{{3,40}})|(?P<period>(?:fra|i|from|in) .{{3,60}})))?"
)
_FORMS: Sequence[tuple[Wanted, str]] = (
    (Wanted.SHOW, r"(?:mine |vis |vis mine |my |show )?(?:indstillinger|beskedindstillinger|settings)"),
    (Wanted.FREQUENCY, rf"{_TELL_ME}(?P<at_once>med det samme|straks|at once|immediately)"),
    (Wanted.FREQUENCY, rf"{_TOGETHER}(?P<daily>{_ONCE_A_DAY})"),
    (Wanted.FREQUENCY, rf"{_TOGETHER}(?P<weekly>{_ONCE_A_WEEK})"),
    (Wanted.QUIET_HOURS, _QUIET),
    (Wanted.QUIET_WEEKENDS, rf"{_NONE} (?:i |in |on |at )?(?:the )?weekend(?:en|er|erne|s)?"),
    (Wanted.ANY_HOUR, r"(?:beskeder|besked|notices) (?:når som helst|hele døgnet|altid|at any time|any time)"),
    (Wanted.NO_PAUSE, r"(?:stop|slut|afslut|ingen|end|no) (?:min |my |the )?pausen?|pausen er slut"),
    (Wanted.PAUSE, rf"(?:hold |tag )?pause(?: (?:{_TO} (?P<day>.{{3,40}})|(?:i|for) (?P<span>.{{3,20}})))?"),
    (Wanted.AWAY, _AWAY),
    (Wanted.AWAY, _STAND_IN),
    (Wanted.BACK, r"(?:jeg er|i am|i'm) (?:tilbage(?: igen)?|back(?: again)?)"),
)
_SPAN = re.compile(rf"(?P<count>{NUMBER}|en|et|a|one) (?P<unit>dage?|days?|uger?|weeks?)")
_PATTERNS = [(wanted, re.compile(form, re.IGNORECASE)) for wanted, form in _FORMS]


def read_settings(text: str, today: date) -> SettingsCommand | None:
    """Read a whole sentence about one's own settings; None for any other sentence."""
    said = " ".join(text.split()).strip(" .!")
    for wanted, pattern in _PATTERNS:
        if found := pattern.fullmatch(said):
            return _command(wanted, {name: words for name, words in found.groupdict().items() if words}, today)
    return None


def _command(wanted: Wanted, said: dict[str, str], today: date) -> SettingsCommand:
    match wanted:
        case Wanted.FREQUENCY:
            return SettingsCommand(wanted, next(choice for choice in Frequency if choice.value in said))
        case Wanted.QUIET_HOURS:
            until = _clock(said, "until") if "until" in said else QUIET_UNTIL
            return SettingsCommand(wanted, quiet_from=_clock(said, "from"), quiet_until=until)
        case Wanted.PAUSE:
            return SettingsCommand(wanted, day=_after(said.get("span", ""), today) or _until(said, today))
        case Wanted.AWAY:
            period = read_need(said.get("period", ""), today)
            begins = period.earliest.value if period.earliest else None
            ends = period.latest.value if period.latest else _until(said, today)
            return SettingsCommand(wanted, day=ends, first_day=begins, stand_in=said.get("name", ""))
        case _:
            return SettingsCommand(wanted)


def _clock(said: dict[str, str], name: str) -> time:
    """A clock time; 24 is midnight."""
    return time(int(said[name]) % 24, int(said.get(f"{name}_minutes", 0)))


def _until(said: dict[str, str], today: date) -> date | None:
    """Read a day as a need's time is read: "mandag", "3. januar", "uge 7" (its last day)."""
    words = said.get("day", "")
    if words.casefold() in {"i morgen", "tomorrow"}:
        return today + timedelta(days=1)
    latest = read_need(f"senest {words}", today).latest if words else None
    return latest.value if latest else None


def _after(words: str, today: date) -> date | None:
    """Read "3 dage", "en uge": that many days from today."""
    span = _SPAN.fullmatch(words.casefold())
    if span is None:
        return None
    count = 1 if span["count"] in {"en", "et", "a", "one"} else number_value(span["count"])
    return today + timedelta(days=min(count, MOST_DAYS) * (7 if span["unit"].startswith(("uge", "week")) else 1))
