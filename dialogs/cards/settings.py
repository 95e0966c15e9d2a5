"""A person's settings: when to be told, and what is under way (a pause, an absence)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.clock import COPENHAGEN
from centre.settings import Frequency
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    choice_input,
    heading,
    hint,
    panel,
    paragraph,
    plain,
    section,
    sentences,
    shorten,
    submit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from microsoft_teams.cards import Action, CardElement

    from centre.people import Person
    from centre.settings import PersonSettings
    from dialogs.texts import Texts

NEVER_QUIET = "never"
MOST_PEOPLE = 5
LONGEST_WHO = 180
QUIET_CHOICES = (NEVER_QUIET, "16", "17", "18", "20")
"""From when it is quiet until the morning; any other hour can be written."""


def settings_card(texts: Texts, settings: PersonSettings, now: datetime) -> Card:
    """What one has chosen, to be changed, and a way out of a pause and an absence."""
    title = texts("settings-heading")
    frequencies = {
        choice.value: texts(f"settings-choice-{choice.value.replace('_', '-')}") for choice in Frequency
    }
    weekends = {"told": texts("settings-weekends-told"), "quiet": texts("settings-weekends-quiet")}
    notes = _notes(texts, settings, now)
    body: list[CardElement] = [
        heading(title),
        *([panel(*[plain(note) for note in notes])] if notes else []),
        choice_input("frequency", texts("settings-frequency"), frequencies, settings.frequency.value),
        choice_input("quiet", texts("settings-quiet-label"), _quiet(texts, settings), _chosen(settings)),
        choice_input(
            "weekends", texts("settings-weekends-label"), weekends, "quiet" if settings.quiet_weekends else "told"
        ),
        hint(texts("settings-hint")),
    ]
    actions: list[Action] = [submit(texts("button-save"), "settings.save", main=True)]
    if settings.is_paused(now):
        actions.append(bare_submit(texts("button-unpause"), "settings.unpause"))
    if settings.away_until and settings.away_until >= now.date():
        actions.append(bare_submit(texts("button-back-again"), "settings.back"))
    return Card(sentences(title, *notes), body, actions, texts.locale)


def which_stand_in_card(texts: Texts, people: Sequence[Person]) -> Card:
    """Ask who is meant to stand in, with where each of them leads."""
    words = texts("settings-which-stand-in")
    shown = people[:MOST_PEOPLE]
    lines: list[CardElement] = [
        section(
            plain(_who(person)),
            buttons(
                bare_submit(texts("button-choose"), "settings.stand_in", tooltip=_who(person), person=person.id)
            ),
        )
        for person in shown
    ]
    if len(people) > len(shown):
        lines.append(hint(texts("settings-more-stand-ins", count=len(people) - len(shown))))
    return Card(sentences(words, *map(_who, shown)), [paragraph(words), *lines], locale=texts.locale)


def _who(person: Person) -> str:
    return shorten(
        " · ".join(part for part in (person.name, person.department, person.email) if part), LONGEST_WHO
    )


def _quiet(texts: Texts, settings: PersonSettings) -> dict[str, str]:
    hours = sorted({*QUIET_CHOICES, _chosen(settings)} - {NEVER_QUIET})
    return {
        NEVER_QUIET: texts("settings-quiet-never"),
        **{hour: texts("settings-quiet-after", hour=hour) for hour in hours},
    }


def _chosen(settings: PersonSettings) -> str:
    return str(settings.quiet_from.hour) if settings.quiet_from else NEVER_QUIET


def _notes(texts: Texts, settings: PersonSettings, now: datetime) -> list[str]:
    notes = []
    if settings.paused_until and settings.is_paused(now):
        notes.append(
            texts("settings-is-paused", day=texts.day(settings.paused_until.astimezone(COPENHAGEN).date()))
        )
    if settings.away_until and settings.away_until >= now.date():
        key = "settings-is-away" if settings.stand_in_name else "settings-is-away-nobody"
        notes.append(texts(key, day=texts.day(settings.away_until), name=settings.stand_in_name))
    return notes
