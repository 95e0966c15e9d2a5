"""In the browser: an offer is found beside the message box, shared in a group chat, read and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.e2e.demo import Demo
    from tests.e2e.playground import Playground

TITLE, CODE = "Demens og svære situationer i plejen", "DEM-02"


async def prepared_sentence(page: Page) -> str:
    """What the page's button puts into the message box of Teams, which this browser does not have."""
    address = await page.get_by_role("link", name="Det vil jeg gerne").get_attribute("href")
    return parse_qs(urlsplit(address or "").query)["message"][0]


async def test_an_offer_is_found_shared_in_a_group_read_and_opened(playground: Playground) -> None:
    group = await playground.group_chat("Ledergruppen i Senior")
    assert (await group.finds("demens og svære"))[0] == TITLE
    await group.shares(TITLE)
    card = await group.card_with("Fra kompetencecentrets katalog")
    page = await card.opens("Læs mere")
    await page.get_by_role("heading", name=TITLE).wait_for()
    sentence = await prepared_sentence(page)
    chat = await playground.personal_chat()
    await chat.says(sentence)
    offer = await chat.card_with(f"Kode: {CODE}")
    assert "Det har vi brug for" in await offer.buttons()


async def test_what_is_half_written_finds_something_and_nonsense_a_way_on(playground: Playground) -> None:
    group = await playground.group_chat("Ledergruppen i Senior")
    assert any("onflikt" in title for title in await group.finds("konf"))
    search = playground.page.get_by_placeholder("Enter a search term")
    await search.fill("zqxj" * 25)
    await playground.page.get_by_text("Det har vi ikke i kataloget lige nu.").wait_for()


async def test_a_link_is_shown_as_the_card(playground: Playground, demo: Demo) -> None:
    group = await playground.group_chat("Ledergruppen i Senior")
    await group.shares_link(f"{demo.bot.address.removesuffix('/healthz')}/forloeb/{CODE}")
    card = await group.card_with(TITLE)
    assert await card.buttons() == ["Det vil jeg gerne", "Læs mere"]


async def test_a_card_shared_with_the_bot_itself_opens_the_offer(playground: Playground) -> None:
    chat = await playground.personal_chat()
    await chat.bot_says("Hej Lene!")
    assert TITLE in await chat.finds(CODE)
    await chat.shares(TITLE)
    await chat.card_with("Det kan du bagefter")
