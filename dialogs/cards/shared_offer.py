"""An offer as it is shared in any chat, and as it stands in the list that it is picked from.

Both buttons are `Action.OpenUrl`, the only action that works for every reader in every chat. What other actions
do depends on whether the bot is in that chat: a card with `Action.Execute` makes Teams install the app for
everybody there when it is sent (learn.microsoft.com, "Universal Actions for search based message extensions",
just-in-time install), and the answer to an `Action.Submit` is a message that all of the chat would read, if the
bot may write there at all. `Det vil jeg gerne` opens the reader's own chat with the bot, the sentence ready to
send. Version 1.3 is the newest that an unfurled link may have (learn.microsoft.com, "Link unfurling").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogs.cards.elements import (
    Card,
    facts,
    hint,
    line,
    link,
    plain,
    section,
    sentences,
    shorten,
    small_print,
    title,
    unmarked,
)
from dialogs.cards.offer import LONGEST_SPOKEN_LINE, LONGEST_SUMMARY, kind_line, when_words
from dialogs.cards.wish import group_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from microsoft_teams.cards import CardElement

    from catalogue.offers import Offer, Run
    from dialogs.texts import Texts

LONGEST_SENT_TITLE = 120
"""Of a title in a sentence that a link puts into the message box; the code beside it says which offer is meant."""
LONGEST_PREVIEW = 200
MOST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """A line of the list to pick from: plain text without marks."""

    title: str
    text: str


def want_words(texts: Texts, offer: Offer) -> str:
    """Word what a reader says to the bot who would like an offer; the conversation opens the offer named in it."""
    return texts("want-says", title=shorten(offer.title, LONGEST_SENT_TITLE), code=offer.code)


def shared_offer_card(
    texts: Texts, offer: Offer, runs: Sequence[Run], today: date, *, page: str, chat: str
) -> Card:
    """An offer for whoever reads it; `page` is its page, `chat` the chat with the bot."""
    kind = kind_line(texts, offer)
    body = [
        hint(texts("sharing-from")),
        title(offer.title),
        hint(kind, spacing="None"),
        plain(offer.summary, limit=LONGEST_SUMMARY),
        *facts([(texts("label-for"), ", ".join(map(group_words, offer.staff_groups)) or texts("for-everyone"))]),
        section(_when(texts, offer, _coming(runs, today))),
        small_print([(texts("label-code"), offer.code)]),
    ]
    actions = [link(texts("button-want-this"), chat, main=True), link(texts("button-details"), page)]
    spoken = sentences(offer.title, shorten(kind, LONGEST_SPOKEN_LINE))
    return Card(spoken, body, actions, texts.locale, version="1.3")


def _when(texts: Texts, offer: Offer, coming: Sequence[Run]) -> CardElement:
    """Word the next days with their year and without free seats: the card stands in its chat for years."""
    if not coming:
        return plain(when_words(texts, offer, []))
    return line(texts("offer-runs"), " · ".join(texts.short_day(run.starts) for run in coming[:MOST_DAYS]))


def preview(texts: Texts, offer: Offer, runs: Sequence[Run], today: date, remark: str = "") -> Preview:
    """An offer in the list to pick from; `remark` says why it is there, if that is not plain."""
    parts = (remark, when_words(texts, offer, _coming(runs, today)), kind_line(texts, offer))
    words = shorten(" · ".join(part for part in parts if part), LONGEST_PREVIEW)
    return Preview(unmarked(offer.title), unmarked(words))


def _coming(runs: Sequence[Run], today: date) -> list[Run]:
    """Return the runs to come that somebody can still get a seat on; where all are full, those to come."""
    free = [run for run in runs if run.open_for_sign_up(today)]
    return free or [run for run in runs if run.starts >= today]
