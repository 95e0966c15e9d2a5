"""A request as its leader sees it: the receipt, the list, and one in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.requests import UNPLANNED_STATUSES, Status
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    facts,
    heading,
    hint,
    paragraph,
    quote,
    section,
    sentences,
    shorten,
    small_print,
    status,
    status_line,
    subheading,
)
from dialogs.cards.wish import wish_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action, CardElement, TextColor

    from centre.requests import Request
    from dialogs.texts import Texts


STATUS_COLOURS: dict[Status, TextColor] = {
    Status.AWAITING_LEADER: "Attention",
    Status.REJECTED: "Attention",
    Status.PLANNED: "Default",
    Status.COMPLETED: "Default",
    Status.EVALUATED: "Default",
    Status.WITHDRAWN: "Default",
}
"""Under way is the accent, what asks for somebody is attention; the theme's green cannot be read on white."""
LONGEST_LISTED = 120


def status_colour(request: Request) -> TextColor:
    """Return the colour of a request's status; the word says it too."""
    return STATUS_COLOURS.get(request.status, "Accent")


def status_word(texts: Texts, request: Request) -> str:
    """Word the status."""
    return texts(f"status-{request.status.value.replace('_', '-')}")


def queue_status_word(texts: Texts, request: Request) -> str:
    """Word a status as the centre says it; the leader reads "Afventer dig" of the same."""
    return texts(queue_status_key(request.status))


def queue_status_key(status: Status) -> str:
    """Return the text of a status as the centre says it."""
    if status is Status.AWAITING_LEADER:
        return "queue-awaiting-leader"
    return f"status-{status.value.replace('_', '-')}"


def assignee_words(texts: Texts, request: Request) -> str:
    """Word who has it, "" while nobody has."""
    return texts("assigned-to", name=request.assignee_name) if request.assignee_name else ""


def status_fact(texts: Texts, request: Request, words: str = "") -> CardElement:
    """The status in its colour, in the leader's words or in others, and who has the request."""
    return status_line(
        texts("label-status"),
        words or status_word(texts, request),
        status_colour(request),
        assignee_words(texts, request),
    )


def spoken_list(texts: Texts, requests: Sequence[Request]) -> str:
    """Count requests up, for those who hear them: "KV-2026-0042: demens, Ny."."""
    return sentences(
        *(
            f"{request.number}: {topic_words(texts, request)}, {status_word(texts, request)}"
            for request in requests
        )
    )


def receipt_card(texts: Texts, request: Request, ahead: int | None = None) -> Card:
    """Read-only proof that it was sent, with what happens next and by when; `ahead` wait before it."""
    title = texts("receipt-heading", number=str(request.number))
    next_words = texts("receipt-next", day=texts.day(request.answer_due))
    if ahead is not None:
        next_words = f"{next_words} {texts('queue-place', count=ahead)}"
    body = [
        heading(title),
        paragraph(next_words, spacing="Small"),
        *_what(texts, request),
        small_print([(texts("label-kle"), kle_words(texts, request))]),
    ]
    return Card(sentences(title, next_words), body, [see_button(texts, request)], texts.locale)


def request_card(texts: Texts, request: Request, ahead: int | None = None) -> Card:
    """One of one's own requests, with what can be done to it now; `ahead` wait before it."""
    title = texts("request-heading", number=str(request.number))
    body = [
        heading(title),
        status_fact(texts, request),
        *facts(
            [
                (
                    texts("label-answer-due"),
                    texts.day(request.answer_due) if request.status is Status.NEW else "",
                ),
                (texts("label-queue-place"), "" if ahead is None else texts("queue-place", count=ahead)),
            ]
        ),
        *_what(texts, request),
        small_print(
            [
                (texts("label-filed"), texts.short_day(request.filed_at.date())),
                (texts("label-kle"), kle_words(texts, request)),
            ]
        ),
    ]
    spoken = sentences(f"{title}, {status_word(texts, request)}", topic_words(texts, request))
    return Card(spoken, body, _request_actions(texts, request), texts.locale)


def _what(texts: Texts, request: Request) -> list[CardElement]:
    """What was asked for: the choice, the facts, and the leader's own words."""
    return [
        *facts(
            [
                (texts("label-topic"), request.wish.topic),
                (texts("label-chosen"), request.wish.offer_title or texts("nothing-chosen")),
                *wish_facts(texts, request.wish),
            ]
        ),
        quote(texts("receipt-your-words"), request.wish.need),
    ]


def requests_card(texts: Texts, requests: Sequence[Request], page: int, *, more: bool) -> Card:
    """One's own requests, newest first."""
    title = texts("requests-heading")
    body = [
        heading(title),
        *[
            section(
                subheading(f"{request.number} · {topic_words(texts, request)}"),
                status(
                    status_word(texts, request),
                    status_colour(request),
                    assignee_words(texts, request),
                    texts.short_day(request.filed_at.date()),
                ),
                buttons(see_button(texts, request)),
            )
            for request in requests
        ],
        hint(texts("requests-hint"), spacing="Medium"),
    ]
    actions = [bare_submit(texts("button-more"), "requests.list", page=str(page + 1))] if more else []
    return Card(sentences(title, spoken_list(texts, requests)), body, actions, texts.locale)


def withdrawn_card(texts: Texts, request: Request) -> Card:
    """What a withdrawn request looks like right after, with the way back."""
    title, next_words = texts("withdrawn", number=str(request.number)), texts("withdrawn-next")
    return Card(
        sentences(title, next_words),
        [heading(title), paragraph(next_words, spacing="Small")],
        [bare_submit(texts("button-undo"), "request.restore", request=request.id)],
        texts.locale,
    )


def see_button(texts: Texts, request: Request) -> Action:
    """The button that opens one's own request; good for ever."""
    words = texts("button-see-request")
    return bare_submit(words, "request.show", tooltip=f"{words} {request.number}", request=request.id)


def topic_words(texts: Texts, request: Request) -> str:
    """Word the topic, short enough for a list."""
    return shorten(request.wish.topic or texts("no-topic"), LONGEST_LISTED)


def kle_words(texts: Texts, request: Request) -> str:
    """Word the KLE subject with its number."""
    return f"{request.kle.value} {texts(f'kle-{request.kle.name.lower()}')}"


def _request_actions(texts: Texts, request: Request) -> list[Action]:
    actions: list[Action] = []
    if request.status is Status.NEW:
        actions.append(bare_submit(texts("button-correct"), "request.edit", request=request.id))
    if request.status in UNPLANNED_STATUSES:
        actions.append(bare_submit(texts("button-withdraw"), "request.withdraw", request=request.id))
    if request.status is Status.WITHDRAWN:
        actions.append(bare_submit(texts("button-restore"), "request.restore", request=request.id))
    actions.append(bare_submit(texts("button-request-history"), "request.history", request=request.id))
    actions.append(bare_submit(texts("button-my-requests"), "requests.list"))
    return actions
