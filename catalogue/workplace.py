"""Where a need comes from and where it is to be met: area, place, and for whom somebody writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.offers import Area
from catalogue.sentence import TAKEN, Found, danish, insists

if TYPE_CHECKING:
    from catalogue.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A town or region, and whether it has to be there."""

    name: Found[str] | None = None
    hard: bool = False


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
            alone = match.start() == 0 and sentence.plain[match.end() : match.end() + 1] in ("", ":", ",")
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
    r"|(?<!afdeling)(?<!afd)(?<!afd\.)(?<!team)(?<!hus)(?<!gruppe)(?<!distrikt)(?= [0-9])|$"
)
_ON_BEHALF = danish(
    r"(?<!\w)(?:(?:jeg )?(?:skriver|spørger|henvender mig|er her) )?(?P<lead>på vegne af|on behalf of"
    r"|for min kollega i|for min kollega) (?=\w)"
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
        a_name = match["lead"] != "for min kollega" or sentence.text[match.end()].isupper()
        if last > match.end() and a_name:
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


_HOUSE = danish(rf"(?<={TAKEN}),? ?(?:på|hos|ved|at|(?P<origin>fra|from)) ")
_HOUSE_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåé]+(?: (?:og )?[A-ZÆØÅ][a-zæøåé]+)*(?![\w-])")


def take_house_of_people(sentence: Sentence, *, counted: bool) -> None:
    """Take where the people who were read work: "8 pædagoger på Birken", "12 fra Solgården og Egen".

    The name of a house says nothing of the topic. Abbreviations and "på Nexus-kursus" are no houses, and people
    who were not counted may come from a country ("nye medarbejdere fra Filippinerne").
    """
    spans = []
    for match in _HOUSE.finditer(sentence.rest):
        name = _HOUSE_NAME.match(sentence.text, match.end())
        if name and (counted or not match["origin"]):
            spans.append((match.start(), name.end()))
    sentence.take(spans)
