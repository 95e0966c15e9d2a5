"""A request as its leader sees it: the receipt, the list, and one in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microsoft_teams.cards import ActionSet

from centre.requests import WITHDRAWABLE_STATUSES, Status
from dialogs.cards.elements import Card, bare_submit, facts, heading, hint, paragraph, quote, section, subheading
from dialogs.cards.wish import wish_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action

    from centre.requests import Request
    from dialogs.texts import Texts


def status_words(texts: Texts, request: Request) -> str:
    """Word the status, and who has it."""
    words = texts(f"status-{request.status.value.replace('_', '-')}")
    if request.assignee_name:
        words = f"{words} · {texts('assigned-to', name=request.assignee_name)}"
    return words


def receipt_card(texts: Texts, request: Request) -> Card:
    """Read-only proof that it was sent, with what happens next and by when."""
    title = texts("receipt-heading", number=str(request.number))
    next_words = texts("receipt-next", day=texts.day(request.answer_due))
    body = [
        heading(title),
        paragraph(next_words),
        *facts([*wish_facts(texts, request.wish), (texts("label-kle"), kle_words(texts, request))]),
        section(hint(texts("receipt-your-words")), quote(request.wish.need)),
    ]
    return Card(f"{title}. {next_words}", body, [see_button(texts, request)], texts.locale)


def request_card(texts: Texts, request: Request) -> Card:
    """One of one's own requests, with what can be done to it now."""
    title = texts("request-heading", number=str(request.number))
    body = [
        heading(title),
        *facts(
            [
                (texts("label-status"), status_words(texts, request)),
                (texts("label-filed"), texts.short_day(request.filed_at.date())),
                (texts("label-answer-due"), texts.day(request.answer_due) if request.status is Status.NEW else ""),
                *wish_facts(texts, request.wish),
                (texts("label-kle"), kle_words(texts, request)),
            ]
        ),
        section(hint(texts("receipt-your-words")), quote(request.wish.need)),
    ]
    return Card(title, body, _request_actions(texts, request), texts.locale)


def requests_card(texts: Texts, requests: Sequence[Request], page: int, *, more: bool) -> Card:
    """One's own requests, newest first."""
    title = texts("requests-heading")
    body = [
        heading(title),
        *[
            section(
                subheading(f"{request.number} · {request.wish.topic or texts('no-topic')}"),
                hint(
                    f"{status_words(texts, request)} · {texts.short_day(request.filed_at.date())}",
                ),
                ActionSet(actions=[see_button(texts, request)]),
            )
            for request in requests
        ],
        hint(texts("requests-hint")),
    ]
    actions = [bare_submit(texts("button-more"), "requests.list", page=str(page + 1))] if more else []
    return Card(title, body, actions, texts.locale)


def withdrawn_card(texts: Texts, request: Request) -> Card:
    """What a withdrawn request looks like right after, with the way back."""
    title = texts("withdrawn", number=str(request.number))
    return Card(
        title,
        [heading(title), paragraph(texts("withdrawn-next"))],
        [bare_submit(texts("button-undo"), "request.restore", request=request.id)],
        texts.locale,
    )


def see_button(texts: Texts, request: Request) -> Action:
    """The button that opens one's own request; good for ever."""
    return bare_submit(texts("button-see-request"), "request.show", request=request.id)


def kle_words(texts: Texts, request: Request) -> str:
    """Word the KLE subject with its number."""
    return f"{request.kle.value} {texts(f'kle-{request.kle.name.lower()}')}"


def _request_actions(texts: Texts, request: Request) -> list[Action]:
    actions: list[Action] = []
    if request.status is Status.NEW:
        actions.append(bare_submit(texts("button-correct"), "request.edit", request=request.id))
    if request.status in WITHDRAWABLE_STATUSES:
        actions.append(bare_submit(texts("button-withdraw"), "request.withdraw", request=request.id))
    if request.status is Status.WITHDRAWN:
        actions.append(bare_submit(texts("button-restore"), "request.restore", request=request.id))
    actions.append(bare_submit(texts("button-my-requests"), "requests.list"))
    return actions
