"""The list that answers "hvilke kurser er der om …?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microsoft_teams.cards import ActionSet

from catalogue.matching import Verdict
from centre.requests import Wish
from dialogs.cards.elements import Card, bare_submit, heading, hint, line, section, subheading
from dialogs.cards.offer import kind_line, when_words
from dialogs.cards.wish import understood_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalogue.matching import Answer, Match
    from catalogue.need import Need
    from dialogs.texts import Texts


def search_card(
    texts: Texts, need: Need, answer: Answer, shown: Sequence[Match], page: int, nonce: str, *, more: bool
) -> Card:
    """A page of offers, each with `Læs mere`, and how to narrow the list."""
    title = _title(texts, need, answer)
    searched = _searched(texts, need)
    body = [
        heading(title),
        *([line(texts("label-searched"), searched)] if searched else []),
        *[
            section(
                subheading(f"{page + place}. {match.offer.title}"),
                hint(kind_line(texts, match.offer)),
                hint(when_words(texts, match.offer, match.runs)),
                ActionSet(actions=[bare_submit(texts("button-details"), "offer.show", code=match.offer.code)]),
            )
            for place, match in enumerate(shown, start=1)
        ],
        hint(texts("search-hint") if shown else texts("search-nothing-next")),
    ]
    actions = [bare_submit(texts("button-more"), "search.more", nonce)] if more else []
    return Card(title, body, actions, texts.locale)


def _title(texts: Texts, need: Need, answer: Answer) -> str:
    if not answer.matches:
        return texts("search-nothing")
    if answer.verdict is Verdict.NONE:
        return texts("search-nearest")
    return texts("search-found") if need.topic else texts("search-coming")


def _searched(texts: Texts, need: Need) -> str:
    return understood_words(
        texts,
        Wish(
            need=need.text,
            topic=need.topic,
            staff_groups=tuple(group.value for group in need.staff_groups),
            time_words=", ".join(dict.fromkeys(part.words for part in (need.earliest, need.latest) if part)),
            earliest=need.earliest.value if need.earliest else None,
            latest=need.latest.value if need.latest else None,
            form=need.form.value if need.form else None,
        ),
    )
