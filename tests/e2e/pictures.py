"""`make pictures`: do the main job in the real chat and save what the screen shows for the documentation."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image
from playwright.async_api import ViewportSize

from tests.e2e.demo import MADS, running_demo, running_two_screens
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


async def make_case_pictures(browser: Browser, centres: str, leaders: str) -> None:
    """Take the pictures of a case: the channel at the centre's screen, the question at the leader's."""
    centre, leader = await open_playground(browser, centres), await open_playground(browser, leaders)
    queue, chat = await centre.channel("Kompetencekøen"), await leader.personal_chat()
    await chat.bot_says("Hej Lene!")
    await chat.says(NEED)
    await chat.clicks("Vælg")
    await chat.clicks("Send til centret")
    case = await queue.card_with("Tag sagen")
    await _take(centre, "sag-ny", case, height=930)
    await case.clicks("Tag sagen")
    case = await queue.card_with("Kirsten Bang har sagen")
    await case.clicks("Spørg lederen")
    await case.fills("Hvad vil du spørge om?", "Er nattevagterne med?")
    await _take(centre, "sag-spoerg", case, height=1130)
    await case.clicks("Send spørgsmålet")
    question = await chat.card_with("Er nattevagterne med?")
    await _take(leader, "sag-spoergsmaal", question, height=700)
    await question.fills("Dit svar", "Ja, to af dem")
    await question.clicks("Send svar")
    await queue.bot_says("Lene Holm svarede: Ja, to af dem")
    case = await queue.card_with("Ja, to af dem")
    await case.clicks("Mere")
    await _take(centre, "sag-mere", case, height=1330)


async def make_sign_up_pictures(browser: Browser, employees: str, leaders: str) -> None:
    """Take the pictures of signing up: the employee's screen, and the card that the leader gets."""
    employee, leader = await open_playground(browser, employees), await open_playground(browser, leaders)
    mads, lene = await employee.personal_chat(), await leader.personal_chat()
    await lene.bot_says("Hej Lene!")
    await mads.bot_says("Hej Mads!")
    await mads.says("Hvilke kurser er der om demens i foråret?")
    await _take(employee, "kurser", await mads.card_with("Vis flere"), height=1000)
    await mads.clicks("Læs mere")
    offer = await mads.card_with("Kommende hold")
    await _take(employee, "kursus", offer, height=1150)
    await offer.clicks("Tilmeld mig")
    await mads.bot_says("Jeg har spurgt Lene Holm for dig")
    application = await lene.card_with("Mads Kjær:")
    await _take(leader, "tilmelding-leder", application, height=700)
    await application.clicks("Godkend")
    await lene.bot_says("Du har sagt ja til Mads Kjær")
    answer = await mads.card_with("Lene Holm har sagt ja.")
    questions = await mads.card_with("Formålsaftale:")
    await _take(employee, "formaal", questions, height=900)
    await _take(employee, "tilmelding-svar", answer, height=700)


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
    with tempfile.TemporaryDirectory() as folder, running_two_screens(Path(folder)) as two:
        async with chromium_running() as browser:
            await make_case_pictures(browser, two.playground.address, two.leaders.address)
    with tempfile.TemporaryDirectory() as folder, running_two_screens(Path(folder), MADS) as two:
        async with chromium_running() as browser:
            await make_sign_up_pictures(browser, two.playground.address, two.leaders.address)


if __name__ == "__main__":
    asyncio.run(_main())
