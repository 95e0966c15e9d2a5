"""What surrounds a need: area, place, money, hurry, rhythm, length, and for whom somebody writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.danish_numbers import NUMBER, number_value
from catalogue.offers import Area
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


@dataclass(frozen=True, slots=True)
class Place:
    """A town or region, and whether it has to be there."""

    name: Found[str] | None = None
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


# --- Area --------------------------------------------------------------------------------------------------

_AREAS = {
    Area.PSYCHIATRY: (
        r"social(?:området)? ?(?:&|og|/) ?psykiatri(?:en)?|(?:social|distrikts|bosted |botilbud "
        r"|område )psykiatri(?:en|området)?"
        r"|psykiatri(?:en|området)|psykiatriske? bosted(?:er|et)?|misbrugscent(?:er|ret)"
        r"|rusmiddelcent(?:er|ret)|rusmiddelområdet|mental health services"
    ),
    Area.SENIOR: (
        r"(?:ældre|senior)-?(?:området|plejen|afdelingen|omsorgen)|ældre og sundhed|plejecent(?:er|ret|re"
        r"|rene)|plejehjem(?:met|mene)?"
        r"|hjemme-?(?:sygeplejen?|plejen?)|sygeplejen|område senior|nursing home|home care|elderly care"
    ),
    Area.DISABILITY: r"handicap-?(?:området|afdelingen|tilbud(?:det|dene)?)|område handicap|disability (?:services"
        r"|area)",
}  # fmt: skip
_AREA = danish(
    r"(?<![\w-])(?P<lead>(?:(?:her |ude )?(?:på|i|for|til|fra|hos|ved|inden for|indenfor|om|med|in|at"
    r"|for our|of|af) )?(?:et |en |vores |the |our )?)"
    r"(?:"
    + "|".join(f"(?P<{area}>{words})" for area, words in _AREAS.items())
    + r"|(?P<name>handicap|senior|psykiatri))(?![\w-])"
)
_NAMED_AREAS = {"handicap": Area.DISABILITY, "senior": Area.SENIOR, "psykiatri": Area.PSYCHIATRY}
_ABOUT = ("om ", "med ", "af ", "of ")


def read_area(sentence: Sentence) -> Found[Area] | None:
    """Read the professional area and take its words.

    "om socialpsykiatrien" stays in the topic, and the bare names ("Handicap") count only as the name of the
    department: with a capital after "i", "på", "for" or "fra", or alone.
    """
    found: Found[Area] | None = None
    spans: list[tuple[int, int]] = []
    for match in _AREA.finditer(sentence.plain):
        lead = match["lead"]
        if lead.startswith(_ABOUT) and not sentence.plain.endswith(("vegne ", "leder "), 0, match.start()):
            continue
        if match["name"]:
            alone = match.span() == (0, len(sentence.plain))
            written = sentence.text[match.start("name")]
            if not alone and not (lead and (written.isupper() or match.start() == 0)):
                continue
            area = _NAMED_AREAS[match["name"]]
        else:
            area = Area(match.lastgroup or "")
        spans.append(match.span())
        found = found or Found(area, sentence.words(match.start() + len(lead), match.end()))
    sentence.take(spans)
    return found


# --- Place -------------------------------------------------------------------------------------------------

_TOWNS = [
    "aabenraa",
    "aalborg",
    "aarhus",
    "albertslund",
    "allerød",
    "assens",
    "ballerup",
    "billund",
    "birkerød",
    "bjerringbro",
    "bogense",
    "brande",
    "brædstrup",
    "brøndby",
    "brønderslev",
    "børkop",
    "christiansfeld",
    "dragør",
    "ebeltoft",
    "esbjerg",
    "faxe",
    "fredensborg",
    "fredericia",
    "frederiksberg",
    "frederikshavn",
    "frederikssund",
    "frederiksværk",
    "fåborg",
    "faaborg",
    "gentofte",
    "gladsaxe",
    "glostrup",
    "gram",
    "grenaa",
    "grindsted",
    "gråsten",
    "greve",
    "haderslev",
    "hadsten",
    "hammel",
    "hedensted",
    "helsinge",
    "helsingør",
    "herlev",
    "herning",
    "hillerød",
    "hinnerup",
    "hjørring",
    "hobro",
    "holbæk",
    "holstebro",
    "horsens",
    "hvidovre",
    "hørsholm",
    "hørning",
    "høje-taastrup",
    "ikast",
    "ishøj",
    "jelling",
    "juelsminde",
    "kalundborg",
    "kerteminde",
    "kolding",
    "korsør",
    "københavn",
    "køge",
    "lemvig",
    "lillebælt",
    "løgstør",
    "lyngby",
    "middelfart",
    "morsø",
    "nakskov",
    "nibe",
    "nordborg",
    "nyborg",
    "nykøbing",
    "næstved",
    "nørresundby",
    "odder",
    "odense",
    "otterup",
    "padborg",
    "randers",
    "ribe",
    "ringe",
    "ringkøbing",
    "ringsted",
    "roskilde",
    "rudersdal",
    "rudkøbing",
    "rødding",
    "rødekro",
    "rødovre",
    "silkeborg",
    "skagen",
    "skanderborg",
    "skive",
    "skjern",
    "slagelse",
    "solrød",
    "sorø",
    "stege",
    "struer",
    "svendborg",
    "sæby",
    "sønderborg",
    "thisted",
    "tinglev",
    "tønder",
    "tørring",
    "vamdrup",
    "varde",
    "vejen",
    "vejle",
    "viborg",
    "vojens",
    "vordingborg",
    "vorbasse",
    "rødding",
    "holsted",
    "brørup",
    "brandbjerg",
]
_REGIONS = (
    "jylland|sønderjylland|nordjylland|midtjylland|østjylland|vestjylland|fyn|sjælland|bornholm"
    "|trekantområdet|kommunen|nærheden|lokalområdet"
)
_PLACE = danish(
    rf"(?<!\w)(?:(?:i|ved|omkring|nær|tæt på|på|in"
    rf"|near) )(?P<place>(?:nærheden af )?(?:{'|'.join(_TOWNS)}|{_REGIONS}"
    rf"|rådhuset(?: i (?:{'|'.join(_TOWNS)}))?))(?!\w)"
)


def read_place(sentence: Sentence) -> Place:
    """Read the first Danish town or region after "i", "ved", "på" and the like, and take the words."""
    match = _PLACE.search(sentence.rest)
    if match is None:
        return Place()
    start, end = match.span("place")
    words = sentence.words(start, end)
    sentence.take([match.span()])
    return Place(Found(words, sentence.words(*match.span())), insists(sentence, match.start()))


# --- On behalf of ------------------------------------------------------------------------------------------

_UNIT = (
    r"(?:afdelingen|afdeling|afd\.?|plejecenter|plejecentret|plejehjemmet|plejehjem|bostedet|bosted"
    r"|botilbuddet|botilbud|team|teamet|huset|hus|center|enheden|enhed"
    r"|distrikt|område|gruppe|værestedet|værested|dagcenter|aktivitetscenter|hjemmeplejen)"
)
_NAME_END = danish(
    r"[,.:;!?\n(\"]|(?= (?:mangler|har|skal|søger|vil|ønsker|der|som|om|inden|efter|før|er|ved|kunne"
    r"|kan|og|to|we|who|i forhold|til|for|med|i|på|hvor|senest)(?: |$))"
    r"|(?= [0-9])|$"
)
_ON_BEHALF = danish(
    r"(?<!\w)(?:(?:jeg )?(?:skriver|spørger|henvender mig|er her) )?(?P<lead>på vegne af|on behalf of"
    r"|for min kollega i) "
)
_FOR_UNIT = danish(rf"(?<!\w)(?:det er )?(?P<lead>for|til) (?P<unit>{_UNIT}) (?=\w)")
_WORKPLACE = danish(
    r"(?<!\w)(?:ude |her )?(?:på|i|fra|hos|ved) (?:(?:et|en|vores|mit|min|det|den|hele|our|my) )?"
    r"(?:bosted(?:et)?|botilbud(?:det)?|afdeling(?:en)?|dagtilbud(?:det)?|værested(?:et)?"
    r"|aktivitetscenter(?:et)?|enhed(?:en)?|team(?:et)?)"
    r"(?!-?\w)"
)
_AT_UNIT = danish(rf"(?<!\w)(?:ude )?(?:i|på|hos|fra|ved|af) (?P<unit>{_UNIT}) (?=\w)")
_ONES_BEHALF = danish(r"(?<!\w)på (?P<name>\w+(?: \w+)?)s vegne(?!\w)")
_CAPITAL_OR_DIGIT = re.compile(r"(?:[^\W_a-zæøå]\S*|[0-9]+\w?)(?: [^\W_a-zæøå0-9][\w'-]*)*")
_NAME_WINDOW = 80


def read_on_behalf_of(sentence: Sentence) -> Found[str] | None:
    """Read for which department or colleague somebody writes, and take the words.

    "i afdeling 4" and "på Plejecenter Solgården" only say where the writer is; they are taken, but no value.
    """
    found: Found[str] | None = None
    spans: list[tuple[int, int]] = []
    if ones := _ONES_BEHALF.search(sentence.rest):
        spans.append(ones.span())
        found = Found(sentence.words(*ones.span("name")), sentence.words(*ones.span()))
    for match in _ON_BEHALF.finditer(sentence.rest):
        end = _NAME_END.search(sentence.rest, match.end(), match.end() + _NAME_WINDOW)
        last = end.start() if end else match.end()
        if last > match.end():
            spans.append((match.start(), last))
            found = found or Found(sentence.words(match.end(), last), sentence.words(match.start(), last))
    spans += (place.span() for place in _WORKPLACE.finditer(sentence.rest))
    for pattern, is_value in ((_FOR_UNIT, True), (_AT_UNIT, False)):
        for match in pattern.finditer(sentence.rest):
            name = _CAPITAL_OR_DIGIT.match(sentence.text, match.end())
            if name is None:
                continue
            last = match.end() + len(name.group().rstrip(",.:;!?"))
            spans.append((match.start(), last))
            if is_value and found is None:
                found = Found(sentence.words(match.start("unit"), last), sentence.words(match.start(), last))
    sentence.take(spans)
    return found
