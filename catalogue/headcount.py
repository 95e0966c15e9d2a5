"""How many people a need is about.

A number counts people only when the sentence says so: it stands before people or a staff group ("12 nye
SOSU-assistenter"), after "vi er", "os" or "hele teamet", or it is the whole answer. So the numbers in
"Office 365", "§ 83", "afdeling 4" and "24/7" never come into it, and "3 borgere" are not the ones who learn.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalogue.danish_numbers import NUMBER, number_value
from catalogue.sentence import TAKEN, Found, danish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from catalogue.sentence import Sentence

GROUP = "\ue001"
"""Stands for every character of a staff group's name while people are counted."""

MOST = 20_000
"""More people than any municipality's welfare areas employ; such a number is something else."""

PEOPLE = (
    r"(?:medarbejder(?:en|ne|e)?|ansatte?|personer|person|kolleg(?:a|aer|aerne|er|erne)|deltager(?:e|ne)?"
    r"|kursister|mand|folk|mennesker(?! med)|stykker|stk\.?|pers\.?|hoveder|pladser|sagsbehandlere"
    r"|behandlere|plejere|konsulenter"
    r"|(?:aften|dag|weekend)?vagter(?:ne)?|teammedlemmer|fastansatte|nyansatte|nyuddannede"
    r"|employees?|staff(?: members)?|people|colleagues?|participants|persons|workers|team members"
    rf"|{GROUP}+)"
)
"""Pattern of those who work here, by any name; citizens and residents are not among them."""

_ROLE = danish(
    r"(?<!\w)(?:frivillige|vejledere|mentorer|nøglepersoner|ressourcepersoner|instruktører"
    r"|arbejdsmiljørepræsentanter|tillidsrepræsentanter)(?!\w)"
)
_NOT_A_QUALITY = (
    r"(?!borger|beboer|patient|uge|dag|time|måned|hold|gang|gruppe|kurs|ledige|pårørende|brugere|børn)"
)
_QUALITIES = (
    rf"(?:(?:af )?(?:mine|vores|de|our|my|of) (?:{NUMBER} )?|{_NOT_A_QUALITY}[^\W\d_]+(?:e|ende) |ny |new "
    rf"|og (?=\w+e )){{0,4}}"
)
_VAGUE = {
    "en håndfuld": 5, "et par": 2, "en snes": 20, "en halv snes": 10, "et halvt dusin": 6, "et dusin": 12,
    "a handful of": 5, "a handful": 5, "a couple of": 2, "a couple": 2, "a dozen": 12,
}  # fmt: skip
_SOME = rf"(?:{'|'.join(sorted(_VAGUE, key=len, reverse=True))})"
_ABOUT = (
    r"(?:(?:ca\.?|cirka|omkring|omtrent|rundt regnet|knap|godt|mindst|højst|maks\.?|max\.?|op til|nok"
    r"|kun|bare|i alt|alle|about|around|approximately|up to|at least|at most) ){0,2}"
)
_ONE_NUMBER = (
    rf"(?:mellem |between )?(?P<low>{NUMBER})(?:(?: ?- ?| til | eller | to | or | og "
    rf"| and )(?P<high>{NUMBER}))?\+?"
)
_FOLLOWS = (
    rf"(?= ?(?:$|[.,](?:[ \n]|$)|[;:!?)\n{TAKEN}]|(?:der|som|skal|mangler|har|vil|kan|bør|i|på|fra|af"
    rf"|til|og|inden|efter|før|senest|med|om|ude|hos|ønsker|styk|stk"
    r"|who|that|need|needs|in|from|for|on|and|to|men|så|for|på tværs|igennem|gennem|i alt|nu)(?!\w)))"
)
_NOT_IN_A_NAME = r"(?<![\w/§.,:+-])(?<!§ )"
_COLLECTIVE = (
    r"(?:(?:hele |et |vores |mit |min |den |det |samlede |the |whole |a |our )*(?:team(?:et)?"
    r"|afdeling(?:en)?|personalegruppe(?:n)?|gruppe(?:n)?|hold(?:et)?"
    r"|enhed(?:en)?|hus(?:et)?|aftenhold(?:et)?|daghold(?:et)?|nathold(?:et)?|medarbejdergruppe(?:n)?"
    r"|personale(?:t)?|bosted(?:et)?|plejecenter))"
)

