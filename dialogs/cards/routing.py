"""Channels and who looks after what: the greeting in a team, what was chosen, and an overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.offers import Area
from dialogs.cards.elements import Card, execute, heading, hint, line, paragraph, plain, sentences, shorten
from dialogs.cards.request import topic_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from centre.people import Person
    from centre.ports import Channel
    from centre.requests import Request
    from centre.routing import Caretaker, Route, Subject
    from dialogs.texts import Texts

LONGEST_SPOKEN = 900
"""Characters of an overview that are read aloud; the card has it all."""


def channel_card(texts: Texts) -> Card:
    """The greeting in a team: press to make this the centre's queue, for everything or for one area."""
    hello, offer = texts("channel-hello"), texts("channel-offer")
    areas = [
        execute(texts("button-use-channel-area", area=area.value), "channel.use", area=area.value) for area in Area
    ]
    return Card(
        sentences(hello, offer),
        [heading(hello), paragraph(offer, spacing="Small"), hint(texts("channel-offer-areas"))],
        [execute(texts("button-use-channel"), "channel.use", main=True), *areas],
        texts.locale,
    )


def channel_chosen_card(texts: Texts, person: Person, subject: Subject | None) -> Card:
    """What stays of the greeting in a team once its channel is chosen; `subject` None is everything."""
    words = texts("channel-chosen", name=person.name)
    if subject:
        words = texts("channel-chosen-subject", name=person.name, subject=subject_words(texts, subject))
    return Card(words, [heading(texts("channel-hello")), plain(words)], locale=texts.locale)


def distribution_card(
    texts: Texts, main: Channel | None, routes: Sequence[Route], caretakers: Sequence[Caretaker]
) -> Card:
    """Where everything lands, and who is handed what."""
    title = texts("distribution-heading")
    main_words = texts("distribution-none")
    if main:
        main_words = texts("distribution-main", channel=channel_words(texts, main))
    lines = [(subject_words(texts, route.subject), channel_words(texts, route.channel)) for route in routes]
    people = [(subject_words(texts, one.subject), one.person_name) for one in caretakers]
    body = [
        heading(title),
        plain(main_words),
        *(line(subject, channel) for subject, channel in lines),
        *([paragraph(texts("distribution-people"))] if people else []),
        *(line(subject, name) for subject, name in people),
        hint(texts("distribution-hint"), spacing="Medium"),
    ]
    spoken = [f"{subject}: {value}" for subject, value in (*lines, *people)]
    return Card(shorten(sentences(title, main_words, *spoken), LONGEST_SPOKEN), body, locale=texts.locale)


def moved_card(texts: Texts, request: Request, channel: Channel) -> Card:
    """What stays of a case's card in the channel that it was moved from."""
    area = request.wish.area
    words = texts(
        "card-moved",
        number=str(request.number),
        topic=topic_words(texts, request),
        area=texts(f"area-{area.value}") if area else texts("card-moved-no-area"),
        channel=channel_words(texts, channel),
    )
    return Card(words, [plain(words)], locale=texts.locale)


def subject_words(texts: Texts, subject: Subject) -> str:
    """Word a subject: an area's name, or a topic in quotation marks."""
    return texts(f"area-{subject.area.value}") if subject.area else texts("subject-topic", topic=subject.topic)


def channel_words(texts: Texts, channel: Channel) -> str:
    """Name a channel; Teams does not say what the first channel of a team is called."""
    return channel.name or texts("channel-unnamed")
