"""What is asked about one offer ("hvornår er den næste?", "hvad koster det?"), answered in a sentence or two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalogue.offers import OfferKind
from dialogs.asking_words import Question, question_to_the_letter
from dialogs.cards.elements import shorten
from dialogs.cards.offer import price_words
from dialogs.cards.runs import run_place
from dialogs.cards.wish import group_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from catalogue.offers import Offer, Run
    from dialogs.texts import Texts
    from dialogs.turn import Turn

LONGEST_TITLE = 120
MOST_PLACES = 4
_NUMBER = re.compile(
    r"(?:(?P<with>på|til|for|af|om|on|for|of|in) )?(?:nr|nummer|no|number)\.? ?(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)


def numbered_question(said: str) -> tuple[Question, int] | None:
    """Read a question about an offer of the list by its number: "hvad koster nr. 2?", "er der plads på nr. 3?"."""
    found = _NUMBER.search(said)
    if found is None:
        return None
    for instead in ("", "det", "it"):
        question = question_to_the_letter(f"{said[: found.start()]}{instead}{said[found.end() :]}")
        if question:
            return question, int(found["number"])
    return None


def answer_about(turn: Turn, offer: Offer, question: Question) -> str:
    """Word the answer to a question about an offer."""
    coming = [run for run in turn.index.runs_of(offer.code) if run.starts >= turn.today]
    return " ".join(part for part in _ANSWERS[question](turn, offer, coming) if part)


def _named(offer: Offer) -> str:
    return shorten(offer.title, LONGEST_TITLE)


def _next(turn: Turn, offer: Offer, coming: Sequence[Run]) -> Sequence[str]:
    run = next((run for run in coming if run.open_for_sign_up(turn.today)), coming[0] if coming else None)
    if run is None:
        return [_without_run(turn, offer)]
    texts = turn.texts
    place = texts("about-online") if run.online else texts("about-at", place=run.place) if run.place else ""
    return [
        texts("about-next", title=_named(offer), day=texts.day(run.starts), place=place),
        texts("about-seats", seats=run.free_seats),
        _sign_up_by(texts, run),
    ]


def _without_run(turn: Turn, offer: Offer) -> str:
    if offer.kind is OfferKind.E_LEARNING:
        return turn.texts("about-any-time", title=_named(offer))
    arranged = offer.kind not in {OfferKind.OWN_COURSE, OfferKind.BOUGHT_COURSE, OfferKind.THEME_DAY}
    return turn.texts("about-by-agreement" if arranged else "about-no-run", title=_named(offer))


def _sign_up_by(texts: Texts, run: Run) -> str:
    return texts("about-deadline", day=texts.day(run.deadline)) if run.deadline else ""


def _seats(turn: Turn, offer: Offer, coming: Sequence[Run]) -> Sequence[str]:
    if not coming:
        return [_without_run(turn, offer)]
    texts = turn.texts
    run = next((run for run in coming if run.open_for_sign_up(turn.today)), None)
    if run is None:
        return [texts("about-room-no")]
    if run is coming[0]:
        return [texts("about-room-yes", seats=run.free_seats, day=texts.day(run.starts)), _sign_up_by(texts, run)]
    full, day = texts.day(coming[0].starts), texts.day(run.starts)
    return [texts("about-room-later", seats=run.free_seats, full=full, day=day), _sign_up_by(texts, run)]


def _price(turn: Turn, offer: Offer, _: Sequence[Run]) -> Sequence[str]:
    return [turn.texts("about-price", title=_named(offer), price=price_words(turn.texts, offer).rstrip("."))]


def _audience(turn: Turn, offer: Offer, _: Sequence[Run]) -> Sequence[str]:
    texts = turn.texts
    groups = ", ".join(map(group_words, offer.staff_groups))
    who = (
        texts("about-audience", title=_named(offer), groups=groups)
        if groups
        else texts("about-everyone", title=_named(offer))
    )
    areas = ", ".join(texts(f"area-{area.value}") for area in offer.areas)
    return [who, texts("about-area", areas=areas) if areas else ""]


def _place(turn: Turn, offer: Offer, coming: Sequence[Run]) -> Sequence[str]:
    texts = turn.texts
    places = [place for run in coming if (place := run_place(texts, run))]
    places = list(dict.fromkeys(places or ([offer.place] if offer.place and not offer.online else [])))
    if not places:
        key = "about-place-online" if offer.online or offer.kind is OfferKind.E_LEARNING else "about-by-agreement"
        return [texts(key, title=_named(offer))]
    return [texts("about-place", title=_named(offer), places=" · ".join(places[:MOST_PLACES]))]


def _length(turn: Turn, offer: Offer, _: Sequence[Run]) -> Sequence[str]:
    key = "about-length" if offer.length else "about-length-unknown"
    return [turn.texts(key, title=_named(offer), length=offer.length)]


def _deadline(turn: Turn, offer: Offer, coming: Sequence[Run]) -> Sequence[str]:
    run = next((run for run in coming if run.open_for_sign_up(turn.today)), None)
    if run is None:
        return _seats(turn, offer, coming)
    return [_sign_up_by(turn.texts, run) or turn.texts("about-no-deadline")]


def _outcome(turn: Turn, offer: Offer, _: Sequence[Run]) -> Sequence[str]:
    return [turn.texts("about-outcome", title=_named(offer), outcome=offer.outcome or offer.summary)]


def _provider(turn: Turn, offer: Offer, _: Sequence[Run]) -> Sequence[str]:
    key = "about-provider" if offer.provider else "about-provider-unknown"
    return [turn.texts(key, title=_named(offer), provider=offer.provider)]


_ANSWERS: Mapping[Question, Callable[[Turn, Offer, Sequence[Run]], Sequence[str]]] = {
    Question.NEXT: _next,
    Question.SEATS: _seats,
    Question.PRICE: _price,
    Question.AUDIENCE: _audience,
    Question.PLACE: _place,
    Question.LENGTH: _length,
    Question.DEADLINE: _deadline,
    Question.OUTCOME: _outcome,
    Question.PROVIDER: _provider,
}
