"""The card behind `Ret`: everything that was read, each to be corrected in its own field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.need import Form
from catalogue.offers import Area
from dialogs.cards.elements import (
    Card,
    bare_submit,
    choice_input,
    heading,
    number_input,
    sentences,
    submit,
    text_input,
)
from dialogs.forms import MOST_PEOPLE

if TYPE_CHECKING:
    from dialogs.drafts import Draft
    from dialogs.texts import Texts

ANY_FORM = "any"
"""A choice without a value would not be sent at all, and a form could not be taken back."""


def form_choices(texts: Texts) -> dict[str, str]:
    """Return the forms of learning in words."""
    return {form.value: texts(f"form-{form.value.replace('_', '-')}") for form in Form}


def area_choices(texts: Texts) -> dict[str, str]:
    """Return the areas in words."""
    return {area.value: texts(f"area-{area.value}") for area in Area}


def need_form(texts: Texts, draft: Draft, nonce: str, *, save: str = "need.save", back: str = "need.back") -> Card:
    """All fields of a wish with what is known filled in."""
    wish = draft.wish()
    body = [
        heading(texts("edit-heading")),
        text_input("topic", texts("label-topic"), wish.topic, needed=texts("input-topic-needed")),
        number_input(
            "headcount",
            texts("input-headcount"),
            wish.headcount,
            texts("input-headcount-hint"),
            1,
            MOST_PEOPLE,
            texts("input-headcount-wrong", most=MOST_PEOPLE),
        ),
        text_input(
            "staff_groups", texts("label-staff-groups"), ", ".join(wish.staff_groups), texts("input-groups-hint")
        ),
        text_input("time", texts("input-time"), wish.time_words, texts("input-time-hint")),
        choice_input(
            "form",
            texts("input-form"),
            {ANY_FORM: texts("form-any"), **form_choices(texts)},
            wish.form.value if wish.form else ANY_FORM,
        ),
        text_input("purpose", texts("input-purpose"), wish.purpose, texts("input-purpose-hint"), lines=True),
        text_input("department", texts("label-department"), wish.department),
        choice_input("area", texts("label-area"), area_choices(texts), wish.area.value if wish.area else ""),
        text_input("on_behalf_of", texts("label-on-behalf-of"), wish.on_behalf_of, texts("input-behalf-hint")),
    ]
    actions = [
        submit(texts("button-save"), save, nonce, main=True),
        bare_submit(texts("button-back"), back, nonce),
    ]
    return Card(sentences(texts("edit-heading")), body, actions, texts.locale)
