"""Wording and sending one notice: a card in the channel, an event told to a person or in the thread of a card."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.delivery import Outcome, Sent
from bot.references import reference_to
from bot.speech import card_message, message
from centre.notices import QUEUE, NoticeKind
from centre.ports import ConflictError
from dialogs.cards.case import case_card
from dialogs.cards.case_news import leader_news, staff_news
from dialogs.cards.history import event_words
from dialogs.casework import view_of
from dialogs.texts import DEFAULT, texts_in
from storage.channels import ChannelCard
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from botbuilder.schema import Activity

    from bot.catalogues import Catalogues
    from bot.connector import Connector
    from bot.demo.stage import DemoStage
    from bot.who_is_who import WhoIsWho
    from centre.clock import DanishClock
    from centre.requests import Event, Request
    from dialogs.texts import Texts
    from storage.conversations import Conversation
    from storage.database import Database
    from storage.outbox import Claimed

INSIST_TIMES = 25
INSIST_PAUSE_SECONDS = 2.0
"""Together a little less than the lease of 60 seconds."""


class NoWayToReaderError(Exception):
    """There is no conversation with the reader yet."""


class Postman:
    """Takes one notice to its reader, worded in the reader's language at that moment."""

    def __init__(
        self,
        database: Database,
        connector: Connector,
        catalogues: Catalogues,
        who: WhoIsWho,
        clock: DanishClock,
        stage: DemoStage | None = None,
    ) -> None:
        self._database = database
        self._connector = connector
        self._catalogues = catalogues
        self._who = who
        self._clock = clock
        self._stage = stage

    async def send(self, claimed: Claimed) -> Sent:
        """Send a notice.

        Raises:
            NoWayToReaderError: there is no conversation with the reader, or no queue channel, yet.
            DatabaseUnavailableError, ConflictError: what is known of the notice could not be read or kept.
        """
        if claimed.notice.kind is NoticeKind.REQUEST_CARD:
            return await self._send_case_card(claimed)
        if claimed.notice.audience == QUEUE:
            return await self._send_to_thread(claimed)
        return await self._send_to_person(claimed)

    async def _send_case_card(self, claimed: Claimed) -> Sent:
        """Update the request's card in the channel, or post it where there is none (any more)."""
        index = await self._catalogues.index_of(claimed.tenant)
        colleagues = self._stage.colleagues() if self._stage else await self._who.colleagues(claimed.tenant)
        async with self._database.read_only(claimed.tenant) as work:
            request = await work.requests.get(claimed.notice.request_id)
            queue = await work.channels.queue()
            conversation = await work.conversations.get(queue.channel_id) if queue else None
            card = await work.channel_cards.of(claimed.notice.request_id)
            if request is None or queue is None or conversation is None:
                raise NoWayToReaderError
            view = await view_of(work, request, index, colleagues, self._clock.now().date())
        shown = case_card(texts_in(DEFAULT), view)
        activity = card_message(shown.json(), shown.summary)
        reference = reference_to(conversation)
        if card and card.conversation_id == queue.channel_id:
            sent = await self._connector.update(reference, card.activity_id, activity)
            if sent.outcome is not Outcome.GONE:
                return sent
        sent = await self._connector.send(reference, activity)
        if sent.outcome is Outcome.DELIVERED:
            posted = ChannelCard(queue.channel_id, sent.activity_id)
            await insist(lambda: self._keep_card(claimed.tenant, request.id, posted))
        return sent

    async def _keep_card(self, tenant: str, request_id: str, card: ChannelCard) -> None:
        async with self._database.unit_of_work(tenant) as work:
            await work.channel_cards.put(request_id, card)
            await work.commit()

    async def _send_to_thread(self, claimed: Claimed) -> Sent:
        """Say what the leader did below the case's card, where the centre talks about it."""
        async with self._database.read_only(claimed.tenant) as work:
            event = await work.requests.event(claimed.notice.event_id)
            card = await work.channel_cards.of(claimed.notice.request_id)
            conversation = await work.conversations.get(card.conversation_id) if card else None
        if event is None or card is None or conversation is None:
            raise NoWayToReaderError
        texts = texts_in(DEFAULT)
        words = ": ".join(part for part in (event_words(texts, event), event.detail.get("words", "")) if part)
        thread = f"{card.conversation_id};messageid={card.activity_id}"
        return await self._connector.send(reference_to(conversation, thread), message(words))

    async def _send_to_person(self, claimed: Claimed) -> Sent:
        reader_id = claimed.notice.audience
        async with self._database.read_only(claimed.tenant) as work:
            request = await work.requests.get(claimed.notice.request_id)
            event = await work.requests.event(claimed.notice.event_id)
            person = await work.people.get(reader_id)
            chat = self._stage.real_id(reader_id) if self._stage else reader_id
            conversation = await work.conversations.personal(chat)
            speaks_to = await self._stage.plays(work, chat) if self._stage else reader_id
        if request is None or conversation is None:
            raise NoWayToReaderError
        texts = texts_in(person.locale if person else DEFAULT)
        if person and speaks_to != reader_id:
            await self._connector.send(reference_to(conversation), message(texts("notice-for", name=person.name)))
        sent = await self._connector.send(reference_to(conversation), _worded(texts, request, event, reader_id))
        if sent.outcome in {Outcome.BLOCKED, Outcome.GONE}:
            await self._forget(claimed.tenant, conversation)
        return sent

    async def _forget(self, tenant: str, conversation: Conversation) -> None:
        async with self._database.unit_of_work(tenant) as work:
            await work.conversations.forget(conversation.conversation_id)
            await work.commit()


def _worded(texts: Texts, request: Request, event: Event | None, reader_id: str) -> Activity:
    """Word an event for the leader or for staff; a notice of release 0.1 names no event."""
    if event is None:
        return message(
            texts(
                "news-taken",
                name=request.assignee_name,
                number=str(request.number),
                topic=request.wish.topic or texts("no-topic"),
                day=texts.day(request.answer_due),
            )
        )
    news = leader_news if reader_id == request.requester_id else staff_news
    card = news(texts, request, event)
    return card_message(card.json(), card.summary)


async def insist(note: Callable[[], Awaitable[object]]) -> None:
    """Note that something was delivered, again until it is noted or the lease is over: it is not to be sent twice.

    Raises:
        DatabaseUnavailableError, ConflictError: the database was gone for as long as the lease.
    """
    for _ in range(INSIST_TIMES):
        try:
            await note()
        except (DatabaseUnavailableError, ConflictError):
            await asyncio.sleep(INSIST_PAUSE_SECONDS)
        else:
            return
    await note()
