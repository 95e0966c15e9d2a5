"""What a reader is told of an event in a case: the leader with a way to answer, staff with the case at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.requests import EventKind
from dialogs.cards.elements import (
    Card,
    bare_submit,
    hint,
    paragraph,
    plain,
    quote,
    sentences,
    shorten,
    submit,
    text_input,
    title,
)
from dialogs.cards.history import event_words
from dialogs.cards.request import see_button, topic_words

if TYPE_CHECKING:
    from microsoft_teams.cards import Action, CardElement

    from centre.requests import Event, Request
    from dialogs.texts import Texts


LONGEST_SUMMARY = 1000
"""Characters that clients show or read aloud in place of a card."""


def leader_news(texts: Texts, request: Request, event: Event) -> Card:
    """Tell the leader, and give them a way on: answer, accept, decline, be called."""
    key = f"news-{event.kind.value.replace('_', '-')}"
    words = texts(
        key,
        name=request.assignee_name or event.actor_name,
        number=str(request.number),
        topic=topic_words(texts, request),
        title=event.detail.get("title", ""),
        day=texts.day(request.due or request.answer_due),
    )
    said = event.detail.get("words", "")
    body: list[CardElement] = [title(f"{request.number} · {topic_words(texts, request)}"), plain(words)]
    if said:
        body.append(quote(event.actor_name, said))
    if event.kind is EventKind.ASKED:
        body.append(text_input("words", texts("input-answer"), lines=True, needed=texts("input-answer-needed")))
    return Card(sentences(words, said), body, _leader_actions(texts, request, event), texts.locale)


def _leader_actions(texts: Texts, request: Request, event: Event) -> list[Action]:
    case = request.id
    call = bare_submit(texts("button-call-me"), "case.call_wanted", request=case)
    match event.kind:
        case EventKind.ASKED:
            return [
                submit(texts("button-answer"), "case.answered", main=True, request=case),
                call,
                see_button(texts, request),
            ]
        case EventKind.PROPOSED:
            return [
                bare_submit(texts("button-accept"), "case.accepted", main=True, request=case),
                bare_submit(texts("button-decline"), "case.declined", request=case),
                call,
                see_button(texts, request),
            ]
        case EventKind.REJECTED:
            return [call, see_button(texts, request)]
        case _:
            return [see_button(texts, request)]


def staff_news(texts: Texts, request: Request, event: Event) -> Card:
    """Tell whoever has the case, with the case one press away."""
    words = event_words(texts, event)
    said = event.detail.get("words", "")
    body: list[CardElement] = [title(f"{request.number} · {topic_words(texts, request)}"), plain(words)]
    if said:
        body.append(quote(event.actor_name, said))
    open_case = bare_submit(texts("button-open-case"), "case.show", request=request.id)
    return Card(sentences(str(request.number), words, said), body, [open_case], texts.locale)


def for_stand_in(texts: Texts, news: Card, absent: str) -> Card:
    """Say first for whom somebody is told this; `absent` is the name of who is away."""
    words = texts("news-as-stand-in", name=absent)
    summary = shorten(sentences(words, news.summary), LONGEST_SUMMARY)
    return Card(summary, [hint(words), *news.body], news.actions, news.locale)


def which_case_card(texts: Texts, said: str, requests: list[Request], nonce: str) -> Card:
    """Ask what a leader's sentence belongs to, when a case of theirs awaits an answer."""
    words = texts("which-case")
    listed = [hint(f"{request.number} · {topic_words(texts, request)}") for request in requests]
    choices = [
        submit(str(request.number), "answer.case", nonce, tooltip=topic_words(texts, request), request=request.id)
        for request in requests
    ]
    new = bare_submit(texts("button-new-need"), "answer.new", nonce)
    body = [paragraph(words), quote(texts("receipt-your-words"), said), *listed]
    return Card(words, body, [*choices, new], texts.locale)
