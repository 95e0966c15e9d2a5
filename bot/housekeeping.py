"""What is done every hour: forgetting answered activities and delivered notices, planning the next digests.

Requests that were written without their words (`storage.search_index`) get them then too.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.digests import plan_mornings
from bot.logs import logger
from centre.ports import ConflictError
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.database import Database
    from storage.outbox import Outbox

EVERY_SECONDS = 3600.0
KEEP_INBOX = timedelta(days=2)
"""Teams sends an activity again within minutes; after two days nobody does."""
KEEP_NOTICES = timedelta(days=90)
"""Long enough to look into "I never heard of it"."""

WORDS_AT_A_TIME = 50
"""Requests whose words are written in one transaction: others wait for it for well under a second."""

_log = logger("housekeeping")


async def keep_house(database: Database, outbox: Outbox, tenants: Collection[str]) -> None:
    """Purge and plan every hour until cancelled. Replicas that do so at the same time do no harm."""
    while True:
        try:
            await plan_mornings(database, tenants, datetime.now(UTC))
            await purge(database, outbox, tenants, datetime.now(UTC))
            await write_missing_words(database, tenants)
        except (DatabaseUnavailableError, ConflictError):
            _log.warning("house_not_kept")
        await asyncio.sleep(EVERY_SECONDS)


async def purge(database: Database, outbox: Outbox, tenants: Collection[str], now: datetime) -> None:
    """Delete what is older than it is kept.

    Raises:
        DatabaseUnavailableError: the database is gone.
        ConflictError: others changed the same rows.
    """
    for tenant in sorted(tenants):
        async with database.unit_of_work(tenant) as work:
            await work.inbox.purge(now - KEEP_INBOX)
            await work.commit()
    await outbox.purge(now - KEEP_NOTICES)


async def write_missing_words(database: Database, tenants: Collection[str]) -> None:
    """Let requests of before there was an index, and those of an older replica, be found by it.

    Raises:
        DatabaseUnavailableError: the database is gone.
        ConflictError: others changed the same rows.
    """
    for tenant in sorted(tenants):
        written = WORDS_AT_A_TIME
        while written == WORDS_AT_A_TIME:
            async with database.unit_of_work(tenant) as work:
                written = await work.search_index.complete(WORDS_AT_A_TIME)
                await work.commit()
