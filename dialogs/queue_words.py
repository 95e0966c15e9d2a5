"""What somebody wants to see of the queue, in words: "kø nye Handicap over 14 dage", "Grethes", "haster"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from catalogue.danish_dates import read_when
from catalogue.danish_numbers import NUMBER, number_value
from catalogue.offers import Area
from catalogue.sentence import TAKEN, Sentence, danish
from centre.queue_query import LONGEST_WORDS, MOST_DAYS, QueueQuery, Whose
from centre.requests import CLOSED_STATUSES, Priority, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from centre.cases import Colleague

LONGEST_QUERY = 200
OLD = 14
"""Days from which a case is "gammel"."""
LEAST_OF_A_NAME = 3
_DAYS = {"d": 1, "u": 7, "w": 7, "m": 30}
_OPENS = danish(
    r"(?:(?:vis|se|åbn|show|open) (?:mig |me )?(?:the )?)?"
    r"(?:sagskø(?:en)?|kø(?:en)?|(?:the )?queue)(?=[\s:,.!?]|$)"
)
_ENDS = danish(r"\s(?:i|in|på) (?:køen|the queue)[.!?]?$")


def queue_words_in(said: str) -> str | None:
    """Return what a sentence asks of the queue ("kø mine": "mine"); None when it asks for something else."""
    sentence = Sentence(said)
    if len(sentence.text) > LONGEST_QUERY:
        return None
    if opening := _OPENS.match(sentence.plain):
        return sentence.text[opening.end() :]
    if ending := _ENDS.search(sentence.plain):
        return sentence.text[: ending.start()]
    return None


@dataclass(frozen=True, slots=True)
class QueueReading:
    """What was understood: the query, and how many words were left that can only be looked for in the cases."""

    query: QueueQuery
    left: int


def read_query(
    words: str, today: date, colleagues: Sequence[Colleague], onto: QueueQuery | None = None
) -> QueueReading:
    """Read which cases are wanted; what is not said stays as it is in `onto`."""
    sentence = Sentence(words[:LONGEST_QUERY])
    query = QueueQuery() if _took(sentence, _EVERYTHING) or onto is None else onto
    query = _read_days(sentence, query, today)
    for change, pattern in _CHANGES:
        if _took(sentence, pattern):
            query = change(query)
    found = [status for pattern, statuses in _STATUSES if _took(sentence, pattern) for status in statuses]
    if found:
        query = replace(query, statuses=tuple(dict.fromkeys(found)))
    if asked := _FROM.search(sentence.rest):
        query = replace(query, requester=sentence.words(*asked.span("who"))[:LONGEST_WORDS])
        sentence.take([asked.span()])
    if colleague := _take_colleague(sentence, colleagues):
        query = replace(
            query, whose=Whose.COLLEAGUE, colleague_id=colleague.id, colleague_name=colleague.name[:LONGEST_WORDS]
        )
    left = _left_over(sentence)
    if left:
        query = replace(query, text=" ".join(left)[:LONGEST_WORDS])
    return QueueReading(query, len(left))


def _word(pattern: str) -> re.Pattern[str]:
    return danish(rf"(?<!\w)(?:{pattern})(?!\w)")


_EVERYTHING = _word(r"alle(?: sager)?|alt|hele køen|ryd(?: filter)?|uden filter|all(?: cases)?|everything|clear")
_CHANGES: tuple[tuple[Callable[[QueueQuery], QueueQuery], re.Pattern[str]], ...] = (
    (
        lambda query: replace(query, whose=Whose.NOBODY),
        _word(
            r"uden (?:ansvarlig|ejer|sagsbehandler|konsulent)|ingens|ufordelte?|ikke (?:taget|fordelt)"
            r"|(?:som )?ingen har|ledige|unassigned|nobody(?:'s)?|without anybody"
        ),
    ),
    (
        lambda query: replace(query, whose=Whose.MINE),
        _word(r"mine(?: egne)?|mit|min|egne|my(?: own)?|som jeg har|jeg har"),
    ),
    (lambda query: replace(query, whose=Whose.ANYBODY), _word(r"alles|uanset ansvarlig|everybody's|anybody's")),
    (
        lambda query: replace(query, priority=Priority.HIGH),
        _word(
            r"(?:som |der )?haster|hastesager|høj(?: prioritet)?|vigtig(?:e|st|ste)?|(?:is |are )?urgent"
            r"|high(?: priority)?"
        ),
    ),
    (lambda query: replace(query, priority=Priority.LOW), _word(r"lav(?:e|t)? prioritet|low priority")),
    (lambda query: replace(query, priority=Priority.NORMAL), _word(r"normal(?: prioritet)?|normal priority")),
    (
        lambda query: replace(query, area=Area.PSYCHIATRY),
        _word(
            r"social(?:området)? ?(?:&|og|/|and) ?(?:psykiatri(?:en)?|psychiatry)|socialpsykiatri(?:en)?"
            r"|socialområdet|psykiatri(?:en|området)?|psychiatry"
        ),
    ),
    (lambda query: replace(query, area=Area.DISABILITY), _word(r"handicap(?:området|afdelingen)?|disability")),
    (
        lambda query: replace(query, area=Area.SENIOR),
        _word(r"senior(?:området|afdelingen)?|ældre(?:området|afdelingen|plejen)"),
    ),
)
_STATUSES: tuple[tuple[re.Pattern[str], tuple[Status, ...]], ...] = (
    (_word(r"nye?|new"), (Status.NEW,)),
    (_word(r"(?:under |til )?afklaring|being clarified|clarifying"), (Status.CLARIFYING,)),
    (
        _word(
            r"afventer(?: svar)?(?: fra)?(?: leder(?:en|ne)?)?|awaiting(?: (?:the )?leader)?"
            r"|venter på (?:svar|leder(?:en)?)"
        ),
        (Status.AWAITING_LEADER,),
    ),
    (_word(r"(?:tilbud )?indhentes|seeking offers|sourcing"), (Status.SOURCING,)),
    (_word(r"(?:i )?fælles indkøb|pulje(?:de|n)?|(?:in a )?joint purchase|pooled"), (Status.POOLED,)),
    (_word(r"planlagte?|planned"), (Status.PLANNED,)),
    (_word(r"gennemførte?|completed"), (Status.COMPLETED,)),
    (_word(r"evaluere(?:t|de)|evaluated"), (Status.EVALUATED,)),
    (_word(r"afviste?|rejected"), (Status.REJECTED,)),
    (_word(r"(?:trukket|trukne) tilbage|tilbagetrukne|withdrawn"), (Status.WITHDRAWN,)),
    (_word(r"lukkede?|afslutte(?:t|de)|closed"), tuple(sorted(CLOSED_STATUSES))),
)
_OLDER = danish(
    r"(?<!\w)(?:(?:mere end|over|ældre end|længere end|older than|more than) )"
    rf"(?:(?P<one>en|et|a|one)|(?P<number>{NUMBER})) ?(?P<unit>d|u|m|w)[a-zæøå.]*(?: gamle| old)?(?!\w)"
)
_OLD = _word(r"gamle|ældste|old")
_OVERDUE = _word(
    r"overskred(?:et|ne)(?: frist)?|(?:frist(?:en)? )?(?:er )?overskredet"
    r"|over fristen?|forfald(?:en|ent|ne)|overdue"
)
_DUE_WITHIN = danish(
    r"(?<!\w)(?:frist|due) (?:(?P<today>i dag|today)|(?P<tomorrow>i morgen|tomorrow)"
    rf"|(?:inden ?for|inden|om|within|in) (?:de næste )?(?P<number>{NUMBER}) (?P<unit>d|u|w)[a-zæøå]*)(?!\w)"
)
_DUE = _word(r"frist(?:en)?|due|deadline")
_FROM = re.compile(rf"(?<!\w)(?:fra|from|lederen|leder|leader) (?P<who>[^\W\d_][^{TAKEN},.;:!?]*)")
_WORD = re.compile(r"[^\W_](?:[\w'&/-]*\w)?")
_SAYS_NOTHING = """
kø køen queue vis se find søg søgning kun bare lige sag sager sagerne sagen åbne åben de dem den det med i og om
hos til på for af har er der som en et mig lad hvad hvilke frist fristen prioritet tak samt eller
show me only just search case cases open the that are with in and about of to by a priority please or
"""
_NOISE = frozenset(_SAYS_NOTHING.split())


def _took(sentence: Sentence, pattern: re.Pattern[str]) -> bool:
    """Take what a pattern finds; False when it finds nothing."""
    spans = [match.span() for match in pattern.finditer(sentence.rest)]
    sentence.take(spans)
    return bool(spans)


def _read_days(sentence: Sentence, query: QueueQuery, today: date) -> QueueQuery:
    """Read how old, and due when."""
    if older := _OLDER.search(sentence.rest):
        sentence.take([older.span()])
        number = 1 if older["one"] else number_value(older["number"])
        query = replace(query, older_than=min(number * _DAYS[older["unit"]], MOST_DAYS))
    elif _took(sentence, _OLD):
        query = replace(query, older_than=OLD)
    if _took(sentence, _OVERDUE):
        return replace(query, due_within=-1, due_before=None)
    if within := _DUE_WITHIN.search(sentence.rest):
        sentence.take([within.span()])
        return replace(query, due_within=min(_days_within(within), MOST_DAYS), due_before=None)
    if _DUE.search(sentence.rest) and (latest := read_when(sentence, today).latest):
        return replace(query, due_before=latest.value + timedelta(days=1), due_within=None)
    return query


def _days_within(within: re.Match[str]) -> int:
    if within["number"]:
        return number_value(within["number"]) * _DAYS[within["unit"]]
    return 1 if within["tomorrow"] else 0


def _take_colleague(sentence: Sentence, colleagues: Sequence[Colleague]) -> Colleague | None:
    """Take the name of a colleague: "Grethe", "Grethes", "Grethe Lunds"; nobody when two fit equally well."""
    named = {
        colleague.id: [
            word.span() for word in _WORD.finditer(sentence.rest) if _is_name(word[0], colleague.name.casefold())
        ]
        for colleague in colleagues
    }
    most = max(map(len, named.values()), default=0)
    best = [colleague for colleague in colleagues if most and len(named[colleague.id]) == most]
    if len(best) != 1:
        return None
    sentence.take(named[best[0].id])
    return best[0]


def _is_name(word: str, name: str) -> bool:
    """Whether a word is one of a name's parts, perhaps in the genitive."""
    parts = {part for part in name.split() if len(part) >= LEAST_OF_A_NAME}
    return bool({word, word.removesuffix("s"), word.removesuffix("'s"), word.removesuffix("'")} & parts)


def _left_over(sentence: Sentence) -> list[str]:
    """Return the words that nothing above took and that say something."""
    return [
        sentence.text[word.start() : word.end()] for word in _WORD.finditer(sentence.rest) if word[0] not in _NOISE
    ]
