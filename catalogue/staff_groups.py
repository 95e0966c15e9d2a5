"""The staff groups (faggrupper) of the municipality's welfare areas and the many ways people write them.

A canonical name is the Danish title in the singular: "SOSU-assistent". Offers carry these names, needs are read
into them. A new way of writing is a row in `_TITLES`; nothing else has to change.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.sentence import Found, Sentence, danish


class _Title(NamedTuple):
    plural: str
    stems: str
    """Pattern of what takes the ordinary endings (-e, -r, -en, -erne, -s), alternatives parted by |."""
    fixed: str = ""
    """Pattern of what is written in one way only."""


_TITLES = {
    "SOSU-hjælper": _Title(
        "SOSU-hjælpere",
        r"social-? ?(?:og|&) ?sundheds-?hjælper|sosu-? ?hjælper|sosu-? ?hj|sundhedshjælper|hjemmehjælper"
        r"|ssh(?:'?er)?",
        r"social-? ?(?:og|&) ?sundheds-?hjælper-? og -?assistenter|(?<!personlige )hjælperne?|care helpers?",
    ),
    "SOSU-assistent": _Title(
        "SOSU-assistenter",
        r"social-? ?(?:og|&) ?sundheds-?assistent|sosu-? ?assistent|sosu-? ?ass|sundhedsassistent"
        r"|ssa(?:'?er)?"
        r"|plejeassistent",
        r"assistenter(?:ne)?s?|care assistants?",
    ),
    "sygeplejerske": _Title(
        "sygeplejersker",
        r"(?:hjemme|social|demens|akut|specialist|afdelings|klinisk )?sygeplejerske",
        r"spl(?:'?er|\.)?|sygepl\.?|(?:registered )?nurses?",
    ),
    "pædagogisk assistent": _Title(
        "pædagogiske assistenter", r"pædagogiske? assistent|pæd\.? ?assistent",
        r"pæd\.? ?ass\.?|pau(?:'?er(?:ne)?)?"
    ),
    "pædagogmedhjælper": _Title(
        "pædagogmedhjælpere", r"pædagog-?medhjælper|pædagogiske? medhjælper", r"medhjælper(?:en|ne|e)?s?"
    ),
    "socialpædagog": _Title("socialpædagoger", r"social-?pædagog", r"soc\.? ?pæd\.?"),
    "pædagog": _Title("pædagoger", r"(?:neuro)?pædagog", r"social educators?|pedagogues?"),
    "omsorgsmedhjælper": _Title("omsorgsmedhjælpere", r"omsorgs-?(?:med)?hjælper|omsorgsmedarbejder"),
    "ergoterapeut": _Title("ergoterapeuter", r"ergo-?terapeut|ergo(?:'er)?",
        r"ergoer(?:ne)?|occupational therapists?"),
    "fysioterapeut": _Title(
        "fysioterapeuter", r"fysio-?terapeut|fys(?:'er)",
        r"fysser(?:ne)?|fysioer(?:ne)?|fysio'er(?:ne)?|physiotherapists?"
    ),
    "socialrådgiver": _Title("socialrådgivere", r"social-?rådgiver",
        r"soc\.? ?rådg?\.?(?:ivere?)?|social workers?"),
    "bostøtte": _Title("bostøtter", r"bostøtte-?(?:medarbejder|pædagog|vejleder)", r"bostøtter?(?:ne)?s?"),
    "hjemmevejleder": _Title("hjemmevejledere", r"hjemme-?vejleder"),
    "visitator": _Title("visitatorer", r"visitator"),
    "leder": _Title(
        "ledere",
        r"(?:afdelings|mellem|gruppe|områd?e|center|institutions|plejehjems|distrikts|personale|vice"
        r"|enheds|daglig )?leder"
        r"|team-?leder|centerchef|forstander|souschef",
        r"leder(?:gruppe|team|kreds)(?:n|en|et)?s?|managers?|team leaders?",
    ),
    "teamkoordinator": _Title("teamkoordinatorer", r"team-?koordinator|koordinator"),
    "praktikvejleder": _Title("praktikvejledere",
        r"praktik-?vejleder|elevvejleder|oplæringsvejleder|uddannelsesvejleder"),
    "elev": _Title(
        "elever",
        r"(?:(?:sosu|ssa|ssh|pau|assistent|hjælper|sygeplejerske|social-? ?og ?sundheds)-?)?elev"
        r"|(?:sygepleje|pædagog|ergoterapeut|fysioterapeut)?-?studerende|lærling",
        r"apprentices?|trainees?",
    ),
    "nattevagt": _Title("nattevagter", r"nat(?:te)?vagt", r"nattehold(?:et)?s?|night staff"),
    "køkkenmedarbejder": _Title(
        "køkkenmedarbejdere", r"køkken-?(?:medarbejder|assistent|medhjælper)|ernæringsassistent",
        r"køkkenpersonalet?s?|kok(?:ke|kene)?"
    ),
    "administrativ medarbejder": _Title(
        "administrative medarbejdere",
        r"administrative? (?:medarbejder|kollega|assistent)|sekretær|kontorassistent",
        r"administrativt? personalet?|administrationsmedarbejdere?|hk'ere?",
    ),
    "støttekontaktperson": _Title(
        "støttekontaktpersoner", r"støtte-? ?(?:og )?-?kontaktperson", r"skp(?:'?er(?:ne)?|-medarbejdere?)?"
    ),
    "misbrugsbehandler": _Title("misbrugsbehandlere", r"(?:misbrugs|rusmiddel|rus|alkohol)-?behandler"),
    "psykolog": _Title("psykologer", r"psykolog", r"psychologists?"),
    "ufaglært": _Title("ufaglærte", r"ufaglært", r"ikke-?(?:ud)?dannede|unskilled"),
    "afløser": _Title("afløsere", r"afløser|(?:ferie)?vikar"),
}  # fmt: skip

STAFF_GROUPS: tuple[str, ...] = tuple(_TITLES)
"""Every canonical name, in the order in which they are shown."""

_SEVERAL = {
    r"(?:sosu(?! ?-?(?:ass|hj))(?:'?er(?:ne)?s?|-?(?:personalet?|medarbejdere?|ansatte|folk))?"
        r"|social-? og sundhedspersonalet?)": (
        "SOSU-assistent",
        "SOSU-hjælper",
    ),
    r"(?:social-? ?og ?sundheds|sosu)-?assistenter og -?hjælpere?(?:ne)?": ("SOSU-assistent", "SOSU-hjælper"),
    r"(?:social-? ?og ?sundheds|sosu)-?hjælpere og -?assistenter(?:ne)?": ("SOSU-hjælper", "SOSU-assistent"),
    r"ergo-? ?og ?fysioterapeuter(?:ne)?|fysio-? ?og ?ergoterapeuter(?:ne)?|terapeuter(?:ne)?": (
        "ergoterapeut",
        "fysioterapeut",
    ),
}  # fmt: skip

_ENDING = r"(?:'?(?:ernes?|erens?|erne|ers?|enes?|ens?|nes?|ne|es?|rnes?|rne|rs?|r|s))?"


def _all_titles() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """One pattern of every way of writing, and which canonical names its named groups stand for."""
    parts: list[str] = []
    meaning: dict[str, tuple[str, ...]] = {}
    for number, (pattern, names) in enumerate(_SEVERAL.items()):
        meaning[f"several{number}"] = names
        parts.append(f"(?P<several{number}>{pattern})")
    for number, (name, title) in enumerate(_TITLES.items()):
        meaning[f"title{number}"] = (name,)
        either = f"(?:{title.stems}){_ENDING}" + (f"|{title.fixed}" if title.fixed else "")
        parts.append(f"(?P<title{number}>{either})")
    return danish(rf"(?<![\w-])(?:{'|'.join(parts)})(?!-?\w)"), meaning


_TITLE, _MEANING = _all_titles()
_TO_LEAD = danish(r"leder(?= (?:efter|os|mig|dem|an|hen|til)\b)")
_WORD = re.compile(r"\w+(?:-\w+)*")

_MISSPELT_FROM = 8
_SAFE_EDITS = {8: 1, 9: 1, 10: 1, 11: 2}
_TOPIC_ENDINGS = (
    "ing", "ingen", "ik", "ikken", "isk", "iske", "i", "ien", "else", "elsen", "pleje", "plejen", "tion", "ioner",
)  # fmt: skip
_SPELT_RIGHT = {
    form: name
    for name in STAFF_GROUPS
    if " " not in name and len(name) >= _MISSPELT_FROM - 1
    for form in (name.lower(), _TITLES[name].plural.lower(), _TITLES[name].plural.lower() + "ne")
} | {
    "social- og sundhedsassistent": "SOSU-assistent",
    "sosuassistenter": "SOSU-assistent",
    "assistenter": "SOSU-assistent",
    "sosuhjælpere": "SOSU-hjælper",
}


@functools.lru_cache(maxsize=4096)
def _misspelt(word: str) -> str | None:
    """The title that a word misspells, or None; a word that may be a topic is never taken for a title."""
    if len(word) < _MISSPELT_FROM or word.endswith(_TOPIC_ENDINGS):
        return None
    allowed = _SAFE_EDITS.get(len(word), 2)
    nearest = process.extractOne(word, _SPELT_RIGHT.keys(), scorer=OSA.distance, score_cutoff=allowed)
    if nearest is None or nearest[0][0] != word[0]:
        return None
    return _SPELT_RIGHT[nearest[0]]


def staff_group_spans(sentence: Sentence) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where a sentence names staff groups: start, end and canonical names, in the sentence's order."""
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    for title in _TITLE.finditer(sentence.plain):
        if title.group() == "leder" and _TO_LEAD.match(sentence.plain, title.start()):
            continue
        spans.append((title.start(), title.end(), _MEANING[title.lastgroup or ""]))
    known = [False] * len(sentence.plain)
    for start, end, _ in spans:
        known[start:end] = [True] * (end - start)
    misspelt = (
        (word.start(), word.end(), (name,))
        for word in _WORD.finditer(sentence.plain)
        if not known[word.start()] and (name := _misspelt(word.group()))
    )
    return sorted([*spans, *misspelt])


def find_staff_groups(text: str) -> tuple[Found[str], ...]:
    """Find the staff groups that a text names, each canonical name once, with the words that said it.

    "sosu'er" are both SOSU-assistenter and SOSU-hjælpere, and "terapeuter" both kinds of therapist. Words that
    are a subject rather than people ("ledelse", "psykologi", "praktikvejledning") are none.
    """
    sentence = Sentence(text)
    found: dict[str, Found[str]] = {}
    for start, end, names in staff_group_spans(sentence):
        for name in names:
            found.setdefault(name, Found(name, sentence.words(start, end)))
    return tuple(found.values())


def plural(name: str) -> str:
    """The plural of a canonical name, for display: "SOSU-assistent" gives "SOSU-assistenter".

    Raises:
        KeyError: it is no canonical name.
    """
    return _TITLES[name].plural
