"""A tenant's own rows of synonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, select

from catalogue.synonyms import Synonym
from centre.synonyms import KeptSynonym, SynonymKey
from storage.models import SynonymRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.catalogue_version import CatalogueVersion


class StoredSynonyms:
    """Implements `centre.ports.Synonyms`."""

    def __init__(self, session: AsyncSession, tenant: str, version: CatalogueVersion) -> None:
        self._session = session
        self._tenant = tenant
        self._version = version

    async def own(self) -> Sequence[KeptSynonym]:
        """Return the rows, in the order of their keys."""
        query = select(SynonymRow).where(SynonymRow.tenant == self._tenant)
        rows = await self._session.scalars(
            query.order_by(SynonymRow.key, SynonymRow.kind).execution_options(populate_existing=True)
        )
        return [KeptSynonym(Synonym(row.words, row.meanings, row.kind), row.origin, row.off) for row in rows]

    async def to_change(self) -> Mapping[SynonymKey, KeptSynonym]:
        """Return the rows; whoever else wants to change them waits until this transaction ends."""
        await self._version.hold()
        return {kept.key: kept for kept in await self.own()}

    async def put(self, rows: Iterable[KeptSynonym]) -> None:
        """Insert or update rows by their keys; replicas read them anew."""
        values = [
            {
                "tenant": self._tenant,
                "key": kept.key.words,
                "kind": kept.key.kind,
                "words": kept.row.words,
                "meanings": kept.row.meanings,
                "origin": kept.origin,
                "off": kept.off,
            }
            for kept in rows
        ]
        if not values:
            return
        insert = insert_for(self._session, SynonymRow)
        given = {name: insert.excluded[name] for name in ("words", "meanings", "origin", "off")}
        by_key = [SynonymRow.tenant, SynonymRow.key, SynonymRow.kind]
        connection = await self._session.connection()
        await connection.execute(insert.on_conflict_do_update(index_elements=by_key, set_=given), values)
        await self._version.count_up()

    async def delete(self, keys: Iterable[SynonymKey]) -> None:
        """Delete the rows with these keys; replicas read them anew."""
        values = [{"by_key": key.words, "by_kind": key.kind} for key in keys]
        if not values:
            return
        this = and_(
            SynonymRow.tenant == self._tenant,
            SynonymRow.key == bindparam("by_key"),
            SynonymRow.kind == bindparam("by_kind"),
        )
        connection = await self._session.connection()
        await connection.execute(delete(SynonymRow).where(this), values)
        await self._version.count_up()
