"""What somebody wants to see of the catalogue, in words: "demens efter påske", "kun online og noget kortere".

The words for it are data (`dialogs.asking_words`); times, staff groups, forms, money and towns are read as in a
need. What nobody has read is the topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from catalogue.course_query import LONGEST_WORDS, MOST_KRONER, MOST_SEATS, CourseQuery, Filter
from catalogue.danish_calendar import named_periods
from catalogue.danish_numbers import NUMBER
from catalogue.learning_forms import Form
from catalogue.lengths import DAY, HOUR, Length, length_of
from catalogue.need import Need, read_need, revise_need
from catalogue.offers import Area
from catalogue.sentence import TAKEN, Sentence, danish
from dialogs.asking_words import Lead, Part, filters_named, noise, pattern_of, said_in
from dialogs.intents import normalise
from dialogs.texts import LOCALES, texts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from catalogue.danish_calendar import NamedPeriod

LONGEST_READ = 1000
NEW_DAYS = 30
"""What came within a month is new, unless the person says since when."""
FULL_DAY = 24 * HOUR
"""A limit in days means days on the calendar: "højst én dag" lets a long shift in."""
_RELATIVE = (Part.SHORTER, Part.LONGER, Part.CHEAPER)
_KINDS: Mapping[Part, Form] = {
    Part.COURSES: Form.COURSE,
    Part.THEME_DAYS: Form.THEME_DAY,
    Part.E_LEARNING: Form.E_LEARNING,
    Part.SUPERVISION: Form.SUPERVISION,
    Part.PEER_TRAINING: Form.PEER_TRAINING,
    Part.MENTORING: Form.MENTORING,
    Part.TEAM_PROGRAMMES: Form.TEAM_PROGRAMME,
    Part.SPECIALISTS: Form.SPECIALIST,
}
_INSISTED = re.compile(r"(?:kun|bare|som|vis|hellere|only|just|show)(?: et| en| a)? $|^$")


@dataclass(frozen=True, slots=True)
class CourseReading:
    """What a sentence makes of a query.

    `relative` is what depends on the offers shown ("noget kortere"), `topic` whether the sentence names one,
    `people` whether it counts heads, as needs do.
    """

    query: CourseQuery
    relative: tuple[Part, ...] = ()
    dropped: frozenset[Filter] = frozenset()
    topic: bool = False
    people: bool = False
    said_filters: bool = False

    @property
    def understood(self) -> bool:
        """Whether anything was read at all."""
        return bool(self.relative or self.dropped or self.topic or self.said_filters)


def read_courses(
    said: str, today: date, places: Iterable[str] = (), onto: CourseQuery | None = None
) -> CourseReading:
    """Read a question, or with `onto` what a sentence changes of the list under way; the rest stays as it is."""
    text = _respelt(said[:LONGEST_READ])
    base = onto or CourseQuery()
    dropped: frozenset[Filter] = frozenset()
    topic_dropped = False
    if onto is not None:
        text = _without_lead(text)
        text, dropped, topic_dropped = _taken_off(text, today, places, onto)
        base = base.without(*dropped)
    if topic_dropped:
        base = replace(base, topic="", text="")
    read = _read(text, today, places, follows=onto is not None)
    return CourseReading(
        base.narrowed(read.query),
        read.relative,
        dropped,
        bool(read.query.topic) or topic_dropped,
        read.people,
        bool(read.query.filters),
    )


def query_of_need(need: Need) -> CourseQuery:
    """Return the query that a need comes to."""
    return _with_need(CourseQuery(), need, need.text, ()).query


def asks_for_news(text: str) -> bool:
    """Whether a sentence opens by asking what is new."""
    sentence = Sentence(text[:LONGEST_READ])
    opening = pattern_of("part", Part.NEWS).match(_OPENING.sub("", sentence.plain))
    return (
        bool(opening)
        or normalise(text) in said_in("part")[Part.NEWS_ALONE]
        or bool(_NEW_WITH_TIME.match(sentence.plain))
    )


# --- Taking off --------------------------------------------------------------------------------------------

_END_OF_DROP = re.compile(r"(?:,? (?:og|men|and|but) (?:så |then )?(?=vis|find|kun|gerne|show|only))|[,;.]")


def _without_lead(text: str) -> str:
    """Return what follows "hvad med …", "hellere …"."""
    sentence = Sentence(text)
    opening = pattern_of("lead", Lead.SWITCH).match(sentence.plain)
    if opening is None or pattern_of("lead", Lead.DROP).match(sentence.plain):
        return text
    return sentence.text[opening.end() :].strip(" ,:")


def _taken_off(
    text: str, today: date, places: Iterable[str], onto: CourseQuery
) -> tuple[str, frozenset[Filter], bool]:
    """Split "fjern online og vis kun supervision": the rest, the filters to take off, and whether the topic is.

    What is to be taken off and is not on leaves nothing to read: "fjern banan" is no new topic.
    """
    sentence = Sentence(text)
    for lead in (Lead.DROP, Lead.WITHOUT):
        found = pattern_of("lead", lead).search(sentence.plain)
        if found is None:
            continue
        ending = _END_OF_DROP.search(sentence.plain, found.end())
        end = ending.start() if ending else len(sentence.text)
        target = sentence.text[found.end() : end].strip()
        read = _read(target, today, places, follows=True).query
        named = filters_named(target) if lead is Lead.DROP else frozenset()
        off = (frozenset(read.filters) | named) & frozenset(onto.filters)
        topic = bool(onto.topic) and normalise(target) == normalise(onto.topic)
        if off or topic:
            return f"{sentence.text[: found.start()]} {sentence.text[end:].lstrip(' ,.;')}".strip(), off, topic
        if lead is Lead.DROP and found.start() == 0:
            return "", frozenset(), False
    return text, frozenset(), False


# --- Reading -----------------------------------------------------------------------------------------------

_OPENING = re.compile(r"^(?:vis(?: mig)?|find|se|har i|show(?: me)?|find|is there) ")
_NEW_WITH_TIME = danish(r"(?:nyt|new) (?:(?:her )?(?:i|siden|denne|this|since)|in) ")
_LESS_THAN = danish(r"(?<!\w)(?:billigere end|lavere pris end|cheaper than)(?!\w)")
# From three digits on, "under 2000" can only be money.
_BARE_PRICE = danish(
    r"(?<!\w)(?P<side>højst|maks\.?|max\.?|maksimalt|under|op til|up to|at most) "
    r"(?P<amount>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{3,7})(?! ?(?:[.,0-9]|kr|dkk|t\.?kr|min|dage|timer|personer"
    r"|deltagere|pladser|minutes|hours|days|people))"
)
_SIDES = (
    r"(?P<below>under|kortere end|mindre end|shorter than|less than|under et|below)"
    r"|(?P<most>højst|maks\.?|max\.?|maksimalt|op til|ikke over|ikke mere end|ikke længere end|at højst|at most"
    r"|up to|no longer than|no more than|kun|only)"
    r"|(?P<above>længere end|mere end|over|longer than|more than)"
    r"|(?P<least>mindst|minimum|at least)"
)
_UNIT = (
    r"(?:hele? |hel )?(?:dage?s?|timers?|time|minutter|minut|min\.?|uger?|gange?|møder?|moduler?|formiddage?"
    r"|eftermiddage?|vagter|days?|hours?|minutes?|weeks?|times|mornings?|afternoons?)"
)
_LIMIT = danish(
    rf"(?<!\w)(?:{_SIDES}) (?:på )?(?P<length>(?:en halv|et halvt|half an?|halvanden|halvandet|en|et|én|ét|an?|one"
    rf"|[0-9]{{1,3}}[.,][0-9]{{1,2}}|{NUMBER}) ?{_UNIT}|halvdags?|heldags?)(?!\w)(?!\w| siden| ago)"
)
_AREA_LEADS = r"(?:(?:kun|for|i|på|inden for|indenfor|område|området|only|within|of|in) )"
_NEAR = r"(?:i nærheden af|tæt på|nær ved|nær|omkring|i|på|ved|hos|in|at|near|close to|around)"
_NEARNESS = re.compile(r"^(?:i )?n(?:æ|ae)rheden(?: af )?", re.IGNORECASE)
_NO_PLACE = frozenset({"kommunen", "lokalområdet", "lokalomraadet", ""})
_CURRENT = ("denne", "dette", "i år", "i aar", "this", "i dag", "today")
_SINCE = re.compile(r"(?:siden|since|fra|from)(?: den| d\.| the)? $")


def _respelt(text: str) -> str:
    """Put limits as the readers of money know them: "billigere end 900" and "under 2000" are about kroner."""
    text = _LESS_THAN.sub("under", text)
    return _BARE_PRICE.sub(r"\g<side> \g<amount> kr.", text)


def _read(text: str, today: date, places: Iterable[str], *, follows: bool) -> CourseReading:
    sentence = Sentence(text)
    query = CourseQuery()
    query = _read_limits(sentence, query)
    relative = tuple(part for part in _RELATIVE if follows and _took(sentence, part))
    if _took(sentence, Part.FREE_SEATS):
        query = replace(query, seats=1)
    if follows and _took(sentence, Part.FREE):
        query = replace(query, dearest=0)
    if _took(sentence, Part.SHORT):
        query = replace(query, longest=query.longest or Length(1, FULL_DAY))
    if _took(sentence, Part.ON_SITE):
        query = replace(query, online=False)
    elif _took(sentence, Part.ONLINE):
        query = replace(query, online=True)
    if _took(sentence, Part.NEWS) or asks_for_news(text):
        query = replace(query, new_since=_take_since(sentence, today))
    query = _read_kinds(sentence, query)
    query = _read_place(sentence, query, places)
    if follows and (named := _area_pattern().search(sentence.rest)):
        query = replace(query, area=_areas()[named["name"]])
        sentence.take([named.span()])
    left = _left(sentence)
    need = revise_need(Need("", ""), left, today) if follows else read_need(left, today)
    return _with_need(query, need, text, relative)


def _with_need(query: CourseQuery, need: Need, text: str, relative: tuple[Part, ...]) -> CourseReading:
    """Add what was read as of a need; the words of a form or a group alone are a filter and no topic."""
    topic = _tidy(need.topic)
    if topic in {found.words for found in (*need.staff_groups, need.form) if found} or _says_nothing(topic):
        topic = ""
    kind = next((part for part in _KINDS if normalise(topic) in map(normalise, said_in("part")[part])), None)
    if kind and topic:
        query, topic = replace(query, forms=(_KINDS[kind],)), ""
    heads = need.headcount.value if need.headcount else 0
    changes = CourseQuery(
        topic=topic[:LONGEST_WORDS],
        text=text[:LONGEST_WORDS] if topic else "",
        staff_groups=tuple(group.value for group in need.staff_groups),
        seats=min(heads, MOST_SEATS) if heads > 1 else None,
        earliest=need.earliest.value if need.earliest else None,
        latest=need.latest.value if need.latest else None,
        time_words=_time_words(need),
        place=_place(need),
        dearest=min(need.budget_dkk.value, MOST_KRONER) if need.budget_dkk else None,
        area=need.area.value if need.area else None,
        longest=_most(length) if need.length and (length := length_of(need.length.words)) else None,
        **_forms(need),
    )
    return CourseReading(changes.narrowed(query), relative, people=heads > 1)


def _forms(need: Need) -> dict[str, Any]:
    """Return the form that is wanted and those that are not; online and on site are each the other's opposite."""
    wanted = need.form.value if need.form else None
    unwanted = [found.value for found in need.excluded_forms]
    online = {Form.ONLINE: True, Form.ON_SITE: False}
    where = online.get(wanted) if wanted else None
    if where is None:
        where = next((not online[form] for form in unwanted if form in online), None)
    return {
        "online": where,
        "forms": (wanted,) if wanted and wanted not in online else (),
        "excluded": tuple(form for form in unwanted if form not in online),
    }


