"""Two people at two screens: an employee signs up for courses, and their leader says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.components import chromium
from tests.e2e.demo import MADS, TwoScreens, running_two_screens
from tests.e2e.playground import Card, PersonalChat, open_playground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser

MOST_LOOKS = 40
CONFLICTS = "Konflikthåndtering i hverdagen"
POWER = "Magtanvendelse på voksenområdet – reglerne og de etiske valg"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoScreens]:
    chromium()
    with running_two_screens(tmp_path_factory.mktemp("signing_up"), MADS) as running:
        yield running


@pytest_asyncio.fixture
async def mads(demo: TwoScreens, browser: Browser) -> PersonalChat:
    chat = await (await open_playground(browser, demo.playground.address)).personal_chat()
    await chat.bot_says("Hej Mads!")
    return chat


@pytest_asyncio.fixture
async def lene(demo: TwoScreens, browser: Browser) -> PersonalChat:
    chat = await (await open_playground(browser, demo.leaders.address)).personal_chat()
    await chat.bot_says("Hej Lene!")
    return chat


async def test_an_employee_signs_up_the_leader_says_yes_and_the_employee_leaves_again(
    mads: PersonalChat, lene: PersonalChat
) -> None:
    await mads.says("Hvilke kurser er der om konflikthåndtering?")
    await (await mads.card_with(f"1. {CONFLICTS}")).clicks("Læs mere")
    await (await mads.card_with("Kommende hold")).clicks("Tilmeld mig")
    await mads.bot_says("Jeg har spurgt Lene Holm for dig")

    await (await lene.card_with(f"Mads Kjær: {CONFLICTS}")).clicks("Godkend")
    await lene.bot_says("Du har sagt ja til Mads Kjær")

    await mads.bot_says("Du er med!")
    await mads.says("mine kurser")
    await (await mads.card_with("Mine kurser")).clicks("Se")
    await (await mads.card_with("Meld fra")).clicks("Meld fra")
    await mads.bot_says("Du er meldt fra.")


async def test_who_waits_for_a_full_run_takes_the_seat_that_comes_free(
    mads: PersonalChat, lene: PersonalChat
) -> None:
    """The sample's DEM-01-H1 has a single seat left."""
    await lene.says("tilmeld mig DEM-01-H1")
    await lene.bot_says("Du er med!")

    await (await opened_with(mads, "DEM-01", "Skriv mig på venteliste")).clicks("Skriv mig på venteliste")
    await mads.bot_says("Holdet er fyldt lige nu")
    await (await lene.card_with("Siger du ja, kommer de på ventelisten")).clicks("Godkend")
    await mads.bot_says("Du er nr. 1 på ventelisten")

    await lene.says("meld mig fra DEM-01-H1")
    await lene.bot_says("Du er meldt fra.")
    await (await mads.card_with("Der er blevet en plads til dig!")).clicks("Tag pladsen")
    await mads.bot_says("Så er pladsen din!")


async def test_the_employee_and_the_leader_agree_what_a_course_is_for(
    mads: PersonalChat, lene: PersonalChat
) -> None:
    await mads.says("tilmeld mig MAG-01-H2")
    await (await lene.card_with(f"Mads Kjær: {POWER}")).clicks("Godkend")

    await answers(await mads.card_with(f"Formålsaftale: {POWER}"), "Vi møder uro med ro")
    await mads.bot_says("Tak, dine svar er gemt.")
    await answers(await lene.card_with(f"Formålsaftale med Mads Kjær: {POWER}"), "Mads viser de andre hvordan")
    await lene.bot_says("Vi møder uro med ro")

    await (await mads.card_with("Mads viser de andre hvordan")).clicks("Bekræft")
    await mads.bot_says("Nu mangler kun Lene Holm")
    await (await lene.card_with("Mads Kjær har bekræftet")).clicks("Bekræft")
    await lene.bot_says("I er enige om formålet")
    await mads.bot_says("I er enige om formålet")


async def answers(card: Card, practice: str) -> None:
    await card.fills("Hvad skal være anderledes i det daglige bagefter?", practice)
    await card.fills("For hvilke borgere eller opgaver?", "Beboerne på Solgården om natten")
    await card.fills("Hvordan kan I se, at det virker?", "Færre alarmer")
    await card.clicks("Gem svar")


async def opened_with(chat: PersonalChat, code: str, button: str) -> Card:
    """Open an offer until its card has the button: who looks up offers hears of a seat some seconds later."""
    for time in range(MOST_LOOKS):
        await chat.says(code)
        opened = Card(chat, chat.cards.filter(has_text="Kommende hold").nth(time))
        await opened.element.wait_for()
        if button in await opened.buttons():
            return opened
    raise AssertionError(f"{code} never had the button [{button}]")
