"""The live catalogue of each tenant: an index in memory that follows the version in the database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.logs import logger
from catalogue.matching import MatchIndex
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from storage.database import Database

LOOK_EVERY_SECONDS = 2.0
"""How soon a replica notices an import that another process made."""

_log = logger("catalogues")


class Catalogues:
    """Indexes by tenant. Building is CPU work and happens in a thread; turns go on with the index before."""

    def __init__(self, database: Database) -> None:
        self._database = database
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
        """Rebuild, once, every index whose catalogue has another version now."""
        for tenant, (version, _) in list(self._indexes.items()):
            async with self._database.read_only(tenant) as work:
                newest = await work.catalogue.version()
            if newest != version:
                await self._build(tenant)

    async def _build(self, tenant: str) -> None:
        async with self._database.read_only(tenant) as work:
            version, offers, runs = await work.catalogue.load()
        index = await asyncio.to_thread(MatchIndex.build, offers, runs)
        self._indexes[tenant] = (version, index)
        _log.info("catalogue_indexed", version=version, offers=len(offers), runs=len(runs))
