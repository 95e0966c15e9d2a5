"""The message extension: the catalogue in the message box of any chat, and addresses to offers shown as cards.

Nothing is written and nobody is remembered: whoever the adapter lets in may read their municipality's catalogue.
The card that is shared is Danish, for whoever reads it; the list to pick from speaks the searcher's language. Each
result carries its card at once, so there is no `composeExtension/selectItem`, which Teams on phones does not send.

A link is shown as a card for people whose tenant Teams names. The anonymous question for those without the app
(`composeExtension/anonymousQueryLink`) blanks out the tenant, so it could not be told whose catalogue is meant:
the manifest does not ask for it, and the adapter refuses it as it does everything without a tenant.

https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.inbound import tenant_of
from bot.logs import current_reference, logger
from bot.speech import CARD
from catalogue.course_search import DEEPEST
from catalogue.cpr import mask_cpr
from catalogue.matching import Verdict
from catalogue.need import read_need
from centre.learning import LEAST_REQUESTS, most_chosen
from dialogs.cards.shared_offer import preview, shared_offer_card, want_words
from dialogs.texts import DEFAULT, texts_in
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from botbuilder.schema import Activity

    from bot.addresses import Addresses
    from bot.catalogues import Catalogues
    from bot.invokes import Answering
    from catalogue.matching import MatchIndex
    from catalogue.offers import Offer
    from centre.ports import Clock
    from dialogs.texts import Texts
    from storage.database import Database

QUERY = "composeExtension/query"
QUERY_LINK = "composeExtension/queryLink"
SEARCHED = "query"
"""The parameter of the manifest's search command."""
LONGEST_SEARCH = 200
"""Characters of a search that are read; the box in Teams takes fewer."""
MOST_AT_ONCE = 25
"""Results of one page; what Teams asks for."""
FURTHEST = 10_000
MOST_OFTEN_CHOSEN = 5
"""Popular offers before the next runs, when nothing was typed."""
_INITIAL_RUN = "initialRun"
_PREVIEW = "application/vnd.microsoft.card.thumbnail"

_log = logger("message_extension")


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, "" for nothing yet, and which part of the results is wanted."""

    text: str
    skip: int = 0
    count: int = MOST_AT_ONCE


@dataclass(frozen=True, slots=True)
class Hit:
    """An offer to pick; `remark` is the key of what is to be said of it, or ""."""

    offer: Offer
    remark: str = ""


class MessageExtension:
    """Answers what Teams asks from the message box."""

    def __init__(
        self, database: Database, catalogues: Catalogues, addresses: Addresses, clock: Clock, *, speaks: str = ""
    ) -> None:
        """Compose it.

        Args:
            database: Asked for what is often chosen, and only read.
            catalogues: Whose index is searched.
            addresses: Where the cards' buttons lead.
            clock: Tells which runs are still to come.
            speaks: The language of the list whatever the client says; the demo's client always says English.
        """
        self._database = database
        self._catalogues = catalogues
        self._addresses = addresses
        self._clock = clock
        self._speaks = speaks

    @property
    def answers(self) -> Mapping[str, Answering]:
        """What it answers, by the invoke's name."""
        return {QUERY: self.search, QUERY_LINK: self.unfurl}

    async def search(self, activity: Activity) -> dict[str, Any]:
        """Answer a search, or what to begin with when nothing was typed."""
        tenant, texts = tenant_of(activity), texts_in(self._speaks or activity.locale or "")
        query = read_query(activity.value)
        try:
            index = await self._catalogues.index_of(tenant)
        except DatabaseUnavailableError as error:
            _log.error("search_given_up", exc_info=error)
            return _message(texts("busy", reference=current_reference()))
        today = self._clock.now().date()
        hits = (
            found(index, query.text, today)
            if query.text
            else to_begin_with(index, await self._often_chosen(tenant), today)
        )
        shown = list(islice(hits, query.skip, query.skip + query.count))
        if not shown and not query.skip:
            return _message(texts("sharing-nothing"))
        return _result([self._attachment(tenant, texts, index, hit, today) for hit in shown])

    async def unfurl(self, activity: Activity) -> dict[str, Any]:
        """Answer a link with its offer's card, and one that leads to no offer with nothing."""
        tenant, texts = tenant_of(activity), texts_in(self._speaks or activity.locale or "")
        url = _text(activity.value, "url")
        try:
            index = await self._catalogues.index_of(tenant)
        except DatabaseUnavailableError as error:
            _log.error("link_given_up", exc_info=error)
            return _result([])
        offer = index.names.with_code(self._addresses.code_at(tenant, url)) or index.names.at_address(url)
        if offer is None:
            return _result([])
        return _result([self._attachment(tenant, texts, index, Hit(offer), self._clock.now().date())])

    async def _often_chosen(self, tenant: str) -> Sequence[str]:
        try:
            async with self._database.read_only(tenant) as work:
                return most_chosen(await work.choices.counts(LEAST_REQUESTS))[:MOST_OFTEN_CHOSEN]
        except DatabaseUnavailableError:
            _log.warning("choices_not_read")
            return ()

    def _attachment(self, tenant: str, texts: Texts, index: MatchIndex, hit: Hit, today: date) -> dict[str, Any]:
        offer, danish = hit.offer, texts_in(DEFAULT)
        runs = index.runs_of(offer.code)
        chat = self._addresses.chat(tenant, want_words(danish, offer))
        reading = danish("show-says", title=offer.title, code=offer.code)
        page = self._addresses.page(tenant, offer.code) or self._addresses.chat(tenant, reading)
        line = preview(texts, offer, runs, today, texts(hit.remark) if hit.remark else "")
        return {
            "contentType": CARD,
            "content": shared_offer_card(danish, offer, runs, today, page=page, chat=chat).json(),
            "preview": {"contentType": _PREVIEW, "content": {"title": line.title, "text": line.text}},
        }


