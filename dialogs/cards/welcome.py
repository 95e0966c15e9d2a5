"""The greeting and the help, for each kind of person, with three things to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.elements import Card, bare_submit, execute, heading, hint, paragraph, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action

    from centre.people import Person
    from dialogs.memory import Frame
    from dialogs.texts import Texts

LEADER, EMPLOYEE, STAFF = "leader", "employee", "staff"


def side_of(person: Person) -> str:
    """Which of the three sides a person sees."""
    if person.staff:
        return STAFF
    return LEADER if person.may_file else EMPLOYEE


def welcome_card(texts: Texts, person: Person, *, demo: bool) -> Card:
    """What the bot can do for this person, and three prompt starters that work when pressed."""
    side = side_of(person)
    first_name = person.name.split(" ")[0] if person.name else ""
    title = texts("welcome-hello", name=first_name) if first_name else texts("welcome-hello-nobody")
    body = [
        heading(title),
        paragraph(texts(f"welcome-{side}")),
        hint(texts("welcome-hint")),
        *([hint(texts("welcome-demo"))] if demo else []),
    ]
    return Card(title, body, starters(texts, side), texts.locale)


def help_card(texts: Texts, person: Person, *, demo: bool) -> Card:
    """Everything one can write, in a few lines."""
    side = side_of(person)
    title = texts("help-heading")
    body = [
        heading(title),
        *[paragraph(row) for row in texts(f"help-{side}").splitlines()],
        *[hint(row) for row in texts("help-always").splitlines()],
        *([hint(texts("welcome-demo"))] if demo else []),
    ]
    return Card(title, body, starters(texts, side), texts.locale)


def starters(texts: Texts, side: str) -> Sequence[Action]:
    """Three buttons that say a sentence for the person."""
    return [
        bare_submit(texts(f"starter-{side}-{number}"), "say", text=texts(f"starter-{side}-{number}-says"))
        for number in (1, 2, 3)
    ]


def resume_card(texts: Texts, draft: Frame, title: str) -> Card:
    """The offer to go on with a draft."""
    words = texts("draft-offer", title=title)
    return Card(
        words,
        [hint(words)],
        [
            bare_submit(texts("button-resume"), "draft.resume", draft=draft.nonce),
            bare_submit(texts("button-drop-draft"), "draft.drop", draft=draft.nonce),
        ],
        texts.locale,
    )


def channel_card(texts: Texts) -> Card:
    """The greeting in a team: press to make this the centre's queue."""
    title = texts("channel-hello")
    return Card(
        title,
        [heading(title), paragraph(texts("channel-offer"))],
        [execute(texts("button-use-channel"), "channel.use", main=True)],
        texts.locale,
    )


def channel_chosen_card(texts: Texts, person: Person) -> Card:
    """What stays of the greeting in a team once its channel is chosen."""
    words = texts("channel-chosen", name=person.name)
    return Card(words, [heading(texts("channel-hello")), plain(words)], locale=texts.locale)
