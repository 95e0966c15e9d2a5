"""How one offer reads, in a list and whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from catalogue.matching import ReasonKind
from catalogue.offers import OfferKind, PriceUnit
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    facts,
    hint,
    line,
    link,
    paragraph,
    plain,
    reason,
    section,
    sentences,
    shorten,
    small,
    small_print,
    subheading,
    title,
)
from dialogs.cards.runs import run_days, run_place
from dialogs.cards.wish import group_words

if TYPE_CHECKING:
    from datetime import date

    from microsoft_teams.cards import Action, CardElement, Container

    from catalogue.matching import Match, Reason
    from catalogue.offers import Offer, Run
    from dialogs.texts import Texts

MOST_RUNS = 6
LONGEST_SUMMARY = 400
"""Of an offer among others; the offer's own card has it all."""
LONGEST_SPOKEN = 80
LONGEST_SPOKEN_LINE = 300
_WITHOUT_RUN = {
    OfferKind.E_LEARNING: "offer-any-time",
    OfferKind.SUPERVISION: "offer-by-agreement",
    OfferKind.MENTORING: "offer-by-agreement",
    OfferKind.PEER_TRAINING: "offer-by-agreement",
    OfferKind.SPECIALIST: "offer-by-agreement",
    OfferKind.TEAM_PROGRAMME: "offer-by-agreement",
}
"""What having no date means, by kind; for a course it means that none is planned yet."""


def has_runs(offer: Offer) -> bool:
    """Whether it is held on dates at all, so that there is something to wait for where none is planned."""
    return offer.kind not in _WITHOUT_RUN


def why_words(texts: Texts, reasons: Sequence[Reason]) -> str:
    """Word why a match fits: "Passer, fordi: demens · SOSU-assistenter · før 1. juli"."""
    if not reasons:
        return ""
    return texts("match-why", reasons=" · ".join(_reason_words(texts, why) for why in reasons))


def _reason_words(texts: Texts, why: Reason) -> str:
    match why.kind:
        case ReasonKind.STAFF_GROUP:
            return group_words(why.words)
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
        plain(offer.summary, spacing="None", limit=LONGEST_SUMMARY),
        hint(kind_line(texts, offer)),
        small(when_words(texts, offer, match.runs, headcount)),
        *([reason(why)] if (why := why_words(texts, match.reasons)) else []),
        buttons(choose),
    )


def spoken_titles(matches: Sequence[Match], first: int) -> str:
    """Count the offers of a list up, for those who hear it: "1. Demens. 2. Palliation."."""
    titles = (shorten(match.offer.title, LONGEST_SPOKEN) for match in matches)
    return sentences(*(f"{number}. {words}" for number, words in enumerate(titles, start=first)))


SignUp = Callable[["Run"], Sequence["Action"]]
"""The buttons of one run."""


def no_sign_up(run: Run) -> Sequence[Action]:  # noqa: ARG001 - the shape of SignUp
    """Offer no buttons for a run."""
    return ()


def offer_card(
    texts: Texts,
    offer: Offer,
    runs: Sequence[Run],
    today: date,
    *,
    may_file: bool,
    first: int = 0,
    sign_up: SignUp = no_sign_up,
    more: Sequence[Action] = (),
    page: str = "",
) -> Card:
    """One offer, whole, with a page of its runs to come.

    Args:
        texts: The reader's language.
        offer: The offer.
        runs: All its runs.
        today: The date in Denmark.
        may_file: Whether the reader may make a need of it.
        first: The first run to show, counted from 0.
        sign_up: Makes the buttons of a run.
        more: Further buttons.
        page: The address that the offer is shared by, "" for none.
    """
    coming = [run for run in runs if run.starts >= today]
    first = first if first < len(coming) else 0
    body: list[CardElement] = [
        title(offer.title),
        hint(kind_line(texts, offer), spacing="None"),
        plain(offer.summary),
        *([line(texts("label-outcome"), offer.outcome, spacing="Default")] if offer.outcome else []),
        *facts(
            [
                (texts("label-for"), ", ".join(map(group_words, offer.staff_groups)) or texts("for-everyone")),
                (texts("label-provider"), offer.provider),
            ]
        ),
        _when(texts, offer, coming, first, today, sign_up),
        small_print(
            [
                (texts("label-language"), texts(f"language-{offer.language}")),
                (texts("label-code"), offer.code),
            ]
        ),
        *([hint(texts("sharing-address", address=page))] if page else []),
        *([] if may_file else [paragraph(texts("offer-show-leader"))]),
        hint(texts("offer-hint")),
    ]
    kind = shorten(kind_line(texts, offer), LONGEST_SPOKEN_LINE)
    actions = [*_offer_actions(texts, offer, len(coming), first, may_file=may_file), *more]
    return Card(sentences(offer.title, kind), body, actions, texts.locale)


def _offer_actions(texts: Texts, offer: Offer, coming: int, first: int, *, may_file: bool) -> list[Action]:
    actions: list[Action] = []
    if may_file:
        actions.append(bare_submit(texts("button-need-this"), "offer.need", main=True, code=offer.code))
    if coming > first + MOST_RUNS:
        words = texts("button-more-runs")
        actions.append(bare_submit(words, "offer.show", code=offer.code, first=str(first + MOST_RUNS)))
    if offer.link:
        actions.append(link(texts("button-read-more"), offer.link))
    return actions


def _when(
    texts: Texts, offer: Offer, coming: Sequence[Run], first: int, today: date, sign_up: SignUp
) -> Container:
    if not coming:
        return section(plain(when_words(texts, offer, [])))
    shown = coming[first : first + MOST_RUNS]
    head = texts("offer-runs")
    if len(coming) > MOST_RUNS:
        head = texts("offer-runs-page", first=first + 1, last=first + len(shown), total=len(coming))
    return section(subheading(head), *(element for run in shown for element in _run(texts, run, today, sign_up)))


def _run(texts: Texts, run: Run, today: date, sign_up: SignUp) -> list[CardElement]:
    """One run in two lines: its days and free seats, then where and how soon to sign up; and its buttons."""
    actions = sign_up(run)
    return [
        plain(f"{run_days(texts, run)} · {texts('run-seats', seats=run.free_seats)}", spacing="Small"),
        hint(" · ".join(part for part in (run_place(texts, run), _deadline(texts, run, today)) if part), "None"),
        *([buttons(*actions)] if actions else []),
    ]


def _deadline(texts: Texts, run: Run, today: date) -> str:
    if run.deadline is None:
        return ""
    return (
        texts("run-closed") if run.deadline < today else texts("run-deadline", day=texts.short_day(run.deadline))
    )