_TEAMS = danish(
    rf"{_NOT_IN_A_NAME}(?P<teams>{NUMBER}) (?:hold|grupper|teams?|groups?|afdelinger|huse) ?(?:à|a|af"
    rf"|på|med|of|\(|x|,? ?hver(?:t)? på|with) ?{_ABOUT}"
    rf"(?P<each>{NUMBER})(?: (?:på|i) hver(?:t)?|\)| hver)?(?: {PEOPLE})?(?!\w)"
    rf"|{_NOT_IN_A_NAME}(?P<times>[0-9]{{1,2}}) ?[x*] ?(?P<by>[0-9]{{1,3}})(?: {PEOPLE})(?!\w)"
)
_COUNTED = danish(
    rf"{_NOT_IN_A_NAME}{_ABOUT}(?:(?P<some>{_SOME})|{_ONE_NUMBER}) (?:stk\.? "
    rf"|styk )?{_QUALITIES}(?P<who>{PEOPLE})(?!\w)"
)
_IN_BRACKETS = danish(
    rf"(?:{_COLLECTIVE}|{PEOPLE}) ?(?:\(|, | på | med | of )(?:i alt |vi er |ca\.? |cirka "
    rf"|omkring )?(?P<low>{NUMBER})(?:-(?P<high>{NUMBER}))?"
    rf"(?: {PEOPLE}| i alt)?(?:\)|{_FOLLOWS})"
)
_WE_ARE = danish(
    r"(?<!\w)(?:(?:vi|de) (?:er|bliver|var)(?: (?:nu|jo|et hold på|et team på|en gruppe på|samlet"
    r"|faktisk|nok|kun|omkring|ca\.?|cirka|i alt|mindst|højst|alle))*"
    r"|we are(?: about)?|there are|der er(?: tale om)?|det (?:er|drejer sig om|gælder)(?: for)?"
    r"|antal(?:let)?(?: deltagere| medarbejdere)?(?: er|:)?|i alt|alle(?: os)?|(?:til |for |af )?os"
    r"|vi|de|mine|vores"
    rf"|(?:jeg|vi) har|have|sende|plads til|tilmelde|(?:til|for)(?: mine| vores)?|hold på|gruppe på|team på"
    rf"|{_COLLECTIVE} på) {_ABOUT}"
    rf"(?:(?P<some>{_SOME})|{_ONE_NUMBER}){_FOLLOWS}"
)
_SOME_ALONE = danish(rf"(?<!\w)(?P<some>en håndfuld|et par stykker|en snes|a handful|et dusin){_FOLLOWS}")
_BEGINS = danish(rf"^{_ABOUT}{_ONE_NUMBER}(?!\.| ?$){_FOLLOWS}")
_ONE = danish(
    r"(?<!\w)(?:(?:en|én|et|min|one|a|my) (?:(?:af (?:mine|vores)|of my) (?:nye )?(?:medarbejdere"
    r"|kolleger|kollegaer|ansatte|employees|colleagues|\ue001+)"
    r"|(?:ny |nye |enkelt |anden |new )?(?:medarbejder|kollega|ansat|person|employee|colleague"
    r"|nyansat))|(?:en|én|one) (?:ny |enkelt )?\ue001+|(?:min|my) \ue001+"
    r"|(?:kun|bare) (?:mig|én)|til mig selv)(?!\w)"
)
_ALONE = danish(
    rf"[ .,!?{TAKEN}]*(?:(?:nej|jo|ja|men|hellere|rather)[, ]+)?(?P<count>{_ABOUT}(?:(?P<some>{_SOME})"
    rf"|{_ONE_NUMBER})(?: (?:styk|stk\.?|i alt))?)[ .,!?{TAKEN}]*"
)
_IN_A_NAME = danish(
    r"(?<!\w)(?:§+|stk\.?|kap(?:itel|\.)?|paragraf|office|microsoft|m|windows|nexus|cura|vum|fs|iso"
    r"|covid|type|kategori|grad|trin|niveau|modul"
    r"|afdeling|afd\.?|team|hus|stue|bo|lokale|etage|fase|version|del|punkt|nr\.?|nummer|sag|kv|uge"
    r"|år|serie|level|group|gruppe)[ -]?"
    r"[0-9]{1,7}(?:[.,-][0-9]+)*[a-z]?(?!\w)"
)
_NOT_NUMBER = danish(rf"(?<!\w)(?:ikke|i stedet for|frem for|not|instead of) {NUMBER}(?!\w)(?=,? ?(?:men|$|[.,]))")
_PART_OF = danish(r"(?:heraf|deraf|hvoraf|heriblandt|including|of whom|,? ?blandt andet) (?:de |er )?$")
_PLUS = danish(r" ?(?:,|og|samt|plus|\+|&|and) ?(?:også )?")
_MOST_ALONE = 1000
_YEARS = range(1900, 2100)


