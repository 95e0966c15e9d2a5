"""How one offer reads, in a list and whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microsoft_teams.cards import ActionSet, Container

from catalogue.matching import ReasonKind
from catalogue.offers import OfferKind, PriceUnit
from catalogue.staff_groups import plural
from dialogs.cards.elements import (
    Card,
    bare_submit,
    facts,
    heading,
    hint,
    link,
    plain,
    reason,
    section,
    subheading,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from microsoft_teams.cards import Action

    from catalogue.matching import Match, Reason
    from catalogue.offers import Offer, Run
    from dialogs.texts import Texts

MOST_RUNS = 6
_WITHOUT_RUN = {
    OfferKind.E_LEARNING: "offer-any-time",
    OfferKind.SUPERVISION: "offer-by-agreement",
    OfferKind.MENTORING: "offer-by-agreement",
    OfferKind.PEER_TRAINING: "offer-by-agreement",
    OfferKind.SPECIALIST: "offer-by-agreement",
    OfferKind.TEAM_PROGRAMME: "offer-by-agreement",
}
"""What having no date means, by kind; for a course it means that none is planned yet."""


def why_words(texts: Texts, reasons: Sequence[Reason]) -> str:
    """Word why a match fits: "Passer, fordi: demens · SOSU-assistenter · før 1. juli"."""
    if not reasons:
        return ""
    return texts("match-why", reasons=" · ".join(_reason_words(texts, why) for why in reasons))


def _reason_words(texts: Texts, why: Reason) -> str:
    match why.kind:
        case ReasonKind.STAFF_GROUP:
            return plural(why.words)
        case ReasonKind.SEATS:
            return texts("reason-seats", people=why.words)
        case _:
            return why.words


def best_run(runs: Sequence[Run], headcount: int | None) -> Run | None:
    """Return the soonest run with room for everybody, else the soonest."""
    roomy = (run for run in runs if headcount is None or run.free_seats >= headcount)
    return next(roomy, runs[0] if runs else None)


def when_words(texts: Texts, offer: Offer, runs: Sequence[Run], headcount: int | None = None) -> str:
    """Word when it is: the next run and its seats, or that it is arranged with you."""
    run = best_run(runs, headcount)
    if run is None:
        return texts(_WITHOUT_RUN.get(offer.kind, "offer-no-run"))
    words = texts("offer-next-run", day=texts.day(run.starts), seats=run.free_seats)
    if headcount and headcount > run.free_seats:
        words = f"{words} {texts('offer-too-few-seats', people=headcount)}"
    if len(runs) > 1:
        words = f"{words} {texts('offer-more-runs', count=len(runs) - 1)}"
    return words


def price_words(texts: Texts, offer: Offer) -> str:
    """Word the price: free, per person, per team, or told later."""
    if offer.price_dkk is None:
        return texts("price-unknown")
    if offer.price_dkk == 0:
        return texts("price-free")
    key = "price-per-team" if offer.price_unit is PriceUnit.TEAM else "price-per-person"
    return texts(key, amount=texts.number(offer.price_dkk))


def kind_line(texts: Texts, offer: Offer) -> str:
    """Word what it is, how long, where and what it costs, in one line."""
    place = texts("place-online") if offer.online else offer.place
    parts = (texts(f"kind-{offer.kind.value.replace('_', '-')}"), offer.length, place, price_words(texts, offer))
    return " · ".join(part for part in parts if part)


def match_item(texts: Texts, number: int, match: Match, headcount: int | None, choose: Action) -> Container:
    """One numbered match with why it fits and its button."""
    offer = match.offer
    return section(
        subheading(f"{number}. {offer.title}"),
        plain(offer.summary),
        hint(kind_line(texts, offer)),
        hint(when_words(texts, offer, match.runs, headcount)),
        *([reason(why)] if (why := why_words(texts, match.reasons)) else []),
        ActionSet(actions=[choose]),
    )


def offer_card(texts: Texts, offer: Offer, runs: Sequence[Run], today: date, *, may_file: bool) -> Card:
    """One offer, whole, with its runs to come."""
    coming = [run for run in runs if run.starts >= today][:MOST_RUNS]
    everyone = texts("for-everyone")
    body = [
        heading(texts("offer-heading")),
        subheading(offer.title),
        plain(offer.summary),
        *facts(
            [
                (texts("label-outcome"), offer.outcome),
                (texts("label-kind"), texts(f"kind-{offer.kind.value.replace('_', '-')}")),
                (texts("label-length"), offer.length),
                (texts("label-place"), texts("place-online") if offer.online else offer.place),
                (texts("label-price"), price_words(texts, offer)),
                (texts("label-for"), ", ".join(offer.staff_groups) or everyone),
                (texts("label-provider"), offer.provider),
                (texts("label-language"), texts(f"language-{offer.language}")),
                (texts("label-code"), offer.code),
            ]
        ),
        section(subheading(texts("offer-runs")), *[hint(run_line(texts, run)) for run in coming])
        if coming
        else hint(when_words(texts, offer, [])),
    ]
    actions: list[Action] = [link(texts("button-read-more"), offer.link)] if offer.link else []
    if may_file:
        actions.insert(0, bare_submit(texts("button-need-this"), "offer.need", code=offer.code))
    return Card(offer.title, body, actions, texts.locale)


def run_line(texts: Texts, run: Run) -> str:
    """One run in a line: when, where, free seats, deadline."""
    days = texts.short_day(run.starts)
    if run.ends != run.starts:
        days = f"{days} – {texts.short_day(run.ends)}"
    place = texts("place-online") if run.online else run.place
    seats = texts("run-seats", seats=run.free_seats)
    deadline = texts("run-deadline", day=texts.short_day(run.deadline)) if run.deadline else ""
    return " · ".join(part for part in (days, place, seats, deadline) if part)
