"""The number by which replicas notice that what needs are matched with has changed: offers, synonyms, choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.engines import POSTGRESQL
from storage.models import CatalogueVersionRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class CatalogueVersion:
    """One number per tenant; it only grows."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def read(self) -> int:
        """Return the number of changes so far; 0 before the first."""
        query = select(CatalogueVersionRow.version).where(CatalogueVersionRow.tenant == self._tenant)
        return await self._session.scalar(query) or 0

    async def hold(self) -> None:
        """Let changes of one tenant wait for each other: they compare with what is stored."""
        first = insert_for(self._session, CatalogueVersionRow).values(tenant=self._tenant, version=0)
        await self._session.execute(first.on_conflict_do_nothing(index_elements=[CatalogueVersionRow.tenant]))
        await self._session.execute(
            select(CatalogueVersionRow.version).where(CatalogueVersionRow.tenant == self._tenant).with_for_update()
        )

    async def hold_imports(self) -> None:
        """Let imports of one tenant wait for each other, and nobody else: the version itself stays free.

        SQLite has one writer at a time anyway and knows no such locks.
        """
        if self._session.get_bind().dialect.name == POSTGRESQL:
            key = func.hashtextextended(f"catalogue import {self._tenant}", 0)
            await self._session.execute(select(func.pg_advisory_xact_lock(key)))

    async def count_up(self) -> None:
        """Make every replica read anew what it matches with, once this transaction is committed."""
        first = insert_for(self._session, CatalogueVersionRow).values(tenant=self._tenant, version=1)
        await self._session.execute(
            first.on_conflict_do_update(
                index_elements=[CatalogueVersionRow.tenant], set_={"version": CatalogueVersionRow.version + 1}
            )
        )

    async def count_up_unless_held(self) -> None:
        """The same, but never wait for an import that is under way: it counts up itself when it is done."""
        query = select(CatalogueVersionRow.version).where(CatalogueVersionRow.tenant == self._tenant)
        if await self._session.scalar(query.with_for_update(skip_locked=True)) is not None:
            await self.count_up()
