"""Cases as a file: what is in it, and a link for each type of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.elements import Card, heading, hint, line, link, paragraph, sentences, shorten
from dialogs.cards.queue import filter_words, found_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microsoft_teams.cards import CardElement

    from centre.queue_query import QueueQuery
    from dialogs.texts import Texts


def export_card(texts: Texts, query: QueueQuery, total: int, links: Mapping[str, str], *, minutes: int) -> Card:
    """Say which cases a file will have and how long its links work; `links` by type, "xlsx" and "csv"."""
    title, found = texts("export-heading"), found_words(texts, total)
    filters = filter_words(texts, query) or texts("queue-whole")
    care = texts("export-care", minutes=minutes)
    body: list[CardElement] = [
        heading(title),
        line(texts("queue-shows"), filters, spacing="None"),
        hint(found, spacing="None"),
        paragraph(care),
    ]
    words = {"xlsx": texts("button-export-xlsx"), "csv": texts("button-export-csv")}
    actions = [link(words[file], url) for file, url in links.items()]
    return Card(sentences(title, shorten(filters, 200), found, care), body, actions, texts.locale)
