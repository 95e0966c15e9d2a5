"""The centre's queue as a list: which cases were asked for, a page of them, and what can be done to several."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.clock import COPENHAGEN
from centre.queue_query import MOST_COUNTED, QueueQuery, Whose, query_json
from centre.requests import OPEN_STATUSES, Priority, Request, Status
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    choice_input,
    choices_input,
    execute,
    heading,
    hint,
    line,
    paragraph,
    section,
    sentences,
    shorten,
    status,
    subheading,
    text_input,
    unfold,
)
from dialogs.cards.request import assignee_words, queue_status_key, queue_status_word, status_colour, topic_words
from dialogs.cards.wish import place_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from microsoft_teams.cards import Action, CardElement

    from centre.cases import Colleague
    from centre.saved_views import SavedView
    from dialogs.texts import Texts

OLD = 14
LONGEST_NAME = 60
LONGEST_CHOICE = 80


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue: `requests` are those from number `first` (counted from 1) of `total`.

    `private` says that only the one who asked sees it: a file is offered there and nowhere else.
    """

    query: QueueQuery
    requests: Sequence[Request]
    first: int
    total: int
    number: int
    today: date
    colleagues: Sequence[Colleague] = ()
    private: bool = True

    @property
    def more(self) -> bool:
        """Whether there is a page after this one; where counting ended there may be."""
        return self.first + len(self.requests) <= self.total or self.total >= MOST_COUNTED


def queue_card(texts: Texts, page: QueuePage) -> Card:
    """A page of cases, each with its button, quick filters above them, and a form for several below."""
    title = texts("queue-heading")
    filters = filter_words(texts, page.query)
    found = found_words(texts, page.total)
    body: list[CardElement] = [
        heading(title),
        *([line(texts("queue-shows"), filters, spacing="None")] if filters else []),
        hint(found, spacing="None"),
        buttons(*_quick_filters(texts)),
        *[_row(texts, page, request, number) for number, request in enumerate(page.requests, page.first)],
    ]
    if not page.requests:
        body.append(paragraph(texts("queue-nothing" if filters or page.first > 1 else "queue-empty")))
    spoken = (
        f"{request.number}: {topic_words(texts, request)}, {queue_status_word(texts, request)}"
        for request in page.requests
    )
    return Card(
        sentences(title, shorten(filters, 200), found, *spoken)[:1000], body, _actions(texts, page), texts.locale
    )


def filter_words(texts: Texts, query: QueueQuery) -> str:
    """Word which cases were asked for: "mine · Ny · Handicap · over 14 dage"; "" for the whole queue."""
    whose = f"queue-{query.whose.value}"
    parts = [
        "" if query.whose is Whose.ANYBODY else texts(whose, name=query.colleague_name),
        ", ".join(texts(queue_status_key(status)) for status in query.statuses),
        texts(f"area-{query.area.value}") if query.area else "",
        "" if query.older_than is None else texts("queue-older", days=query.older_than),
        _due_words(texts, query),
        texts(f"queue-priority-{query.priority.value}") if query.priority else "",
        texts("queue-from", name=query.requester) if query.requester else "",
        texts("queue-about", words=query.text) if query.text else "",
    ]
    return " · ".join(part for part in parts if part)


def found_words(texts: Texts, total: int) -> str:
    """Word how many cases were found: "7 sager"."""
    if total >= MOST_COUNTED:
        return texts("queue-found-many", count=texts.number(MOST_COUNTED))
    return texts("queue-found", count=total)


def list_button(words: str, query: QueueQuery, page: int = 0, tooltip: str = "") -> Action:
    """A button that shows cases; the query goes with it, so that it is good for ever, also in the channel."""
    return bare_submit(words, "queue.list", tooltip=tooltip, query=_packed(query), page=str(page))


