"""The page that a shared link opens, over real HTTP, and the addresses that lead to it and to the chat."""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, web

from bot.addresses import Addresses, addresses_of
from bot.config import Settings
from bot.offer_pages import OfferPages
from catalogue.matching import MatchIndex
from storage.errors import DatabaseUnavailableError
from tests.bot.fake_teams import FOREIGN_TENANT, TENANT, _served
from tests.bot.town_in_teams import ADDRESSES, SMALL_INDEX
from tests.chat import Catalogue, StoppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientResponse

HOSTILE = '<script>alert(1)</script> " onmouseover="alert(2)" \' $title {{x}} &lt;b&gt;'


class Page(HTMLParser):
    """What a browser would make of a page: its elements, addresses and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


class _LostCatalogue:
    async def index_of(self, tenant: str) -> MatchIndex:
        raise DatabaseUnavailableError


@asynccontextmanager
async def pages_of(catalogue: Any) -> AsyncIterator[str]:
    app = web.Application()
    OfferPages(catalogue, ADDRESSES, StoppedClock()).serve_from(app)
    async with _served(app) as url:
        yield url


async def get(path: str, index: MatchIndex = SMALL_INDEX) -> tuple[ClientResponse, str]:
    async with pages_of(Catalogue(index)) as url, ClientSession() as http, http.get(url + path) as response:
        return response, await response.text()


async def test_an_offer_has_a_page_that_says_what_it_is_and_leads_into_teams() -> None:
    response, html = await get("/forloeb/DEM-1")
    page = Page(html)
    assert (response.status, response.content_type, response.charset) == (200, "text/html", "utf-8")
    for words in (
        "Mødet med borgere med demens",
        "Skabe ro om borgeren",
        "2. mar. 2027 – 3. mar. 2027 · Rådhuset",
    ):
        assert words in page.words
    teams, own = page.addresses
    assert own == "https://kurser.example.dk/dem-1/"
    assert parse_qs(urlsplit(teams).query)["message"] == [
        "Det vil jeg gerne: Mødet med borgere med demens (DEM-1)"
    ]
    assert '<html lang="da">' in html


async def test_the_page_says_nothing_that_changes_from_hour_to_hour() -> None:
    _, html = await get("/forloeb/DEM-1")
    assert "ledig" not in html


async def test_what_the_catalogue_says_stays_text() -> None:
    offer = SMALL_INDEX.offer("DEM-1")
    assert offer
    hostile = replace(
        offer, title=HOSTILE, summary=HOSTILE, outcome=HOSTILE, place=HOSTILE, provider=HOSTILE, length=HOSTILE,
        staff_groups=(HOSTILE,), link="javascript:alert(3)",
    )  # fmt: skip
    _, html = await get("/forloeb/DEM-1", MatchIndex.build([hostile], []))
    page = Page(html)
    assert page.words.count(HOSTILE) >= 6
    assert "script" not in page.elements
    assert page.attributes <= {"lang", "charset", "name", "content", "class", "href"}
    assert all(address.startswith("https://teams.microsoft.com/") for address in page.addresses)


async def test_a_browser_may_load_nothing_but_the_pages_own_style() -> None:
    response, html = await get("/forloeb/DEM-1")
    policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
    [style] = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.pop("style-src") == f"'sha256-{digest}'"
    assert set(policy) == {"default-src", "base-uri", "form-action", "frame-ancestors"}
    assert set(policy.values()) == {"'none'"}
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "style=" not in html


@pytest.mark.parametrize("code", ["DEM-9", "%00", "..%2F..%2Fetc%2Fpasswd", "å" * 300, "%ff", "<b>"])
async def test_an_offer_that_is_gone_has_a_kind_page_with_a_way_on(code: str) -> None:
    response, html = await get(f"/forloeb/{code}")
    assert response.status == 404
    assert "Det forløb kan jeg ikke finde" in html
    assert "teams.microsoft.com" in html
    assert response.headers["Cache-Control"] == "no-store"


async def test_a_code_is_read_in_any_letter_case_and_with_any_letters_in_it() -> None:
    offer = SMALL_INDEX.offer("DEM-1")
    assert offer
    index = MatchIndex.build([replace(offer, code="Æ/1 & 2")], [])
    address = urlsplit(ADDRESSES.page(TENANT, "Æ/1 & 2"))
    assert (await get(address.path, index))[0].status == 200
    assert (await get("/forloeb/dem-1"))[0].status == 200


async def test_a_lost_database_is_told_on_the_page() -> None:
    async with pages_of(_LostCatalogue()) as url, ClientSession() as http:
        async with http.get(f"{url}/forloeb/DEM-1") as response:
            html = await response.text()
        assert response.status == 503
        assert "Siden kan ikke vises lige nu" in html


def test_a_page_is_read_back_from_its_address() -> None:
    for code in ("DEM-1", "Æ/1 & 2", "100 %"):
        assert ADDRESSES.code_at(TENANT, ADDRESSES.page(TENANT, code)) == code
    assert ADDRESSES.code_at(FOREIGN_TENANT, ADDRESSES.page(TENANT, "DEM-1")) == ""


def test_only_the_municipality_whose_offers_the_pages_show_has_pages() -> None:
    assert ADDRESSES.page(FOREIGN_TENANT, "DEM-1") == ""
    assert Addresses("", ADDRESSES.bot, TENANT).page(TENANT, "DEM-1") == ""
    assert Addresses("", ADDRESSES.bot, TENANT).code_at(TENANT, "/forloeb/DEM-1") == ""


def test_links_follow_the_settings() -> None:
    live = addresses_of(Settings(app_id="app", tenant_id=TENANT, public_host="bot.example.dk"))
    assert live == Addresses("https://bot.example.dk", "28:app", TENANT)
    assert addresses_of(Settings(app_id="app", tenant_id=TENANT)).origin == ""
    assert addresses_of(Settings(demo=True, port=4000)).origin == "http://localhost:4000"


def test_a_sentence_survives_its_address() -> None:
    sentence = 'Det vil jeg gerne: »Ro & nærvær« 100 % #1 + "æøå" (DEM-1)'
    parts = parse_qs(urlsplit(ADDRESSES.chat(TENANT, sentence)).query)
    assert parts == {"tenantId": [TENANT], "users": [ADDRESSES.bot], "message": [sentence]}