def _time_words(need: Need) -> str:
    found = (part for part in (need.earliest, need.latest) if part)
    return ", ".join(dict.fromkeys(part.words for part in found))[:LONGEST_WORDS]


def _place(need: Need) -> str:
    """Return the town that was named; "i nærheden" without one says nothing that we know."""
    if need.place is None or (need.form and need.place.words == need.form.words):
        return ""
    name = _NEARNESS.sub("", need.place.value).strip()
    return "" if name.casefold() in _NO_PLACE else name[:LONGEST_WORDS]


def _read_limits(sentence: Sentence, query: CourseQuery) -> CourseQuery:
    """Read "højst én dag", "under 3 timer", "mindst 2 dage"."""
    for limit in _LIMIT.finditer(sentence.rest):
        length = length_of(limit["length"])
        if length is None:
            continue
        sentence.take([limit.span()])
        if limit["below"]:
            query = replace(query, longest=_below(length))
        elif limit["most"]:
            query = replace(query, longest=_most(length))
        elif limit["above"] and length.whole_days:
            query = replace(query, shortest=Length(length.days + 1, (length.days + 1) * DAY))
        else:
            query = replace(query, shortest=length)
    return query


def _most(length: Length) -> Length:
    """At most so many days, or so many hours."""
    return Length(length.days, length.days * FULL_DAY) if length.whole_days else length


