"""What the catalogue has for a `CourseQuery`: the matcher's answer to its topic, narrowed by its filters.

A filter is sure or it is off: what it rules out is not shown. Where an offer does not tell what a filter asks
for (a length "efter aftale", a price that is told later), it stays, but comes last and is counted as unsure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from catalogue.course_query import CourseQuery, Filter
from catalogue.fit import cost_dkk, has_form
from catalogue.learning_forms import Form
from catalogue.lengths import length_of
from catalogue.matches import Match, Verdict
from catalogue.offers import OfferKind
from catalogue.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from catalogue.lengths import Length
    from catalogue.matching import MatchIndex
    from catalogue.offers import Offer, Run

T = TypeVar("T")

DEEPEST = 50
"""So many offers on a topic are looked at; nobody reads further."""
MOST_NEAR = 3
_ARRANGED = frozenset(
    {
        OfferKind.SUPERVISION,
        OfferKind.MENTORING,
        OfferKind.PEER_TRAINING,
        OfferKind.SPECIALIST,
        OfferKind.TEAM_PROGRAMME,
    }
)
"""Kinds that are arranged with those who ask, whenever it suits them."""
_OF_A_RUN = frozenset({Filter.TIME, Filter.ONLINE, Filter.PLACE, Filter.SEATS})
"""What the same run must have all of: a full one online does not make the one in Åbro fit "online"."""


@dataclass(frozen=True, slots=True)
class CourseList:
    """What was found, best first. `unsure` of them, the last, do not tell what a filter asks for.

    `near`: nothing has the topic that was named, and these come closest.
    """

    matches: tuple[Match, ...]
    unsure: int = 0
    near: bool = False

    @property
    def sure(self) -> int:
        """How many fit for certain."""
        return len(self.matches) - self.unsure


@dataclass(frozen=True, slots=True)
class Way:
    """A filter to take off to find something, and how much there is then."""

    filter: Filter
    count: int


@dataclass(frozen=True, slots=True)
class WaysOn:
    """Where nothing was found: which filter to take off, and the nearest offers."""

    ways: tuple[Way, ...] = ()
    nearest: tuple[Match, ...] = ()


def find_courses(index: MatchIndex, query: CourseQuery, today: date) -> CourseList:
    """Find what fits, the best first, or for a query without a topic what starts soonest."""
    need = query.need()
    if query.topic:
        answer = index.match(need, today, DEEPEST).worth_showing()
        near = answer.verdict is Verdict.NONE
    else:
        answer, near = index.coming(need, today), False
    filters = query.filters
    sure: list[Match] = []
    unsure: list[Match] = []
    for match in answer.matches:
        fits, narrowed = _narrowed(query, filters, match, index.runs_of(match.offer.code), today)
        if fits is not False:
            (unsure if fits is None else sure).append(narrowed)
    if query.staff_groups and not query.topic:
        sure.sort(key=lambda match: not _names_group(match.offer, query))
    return CourseList((*sure, *unsure), len(unsure), near)


def ways_on(index: MatchIndex, query: CourseQuery, today: date) -> WaysOn:
    """Find which single filter stands in the way, and what comes nearest with the best one off, or with all."""
    found = {one: find_courses(index, query.without(one), today) for one in query.filters}
    ways = tuple(Way(one, len(there.matches)) for one, there in found.items() if there.matches)
    if ways:
        best = found[max(ways, key=lambda way: way.count).filter]
    elif query.filters:
        best = find_courses(index, query.without(*Filter), today)
    else:
        return WaysOn()
    return WaysOn(ways, best.matches[:MOST_NEAR])


def shorter_than(found: Iterable[Match], shown: Iterable[Offer]) -> Length | None:
    """Return the longest length in a list that is shorter than the usual one of those shown; None if none is."""
    usual = _middle(sorted(length for offer in shown if (length := length_of(offer.length))))
    return max((length for length in _lengths(found) if usual and length < usual), default=None)


def longer_than(found: Iterable[Match], shown: Iterable[Offer]) -> Length | None:
    """Return the shortest length in a list that is longer than the usual one of those shown; None if none is."""
    usual = _middle(sorted(length for offer in shown if (length := length_of(offer.length))))
    return min((length for length in _lengths(found) if usual and length > usual), default=None)


def cheaper_than(found: Iterable[Match], shown: Iterable[Offer]) -> int | None:
    """Return the highest price in a list that is below the usual one of those shown; None if none is."""
    usual = _middle(sorted(offer.price_dkk for offer in shown if offer.price_dkk is not None))
    prices = (match.offer.price_dkk for match in found)
    return max((price for price in prices if price is not None and usual and price < usual), default=None)


def shortest_of(found: Iterable[Match]) -> Length | None:
    """Return the shortest length that a list tells."""
    return min(_lengths(found), default=None)


def longest_of(found: Iterable[Match]) -> Length | None:
    """Return the longest length that a list tells."""
    return max(_lengths(found), default=None)


def cheapest_of(found: Iterable[Match]) -> int | None:
    """Return the lowest price that a list tells."""
    return min((match.offer.price_dkk for match in found if match.offer.price_dkk is not None), default=None)


def is_new(offer: Offer, since: date) -> bool:
    """Whether an offer came on a day or later."""
    return offer.added_on is not None and offer.added_on >= since


def _narrowed(
    query: CourseQuery, filters: Sequence[Filter], match: Match, known: Sequence[Run], today: date
) -> tuple[bool | None, Match]:
    """Whether a match fits all filters (None: as far as it tells), and the match with those runs only that do."""
    offer = match.offer
    runs = tuple(run for run in match.runs if _run_fits(query, run))
    dated = any(run.starts >= today for run in known)
    if dated and not runs and not _OF_A_RUN.isdisjoint(filters):
        return False, match
    if query.new_since and not is_new(offer, query.new_since):
        runs = tuple(run for run in runs if run.added_on and run.added_on >= query.new_since)
        if not runs:
            return False, match
    checks = [_CHECKS[one](query, offer, runs) for one in filters if one in _CHECKS]
    checks += [_UNDATED[one](query, offer) for one in filters if one in _OF_A_RUN and not dated]
    fits = False if False in checks else None if None in checks else True
    return fits, match if runs == match.runs else replace(match, runs=runs)


def _run_fits(query: CourseQuery, run: Run) -> bool:
    """Whether a run that is open and in time fits the rest of what is asked of a run."""
    return (
        (query.online is None or run.online == query.online)
        and (not query.place or _is_at(run.place, query.place))
        and (query.seats is None or run.free_seats >= query.seats)
    )


def _is_at(place: str, wanted: str) -> bool:
    return fold(wanted) in fold(place)


def _length_fits(length: Length | None, query: CourseQuery) -> bool | None:
    if length is None:
        return None
    return (query.longest is None or length <= query.longest) and (
        query.shortest is None or length >= query.shortest
    )


def _price_fits(query: CourseQuery, offer: Offer) -> bool | None:
    """Whether it costs no more than asked; what does not tell its price is not free."""
    assert query.dearest is not None
    cost = cost_dkk(offer, query.seats)
    if cost is None:
        return None if query.dearest else False
    return cost <= query.dearest


def _names_group(offer: Offer, query: CourseQuery) -> bool:
    return not set(offer.staff_groups).isdisjoint(query.staff_groups)


_CHECKS: Mapping[Filter, Callable[[CourseQuery, Offer, Sequence[Run]], bool | None]] = {
    Filter.GROUPS: lambda query, offer, _: not offer.staff_groups or _names_group(offer, query),
    Filter.FORMS: lambda query, offer, runs: any(has_form(offer, runs, form) for form in query.forms),
    Filter.EXCLUDED: lambda query, offer, runs: not any(has_form(offer, runs, form) for form in query.excluded),
    Filter.LONGEST: lambda query, offer, _: _length_fits(length_of(offer.length), query),
    Filter.SHORTEST: lambda query, offer, _: _length_fits(length_of(offer.length), query),
    Filter.DEAREST: lambda query, offer, _: _price_fits(query, offer),
    Filter.AREA: lambda query, offer, _: not offer.areas or query.area in offer.areas,
}
_UNDATED: Mapping[Filter, Callable[[CourseQuery, Offer], bool]] = {
    Filter.TIME: lambda _, offer: offer.kind is OfferKind.E_LEARNING or offer.kind in _ARRANGED,
    Filter.ONLINE: lambda query, offer: has_form(offer, (), Form.ONLINE) == query.online,
    Filter.PLACE: lambda query, offer: _is_at(offer.place, query.place),
    Filter.SEATS: lambda query, offer: (
        offer.kind is OfferKind.E_LEARNING or (query.seats != 1 and offer.kind in _ARRANGED)
    ),
}
"""What holds for an offer without a run to come: e-learning is never full, and what is arranged has its time."""


def _lengths(found: Iterable[Match]) -> list[Length]:
    return [length for match in found if (length := length_of(match.offer.length))]


def _middle(values: Sequence[T]) -> T | None:
    return values[(len(values) - 1) // 2] if values else None
