"""What happened to a case, read as a conversation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from centre.clock import COPENHAGEN
from centre.requests import INTERNAL_EVENTS
from dialogs.cards.elements import Card, heading, hint, plain, section, sentences, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import CardElement

    from centre.requests import Event, Request
    from dialogs.texts import Texts

MOST_LINES = 15
"""The newest lines that a card shows; the audit trail keeps them all."""
LONGEST_SPOKEN = 1000
"""What is read aloud, or stands in a notification, in characters."""


def history_card(texts: Texts, request: Request, events: Sequence[Event], *, internal: bool) -> Card:
    """The newest lines of the audit trail, oldest first; `internal` shows staff's own notes too."""
    shown = [event for event in events if internal or event.kind not in INTERNAL_EVENTS][-MOST_LINES:]
    title = texts("history-heading", number=str(request.number))
    body = [heading(title), *[section(*_lines(texts, event)) for event in shown]]
    spoken = [event_words(texts, event) for event in shown]
    return Card(shorten(sentences(title, *spoken), LONGEST_SPOKEN), body, locale=texts.locale)


def event_words(texts: Texts, event: Event) -> str:
    """Word one event: "Kirsten Bang spurgte lederen"."""
    detail = event.detail
    return texts(
        f"event-{event.kind.value.replace('_', '-')}",
        name=event.actor_name,
        colleague=detail.get("colleague", ""),
        title=detail.get("title", ""),
        priority=texts(f"priority-{detail['priority']}") if "priority" in detail else "",
        area=texts(f"area-{detail['area']}") if "area" in detail else "",
        day=texts.short_day(date.fromisoformat(detail["due"])) if "due" in detail else "",
    )


def _lines(texts: Texts, event: Event) -> list[CardElement]:
    words = event.detail.get("words", "")
    when = texts.short_day(event.at.astimezone(COPENHAGEN).date())
    return [hint(f"{when} · {event_words(texts, event)}"), *([plain(words, spacing="None")] if words else [])]