def _below(length: Length) -> Length:
    """Less than so many days; hours are not counted that finely."""
    if not length.whole_days:
        return length
    return Length(length.days - 1, (length.days - 1) * FULL_DAY) if length.days > 1 else Length(1, DAY - HOUR)


def _read_kinds(sentence: Sentence, query: CourseQuery) -> CourseQuery:
    """Read "kun kurser", "hellere mentorordninger"; a kind in the middle of a sentence may be its topic."""
    kinds = list(query.forms)
    for part, form in _KINDS.items():
        for found in pattern_of("part", part).finditer(sentence.rest):
            insisted = _INSISTED.search(sentence.plain, 0, found.start())
            if insisted or part is Part.COURSES:
                sentence.take([found.span()])
                kinds.append(form)
    return replace(query, forms=tuple(dict.fromkeys(kinds)))


def _read_place(sentence: Sentence, query: CourseQuery, places: Iterable[str]) -> CourseQuery:
    """Read a place by the name that it has in the catalogue."""
    known = {place.casefold(): place for place in places}
    if not known:
        return query
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    found = re.search(rf"(?<!\w){_NEAR} (?:the )?(?P<name>{names})(?!\w)", sentence.rest)
    if found is None:
        return query
    sentence.take([found.span()])
    return replace(query, place=known[found["name"]][:LONGEST_WORDS])


