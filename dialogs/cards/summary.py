"""The card before sending: what the centre will get, and the few things it still lacks, all in one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.cards.elements import (
    Card,
    bare_submit,
    choice_input,
    facts,
    heading,
    hint,
    number_input,
    paragraph,
    sentences,
    shorten,
    submit,
    text_input,
)
from dialogs.cards.need_form import form_choices
from dialogs.cards.offer import kind_line, when_words
from dialogs.cards.wish import chosen_panel, understood_words, wish_facts
from dialogs.forms import MOST_PEOPLE

if TYPE_CHECKING:
    from microsoft_teams.cards import CardElement

    from catalogue.matching import MatchIndex
    from centre.people import Person
    from dialogs.drafts import Draft
    from dialogs.texts import Texts

LONGEST_SPOKEN = 300


def summary_card(texts: Texts, draft: Draft, person: Person, index: MatchIndex, nonce: str) -> Card:
    """The summary with `Send til centret`; inputs only for what is missing, and for purpose and form."""
    wish = draft.wish()
    offer = index.offer(draft.chosen) if draft.chosen else None
    runs = [run for run in index.runs_of(draft.chosen) if run.code == draft.run_code] if offer else []
    details = (kind_line(texts, offer), when_words(texts, offer, runs, wish.headcount)) if offer else ()
    known = replace(wish, purpose="")  # the purpose stands in its own field below
    title = texts("summary-heading")
    body: list[CardElement] = [
        heading(title),
        chosen_panel(texts, wish, *details),
        *facts([(texts("label-topic"), wish.topic), *wish_facts(texts, known)]),
        *([paragraph(texts("summary-missing"), spacing="Medium")] if draft.missing else []),
        *_inputs(texts, draft),
    ]
    if not person.may_file:
        body.append(hint(texts("need-only-leaders")))
    actions = [
        submit(texts("button-send"), "need.send", nonce, main=True, draft=draft.id),
        submit(texts("button-correct"), "need.correct", nonce),
        bare_submit(texts("button-back"), "need.back", nonce),
    ]
    chosen = wish.offer_title or texts("nothing-chosen")
    asked = shorten(understood_words(texts, wish), LONGEST_SPOKEN)
    return Card(sentences(title, asked, chosen), body, actions, texts.locale)


def _inputs(texts: Texts, draft: Draft) -> list[CardElement]:
    missing = draft.missing
    inputs: list[CardElement] = []
    if "headcount" in missing:
        inputs.append(
            number_input(
                "headcount",
                texts("input-headcount"),
                None,
                texts("input-headcount-hint"),
                1,
                MOST_PEOPLE,
                texts("input-headcount-wrong", most=MOST_PEOPLE),
            )
        )
    if "time" in missing:
        inputs.append(text_input("time", texts("input-time"), "", texts("input-time-hint")))
    inputs.append(
        text_input("purpose", texts("input-purpose"), draft.purpose, texts("input-purpose-hint"), lines=True)
    )
    if draft.need.form is None:
        inputs.append(choice_input("form", texts("input-form"), form_choices(texts), "", texts("input-form-hint")))
    return inputs