def count_people(sentence: Sentence, groups: Iterable[tuple[int, int]]) -> Found[int] | None:
    """Read the head-count and take its words, but not those of the staff groups at the (start, end) spans.

    Of a range the higher number counts ("10-12" is 12); "6 pædagoger og 4 sygeplejersker" are added up.
    """
    sentence.take(match.span() for match in _NOT_NUMBER.finditer(sentence.rest))
    nameless = _IN_A_NAME.sub(lambda name: TAKEN * len(name.group()), sentence.rest)
    roles = [role.span() for role in _ROLE.finditer(nameless)]
    view = _with_groups(nameless, sorted([*groups, *roles]))
    for reader in (
        _teams,
        _counted,
        _pattern(_IN_BRACKETS),
        _pattern(_WE_ARE),
        _pattern(_SOME_ALONE),
        _pattern(_BEGINS),
        _one,
        _alone,
    ):
        if found := reader(view):
            value, spans = found
            if not 0 < value <= MOST:
                continue
            start, end = spans[0][0], spans[-1][1]
            if len(spans) == 1:
                end = start + len(view[start:end].rstrip(GROUP))
            words = sentence.words(start, end)
            sentence.take(piece for span in spans for piece in _outside_groups(view, *span))
            return Found(value, words)
    return None


_Counted = tuple[int, list[tuple[int, int]]]


def _with_groups(rest: str, groups: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in groups:
        if start >= done:
            pieces += (rest[done:start], GROUP * (end - start))
            done = end
    return "".join(pieces) + rest[done:]


def _outside_groups(view: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a span that are not a staff group's name."""
    return [match.span() for match in re.compile(f"[^{GROUP}]+").finditer(view, start, end)]


def _value(match: re.Match[str]) -> int:
    """The number that a match found: a vague one, the upper end of a range, or the number itself."""
    numbers = match.groupdict()
    if some := numbers.get("some"):
        return next(value for words, value in _VAGUE.items() if some.replace("aa", "å").startswith(words))
    return max(number_value(numbers["low"]), number_value(numbers["high"] or numbers["low"]))


def _teams(view: str) -> _Counted | None:
    match = _TEAMS.search(view)
    if match is None:
        return None
    teams, each = match["teams"] or match["times"], match["each"] or match["by"]
    return number_value(teams) * number_value(each), [match.span()]


def _counted(view: str) -> _Counted | None:
    """People after numbers; several staff groups are a sum, but not after "heraf" or a total."""
    total = 0
    spans: list[tuple[int, int]] = []
    of_groups = False
    for match in _COUNTED.finditer(view):
        start, end = match.span()
        is_group = match["who"][0] == GROUP
        if _PART_OF.search(view, max(0, start - 20), start):
            continue
        if spans and (is_group != of_groups or not _PLUS.fullmatch(view, spans[-1][1], start)):
            break
        total += _value(match)
        of_groups = is_group
        spans.append((start, end))
    return (total, spans) if spans else None


def _pattern(pattern: re.Pattern[str]) -> Callable[[str], _Counted | None]:
    """A reader that takes the first match of a pattern; what looks like a year is none."""

    def read(view: str) -> _Counted | None:
        for match in pattern.finditer(view):
            if (value := _value(match)) not in _YEARS:
                return value, [match.span()]
        return None

    return read


def _one(view: str) -> _Counted | None:
    match = _ONE.search(view)
    return (1, [match.span()]) if match else None


def _alone(view: str) -> _Counted | None:
    """A number that is the whole of what was written: the answer to "hvor mange?"."""
    match = _ALONE.fullmatch(view)
    if match is None or _value(match) > _MOST_ALONE:
        return None
    return _value(match), [match.span("count")]
