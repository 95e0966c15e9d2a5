"""Cards about people, channels and settings, for pictures, golden files and rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from catalogue.offers import Area
from centre.clock import COPENHAGEN
from centre.own_data import OwnData
from centre.people import Listing, Person, Role
from centre.ports import Channel
from centre.routing import Caretaker, Route, Subject
from centre.settings import Frequency, PersonSettings
from dialogs.cards.case import CaseView, case_card
from dialogs.cards.own_data import delete_card, own_data_card
from dialogs.cards.request import receipt_card, request_card
from dialogs.cards.routing import channel_chosen_card, distribution_card, moved_card
from dialogs.cards.settings import settings_card, which_stand_in_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from centre.requests import Request
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)


def people_cards(
    texts: Texts, words: Callable[[str, str], str], request: Request, leader: Person, consultant: Person
) -> dict[str, Card]:
    """Return the cards by the names of their pictures."""
    main = Channel("tenant", "19:team", "19:main", words("channel", "Kompetencekøen"))
    senior = Channel("tenant", "19:team", "19:senior", words("channel", "Senior-køen"))
    area, topic = Subject(Area.SENIOR), Subject(topic=words("routed_topic", "demens"))
    own_word = replace(request, requester_confirmed=False)
    settled = {
        "case_own_word": replace(leader, role_confirmed=False),
        "case_not_leader": replace(leader, role=Role.EMPLOYEE),
        "case_leader_left": replace(leader, listing=Listing.LEFT),
    }
    away = PersonSettings(
        consultant.id,
        Frequency.DAILY,
        time(17),
        time(7),
        quiet_weekends=True,
        paused_until=datetime(2026, 11, 25, 7, tzinfo=COPENHAGEN),
        away_until=date(2027, 1, 3),
        stand_in_id="grethe",
        stand_in_name=words("name", "Grethe Lund"),
    )
    return {
        **{
            name: case_card(texts, CaseView(own_word, NOW.date(), leader=person))
            for name, person in settled.items()
        },
        "channel_chosen_area": channel_chosen_card(texts, consultant, area),
        "distribution": distribution_card(
            texts,
            main,
            [Route(area, senior), Route(topic, senior)],
            [Caretaker(topic, "g", words("name", "Grethe"))],
        ),
        "distribution_none": distribution_card(texts, None, [], []),
        "card_moved": moved_card(texts, request, senior),
        "receipt_with_place": receipt_card(texts, request, 3),
        "request_with_place": request_card(texts, request, 0),
        "own_data": own_data_card(texts, leader, OwnData(3, 1, 4, 2, 1, 2, 0)),
        "own_data_delete": delete_card(texts, OwnData(3, 1, 4, 2, 1, 2, 0)),
        "settings": settings_card(texts, PersonSettings(leader.id), NOW),
        "settings_away": settings_card(texts, away, NOW),
        "which_stand_in": which_stand_in_card(texts, _leaders(words)),
    }


def _leaders(words: Callable[[str, str], str]) -> list[Person]:
    """More leaders of a name than the card shows."""
    departments = ("Botilbuddet Elmegården", "Hjemmeplejen Vest", "Plejecenter Solgården", "Birken", "", "Centret")
    return [
        Person(
            "tenant",
            f"bo-{number}",
            words("name", f"Bo Friis {number}"),
            f"bo{number}@kommunen.example",
            Role.LEADER,
            department=words("department", department) if department else "",
        )
        for number, department in enumerate(departments, start=1)
    ]
