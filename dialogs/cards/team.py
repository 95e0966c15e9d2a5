"""A leader's people and their courses, as cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.enrolment_states import Part, possible
from centre.enrolments import EnrolmentEventKind, key_of
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    choice_input,
    choices_input,
    heading,
    hint,
    line,
    paragraph,
    plain,
    section,
    sentences,
    small,
    status_line,
    subheading,
    submit,
    text_input,
    title,
    unfold,
)
from dialogs.cards.runs import run_days, run_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action, CardElement

    from catalogue.offers import Run
    from centre.enrolments import Enrolment
    from centre.people import Person
    from dialogs.texts import Texts

MOST_LISTED = 12
"""Enrolments on one card; a card must stay under 25 KB, and a leader's people rarely have more to come."""
MOST_SEEN = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of signing one person up: their name as it was said, the text for it, and their place in line."""

    name: str
    text: str
    place: int = 0


def who_card(texts: Texts, offer_title: str, run: Run, people: Sequence[Person], nonce: str) -> Card:
    """Ask a leader who is to take part: people of their own by a tick, anybody of them by name or e-mail."""
    words = texts("team-who")
    body: list[CardElement] = [
        title(offer_title),
        small(f"{run_days(texts, run)} · {run_place(texts, run)}"),
        hint(texts("run-seats", seats=run.free_seats)),
        paragraph(words),
    ]
    if people:
        choices = {key_of(person): _named(person) for person in people}
        body.append(choices_input("people", texts("input-people"), choices, needed=""))
    body.append(text_input("names", texts("input-names"), placeholder=texts("input-names-hint"), lines=True))
    done = submit(texts("button-team-enrol"), "team.enrol", nonce, main=True)
    return Card(sentences(offer_title, words), body, [done], texts.locale)


def results_card(texts: Texts, offer_title: str, run: Run | None, outcomes: Sequence[Outcome]) -> Card:
    """Say who got in, who waits, and whom nobody could find."""
    words = texts("team-done")
    lines = [line(one.name, texts(one.text, place=one.place)) for one in outcomes]
    body: list[CardElement] = [
        title(offer_title),
        *([small(run_days(texts, run))] if run else []),
        plain(words),
        *lines,
        hint(texts("team-done-hint")),
    ]
    spoken = sentences(words, *(f"{one.name}: {texts(one.text, place=one.place)}" for one in outcomes[:10]))
    return Card(spoken, body, [bare_submit(texts("button-team"), "team.show")], texts.locale)


def team_card(texts: Texts, enrolments: Sequence[tuple[Enrolment, Run]]) -> Card:
    """What a leader's people are signed up for, soonest first."""
    words = texts("team-heading")
    items = [
        section(
            subheading(enrolment.person_name),
            small(enrolment.title),
            hint(f"{run_days(texts, run)} · {texts(f'enrolment-{enrolment.status.value}')}", spacing="None"),
            *(
                [
                    buttons(
                        bare_submit(
                            texts("button-see"),
                            "enrol.show",
                            tooltip=f"{number + 1}. {enrolment.person_name}: {enrolment.title}",
                            enrolment=enrolment.id,
                        )
                    )
                ]
                if number < MOST_SEEN
                else []
            ),
        )
        for number, (enrolment, run) in enumerate(enrolments[:MOST_LISTED])
    ]
    more = len(enrolments) - MOST_LISTED
    last = [hint(texts("team-more", count=more))] if more > 0 else []
    spoken = sentences(words, *(f"{one.person_name}: {one.title}" for one, _ in enrolments[:MOST_LISTED]))
    return Card(spoken, [heading(words), *items, *last], [], texts.locale)


def member_card(texts: Texts, enrolment: Enrolment, run: Run | None, others: Sequence[Person]) -> Card:
    """One of a leader's people on a course: leave for them, or let somebody else take the seat."""
    may = possible(enrolment, {Part.LEADER})
    body: list[CardElement] = [
        title(f"{enrolment.person_name}: {enrolment.title}"),
        *([small(f"{run_days(texts, run)} · {run_place(texts, run)}")] if run else []),
        status_line(texts("label-status"), texts(f"enrolment-{enrolment.status.value}"), "Default", ""),
    ]
    actions: list[Action] = []
    if EnrolmentEventKind.SWAPPED in may and others:
        choices = {key_of(person): _named(person) for person in others}
        who = choice_input("other", texts("input-other"), choices, needed=texts("input-other-needed"))
        swap = submit(texts("button-swap-now"), "team.swap", enrolment=enrolment.id)
        actions.append(unfold(texts("button-swap"), who, actions=[swap]))
    if EnrolmentEventKind.LEFT in may:
        actions.append(bare_submit(texts("button-enrol-left"), "enrol.left", enrolment=enrolment.id))
    actions.append(bare_submit(texts("button-team"), "team.show"))
    return Card(sentences(enrolment.person_name, enrolment.title), body, actions, texts.locale)


def _named(person: Person) -> str:
    return f"{person.name}, {person.department}" if person.department else person.name