def _take_since(sentence: Sentence, today: date) -> date:
    """Read since when something counts as new: "i denne måned", "siden 1. oktober"; else a month back."""
    for period in named_periods(sentence, today):
        lead = _SINCE.search(sentence.plain, 0, period.start)
        if not lead and not sentence.plain.startswith(_CURRENT, period.start):
            continue
        starts = [first for year in (today.year, today.year - 1) if (first := _first_day(period, year))]
        since = next((first for first in starts if first <= today), None)
        if since:
            sentence.take([(lead.start() if lead else period.start, period.end)])
            return since
    return today - timedelta(days=NEW_DAYS)


def _first_day(period: NamedPeriod, year: int) -> date | None:
    """Return the first day of a period in a year; None where that year has no such day."""
    try:
        return period.occurs(period.year or year)[0]
    except ValueError:
        return None


def _took(sentence: Sentence, part: Part) -> bool:
    spans = [found.span() for found in pattern_of("part", part).finditer(sentence.rest)]
    sentence.take(spans)
    return bool(spans)


def _left(sentence: Sentence) -> str:
    """Return what is unread, as it was written."""
    pairs = zip(sentence.text, sentence.rest, strict=True)
    return "".join(" " if rest == TAKEN else written for written, rest in pairs).strip(" ,")


def _tidy(topic: str) -> str:
    """Take away what says nothing at both ends: "Vis om medicinhåndtering"."""
    words = topic.split()
    while words and normalise(words[0]) in noise():
        words = words[1:]
    while words and normalise(words[-1]) in noise():
        words = words[:-1]
    return " ".join(words).strip(" ?!.,")


def _says_nothing(topic: str) -> bool:
    words = normalise(topic).split()
    return not words or noise().issuperset(words) or normalise(topic) in said_in("part")[Part.NEWS_ALONE]


@cache
def _areas() -> Mapping[str, Area]:
    """Return the areas by their names in every language, and by what they are called for short."""
    names = {texts_in(locale)(f"area-{area.value}").casefold(): area for locale in LOCALES for area in Area}
    return {**names, "psykiatri": Area.PSYCHIATRY, "psykiatrien": Area.PSYCHIATRY, "psychiatry": Area.PSYCHIATRY}


@cache
def _area_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_areas(), key=len, reverse=True)))
    return re.compile(rf"(?:(?<!\w){_AREA_LEADS}|^)(?:område(?:t)? )?(?P<name>{names})(?:-?området)?(?!\w)")
