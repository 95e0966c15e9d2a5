"""The Playground as a person at the screen sees it: chats to write in, cards to read, buttons to click.

Every step waits for what it needs; a step that waits in vain fails with what the chat shows. What the Playground
sends and how it differs from Teams is in PLAYGROUND.md.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as WaitedInVainError
from playwright.async_api import ViewportSize, async_playwright

from tests.components import chromium

if TYPE_CHECKING:
    import re
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Locator, Page

DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)

PATIENCE = 30_000
"""Milliseconds for one step; only ever used up by a step that fails."""

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PHONE_STYLE = """
    #root div { min-width: 0 !important }
    #root div:has(> .ac-preview-panel) { width: calc(100vw - 110px) !important }
    [role=toolbar] { display: none !important }
"""
"""The Playground's columns are at least 600 px wide and its cards 450 px; Teams on a phone leaves about 280."""


class Conversation:
    """One chat or channel that is open in the Playground."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def messages(self) -> Locator:
        """All that the bot said here."""
        return self.page.locator(".fai-OutputCard")

    @property
    def cards(self) -> Locator:
        """All cards, the newest last in a chat and first in a channel."""
        return self.page.locator(".ac-adaptiveCard")

    async def bot_says(self, text: str | re.Pattern[str]) -> None:
        """Wait until a message or card of this conversation has the text."""
        await self._appears(self.newest(self.messages.filter(has_text=text)), f"the bot to say {text!r}")

    async def card_with(self, text: str | re.Pattern[str]) -> Card:
        """Wait for a card that has the text and return the newest one."""
        card = self.newest(self.cards.filter(has_text=text))
        await self._appears(card, f"a card with {text!r}")
        return Card(self, card)

    async def clicks(self, title: str) -> None:
        """Click the button with this title in the newest card that has one; the first if it has several."""
        button = self.page.get_by_role("button", name=title, exact=True)
        card = self.newest(self.cards.filter(has=button))
        await self._appears(card, f"a card with the button [{title}]")
        await card.get_by_role("button", name=title, exact=True).first.click()

    async def finds(self, text: str) -> list[str]:
        """Search in the message extension beside the message box; return the titles of the results."""
        await self._opens("Search Command")
        await self.page.get_by_placeholder("Enter a search term").fill(text)
        titles = self.page.locator(".fui-PopoverSurface h1")
        await self._appears(titles.first, f"something to pick for {text!r}")
        return await titles.all_inner_texts()

    async def shares(self, title: str) -> None:
        """Pick the result with this title and send its card."""
        await self.page.locator(".fui-PopoverSurface h1").get_by_text(title, exact=True).click()
        await self.page.get_by_role("button", name="Send Message").last.click()

    async def shares_link(self, url: str) -> None:
        """Have a link shown as a card, and send it."""
        await self._opens("Link Unfurling")
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("textbox").fill(url)
        await dialog.locator(".ac-adaptiveCard").wait_for()
        await dialog.get_by_role("button", name="Send to Conversation").click()
        await dialog.wait_for(state="hidden")

    async def _opens(self, kind: str) -> None:
        await self.page.get_by_role("button", name="Trigger Message Extension App").last.click()
        await self.page.get_by_role("menuitem", name=kind).click()

    async def text(self) -> str:
        """Return all that the conversation shows."""
        return await self.page.locator("#root").inner_text()

    def newest(self, these: Locator) -> Locator:
        """Return the newest of these elements: a chat grows downwards."""
        return these.last

    async def _appears(self, element: Locator, what: str) -> None:
        try:
            await element.wait_for(state="visible", timeout=PATIENCE)
        except WaitedInVainError:
            shown = await self.text()
            raise AssertionError(f"Waited in vain for {what}. The chat shows:\n{shown}") from None


class PersonalChat(Conversation):
    """The chat between the person and the bot."""

    async def says(self, text: str) -> None:
        """Write a message and send it."""
        await self.page.locator("[role=textbox][contenteditable=true]").last.click()
        await self.page.keyboard.insert_text(text)
        await self.page.get_by_role("button", name="Send Message").last.click()


class Channel(Conversation):
    """A channel of the team."""

    @property
    def messages(self) -> Locator:
        """All posts, with the replies below them."""
        return self.page.locator(".fui-Card[role=group]")

    async def says(self, text: str) -> None:
        """Start a thread with a post that mentions the bot; it hears of no other."""
        await self.page.locator("[role=textbox][contenteditable=true]").first.click()
        await self.page.keyboard.type("@")
        await self.page.get_by_role("menuitem", name="Kompetencebot").click()
        await self.page.keyboard.insert_text(f" {text}")
        await self.page.get_by_role("button", name="Post", exact=True).click()

    def newest(self, these: Locator) -> Locator:
        """Return the newest of these elements: in a channel the newest post is on top."""
        return these.first


class Card:
    """One card, with its texts, inputs and buttons."""

    def __init__(self, conversation: Conversation, element: Locator) -> None:
        self.conversation = conversation
        self.element = element

    async def text(self) -> str:
        """Return all that the card shows."""
        return await self.element.inner_text()

    async def buttons(self) -> list[str]:
        """Return the titles of the card's buttons, in their order."""
        return await self.element.locator(".ac-actionSet button, .ac-pushButton").all_inner_texts()

    async def fills(self, label: str, value: str) -> None:
        """Write into the text, number or date field that has this label."""
        field = self.element.get_by_label(label)
        await field.fill(value)
        await field.blur()

    async def chooses(self, label: str, choice: str) -> None:
        """Choose from the drop-down list that has this label."""
        await self.element.get_by_role("combobox", name=label).click()
        await self.conversation.page.get_by_role("option", name=choice, exact=True).click()

    async def ticks(self, choice: str) -> None:
        """Tick the box, or choose the radio button, with this text."""
        await self.element.get_by_text(choice, exact=True).click()

    async def opens(self, title: str) -> Page:
        """Click this card's button that opens a page, and return that page."""
        async with self.conversation.page.expect_popup() as opened:
            await self.element.get_by_role("link", name=title, exact=True).click()
        return await opened.value

    async def clicks(self, title: str) -> None:
        """Click this card's button with the title."""
        await self.element.get_by_role("button", name=title, exact=True).first.click()

    async def confirms(self, title: str) -> None:
        """Click the button with this title in the small form that a button of the same name opened."""
        await self.element.get_by_role("button", name=title, exact=True).last.click()


