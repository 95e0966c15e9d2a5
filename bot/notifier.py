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
from bot.postman import NoWayToReaderError, insist
from centre.ports import ConflictError
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
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

    def __init__(self, database: Database, outbox: Outbox, postman: Postman) -> None:
        self._outbox = outbox
        self._postman = postman
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
            sent = await self._postman.send(claimed)
            await self._acknowledge(claimed, sent)
        except NoWayToReaderError:
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
                await insist(lambda: self._outbox.sent(claimed))
            case Outcome.NOT_INSTALLED:
                await self._outbox.wait(claimed, words)
            case Outcome.RETRY_LATER:
                counts = sent.status not in NOT_ABOUT_THE_NOTICE
                pause = max(sent.retry_after, _pause(claimed.attempts) if counts else 0.0)
                await self._outbox.retry(claimed, pause, words, counts_as_attempt=counts)
            case _:
                _log.warning("notice_undeliverable", kind=claimed.notice.kind, outcome=sent.outcome)
                await self._outbox.dead(claimed, words)


def _pause(attempts: int) -> float:
    """Exponential, with jitter so that replicas do not come back together."""
    pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 4.0 ** max(0, attempts - 1))
    return pause * random.uniform(0.7, 1.3)  # noqa: S311 - no secret
