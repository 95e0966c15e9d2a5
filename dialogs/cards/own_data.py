"""What is kept about somebody, and the question whether it is to be deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.elements import Card, bare_submit, facts, heading, hint, paragraph, sentences

if TYPE_CHECKING:
    from microsoft_teams.cards import CardElement

    from centre.own_data import OwnData
    from centre.people import Person
    from dialogs.texts import Texts


def own_data_card(texts: Texts, person: Person, data: OwnData) -> Card:
    """What is kept, how much of it, and where to read it."""
    title = texts("data-heading")
    who = " · ".join(part for part in (person.name, person.email, person.department) if part)
    body = [
        heading(title),
        *facts(
            [
                (texts("data-label-who"), who),
                (
                    texts("data-label-requests"),
                    texts("data-requests", count=data.requests, open=data.open_requests),
                ),
                (
                    texts("data-label-courses"),
                    texts("data-courses", count=data.courses, coming=data.coming_courses),
                ),
                (texts("data-label-rest"), texts("data-rest", purposes=data.purposes, interests=data.interests)),
            ]
        ),
        paragraph(texts("data-where"), spacing="Medium"),
        hint(texts("data-how-long")),
    ]
    delete = bare_submit(texts("button-data-delete"), "data.ask")
    return Card(sentences(title, texts("data-where")), body, [delete], texts.locale)


def delete_card(texts: Texts, data: OwnData) -> Card:
    """What would go, what would stay, and the button."""
    title = texts("data-delete-heading")
    body: list[CardElement] = [
        heading(title),
        paragraph(texts("data-delete-goes")),
        paragraph(texts("data-delete-stays")),
    ]
    if data.open_requests or data.coming_courses:
        body.append(hint(texts("data-stays", requests=data.open_requests, courses=data.coming_courses)))
    now = bare_submit(texts("button-data-delete-now"), "data.delete", main=True)
    return Card(sentences(title, texts("data-delete-goes")), body, [now], texts.locale)
