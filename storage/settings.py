"""When people want to be told, and who stands in for them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from centre.settings import PersonSettings
from storage.models import PersonSettingsRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

_FIELDS = [field.name for field in fields(PersonSettings)]


class StoredSettings:
    """Implements `centre.ports.PeoplesSettings`."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def of(self, people: Collection[str]) -> Mapping[str, PersonSettings]:
        """Return the settings of those of these people who chose any."""
        if not people:
            return {}
        query = select(PersonSettingsRow).where(
            PersonSettingsRow.tenant == self._tenant, PersonSettingsRow.person_id.in_(people)
        )
        rows = await self._session.scalars(query, execution_options={"populate_existing": True})
        return {row.person_id: PersonSettings(**{name: getattr(row, name) for name in _FIELDS}) for row in rows}

    async def stood_in_for_by(self, person_id: str, today: date) -> Collection[str]:
        """Return the ids of those who are away today and whose stand-in this person is."""
        query = select(PersonSettingsRow.person_id).where(
            PersonSettingsRow.tenant == self._tenant,
            PersonSettingsRow.stand_in_id == person_id,
            away_on(today),
        )
        return frozenset(await self._session.scalars(query))

    async def save(self, settings: PersonSettings) -> None:
        """Insert or update one person's settings."""
        chosen = {name: getattr(settings, name) for name in _FIELDS}
        statement = insert_for(self._session, PersonSettingsRow).values(tenant=self._tenant, **chosen)
        keys = [PersonSettingsRow.tenant, PersonSettingsRow.person_id]
        await self._session.execute(statement.on_conflict_do_update(index_elements=keys, set_=chosen))


def away_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Tell whether a row of the settings is of somebody who is away that day."""
    return and_(
        PersonSettingsRow.away_until >= day,
        or_(PersonSettingsRow.away_from.is_(None), PersonSettingsRow.away_from <= day),
    )
