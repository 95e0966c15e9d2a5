"""The card that answers a need: what was understood, and at most three matches to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.matching import Verdict
from dialogs.cards.elements import Card, bare_submit, heading, hint, line, paragraph, sentences, submit
from dialogs.cards.offer import match_item, spoken_titles
from dialogs.cards.wish import understood_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action

    from catalogue.matching import Match
    from dialogs.drafts import Draft
    from dialogs.texts import Texts


def matches_card(
    texts: Texts, draft: Draft, verdict: Verdict, shown: Sequence[Match], nonce: str, *, more: bool
) -> Card:
    """The numbered matches with `Vælg`, and the ways on: more, none of them, correct."""
    wish = draft.wish()
    title = texts(f"matches-{verdict.value}") if shown else texts("matches-nothing")
    body = [
        heading(title),
        line(texts("label-understood"), understood_words(texts, wish)),
        *[
            match_item(
                texts,
                number,
                match,
                wish.headcount,
                _choose(texts, number, match, nonce, main=number == 1 and verdict is Verdict.SURE),
            )
            for number, match in enumerate(shown, start=draft.page + 1)
        ],
    ]
    if not shown:
        body.append(paragraph(texts("matches-nothing-next")))
    body.append(hint(texts("matches-hint") if shown else texts("matches-nothing-hint"), spacing="Medium"))
    rest = spoken_titles(shown, draft.page + 1) if shown else texts("matches-nothing-next")
    return Card(sentences(title, rest), body, _ways_on(texts, nonce, shown=bool(shown), more=more), texts.locale)


def _choose(texts: Texts, number: int, match: Match, nonce: str, *, main: bool) -> Action:
    words = texts("button-choose")
    tooltip = f"{words} {number}: {match.offer.title}"
    return submit(words, "need.choose", nonce, main=main, tooltip=tooltip, code=match.offer.code)


def _ways_on(texts: Texts, nonce: str, *, shown: bool, more: bool) -> list[Action]:
    none = texts("button-none-fits") if shown else texts("button-send-as-is")
    return [
        *([bare_submit(texts("button-more"), "need.more", nonce)] if more else []),
        bare_submit(none, "need.none", nonce, main=not shown),
        bare_submit(texts("button-correct"), "need.correct", nonce),
    ]


def chosen_receipt(texts: Texts, draft: Draft, title: str) -> Card:
    """What stays of the card once it is answered."""
    words = texts("chosen", title=title) if title else texts("chosen-nothing")
    return Card(
        sentences(words),
        [
            line(texts("label-understood"), understood_words(texts, draft.wish())),
            line(texts("label-your-choice"), title or words),
        ],
        locale=texts.locale,
    )
