"""The live catalogue of each tenant: an index in memory that follows the version in the database.

The version counts changes of offers, runs and synonyms, and choices that made a difference.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.logs import logger
from catalogue.matching import MatchIndex
from centre.learning import LEAST_REQUESTS, boosts
from centre.synonyms import in_effect
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from storage.database import Database

LOOK_EVERY_SECONDS = 2.0
"""How soon a replica notices what another process changed."""

_log = logger("catalogues")


async def read_index(
    database: Database, tenant: str, before: MatchIndex | None = None, kind: type[MatchIndex] = MatchIndex
) -> tuple[int, MatchIndex]:
    """Read offers, runs, synonyms and what was chosen before, and index them; return the version they had.

    The version is read first: a change in between is found by the next look at it. What an index from `before`
    knows already is taken over from it.
    """
    async with database.read_only(tenant) as work:
        version, offers, runs = await work.catalogue.load()
        synonyms = [kept.row for kept in in_effect(await work.synonyms.own()).values()]
        chosen = boosts(await work.choices.counts(LEAST_REQUESTS))
    build = before.changed if before else kind.build
    return version, await asyncio.to_thread(build, offers, runs, synonyms, chosen)


class Catalogues:
    """Indexes by tenant. Building is CPU work and happens in a thread; turns go on with the index before."""

    def __init__(self, database: Database, kind: type[MatchIndex] = MatchIndex) -> None:
        self._database = database
        self._kind = kind
        self._indexes: dict[str, tuple[int, MatchIndex]] = {}
        self._building = asyncio.Lock()

    async def index_of(self, tenant: str) -> MatchIndex:
        """Return the tenant's index, built on first use."""
        if tenant not in self._indexes:
            async with self._building:
                if tenant not in self._indexes:
                    await self._build(tenant)
        return self._indexes[tenant][1]

    async def follow(self) -> None:
        """Rebuild what has a new version, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            try:
                await self.refresh()
            except DatabaseUnavailableError:
                _log.warning("catalogue_not_looked_at")

    async def refresh(self) -> None:
        """Rebuild, once, every index that has another version now."""
        for tenant, (version, _) in list(self._indexes.items()):
            async with self._database.read_only(tenant) as work:
                newest = await work.catalogue.version()
            if newest != version:
                await self._build(tenant)

    async def _build(self, tenant: str) -> None:
        before = self._indexes.get(tenant)
        version, index = await read_index(self._database, tenant, before[1] if before else None, self._kind)
        self._indexes[tenant] = (version, index)
        _log.info("catalogue_indexed", version=version)