class Playground:
    """The Playground's page in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def personal_chat(self) -> PersonalChat:
        """Open the chat with the bot."""
        await self._open("Personal Chat")
        return PersonalChat(self.page)

    async def group_chat(self, name: str) -> Conversation:
        """Open the group chat."""
        await self._open(name)
        return Conversation(self.page)

    async def channel(self, name: str) -> Channel:
        """Open a channel of the team; the first time, the Playground tells the bot that it was installed there."""
        await self._open(f"Kompetencecenter Velfærd - {name}")
        return Channel(self.page)

    async def picture(self, path: Path) -> None:
        """Save what the screen shows as a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=path, animations="disabled")

    async def _open(self, name: str) -> None:
        # Dispatched and not clicked: at phone width the list of chats is a drawer beside the screen.
        await self.page.get_by_role("treeitem", name=name, exact=True).dispatch_event("click")


@contextlib.asynccontextmanager
async def chromium_running() -> AsyncIterator[Browser]:
    """Run the machine's Chromium, without a window, for as long as the block takes."""
    executable = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def open_playground(browser: Browser, address: str, size: ViewportSize = DESKTOP) -> Playground:
    """Open the Playground in a fresh browser profile and wait until it has its list of chats.

    Each opening makes the Playground tell the bot that it was installed in the personal chat.
    """
    context = await browser.new_context(viewport=size, locale="da-DK", timezone_id="Europe/Copenhagen")
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_role("treeitem", name="Personal Chat", exact=True).wait_for(state="attached")
    await page.get_by_role("button", name="Hide log panel").dispatch_event("click")
    if size == PHONE:
        await page.add_style_tag(content=PHONE_STYLE)
    return Playground(page)
