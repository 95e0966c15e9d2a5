"""The page of an offer, which a shared link opens in any browser: what it is, and the way into Teams.

Anybody may read it, so it has no more than a printed catalogue: no free seats, nobody's name. It needs no login,
no script and no cookie, and search engines are asked to leave it out. What the catalogue says is escaped once,
where the page is put together.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from bot.addresses import OFFERS_PATH
from bot.logs import logger
from dialogs.cards.offer import MOST_RUNS, kind_line, when_words
from dialogs.cards.shared_offer import want_words
from dialogs.cards.wish import group_words
from dialogs.texts import DEFAULT, texts_in
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.addresses import Addresses
    from bot.catalogues import Catalogues
    from catalogue.offers import Offer, Run
    from centre.ports import Clock

_PAGE = Template(Path(__file__).with_name("offer_page.html").read_text("utf-8"))
_STYLE = _PAGE.template.partition("<style>")[2].partition("</style>")[0]
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = {
    "default-src": "'none'",
    "style-src": f"'sha256-{_STYLE_HASH}'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {allowed}" for what, allowed in _POLICY.items()),
    "Cache-Control": "public, max-age=300",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

_log = logger("offer_pages")


class OfferPages:
    """Serves the pages of one municipality's offers, in Danish."""

    def __init__(self, catalogues: Catalogues, addresses: Addresses, clock: Clock) -> None:
        self._catalogues = catalogues
        self._addresses = addresses
        self._clock = clock
        self._texts = texts_in(DEFAULT)

    def serve_from(self, app: web.Application) -> None:
        """Give the pages their addresses."""
        app.router.add_get(f"{OFFERS_PATH}{{code}}", self.show)

    async def show(self, request: web.Request) -> web.Response:
        """Answer with the page of the offer whose code the address ends with."""
        try:
            index = await self._catalogues.index_of(self._addresses.tenant)
        except DatabaseUnavailableError as error:
            _log.error("page_given_up", exc_info=error)
            trouble = self._texts("page-trouble"), self._texts("page-trouble-next")
            return self._sorry(HTTPStatus.SERVICE_UNAVAILABLE, *trouble)
        offer = index.names.with_code(request.match_info["code"])
        if offer is None:
            return self._sorry(HTTPStatus.NOT_FOUND, self._texts("page-gone"), self._texts("page-gone-next"))
        return _page(HTTPStatus.OK, offer.title, self._content(offer, index.runs_of(offer.code)))

    def _content(self, offer: Offer, runs: Sequence[Run]) -> Sequence[str]:
        texts = self._texts
        groups = ", ".join(map(group_words, offer.staff_groups)) or texts("for-everyone")
        facts = [
            (texts("label-for"), groups),
            (texts("label-provider"), offer.provider),
            (texts("label-language"), texts(f"language-{offer.language}")),
            (texts("label-code"), offer.code),
        ]
        ways = [
            (texts("button-want-this"), self._addresses.chat(self._addresses.tenant, want_words(texts, offer)))
        ]
        if urlsplit(offer.link).scheme in {"http", "https"}:
            ways.append((texts("button-read-more"), offer.link))
        outcome = [_element("h2", texts("label-outcome")), _element("p", offer.outcome)] if offer.outcome else []
        return [
            _quiet(texts("sharing-from")),
            _element("h1", offer.title),
            _quiet(kind_line(texts, offer)),
            _element("p", offer.summary),
            *outcome,
            *self._when(offer, runs, self._clock.now().date()),
            _quiet("\n".join(f"{label}: {value}" for label, value in facts if value)),
            _ways(ways),
            _quiet(" ".join([texts("page-how"), texts("page-by-words", code=offer.code), texts("page-find-bot")])),
        ]

    def _when(self, offer: Offer, runs: Sequence[Run], today: date) -> Sequence[str]:
        coming = [run for run in runs if run.starts >= today][:MOST_RUNS]
        if not coming:
            return [_element("p", when_words(self._texts, offer, []))]
        return [_element("h2", self._texts("offer-runs")), _element("p", "\n".join(map(self._run, coming)))]

    def _run(self, run: Run) -> str:
        days = self._texts.short_day(run.starts)
        if run.ends != run.starts:
            days = f"{days} – {self._texts.short_day(run.ends)}"
        place = self._texts("place-online") if run.online else run.place
        return " · ".join(part for part in (days, place) if part)

    def _sorry(self, status: HTTPStatus, heading: str, way_on: str) -> web.Response:
        texts = self._texts
        chat = self._addresses.chat(self._addresses.tenant, texts("page-gone-says"))
        ways = [(texts("page-open-bot"), chat)]
        return _page(status, heading, [_element("h1", heading), _element("p", way_on), _ways(ways)])


def _page(status: HTTPStatus, title: str, content: Sequence[str]) -> web.Response:
    body = _PAGE.substitute(title=escape(title), content="\n".join(content))
    headers = HEADERS if status == HTTPStatus.OK else {**HEADERS, "Cache-Control": "no-store"}
    return web.Response(status=int(status), text=body, content_type="text/html", headers=headers)


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(text)}</{name}>"


def _quiet(text: str) -> str:
    return _element("p", text, ' class="quiet"')


def _ways(ways: Sequence[tuple[str, str]]) -> str:
    """Addresses as buttons, the main one first."""
    addresses = "\n".join(_element("a", words, f' href="{escape(url)}"') for words, url in ways)
    return f'<p class="ways">\n{addresses}\n</p>'
