"""The cards of interest and wishes, as the person, their leader and the centre see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from catalogue.offers import Area, Run
from centre.clock import COPENHAGEN
from centre.interest import Demand, Interest
from dialogs.cards.interest import (
    demand_card,
    interest_card,
    interests_card,
    run_planned_card,
    wish_answered_card,
    wish_card,
    wishes_card,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)


def interest_cards(texts: Texts, words: Callable[[str, str], str]) -> dict[str, Card]:
    """Return every card of interest and wishes by its name."""
    topic = words("topic", "tegn til tale")
    said = words("need", "Jeg vil gerne lære tegn til tale, så jeg kan snakke med Ole")
    wish = Interest("abc", "t", "mads", NOW, Area.SENIOR, "", topic, said, "lene")
    offer = replace(wish, id="bcd", offer_code="KON-03", topic=words("title", "Konflikter mellem kolleger"))
    waiting = replace(offer, leader_id="")
    name, leader = words("name", "Mads Kjær"), words("name", "Lene Holm")
    day = date(2027, 1, 12)
    run = Run("KON-03-H1", "KON-03", day, day, words("place", "Åbro"), False, 20, 3, None, time(9), time(15, 30))
    many = Demand("KON-03", offer.topic, Counter({Area.SENIOR: 4, Area.PSYCHIATRY: 1, None: 3}))
    few = Demand("", topic, Counter({Area.SENIOR: 1}))
    return {
        "interest_added": interest_card(texts, waiting, texts("interest-added-offer"), wish=True),
        "interest_sent": interest_card(texts, wish, texts("wish-sent", name=leader), wish=False),
        "interests": interests_card(texts, [waiting, wish], 1),
        "interest_run_planned": run_planned_card(texts, waiting, [run, replace(run, code="KON-03-H2", taken=20)]),
        "wish": wish_card(texts, wish, name),
        "wish_answered": wish_answered_card(texts, wish, leader),
        "wishes": wishes_card(texts, [(wish, name), (offer, words("name", "Ida Lund"))], 1),
        "demand": demand_card(texts, [(f"{offer.topic} (KON-03)", many), (topic, few)], 2),
    }
