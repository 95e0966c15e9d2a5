"""Queries of the queue that people gave a name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from centre.queue_query import UnreadableQueryError, query_from_json, query_json
from centre.saved_views import SavedView
from storage.models import SavedViewRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class StoredViews:
    """Implements `centre.ports.SavedViews`."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def of(self, person_id: str) -> Sequence[SavedView]:
        """Return a person's views, in the order of their names; those that no longer read are left out."""
        query = select(SavedViewRow).where(
            SavedViewRow.tenant == self._tenant, SavedViewRow.person_id == person_id
        )
        rows = await self._session.scalars(
            query.order_by(SavedViewRow.key).execution_options(populate_existing=True)
        )
        views = []
        for row in rows:
            with suppress(UnreadableQueryError):  # written by a newer release
                views.append(SavedView(row.name, query_from_json(row.query)))
        return views

    async def put(self, person_id: str, view: SavedView) -> None:
        """Insert a view, or replace the person's own of the same name."""
        given = {"name": view.name, "query": query_json(view.query)}
        statement = insert_for(self._session, SavedViewRow).values(
            tenant=self._tenant, person_id=person_id, key=view.key, **given
        )
        by_key = [SavedViewRow.tenant, SavedViewRow.person_id, SavedViewRow.key]
        await self._session.execute(statement.on_conflict_do_update(index_elements=by_key, set_=given))

    async def delete(self, person_id: str, key: str) -> bool:
        """Delete a person's view by the key of its name; False when there is none."""
        statement = delete(SavedViewRow).where(
            SavedViewRow.tenant == self._tenant, SavedViewRow.person_id == person_id, SavedViewRow.key == key
        )
        return bool((await self._session.execute(statement.returning(SavedViewRow.key))).all())
