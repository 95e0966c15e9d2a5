"""The main job, as a leader does it: one sentence, two clicks, and the centre sees the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.e2e.playground import PHONE, open_playground

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.e2e.demo import Demo
    from tests.e2e.playground import Playground

NEED = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"


async def test_a_complete_sentence_is_filed_in_three_interactions(playground: Playground) -> None:
    chat = await playground.personal_chat()

    await chat.says(NEED)
    await chat.clicks("Vælg")
    await chat.clicks("Send til centret")

    await chat.bot_says(re.compile(r"KV-\d{4}-0001"))
    queue = await playground.channel("Kompetencekøen")
    card = await queue.card_with(re.compile(r"KV-\d{4}-0001"))
    assert "Tag sagen" in await card.buttons()
    assert "demens" in (await card.text()).lower()


async def test_the_leader_is_told_who_took_the_request(playground: Playground) -> None:
    chat = await playground.personal_chat()
    await chat.says(NEED)
    await chat.clicks("Vælg")
    await chat.clicks("Send til centret")
    await chat.bot_says(re.compile(r"KV-\d{4}-0002"))

    queue = await playground.channel("Kompetencekøen")
    await (await queue.card_with(re.compile(r"KV-\d{4}-0002"))).clicks("Tag sagen")

    chat = await playground.personal_chat()
    await chat.bot_says(re.compile(r"har taget din sag KV-\d{4}-0002"))


async def test_the_same_works_at_phone_width(demo: Demo, browser: Browser) -> None:
    playground = await open_playground(browser, demo.playground.address, PHONE)
    chat = await playground.personal_chat()

    await chat.says(NEED)
    await chat.clicks("Vælg")
    await chat.clicks("Send til centret")

    await chat.bot_says(re.compile(r"KV-\d{4}-0003"))