def read_query(value: object) -> Query:
    """Read what Teams sends, whatever it is; a parameter without our name counts when there is no other."""
    fields = value if isinstance(value, dict) else {}
    given = fields.get("parameters")
    parameters = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    typed = [one for one in parameters if one.get("name") != _INITIAL_RUN]
    ours = next((one for one in typed if one.get("name") == SEARCHED), typed[0] if typed else {})
    text = mask_cpr(_text(ours, "value"))[:LONGEST_SEARCH].strip()
    options = fields.get("queryOptions")
    options = options if isinstance(options, dict) else {}
    skip, count = options.get("skip"), options.get("count")
    return Query(
        text,
        min(max(skip, 0), FURTHEST) if isinstance(skip, int) else 0,
        min(max(count, 1), MOST_AT_ONCE) if isinstance(count, int) else MOST_AT_ONCE,
    )


def found(index: MatchIndex, text: str, today: date) -> Iterator[Hit]:
    """Find offers: the one that is named, or whose title begins like it, then what fits, the best first.

    Where nothing fits, it may be a word that is still being typed; after that comes what is near.
    """
    named = index.names.called(text) or index.names.in_sentence(text)
    answer = index.match(read_need(text, today), today, DEEPEST).worth_showing()
    sure = answer.verdict is not Verdict.NONE
    first = [named] if named else index.names.titled(text) or ([] if sure else index.names.beginning(text))
    yield from map(Hit, first)
    remark = "" if sure or named else "sharing-near"
    yield from (Hit(match.offer, remark) for match in answer.matches if match.offer not in first)


def to_begin_with(index: MatchIndex, often: Sequence[str], today: date) -> Iterator[Hit]:
    """List what is often chosen, then the catalogue in the order in which its next runs begin."""
    popular = [offer for offer in map(index.offer, often) if offer]
    yield from (Hit(offer, "sharing-often") for offer in popular)
    coming = index.coming(read_need("", today), today).matches
    yield from (Hit(match.offer) for match in coming if match.offer not in popular)


def _text(value: object, name: str) -> str:
    text = value.get(name) if isinstance(value, dict) else None
    return text if isinstance(text, str) else ""


def _result(attachments: list[dict[str, Any]]) -> dict[str, Any]:
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attachments}}


def _message(text: str) -> dict[str, Any]:
    return {"composeExtension": {"type": "message", "text": text}}
