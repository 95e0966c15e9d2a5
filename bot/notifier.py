"""Delivering the outbox: worded in the reader's language at the moment it is sent."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.delivery import Outcome, Sent
from bot.logs import logger, new_reference
from bot.references import reference_to
from bot.speech import card_message, message
from centre.notices import NoticeKind
from centre.ports import ConflictError
from dialogs.cards.case import case_card
from dialogs.texts import DEFAULT, texts_in
from storage.channels import ChannelCard
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.connector import Connector
    from bot.demo.stage import DemoStage
    from storage.conversations import Conversation
    from storage.database import Database
    from storage.outbox import Claimed, Outbox

IN_FLIGHT = 5
"""Sends at a time per replica: the bound on what may double when the process is killed."""
POLL_SECONDS = 15.0
"""The longest sleep; wake-ups make it shorter, so this only catches the ones that were lost."""
INSIST_TIMES = 25
INSIST_PAUSE_SECONDS = 2.0
"""Together a little less than the lease of 60 seconds."""
FIRST_PAUSE_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 4 * 3600.0
NOT_ABOUT_THE_NOTICE = frozenset({0, HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS})
"""No answer, our own credentials, too much at once: no attempts. What Teams fails on (5xx) ends as dead."""

_log = logger("notifier")


class _NoWayToReaderError(Exception):
    """There is no conversation with the reader yet."""


class Notifier:
    """Takes due notices and delivers them, a few at a time, until cancelled."""

    def __init__(
        self, database: Database, outbox: Outbox, connector: Connector, stage: DemoStage | None = None
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._connector = connector
        self._stage = stage
        self._woken = asyncio.Event()
        database.on_commit(self._woken.set)

    async def run(self) -> None:
        """Deliver until cancelled; a lost database is waited for."""
        while True:
            self._woken.clear()
            try:
                delivered = await self.deliver_due()
                pause = 0.0 if delivered else await self._until_next()
            except (DatabaseUnavailableError, ConflictError):
                _log.warning("outbox_not_reached")
                pause = POLL_SECONDS
            if pause > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), pause)

    async def deliver_due(self) -> int:
        """Deliver what is due now, once; return how many notices were taken."""
        claimed = await self._outbox.claim(IN_FLIGHT)
        await asyncio.gather(*(self._deliver(notice) for notice in claimed))
        return len(claimed)

    async def _until_next(self) -> float:
        due = await self._outbox.next_due()
        if due is None:
            return POLL_SECONDS
        return min(POLL_SECONDS, max(0.05, (due - datetime.now(UTC)).total_seconds()))

    async def _deliver(self, claimed: Claimed) -> None:
        new_reference()
        try:
            sent = await self._send(claimed)
            await self._acknowledge(claimed, sent)
        except _NoWayToReaderError:
            await self._outbox.wait(claimed, "no conversation with the reader")
        except (DatabaseUnavailableError, ConflictError) as error:
            _log.warning("notice_not_acknowledged", exc_info=error)  # the lease runs out, and it is tried again
        except Exception as error:  # noqa: BLE001 - one notice must not stop the others
            _log.error("notice_failed", kind=claimed.notice.kind, exc_info=error)
            await self._outbox.retry(claimed, _pause(claimed.attempts), type(error).__name__)

    async def _acknowledge(self, claimed: Claimed, sent: Sent) -> None:
        words = f"{sent.outcome} {sent.status} {sent.code}".strip()
        match sent.outcome:
            case Outcome.DELIVERED:
                await _insist(lambda: self._outbox.sent(claimed))
            case Outcome.NOT_INSTALLED:
                await self._outbox.wait(claimed, words)
            case Outcome.RETRY_LATER:
                counts = sent.status not in NOT_ABOUT_THE_NOTICE
                pause = max(sent.retry_after, _pause(claimed.attempts) if counts else 0.0)
                await self._outbox.retry(claimed, pause, words, counts_as_attempt=counts)
            case _:
                _log.warning("notice_undeliverable", kind=claimed.notice.kind, outcome=sent.outcome)
                await self._outbox.dead(claimed, words)

    async def _send(self, claimed: Claimed) -> Sent:
        match claimed.notice.kind:
            case NoticeKind.REQUEST_CARD:
                return await self._send_case_card(claimed)
            case NoticeKind.CASE_TAKEN:
                return await self._send_case_taken(claimed)

    async def _send_case_card(self, claimed: Claimed) -> Sent:
        """Update the request's card in the channel, or post it where there is none (any more)."""
        async with self._database.read_only(claimed.tenant) as work:
            request = await work.requests.get(claimed.notice.request_id)
            queue = await work.channels.queue()
            conversation = await work.conversations.get(queue.channel_id) if queue else None
            card = await work.channel_cards.of(claimed.notice.request_id)
        if request is None or queue is None or conversation is None:
            raise _NoWayToReaderError
        shown = case_card(texts_in(DEFAULT), request)
        activity = card_message(shown.json(), shown.summary)
        reference = reference_to(conversation)
        if card and card.conversation_id == queue.channel_id:
            sent = await self._connector.update(reference, card.activity_id, activity)
            if sent.outcome is not Outcome.GONE:
                return sent
        sent = await self._connector.send(reference, activity)
        if sent.outcome is Outcome.DELIVERED:
            posted = ChannelCard(queue.channel_id, sent.activity_id)
            await _insist(lambda: self._keep_card(claimed.tenant, request.id, posted))
        return sent

    async def _keep_card(self, tenant: str, request_id: str, card: ChannelCard) -> None:
        async with self._database.unit_of_work(tenant) as work:
            await work.channel_cards.put(request_id, card)
            await work.commit()

    async def _send_case_taken(self, claimed: Claimed) -> Sent:
        reader_id = claimed.notice.audience
        async with self._database.read_only(claimed.tenant) as work:
            request = await work.requests.get(claimed.notice.request_id)
            person = await work.people.get(reader_id)
            chat = self._stage.real_id(reader_id) if self._stage else reader_id
            conversation = await work.conversations.personal(chat)
            speaks_to = await self._stage.plays(work, chat) if self._stage else reader_id
        if request is None or conversation is None:
            raise _NoWayToReaderError
        texts = texts_in(person.locale if person else DEFAULT)
        words = texts(
            "notice-case-taken",
            name=request.assignee_name,
            number=str(request.number),
            topic=request.wish.topic or texts("no-topic"),
            day=texts.day(request.answer_due),
        )
        if person and speaks_to != reader_id:
            words = f"{texts('notice-for', name=person.name)} {words}"
        return await self._to_person(claimed, conversation, words)

    async def _to_person(self, claimed: Claimed, conversation: Conversation, words: str) -> Sent:
        sent = await self._connector.send(reference_to(conversation), message(words))
        if sent.outcome in {Outcome.BLOCKED, Outcome.GONE}:
            async with self._database.unit_of_work(claimed.tenant) as work:
                await work.conversations.forget(conversation.conversation_id)
                await work.commit()
        return sent


async def _insist(note: Callable[[], Awaitable[object]]) -> None:
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


def _pause(attempts: int) -> float:
    """Exponential, with jitter so that replicas do not come back together."""
    pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 4.0 ** max(0, attempts - 1))
    return pause * random.uniform(0.7, 1.3)  # noqa: S311 - no secret
