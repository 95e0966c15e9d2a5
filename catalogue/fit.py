"""How an offer fits what a need says beside its topic: form, area, staff group, time, place, price, seats.

These are soft: they move an offer up or down a little and become reasons. They exclude only where the person
insisted (`Need.hard`) or said no (`Need.excluded_forms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.matches import Reason, ReasonKind
from catalogue.need import Form, Need
from catalogue.offers import Offer, OfferKind, PriceUnit, Run
from catalogue.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_KINDS_OF_FORM: dict[Form, frozenset[OfferKind]] = {
    Form.COURSE: frozenset({OfferKind.OWN_COURSE, OfferKind.BOUGHT_COURSE}),
    Form.THEME_DAY: frozenset({OfferKind.THEME_DAY}),
    Form.SUPERVISION: frozenset({OfferKind.SUPERVISION}),
    Form.MENTORING: frozenset({OfferKind.MENTORING}),
    Form.PEER_TRAINING: frozenset({OfferKind.PEER_TRAINING}),
    Form.E_LEARNING: frozenset({OfferKind.E_LEARNING}),
    Form.SPECIALIST: frozenset({OfferKind.SPECIALIST}),
    Form.TEAM_PROGRAMME: frozenset({OfferKind.TEAM_PROGRAMME}),
}
_WEIGHTS = {"form": 0.16}
_WEIGHT = 0.04


@dataclass(frozen=True, slots=True)
class Fit:
    """`bonus` is added to the topic's score (it may be negative); `excluded` offers are not shown at all.

    `has_form` is None where no form was asked for.
    """

    bonus: float
    reasons: tuple[Reason, ...]
    excluded: bool
    has_form: bool | None = None


_NEUTRAL = Fit(0, (), excluded=False)


def speaks_of_more_than_a_topic(need: Need) -> bool:
    """Whether there is anything to compare with an offer beside its topic."""
    return bool(
        need.staff_groups
        or need.excluded_forms
        or need.area
        or need.form
        or need.latest
        or need.earliest
        or need.place
        or need.budget_dkk
        or need.headcount
    )


def open_runs(need: Need, runs: Iterable[Run], today: date) -> tuple[Run, ...]:
    """Return the runs that one can still sign up for and that lie within the need's time, soonest first."""
    earliest = need.earliest.value if need.earliest else None
    latest = need.latest.value if need.latest else None
    fitting = [
        run
        for run in runs
        if run.open_for_sign_up(today)
        and (earliest is None or run.starts >= earliest)
        and (latest is None or run.ends <= latest)
    ]
    if len(fitting) > 1:
        fitting.sort(key=lambda run: (run.starts, run.code))
    return tuple(fitting)


def has_form(offer: Offer, runs: Sequence[Run], form: Form) -> bool:
    """Whether an offer comes in this form; with runs, online and on site are theirs to say."""
    if form in _KINDS_OF_FORM:
        return offer.kind in _KINDS_OF_FORM[form]
    online = {run.online for run in runs} or {offer.online or offer.kind is OfferKind.E_LEARNING}
    return (form is Form.ONLINE) in online


def cost_dkk(offer: Offer, headcount: int | None) -> int | None:
    """What the offer costs for `headcount` people (one where unknown), in whole kroner; None for unknown."""
    if offer.price_dkk is None or offer.price_unit is PriceUnit.TEAM:
        return offer.price_dkk
    return offer.price_dkk * (headcount or 1)


def fit_of(need: Need, offer: Offer, runs: Sequence[Run], dated: bool) -> Fit:
    """Compare an offer with everything that `need` says beside its topic.

    `runs` are the runs that fit its time (see `open_runs`); `dated` says whether the offer has runs at all: one
    without is arranged on request, so no date speaks against it.
    """
    if not speaks_of_more_than_a_topic(need):
        return _NEUTRAL
    if any(has_form(offer, runs, excluded.value) for excluded in need.excluded_forms):
        return Fit(0, (), excluded=True)
    checks = list(_checks(need, offer, runs, dated))
    if any(not holds and field in need.hard for field, holds, _ in checks if holds is not None):
        return Fit(0, (), excluded=True)
    weighed = ((_WEIGHTS.get(field, _WEIGHT), holds) for field, holds, _ in checks if holds is not None)
    bonus = sum(weight if holds else -weight for weight, holds in weighed)
    reasons = tuple(reason for _, holds, reason in checks if holds and reason)
    wanted = next((holds for field, holds, _ in checks if field == "form"), None)
    return Fit(bonus, reasons, excluded=False, has_form=wanted)


def _checks(
    need: Need, offer: Offer, runs: Sequence[Run], dated: bool
) -> Iterable[tuple[str, bool | None, Reason | None]]:
    """Yield (field of the need, whether it holds or None for no opinion, the reason if it does)."""
    if need.staff_groups:
        named = [group for group in need.staff_groups if group.value in offer.staff_groups]
        holds = bool(named) if offer.staff_groups else None
        yield "staff_groups", holds, Reason(ReasonKind.STAFF_GROUP, named[0].value) if named else None
    if need.area:
        holds = need.area.value in offer.areas if offer.areas else None
        yield "area", holds, Reason(ReasonKind.AREA, need.area.words)
    if need.form:
        yield "form", has_form(offer, runs, need.form.value), Reason(ReasonKind.FORM, need.form.words)
    wanted_time = need.latest or need.earliest
    if wanted_time:
        yield wanted_time_field(need), bool(runs) if dated else None, Reason(ReasonKind.TIME, wanted_time.words)
    if need.place:
        place = fold(need.place.value)
        known = [fold(run.place) for run in runs] or [fold(offer.place)]
        yield "place", any(place in where for where in known), Reason(ReasonKind.PLACE, need.place.value)
    if need.budget_dkk:
        cost = cost_dkk(offer, need.headcount.value if need.headcount else None)
        holds = cost <= need.budget_dkk.value if cost is not None else None
        yield "budget_dkk", holds, Reason(ReasonKind.PRICE, need.budget_dkk.words)
    if need.headcount and runs:
        enough = any(run.free_seats >= need.headcount.value for run in runs)
        yield "headcount", True if enough else None, Reason(ReasonKind.SEATS, str(need.headcount.value))


def wanted_time_field(need: Need) -> str:
    """The field of `Need.hard` that a time belongs to: whichever end the person insisted on."""
    if "earliest" in need.hard and need.earliest:
        return "earliest"
    return "latest" if need.latest else "earliest"
