"""A request as the centre sees it: the channel's card, and the list in a consultant's chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microsoft_teams.cards import ActionSet

from centre.requests import OPEN_STATUSES
from dialogs.cards.elements import (
    Card,
    bare_submit,
    execute,
    facts,
    heading,
    hint,
    paragraph,
    quote,
    section,
    subheading,
)
from dialogs.cards.request import kle_words, status_words
from dialogs.cards.wish import form_words, people_words, place_words, time_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action

    from centre.requests import Request
    from dialogs.texts import Texts


def case_card(texts: Texts, request: Request) -> Card:
    """Everything to decide on at a glance, and `Tag sagen` while nobody has it."""
    wish = request.wish
    title = texts("case-heading", number=str(request.number), topic=wish.topic or texts("no-topic"))
    who = request.requester_name
    if not request.requester_confirmed:
        who = f"{who} {texts('case-unconfirmed')}"
    body = [
        heading(texts("case-title", number=str(request.number))),
        subheading(wish.topic or texts("no-topic")),
        *facts(
            [
                (texts("label-status"), status_words(texts, request)),
                (texts("label-requester"), who),
                (texts("label-department"), place_words(texts, wish)),
                (texts("label-people"), people_words(texts, wish)),
                (texts("label-time"), time_words(texts, wish)),
                (texts("label-chosen"), wish.offer_title or texts("nothing-chosen")),
                (texts("label-form"), form_words(texts, wish)),
                (
                    texts("label-budget"),
                    texts("kroner", amount=texts.number(wish.budget_dkk)) if wish.budget_dkk else "",
                ),
                (texts("label-purpose"), wish.purpose),
                (texts("label-filed"), texts.short_day(request.filed_at.date())),
                (texts("label-answer-due"), texts.day(request.answer_due)),
                (texts("label-kle"), kle_words(texts, request)),
            ]
        ),
        section(hint(texts("case-leaders-words")), quote(wish.need)),
    ]
    return Card(title, body, _case_actions(texts, request), texts.locale)


def queue_card(texts: Texts, requests: Sequence[Request], page: int, *, more: bool) -> Card:
    """Open cases, oldest first."""
    title = texts("queue-heading")
    body = [
        heading(title),
        *[
            section(
                subheading(f"{request.number} · {request.wish.topic or texts('no-topic')}"),
                hint(
                    " · ".join(
                        part
                        for part in (
                            status_words(texts, request),
                            request.requester_name,
                            place_words(texts, request.wish),
                            texts.short_day(request.filed_at.date()),
                        )
                        if part
                    )
                ),
                ActionSet(actions=[bare_submit(texts("button-open-case"), "case.show", request=request.id)]),
            )
            for request in requests
        ],
    ]
    if not requests:
        body.append(paragraph(texts("queue-empty")))
    actions = [bare_submit(texts("button-more"), "queue.list", page=str(page + 1))] if more else []
    return Card(title, body, actions, texts.locale)


def _case_actions(texts: Texts, request: Request) -> list[Action]:
    if request.assignee_id or request.status not in OPEN_STATUSES:
        return []
    return [execute(texts("button-take"), "case.take", main=True, request=request.id)]
