"""Two people at two screens: a leader's need goes to Planlagt, with a question in between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.components import chromium
from tests.e2e.demo import TwoScreens, running_two_screens
from tests.e2e.playground import open_playground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser

NEED = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"
CASE = re.compile(r"KV-\d{4}-0001")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoScreens]:
    chromium()
    with running_two_screens(tmp_path_factory.mktemp("two_screens")) as running:
        yield running


async def test_a_case_goes_from_need_to_planned_with_a_question_in_between(
    demo: TwoScreens, browser: Browser
) -> None:
    centre = await open_playground(browser, demo.playground.address)
    leader = await open_playground(browser, demo.leaders.address)
    queue = await centre.channel("Kompetencekøen")
    lene = await leader.personal_chat()

    await lene.bot_says("Hej Lene!")
    await lene.says(NEED)
    await lene.clicks("Vælg")
    await lene.clicks("Send til centret")
    await lene.bot_says(CASE)

    case = await queue.card_with(CASE)
    await case.clicks("Tag sagen")
    await lene.bot_says("Kirsten Bang fra kompetencecentret har taget din sag")

    case = await queue.card_with("Kirsten Bang har sagen")
    await case.clicks("Spørg lederen")
    await case.fills("Hvad vil du spørge om?", "Er nattevagterne med?")
    await case.clicks("Send spørgsmålet")

    question = await lene.card_with("Er nattevagterne med?")
    await question.fills("Dit svar", "Ja, to af dem")
    await question.clicks("Send svar")
    await lene.bot_says("Tak! Dit svar er sendt til centret")

    await queue.bot_says("Lene Holm svarede: Ja, to af dem")
    case = await queue.card_with("Ja, to af dem")
    await case.clicks("Planlæg")
    await case.fills("… eller skriv en kode eller et andet tilbud", "DEM-01")
    await case.confirms("Planlæg")

    await lene.bot_says(re.compile(r"KV-\d{4}-0001 er planlagt: »Mødet med borgere"))
    case = await queue.card_with("(planlagt)")
    assert "Planlagt" in await case.text()
    assert "Gennemført" in await case.buttons()
