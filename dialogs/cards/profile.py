"""The card that asks a leader where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.elements import Card, choice_input, heading, paragraph, sentences, submit, text_input
from dialogs.cards.need_form import area_choices

if TYPE_CHECKING:
    from centre.people import Person
    from dialogs.texts import Texts


def profile_card(texts: Texts, person: Person, nonce: str) -> Card:
    """Area and department, with what is known filled in."""
    title = texts("profile-heading")
    body = [
        heading(title),
        paragraph(texts("profile-why")),
        choice_input(
            "area",
            texts("label-area"),
            area_choices(texts),
            person.area.value if person.area else "",
            needed=texts("input-area-needed"),
        ),
        text_input(
            "department",
            texts("label-department"),
            person.department,
            texts("profile-department-hint"),
            needed=texts("input-department-needed"),
        ),
    ]
    summary = sentences(title, texts("profile-why"))
    return Card(summary, body, [submit(texts("button-save"), "profile.save", nonce, main=True)], texts.locale)
