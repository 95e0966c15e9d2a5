"""The list that answers "hvilke kurser er der om …?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.matching import Verdict
from centre.requests import Wish
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    heading,
    hint,
    line,
    paragraph,
    section,
    sentences,
    small,
    subheading,
)
from dialogs.cards.offer import kind_line, spoken_titles, when_words
from dialogs.cards.wish import understood_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action

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
                subheading(f"{number}. {match.offer.title}"),
                hint(kind_line(texts, match.offer), spacing="None"),
                small(when_words(texts, match.offer, match.runs)),
                buttons(_details(texts, number, match)),
            )
            for number, match in enumerate(shown, start=page + 1)
        ],
        hint(texts("search-hint"), spacing="Medium") if shown else paragraph(texts("search-nothing-next")),
    ]
    actions = [bare_submit(texts("button-more"), "search.more", nonce)] if more else []
    rest = spoken_titles(shown, page + 1) if shown else texts("search-nothing-next")
    return Card(sentences(title, rest), body, actions, texts.locale)


def _details(texts: Texts, number: int, match: Match) -> Action:
    words = texts("button-details")
    return bare_submit(
        words, "offer.show", tooltip=f"{words} {number}: {match.offer.title}", code=match.offer.code
    )


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