def views_card(texts: Texts, views: Sequence[SavedView]) -> Card:
    """A person's saved views, each with its button."""
    title = texts("views-heading")
    body: list[CardElement] = [heading(title)]
    for view in views:
        words = filter_words(texts, view.query) or texts("queue-whole")
        open_it = list_button(texts("button-view"), view.query, tooltip=f"{texts('button-view')} {view.name}")
        body.append(section(subheading(view.name), hint(words, spacing="None"), buttons(open_it)))
    body.append(hint(texts("views-hint"), spacing="Medium"))
    return Card(sentences(title, *(view.name for view in views))[:1000], body, locale=texts.locale)


def _packed(query: QueueQuery) -> str:
    return json.dumps(query_json(query), ensure_ascii=False, separators=(",", ":"))


def _quick_filters(texts: Texts) -> list[Action]:
    return [
        list_button(texts("button-queue-mine"), QueueQuery(whose=Whose.MINE)),
        list_button(texts("button-queue-new"), QueueQuery(statuses=(Status.NEW,))),
        list_button(texts("button-queue-nobody"), QueueQuery(whose=Whose.NOBODY)),
        list_button(texts("button-queue-old", days=OLD), QueueQuery(older_than=OLD)),
    ]


def _row(texts: Texts, page: QueuePage, request: Request, number: int) -> CardElement:
    words = texts("button-open-case")
    is_open = request.status in OPEN_STATUSES
    due = request.due or request.answer_due
    age = (page.today - request.filed_at.astimezone(COPENHAGEN).date()).days
    return section(
        subheading(f"{number}. {request.number} · {topic_words(texts, request)}"),
        status(
            queue_status_word(texts, request),
            status_colour(request),
            "" if request.priority is Priority.NORMAL else texts(f"queue-priority-{request.priority.value}"),
            shorten(assignee_words(texts, request), LONGEST_NAME)
            or (texts("queue-nobody-has") if is_open else ""),
        ),
        hint(
            " · ".join(
                part
                for part in (
                    shorten(request.requester_name, LONGEST_NAME),
                    shorten(place_words(texts, request.wish), LONGEST_NAME),
                    texts("queue-age", days=age),
                    _due_line(texts, due, page.today) if is_open else "",
                )
                if part
            ),
            spacing="None",
        ),
        buttons(bare_submit(words, "case.show", tooltip=f"{words} {request.number}", request=request.id)),
    )


def _due_line(texts: Texts, due: date, today: date) -> str:
    return texts("queue-due-past" if due < today else "queue-due", day=texts.short_day(due))


def _due_words(texts: Texts, query: QueueQuery) -> str:
    if query.due_before:
        return texts("queue-due-before", day=texts.short_day(query.due_before))
    if query.due_within is None:
        return ""
    return texts("queue-overdue") if query.due_within < 0 else texts("queue-due-within", days=query.due_within)


def _actions(texts: Texts, page: QueuePage) -> list[Action]:
    actions: list[Action] = []
    if page.more and page.requests:
        actions.append(list_button(texts("button-more"), page.query, page.number + 1))
    if page.query != QueueQuery():
        actions.append(list_button(texts("button-queue-all"), QueueQuery()))
    if page.requests:
        actions.append(_several(texts, page))
    if page.requests and page.private:
        actions.append(bare_submit(texts("button-export"), "queue.export", query=_packed(page.query)))
    return actions


def _several(texts: Texts, page: QueuePage) -> Action:
    """The form for several cases: choose them, and say what is to be done."""
    cases = {
        request.id: shorten(f"{request.number} {topic_words(texts, request)}", LONGEST_CHOICE)
        for request in page.requests
    }
    query, number = _packed(page.query), str(page.number)
    return unfold(
        texts("button-several"),
        choices_input("cases", texts("input-cases"), cases, needed=texts("input-cases-needed")),
        choice_input("colleague", texts("input-several-colleague"), {one.id: one.name for one in page.colleagues}),
        text_input("words", texts("input-several-reason"), lines=True),
        actions=[
            execute(texts("button-take-several"), "queue.taken", main=True, query=query, page=number),
            execute(texts("button-hand-over"), "queue.handed_over", query=query, page=number),
            execute(texts("button-source"), "queue.sourcing", query=query, page=number),
            execute(texts("button-reject"), "queue.rejected", query=query, page=number),
        ],
    )
