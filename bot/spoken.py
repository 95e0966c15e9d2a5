"""Which answers were spoken, noted in the inbox for many turns at a time.

A turn's answers are committed with it and kept until they are spoken (`storage.inbox`). That they were is no
hurry: it is noted shortly after, by one transaction for all turns of a moment. If the process dies in between, an
answer is kept somewhat longer, and said once more should Teams send an activity again that was answered already.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from bot.logs import logger
from centre.ports import ConflictError
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from bot.inbound import Inbound
    from storage.database import Database

PAUSE_SECONDS = 0.2
"""How long answers are gathered: a moment in which many turns end, and few seconds' worth of words are kept."""
PAUSE_WITHOUT_DATABASE_SECONDS = 5.0

_log = logger("spoken")


class Spoken:
    """Answers that this process has spoken and that are still kept."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unnoted: set[tuple[str, str, str]] = set()
        self._some = asyncio.Event()

    def add(self, inbound: Inbound) -> None:
        """Remember that an activity's answers were spoken."""
        self._unnoted.add(_key(inbound))
        self._some.set()

    def __contains__(self, inbound: Inbound) -> bool:
        return _key(inbound) in self._unnoted

    async def run(self) -> None:
        """Note what is spoken, until cancelled."""
        while True:
            await self._some.wait()
            await asyncio.sleep(PAUSE_SECONDS)
            if not await self.note():
                await asyncio.sleep(PAUSE_WITHOUT_DATABASE_SECONDS)

    async def note(self) -> bool:
        """Note everything spoken so far; False when the database did not take it, and it is to be tried again."""
        by_tenant = defaultdict(list)
        for key in self._unnoted:
            by_tenant[key[0]].append(key)
        try:
            for tenant, keys in by_tenant.items():
                async with self._database.unit_of_work(tenant) as work:
                    await work.inbox.mark_spoken([(conversation, activity) for _, conversation, activity in keys])
                    await work.commit()
                self._unnoted.difference_update(keys)
        except (ConflictError, DatabaseUnavailableError):
            _log.warning("spoken_not_noted")
            return False
        if not self._unnoted:
            self._some.clear()
        return True


def _key(inbound: Inbound) -> tuple[str, str, str]:
    return inbound.tenant, inbound.conversation_id, inbound.activity_id
