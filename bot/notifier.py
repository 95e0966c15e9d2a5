"""Delivering the outbox: worded in the reader's language at the moment it is sent."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.delivery import SENDING, Outcome, Sending, Sent
from bot.digests import NothingToTellError
from bot.insist import insist
from bot.logs import logger, new_reference
from bot.references import NoWayToReaderError
from bot.stopping import HAND_OVER_SECONDS
from bot.watch import Watch
from centre.notices import NoticeKind
from centre.ports import ConflictError
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.postman import Postman
    from storage.database import Database
    from storage.outbox import Claimed, Outbox

IN_FLIGHT = 5
"""Sends at a time per replica: the bound on what may double when the process is killed."""
POLL_SECONDS = 15.0
"""The longest sleep; wake-ups make it shorter, so this only catches the ones that were lost."""
FIRST_PAUSE_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 4 * 3600.0
NOT_ABOUT_THE_NOTICE = frozenset({0, HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS})
"""No answer, our own credentials, too much at once: no attempts. What Teams fails on (5xx) ends as dead."""

_log = logger("notifier")


class Notifier:
    """Takes due notices and delivers them, a few at a time, until cancelled."""

    def __init__(self, database: Database, outbox: Outbox, postman: Postman, watch: Watch | None = None) -> None:
        self._watch = watch or Watch()
        self._outbox = outbox
        self._postman = postman
        self._in_flight: dict[asyncio.Task[None], Sending] = {}
        self._woken = asyncio.Event()
        self._takes_more = True
        database.on_commit(self._woken.set)

    async def run(self) -> None:
        """Deliver until cancelled or `take_no_more`; a lost database is waited for.

        A slow delivery holds up only its own lane.
        """
        try:
            while self._takes_more:
                self._woken.clear()
                pause = await self._start_due()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), pause)
            await self.let_deliveries_end()
        finally:
            self._break_off(self._in_flight)
            if self._in_flight:
                await asyncio.wait(self._in_flight)

    def take_no_more(self) -> None:
        """Claim nothing from now on, and give back what is not on its way to Teams yet."""
        self._takes_more = False
        self._break_off({task: sending for task, sending in self._in_flight.items() if not sending.at_teams})
        for sending in self._in_flight.values():
            sending.hurried = True
        self._woken.set()

    async def let_deliveries_end(self, within_seconds: float | None = None) -> None:
        """Wait for what is on its way, after `take_no_more`."""
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=within_seconds)

    @staticmethod
    def _break_off(deliveries: Mapping[asyncio.Task[None], Sending]) -> None:
        for delivery, sending in deliveries.items():
            sending.hurried = True
            # One that is giving its notice back already must not be kept from it.
            if sending.begun and not delivery.cancelling():
                delivery.cancel()

    async def deliver_due(self) -> int:
        """Deliver what is due now, once; return how many notices were taken."""
        claimed = await self._outbox.claim(IN_FLIGHT)
        await asyncio.gather(*(self._deliver(notice, Sending()) for notice in claimed))
        return len(claimed)

    async def _start_due(self) -> float:
        """Start as many deliveries as there is room for; return the seconds until there may be more to do."""
        free = IN_FLIGHT - len(self._in_flight)
        if not free:
            return POLL_SECONDS  # the end of a delivery wakes
        try:
            claimed = await self._outbox.claim(free)
            for notice in claimed:
                self._start(notice)
            return POLL_SECONDS if len(claimed) == free else await self._until_next()
        except (DatabaseUnavailableError, ConflictError):
            _log.warning("outbox_not_reached")
            return POLL_SECONDS

    def _start(self, notice: Claimed) -> None:
        sending = Sending(hurried=not self._takes_more)
        delivery = asyncio.create_task(self._deliver(notice, sending))
        self._in_flight[delivery] = sending
        delivery.add_done_callback(self._landed)

    def _landed(self, delivery: asyncio.Task[None]) -> None:
        del self._in_flight[delivery]
        self._woken.set()

    async def _until_next(self) -> float:
        due = await self._outbox.next_due()
        if due is None:
            return POLL_SECONDS
        return min(POLL_SECONDS, max(0.05, (due - datetime.now(UTC)).total_seconds()))

    async def _deliver(self, claimed: Claimed, sending: Sending) -> None:
        """Deliver one notice; whatever goes wrong, only this one is held up."""
        new_reference()
        SENDING.set(sending)
        sending.begun = True
        with self._watch.delivery(claimed.notice.kind) as watched:
            try:
                watched.outcome = await self._give_back(claimed) if sending.hurried else await self._send(claimed)
            except (DatabaseUnavailableError, ConflictError) as error:
                # The lease runs out, and it is tried again.
                _log.warning("notice_not_acknowledged", exc_info=error)
                watched.outcome = "unacknowledged"
            except asyncio.CancelledError:
                if not sending.at_teams:
                    watched.outcome = await self._give_back(claimed)
                raise

    async def _send(self, claimed: Claimed) -> str:
        """Send and acknowledge; return what became of it."""
        together_with: list[Claimed] = []
        try:
            if claimed.notice.kind is NoticeKind.CASE_DIGEST:
                together_with = await self._outbox.due_with(claimed, NoticeKind.CASE_DIGEST)
            sent = await self._postman.send(claimed, together_with)
        except NothingToTellError as settled:
            await self._outbox.drop(claimed, str(settled))
            return "dropped"
        except NoWayToReaderError:
            await self._park(claimed, "no conversation with the reader", 0)
            return "no_way"
        except (DatabaseUnavailableError, ConflictError):
            raise
        except Exception as error:  # noqa: BLE001 - one notice must not stop the others
            _log.error("notice_failed", kind=claimed.notice.kind, exc_info=error)
            await self._outbox.retry(claimed, _pause(claimed.attempts), type(error).__name__)
            return "failed"
        await self._acknowledge(claimed, sent, together_with)
        return sent.outcome

    async def _acknowledge(self, claimed: Claimed, sent: Sent, together_with: Sequence[Claimed]) -> None:
        words = f"{sent.outcome} {sent.status} {sent.code}".strip()
        match sent.outcome:
            case Outcome.DELIVERED:
                await insist(lambda: self._outbox.sent(claimed, sent.requests, together_with=together_with))
                if claimed.waited:
                    await self._postman.show_whether_told(claimed)
            case Outcome.NOT_INSTALLED:
                await self._park(claimed, words, sent.requests)
            case Outcome.RETRY_LATER:
                counts = sent.status not in NOT_ABOUT_THE_NOTICE
                pause = max(sent.retry_after, _pause(claimed.attempts) if counts else 0.0)
                await self._outbox.retry(claimed, pause, words, requests=sent.requests, counts_as_attempt=counts)
            case _:
                _log.warning("notice_undeliverable", kind=claimed.notice.kind, outcome=sent.outcome)
                await self._outbox.dead(claimed, words, sent.requests)
                await self._postman.show_whether_told(claimed)

    async def _give_back(self, claimed: Claimed) -> str:
        """Let another replica deliver what was not sent; without the database the lease runs out."""
        try:
            async with asyncio.timeout(HAND_OVER_SECONDS):
                await self._outbox.give_back(claimed)
        except (DatabaseUnavailableError, ConflictError, TimeoutError):
            _log.warning("notice_not_given_back")
        return "given_back"

    async def _park(self, claimed: Claimed, words: str, requests: int) -> None:
        """Let a lane wait for its reader, and the centre see that somebody is not told."""
        await self._outbox.wait(claimed, words, requests)
        if not claimed.waited:
            await self._postman.show_whether_told(claimed)


def _pause(attempts: int) -> float:
    """Exponential, with jitter so that replicas do not come back together."""
    pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 4.0 ** max(0, attempts - 1))
    return pause * random.uniform(0.7, 1.3)  # noqa: S311 - no secret
