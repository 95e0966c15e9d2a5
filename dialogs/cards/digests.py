"""What is told at a certain time: reminders, the morning in the channel, and a person's own digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogs.cards.case_news import leader_news
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    heading,
    hint,
    plain,
    quote,
    section,
    sentences,
    small,
    subheading,
    title,
)
from dialogs.cards.history import event_words
from dialogs.cards.request import queue_status_word, see_button, topic_words
from dialogs.cards.wish import place_words
from dialogs.untold import untold_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from microsoft_teams.cards import Action, CardElement

    from centre.requests import Event, Request
    from dialogs.texts import Texts
    from dialogs.untold import Untold

MOST_LINES = 5
"""Cases that one part of a digest names; how many there are in all stands above them."""
MOST_CASES = 5
"""Cases that a person's own digest shows."""
MOST_EVENTS = 3
"""Events of one case that it shows, the newest ones."""


_NEW = "morning-new"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the morning's digest: how many cases in all, and the first of them."""

    total: int = 0
    first: Sequence[Request] = ()


@dataclass(frozen=True, slots=True)
class Morning:
    """What the day begins with. `undelivered` is how many were not told in all, `untold` the first of them."""

    new: Part
    overdue: Part
    due_today: Part
    unanswered: Part
    undelivered: int = 0
    untold: Sequence[Untold] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth a message."""
        parts = (self.new, self.overdue, self.due_today, self.unanswered)
        return not self.undelivered and not any(part.total for part in parts)


def morning_card(texts: Texts, day: date, morning: Morning) -> Card:
    """The channel's digest of a working day."""
    title_words = texts("morning-heading", day=texts.day(day))
    parts = {
        _NEW: morning.new,
        "morning-overdue": morning.overdue,
        "morning-due-today": morning.due_today,
        "morning-unanswered": morning.unanswered,
    }
    shown = {key: part for key, part in parts.items() if part.total}
    body: list[CardElement] = [heading(title_words)]
    body += [section(*_part(texts, key, part)) for key, part in shown.items()]
    spoken = [texts(key, count=part.total) for key, part in shown.items()]
    if morning.undelivered:
        words = texts("morning-undelivered", count=morning.undelivered)
        body.append(
            section(
                subheading(words), *(small(untold_words(texts, one), spacing="Small") for one in morning.untold)
            )
        )
        spoken.append(words)
    return Card(sentences(title_words, *spoken), body, locale=texts.locale)


def _part(texts: Texts, key: str, part: Part) -> list[CardElement]:
    nobody = "" if key == _NEW else texts("morning-nobody")
    lines: list[CardElement] = [
        small(_line(texts, request, nobody), spacing="Small") for request in part.first[:MOST_LINES]
    ]
    if part.total > len(lines):
        lines.append(hint(texts("morning-more", count=part.total - len(lines)), spacing="Small"))
    return [subheading(texts(key, count=part.total)), *lines]


def _line(texts: Texts, request: Request, nobody: str) -> str:
    """Say which case it is: "KV-2026-0042 · demens · Plejecenter Solgården · Kirsten Bang"."""
    words = (
        str(request.number),
        topic_words(texts, request),
        place_words(texts, request.wish) or request.requester_name,
        request.assignee_name or nobody,
    )
    return " · ".join(word for word in words if word)


def answer_reminder_card(texts: Texts, request: Request, question: Event) -> Card:
    """The question once more, with a friendly line above it and the same ways to answer."""
    news = leader_news(texts, request, question)
    words = texts("reminder-answer", name=question.actor_name, number=str(request.number))
    return Card(sentences(words, news.summary), [plain(words), *news.body], news.actions, texts.locale)


def answer_overdue_card(texts: Texts, request: Request, question: Event) -> Card:
    """Tell who has a case that its leader has not answered, and was asked again."""
    words = texts("reminder-overdue", name=request.requester_name, number=str(request.number))
    said = question.detail.get("words", "") or event_words(texts, question)
    body = [_case_title(texts, request), plain(words), quote(event_words(texts, question), said)]
    return Card(sentences(words, said), body, [_open(texts, request)], texts.locale)


def due_reminder_card(texts: Texts, request: Request, day: date, today: date) -> Card:
    """Tell who has a case that it is due."""
    key = "reminder-due-today" if day <= today else "reminder-due"
    words = texts(key, number=str(request.number), day=texts.day(day))
    body = [_case_title(texts, request), plain(words), hint(queue_status_word(texts, request))]
    return Card(words, body, [_open(texts, request)], texts.locale)


def own_digest_card(
    texts: Texts, leaders: Collection[str], cases: Sequence[tuple[Request, Sequence[Event]]]
) -> Card:
    """What happened in a person's cases since last time, one part for each case, oldest first.

    `leaders` are the ids of those whose cases the reader sees as their leader does: themselves and the absent.
    """
    title_words = texts("own-digest-heading", count=len(cases))
    body: list[CardElement] = [heading(title_words)]
    for request, events in cases[:MOST_CASES]:
        shown = list(events)[-MOST_EVENTS:]
        lines = [line for event in shown for line in _event_lines(texts, event)]
        own = request.requester_id in leaders
        action = see_button(texts, request) if own else _open(texts, request)
        body.append(section(_case_subtitle(texts, request), *lines, buttons(action)))
    if len(cases) > MOST_CASES:
        body.append(hint(texts("own-digest-more", count=len(cases) - MOST_CASES)))
    spoken = [f"{request.number}: {event_words(texts, events[-1])}" for request, events in cases[:MOST_CASES]]
    return Card(sentences(title_words, *spoken), body, locale=texts.locale)


def _event_lines(texts: Texts, event: Event) -> list[CardElement]:
    said = event.detail.get("words", "")
    quoted = [plain(f"»{said}«", spacing="None", limit=200)] if said else []
    return [small(event_words(texts, event)), *quoted]


def _case_title(texts: Texts, request: Request) -> CardElement:
    return title(f"{request.number} · {topic_words(texts, request)}")


def _case_subtitle(texts: Texts, request: Request) -> CardElement:
    return subheading(f"{request.number} · {topic_words(texts, request)}")


def _open(texts: Texts, request: Request) -> Action:
    words = texts("button-open-case")
    return bare_submit(words, "case.show", tooltip=f"{words} {request.number}", request=request.id)
