"""What is done every hour: forgetting answered activities and delivered notices, planning the next digests.

Requests that were written without their words (`storage.search_index`) get them then too. At night, what is kept
about people longer than the municipality decided is taken out (`centre.retention`).
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.digests import plan_mornings
from bot.logs import logger
from centre.clock import COPENHAGEN
from centre.ports import ConflictError
from centre.retention import Due, Kept, kept_since
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from storage.database import Database
    from storage.outbox import Outbox

EVERY_SECONDS = 3600.0
KEEP_INBOX = timedelta(days=2)
"""Teams sends an activity again within minutes; after two days nobody does."""
KEEP_NOTICES = timedelta(days=90)
"""Long enough to look into "I never heard of it"."""

WORDS_AT_A_TIME = 50
"""Requests whose words are written in one transaction: others wait for it for well under a second."""

CLEANED_AT_A_TIME = 200
"""Things that are taken out in one transaction, for the same reason."""
NIGHT_HOUR = 3
"""When that is done (Danish time): old things are looked for in large tables, while nobody waits."""

_log = logger("housekeeping")


async def keep_house(
    database: Database, outbox: Outbox, tenants: Collection[str], days: Mapping[Kept, int]
) -> None:
    """Purge and plan every hour until cancelled. Replicas that do so at the same time do no harm."""
    while True:
        try:
            await plan_mornings(database, tenants, datetime.now(UTC))
            await purge(database, outbox, tenants, datetime.now(UTC))
            if datetime.now(COPENHAGEN).hour == NIGHT_HOUR:
                for tenant in sorted(tenants):
                    await clean(database, tenant, days)
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


async def too_old(database: Database, tenant: str, days: Mapping[Kept, int]) -> Sequence[Due]:
    """Count what is kept longer than its rule (`days`; 0 for good) allows."""
    now = datetime.now(UTC) + database.clock_offset
    found = []
    for kept in Kept:
        before = kept_since(days[kept], now)
        async with database.read_only(tenant) as work:
            found.append(await work.retention.due(kept, before) if before else Due(kept, 0, None))
    return found


async def clean(database: Database, tenant: str, days: Mapping[Kept, int]) -> Mapping[Kept, int]:
    """Take out what is kept too long, a little at a time; return how much of each kind.

    Raises:
        DatabaseUnavailableError: the database is gone.
        ConflictError: others changed the same rows; what was done before stays done.
    """
    now = datetime.now(UTC) + database.clock_offset
    cleaned = dict.fromkeys(Kept, 0)
    for kept in Kept:
        before = kept_since(days[kept], now)
        taken = CLEANED_AT_A_TIME
        while before and taken == CLEANED_AT_A_TIME:
            async with database.unit_of_work(tenant) as work:
                taken = await work.retention.clean(kept, before, CLEANED_AT_A_TIME)
                await work.commit()
            cleaned[kept] += taken
    if any(cleaned.values()):
        _log.info("too_old_taken_out", **{kept.value: number for kept, number in cleaned.items()})
    return cleaned


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
