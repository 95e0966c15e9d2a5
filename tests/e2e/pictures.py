"""`make pictures`: do the main job in the real chat and save what the screen shows for the documentation."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image
from playwright.async_api import ViewportSize

from tests.e2e.demo import running_demo
from tests.e2e.playground import DESKTOP, PHONE, chromium_running, open_playground

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.e2e.playground import Card, Playground

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pictures"
NEED: Final = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"
CASE_NUMBER: Final = re.compile(r"KV-\d{4}-\d{4}")


async def make_pictures(browser: Browser, address: str) -> None:
    """Take every picture, in the order in which a leader and the centre see them."""
    screen = await open_playground(browser, address)
    chat = await screen.personal_chat()
    await _take(screen, "velkomst", await chat.card_with("Mine henvendelser"), height=560)
    await chat.says(NEED)
    await _take(screen, "forslag", await chat.card_with("Vis flere"), height=1130)
    await chat.clicks("Vælg")
    await _take(screen, "opsummering", await chat.card_with("Send til centret"), height=930)
    await chat.clicks("Send til centret")
    await chat.bot_says(CASE_NUMBER)
    await _take(screen, "kvittering", await chat.card_with(CASE_NUMBER), height=930)
    queue = await screen.channel("Kompetencekøen")
    await _take(screen, "kanal", await queue.card_with("Tag sagen"), height=930)
    phone = await open_playground(browser, address, PHONE)
    chat = await phone.personal_chat()
    await chat.says(NEED)
    await _take(phone, "telefon", await chat.card_with("Vis flere"), height=PHONE["height"])


async def _take(screen: Playground, name: str, card: Card, *, height: int) -> None:
    """Save a screen of this height, in pixels, with the card in sight."""
    path = FOLDER / f"{name}.png"
    size = screen.page.viewport_size or DESKTOP
    await screen.page.set_viewport_size(ViewportSize(width=size["width"], height=height))
    await card.element.scroll_into_view_if_needed()
    await screen.picture(path)
    # A screen has few colours: with a palette the picture is a third of the size and looks the same.
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.relative_to(FOLDER.parents[1]))  # noqa: T201 - a command tells its user what it made


async def _main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as demo:
        async with chromium_running() as browser:
            await make_pictures(browser, demo.playground.address)


if __name__ == "__main__":
    asyncio.run(_main())
