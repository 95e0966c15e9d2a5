"""The greeting and the help, for each kind of person, with three things to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    heading,
    hint,
    paragraph,
    plain,
    section,
    sentences,
    shorten,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action

    from centre.people import Person
    from dialogs.memory import Frame
    from dialogs.texts import Texts

LONGEST_DRAFT_TITLE = 200
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
    hello = texts("welcome-hello", name=first_name) if first_name else texts("welcome-hello-nobody")
    body = [
        title(hello),
        paragraph(texts(f"welcome-{side}"), spacing="Small"),
        hint(texts("welcome-hint")),
        *([hint(texts("welcome-demo"))] if demo else []),
    ]
    return Card(sentences(hello, texts(f"welcome-{side}")), body, starters(texts, side), texts.locale)


def help_card(texts: Texts, person: Person, *, demo: bool) -> Card:
    """Everything one can write, in a few lines."""
    side = side_of(person)
    ways = texts(f"help-{side}")
    body = [
        heading(texts("help-heading")),
        *[paragraph(row, spacing="Small") for row in ways.splitlines()],
        hint(" ".join(texts("help-always").splitlines()), spacing="Medium"),
        *([hint(texts("welcome-demo"))] if demo else []),
    ]
    return Card(sentences(texts("help-heading"), *ways.splitlines()), body, starters(texts, side), texts.locale)


def starters(texts: Texts, side: str) -> Sequence[Action]:
    """Three buttons that say a sentence for the person."""
    return [
        bare_submit(
            texts(f"starter-{side}-{number}"),
            "say",
            main=number == 1,
            tooltip=texts(f"starter-{side}-{number}-says"),
            text=texts(f"starter-{side}-{number}-says"),
        )
        for number in (1, 2, 3)
    ]


def resume_card(texts: Texts, draft: Frame, title: str) -> Card:
    """The offer to go on with a draft; `title` is its topic."""
    words = texts("draft-offer", title=shorten(title, LONGEST_DRAFT_TITLE))
    return Card(
        words,
        [plain(words)],
        [
            bare_submit(texts("button-resume"), "draft.resume", main=True, draft=draft.nonce),
            bare_submit(texts("button-drop-draft"), "draft.drop", draft=draft.nonce),
        ],
        texts.locale,
    )


def drafts_card(texts: Texts, drafts: Sequence[tuple[Frame, str]]) -> Card:
    """Several drafts with their titles, newest first, each with the button that goes on with it."""
    words = texts("drafts-which")
    body = [
        paragraph(words),
        *[
            section(
                plain(f"{number}. {title}"),
                buttons(bare_submit(texts("button-resume"), "draft.resume", tooltip=title, draft=draft.nonce)),
            )
            for number, (draft, title) in enumerate(drafts, start=1)
        ],
        hint(texts("drafts-hint")),
    ]
    return Card(sentences(words, *(title for _, title in drafts)), body, locale=texts.locale)
