"""A request as the centre sees it: the channel's card, and the list in a consultant's chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.requests import OPEN_STATUSES
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    execute,
    facts,
    heading,
    paragraph,
    quote,
    section,
    sentences,
    small_print,
    status,
    subheading,
)
from dialogs.cards.request import (
    assignee_words,
    kle_words,
    spoken_list,
    status_colour,
    status_fact,
    status_word,
    topic_words,
)
from dialogs.cards.wish import budget_words, form_words, people_words, place_words, time_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action

    from centre.requests import Request
    from dialogs.texts import Texts


def case_card(texts: Texts, request: Request) -> Card:
    """Everything to decide on at a glance, and `Tag sagen` while nobody has it."""
    wish = request.wish
    title = texts("case-heading", number=str(request.number), topic=topic_words(texts, request))
    is_open = request.status in OPEN_STATUSES
    who = request.requester_name
    if not request.requester_confirmed:
        who = f"{who} {texts('case-unconfirmed')}"
    body = [
        heading(texts("case-title", number=str(request.number))),
        subheading(wish.topic or texts("no-topic"), spacing="None"),
        status_fact(texts, request),
        *facts(
            [
                (texts("label-answer-due"), texts.day(request.answer_due) if is_open else ""),
                (texts("label-requester"), who),
                (texts("label-department"), place_words(texts, wish)),
            ]
        ),
        quote(texts("case-leaders-words"), wish.need),
        *facts(
            [
                (texts("label-chosen"), wish.offer_title or texts("nothing-chosen")),
                (texts("label-people"), people_words(texts, wish)),
                (texts("label-time"), time_words(texts, wish)),
                (texts("label-form"), form_words(texts, wish)),
                (texts("label-budget"), budget_words(texts, wish)),
                (texts("label-purpose"), wish.purpose),
            ]
        ),
        small_print(
            [
                (texts("label-filed"), texts.short_day(request.filed_at.date())),
                (texts("label-kle"), kle_words(texts, request)),
            ]
        ),
    ]
    return Card(
        sentences(title, status_word(texts, request), who), body, _case_actions(texts, request), texts.locale
    )


def queue_card(texts: Texts, requests: Sequence[Request], page: int, *, more: bool) -> Card:
    """Open cases, oldest first."""
    title = texts("queue-heading")
    body = [
        heading(title),
        *[
            section(
                subheading(f"{request.number} · {topic_words(texts, request)}"),
                status(
                    status_word(texts, request),
                    status_colour(request),
                    assignee_words(texts, request),
                    request.requester_name,
                    place_words(texts, request.wish),
                    texts.short_day(request.filed_at.date()),
                ),
                buttons(_open_button(texts, request)),
            )
            for request in requests
        ],
    ]
    if not requests:
        body.append(paragraph(texts("queue-empty")))
    actions = [bare_submit(texts("button-more"), "queue.list", page=str(page + 1))] if more else []
    spoken = spoken_list(texts, requests) or texts("queue-empty")
    return Card(sentences(title, spoken), body, actions, texts.locale)


def _open_button(texts: Texts, request: Request) -> Action:
    words = texts("button-open-case")
    return bare_submit(words, "case.show", tooltip=f"{words} {request.number}", request=request.id)


def _case_actions(texts: Texts, request: Request) -> list[Action]:
    if request.assignee_id or request.status not in OPEN_STATUSES:
        return []
    return [execute(texts("button-take"), "case.take", main=True, request=request.id)]
