"""`python -m tests.cards.pictures FOLDER [NAME ...]`: every card as Teams would draw it, wide and on a phone.

The cards are posted to an Agents Playground without a bot, and each is photographed by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.demo.node import find_node, install_playground
from bot.demo.processes import start_playground, wait_until_they_answer
from tests.cards.samples import all_cards
from tests.e2e.demo import free_ports
from tests.e2e.playground import DESKTOP, PHONE, chromium_running, open_playground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, ViewportSize

    from dialogs.cards.elements import Card

CONVERSATION = "a:personal-lene-holm"
CARD = "application/vnd.microsoft.card.adaptive"
SIZES: dict[str, ViewportSize] = {"wide": DESKTOP, "phone": PHONE}
TALL = 2400
"""Pixels: room for the longest card, so that the Playground's own bars never lie over it."""


async def take_pictures(browser: Browser, address: str, cards: dict[str, Card], folder: Path) -> None:
    """Save one PNG per card and width."""
    for width, size in SIZES.items():
        screen = await open_playground(browser, address, size)
        await screen.page.set_viewport_size({"width": size["width"], "height": TALL})
        await screen.page.add_style_tag(content="[role=toolbar] { display: none !important }")
        chat = await screen.personal_chat()
        for name, card in cards.items():
            shown = await chat.cards.count()
            await _post(address, card)
            newest = chat.cards.nth(shown)
            await newest.wait_for()
            await newest.screenshot(path=folder / f"{name}.{width}.png", animations="disabled")
        await screen.page.close()


async def _post(address: str, card: Card) -> None:
    activity = {
        "type": "message",
        "from": {"id": "28:bot"},
        "attachments": [{"contentType": CARD, "content": card.json()}],
    }
    url = f"{address.rstrip('/')}/_connector/v3/conversations/{CONVERSATION}/activities"
    async with aiohttp.ClientSession() as client, client.post(url, json=activity) as answer:
        answer.raise_for_status()


@contextlib.asynccontextmanager
async def _silent_bot(port: int) -> AsyncIterator[None]:
    """Answer everything the Playground tells with nothing."""

    async def take(_: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/api/messages", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def _main(folder: Path, names: list[str]) -> None:
    cards = {
        f"{name}.{locale}": card
        for locale in ("da", "en")
        for name, card in all_cards(locale).items()
        if (name in names if names else locale == "da")
    }
    node = find_node()
    bot_port, port = free_ports(2)
    with tempfile.TemporaryDirectory() as logs:
        async with _silent_bot(bot_port):
            playground = start_playground(node, install_playground(node), port, bot_port, Path(logs) / "log")
            try:
                await asyncio.to_thread(wait_until_they_answer, [playground])
                async with chromium_running() as browser:
                    await take_pictures(browser, playground.address, cards, folder)
            finally:
                playground.end()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(_main(target, sys.argv[2:]))
