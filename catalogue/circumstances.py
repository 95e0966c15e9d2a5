"""What surrounds a need: money, hurry, how often and how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.danish_numbers import NUMBER, number_value
from catalogue.sentence import Found, danish, insists

if TYPE_CHECKING:
    from catalogue.sentence import Sentence


class Urgency(StrEnum):
    """How quickly help is wanted."""

    SOON = "soon"
    NOT_URGENT = "not_urgent"


@dataclass(frozen=True, slots=True)
class Money:
    """A budget in whole kroner, and whether it is a limit."""

    budget: Found[int] | None = None
    hard: bool = False


# --- Money -------------------------------------------------------------------------------------------------

_LIMIT = (
    r"(?P<limit>(?:højst|maksimalt|maks\.?|max\.?|ikke over|ikke mere end|under|op til|up to|at most"
    r"|at højst) )"
)
_KRONER = r"(?:kroner|kr\.?|dkk)"
_MONEY = danish(
    r"(?<![\w.])(?:(?:vi har |har |med )?(?:et |en |vores )?(?P<budget>budget(?:tet)?|ramme"
    r"|økonomi) (?:er |på |til |of )?)?(?:på |for |til )?"
    r"(?:(?:det )?(?:må|skal|kan) (?:gerne )?(?:koste|betale|bruge) )?"
    rf"{_LIMIT}?(?:{_KRONER} ?)?(?P<amount>[0-9]{{1,3}}(?:[. ][0-9]{{3}})+|[0-9]{{1,7}}"
    rf"|{NUMBER})(?:,(?:-|[0-9]{{2}}))?"
    r"(?: ?(?P<thousands>t\.? ?kr\.?|tkr\.?|tusinde?(?: kr\.?| kroner)?|k)| ?(?P<millions>mio\.?(?: kr\.?)?)"
    rf"| ?(?P<kroner>{_KRONER}|,-))?(?!\w)(?: ?(?:pr\.?|per) (?:person|deltager|medarbejder|mand|hoved))?"
)
_MONEY_SIGN = re.compile(r"kr|dkk|budget|koste|tusind|mio|[0-9]k|,-|ramme|konomi|betale|bruge")
_FREE = danish(
    r"(?<!\w)(?:(?:det )?(?:skal|må) (?:gerne )?(?:være )?)?(?:kun )?(?P<free>gratis|free of charge)(?!\w)"
)


def read_money(sentence: Sentence) -> Money:
    """Read the budget and take its words; a number is money only beside kroner, a budget or "koste"."""
    if free := _FREE.search(sentence.rest):
        sentence.take([free.span()])
        hard = "kun" in free.group() or "skal" in free.group()
        return Money(Found(0, sentence.words(*free.span())), hard)
    if not _MONEY_SIGN.search(sentence.rest):
        return Money()
    money = Money()
    spans: list[tuple[int, int]] = []
    for match in _MONEY.finditer(sentence.rest):
        said = match.group()
        if not (
            match["thousands"]
            or match["millions"]
            or match["kroner"]
            or re.search(r"budget|kr|dkk|koste|,-", said)
        ):
            continue
        spans.append(match.span())
        if money.budget is None:
            factor = 1000 if match["thousands"] else 1_000_000 if match["millions"] else 1
            value = (
                number_value(
                    match["amount"].replace(" ", ".") if match["amount"][0].isdigit() else match["amount"]
                )
                * factor
            )
            hard = bool(match["limit"]) or insists(sentence, match.start())
            money = Money(Found(value, sentence.words(*match.span())), hard)
    sentence.take(spans)
    return money


# --- Rhythm and length -------------------------------------------------------------------------------------

_DURATION = rf"(?:{NUMBER}|en|et|et halvt|halvandet|flere)"
_EACH = (
    r"(?:(?:hver(?:t|anden)?|every) ?(?:(?:[0-9]{1,2}\.?|anden|andet|tredje|fjerde|femte|sjette"
    r"|ottende|two|three|four|six) )?"
    r"(?:uge|måned|kvartal|halvår|år|weeks?|months?|mandag|tirsdag|onsdag|torsdag|fredag)"
    rf"|(?:(?:{NUMBER}|en|et par) gange?|{NUMBER} times|once|twice) (?:om|hver|i|pr\.?|a|per) "
    r"(?:ugen|måneden|året|kvartalet|halvåret|uge|måned|kvartal|halvår|år|week|month|year)|månedligt?"
    r"|ugentligt?|kvartalsvis)"
)
_RHYTHM = danish(
    rf"(?<![\w.]){_EACH}(?! ?[0-9]|\w)(?: (?:i|over|for) {_DURATION} ?(?:uger|måneder|mdr\.?|år|weeks"
    rf"|months|years?)(?!\w))?"
)
_LENGTH = danish(
    rf"(?<![\w.])(?:(?:på|af|i|over|med|varighed:?) )?(?P<length>(?:{NUMBER} ?(?:gange"
    rf"|x) ?)?{_DURATION}(?: ?-? ?{NUMBER})?(?: |-)?"
    r"(?:dage?s?|timers?|time|uger?s?|måneder(?:s)?|måned|mdr\.?|days?|hours?|minutter)(?:-?(?:kursus"
    r"|forløb))?"
    r"|(?:halv|hel)dags(?:kursus|forløb)?|en (?:hel|halv) dags?|(?:et halvt|halvandet|et"
    r"|to) år)(?!\w)(?! (?:siden|gamle?|ago)\b)"
)
_PAST = danish(r"(?:sidste|seneste|forløbne|om|inden|inden ?for|løbet af|næste|past|last|hver|within) $")


def read_rhythm(sentence: Sentence) -> Found[str] | None:
    """Read how often ("hver 6. uge i et år") and take it, so that its numbers are no date and no head-count."""
    spans = [match.span() for match in _RHYTHM.finditer(sentence.rest)]
    sentence.take(spans)
    return Found(words := sentence.words(*spans[0]), words) if spans else None


def read_length(sentence: Sentence) -> Found[str] | None:
    """Read how long ("2 dage", "en halv dag") and take it; "om 3 uger" and "de sidste 2 måneder" are none."""
    found: Found[str] | None = None
    spans: list[tuple[int, int]] = []
    for match in _LENGTH.finditer(sentence.rest):
        if _PAST.search(sentence.rest, max(0, match.start() - 20), match.start()):
            continue
        spans.append(match.span())
        found = found or Found(words := sentence.words(*match.span("length")), words)
    sentence.take(spans)
    return found


# --- Hurry -------------------------------------------------------------------------------------------------

_NOT_URGENT = danish(
    r"(?<!\w)(?:(?:men |og )?(?:det )?(?:haster (?:bestemt |slet )?ikke|er ikke (?:akut"
    r"|noget der haster)|har ingen hast)|ingen hast|ikke akut"
    r"|uden hast|når (?:som helst|det passer(?: jer| ind)?)|på (?:længere )?sigt|no rush|not urgent)(?!\w)"
)
_SOON = danish(
    r"(?<!\w)(?:(?:gerne |helst )?(?:så )?(?:hurtigst|snarest)(?: muligt)?|(?:gerne "
    r"|helst )?så (?:hurtigt|snart) (?:som|det er) muligt|asap"
    r"|(?:men |og )?(?:det )?(?:er )?(?:ret |lidt |meget |virkelig )?(?:haster|hastende)(?: lidt"
    r"| meget)?|som en hastesag|med det samme|nu og her"
    r"|straks|omgående|(?:gerne |helst |meget )?snart|det er (?:ret |meget |lidt )?akut(?! \w)"
    r"|akut(?= (?:behov|brug|hjælp))|as soon as possible|urgently|urgent|soon)(?!\w)"
)


def read_urgency(sentence: Sentence) -> Found[Urgency] | None:
    """Read whether it is urgent and take the words. "akut sygdom" is a topic, not a hurry."""
    for pattern, urgency in ((_NOT_URGENT, Urgency.NOT_URGENT), (_SOON, Urgency.SOON)):
        spans = [match.span() for match in pattern.finditer(sentence.rest)]
        if spans:
            sentence.take(spans)
            return Found(urgency, sentence.words(*spans[0]))
    return None
