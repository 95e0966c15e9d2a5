"""Who waits for what, in one tenant."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from catalogue.offers import Run
from centre.interest import Counted, Interest
from storage.models import EnrolmentRow, InterestRow, OfferRow, RunRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

_FIELDS = [field.name for field in fields(Interest)]
_KEYS = frozenset({"tenant", "id"})
_RUN_FIELDS = [field.name for field in fields(Run)]


class StoredInterests:
    """Implements `centre.ports.Interests`."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def put(self, interest: Interest) -> None:
        """Insert an interest, or replace the one with its id."""
        values = {name: getattr(interest, name) for name in _FIELDS} | {"tenant": self._tenant}
        insert = insert_for(self._session, InterestRow).values(values)
        given = {name: insert.excluded[name] for name in _FIELDS if name not in _KEYS}
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=[InterestRow.tenant, InterestRow.id], set_=given)
        )

    async def get(self, interest_id: str) -> Interest | None:
        """Return the interest with this id."""
        return next(iter(await self._many(self._mine().where(InterestRow.id == interest_id))), None)

    async def drop(self, interest_id: str) -> None:
        """Delete an interest."""
        await self._session.execute(
            delete(InterestRow).where(InterestRow.tenant == self._tenant, InterestRow.id == interest_id),
            execution_options={"synchronize_session": False},
        )

    async def of_person(self, person_key: str) -> Sequence[Interest]:
        """Return what a person still waits for, newest first."""
        query = self._mine().where(InterestRow.person_id == person_key, InterestRow.told_at.is_(None))
        return await self._many(query.order_by(InterestRow.at.desc(), InterestRow.id))

    async def sent_to(self, leader_keys: Collection[str]) -> Sequence[Interest]:
        """Return the wishes that these leaders were sent, oldest first."""
        query = self._mine().where(InterestRow.leader_id.in_(leader_keys))
        return await self._many(query.order_by(InterestRow.at, InterestRow.id))

    async def offers_waited_for(self) -> frozenset[str]:
        """Return the codes of the offers that somebody waits for."""
        query = select(InterestRow.offer_code).where(
            InterestRow.tenant == self._tenant, InterestRow.offer_code != "", InterestRow.told_at.is_(None)
        )
        return frozenset(await self._session.scalars(query.distinct()))

    async def waiting_for(self, offer_codes: Collection[str]) -> Sequence[Interest]:
        """Return who waits for these offers, longest first."""
        query = self._mine().where(InterestRow.offer_code.in_(offer_codes), InterestRow.told_at.is_(None))
        return await self._many(query.order_by(InterestRow.at, InterestRow.id))

    async def counts(self) -> Sequence[Counted]:
        """Count who waits, by offer or topic and by area."""
        by = (InterestRow.offer_code, InterestRow.topic, InterestRow.area)
        query = select(*by, func.count()).where(InterestRow.tenant == self._tenant, InterestRow.told_at.is_(None))
        rows = await self._session.execute(query.group_by(*by).order_by(*by))
        return [Counted(*row) for row in rows]

    async def coming_runs(self, offer_code: str, today: date) -> Sequence[Run]:
        """Return an offer's runs that can still be signed up for, soonest first, and how their seats stand."""
        held = (
            select(func.count())
            .where(EnrolmentRow.tenant == RunRow.tenant, EnrolmentRow.run_code == RunRow.code)
            .where(EnrolmentRow.holds_seat)
            .correlate(RunRow)
            .scalar_subquery()
        )
        taken = (RunRow.taken + held).label("taken")
        query = (
            select(*(taken if name == "taken" else getattr(RunRow, name) for name in _RUN_FIELDS))
            .join(OfferRow, (OfferRow.tenant == RunRow.tenant) & (OfferRow.code == RunRow.offer_code))
            .where(RunRow.tenant == self._tenant, RunRow.offer_code == offer_code)
            .where(RunRow.retired.is_(False), OfferRow.retired.is_(False), RunRow.starts >= today)
            .order_by(RunRow.starts, RunRow.code)
        )
        found = [Run(*row) for row in await self._session.execute(query)]
        return [run for run in found if run.last_day >= today]

    def _mine(self) -> Select[InterestRow]:
        return select(InterestRow).where(InterestRow.tenant == self._tenant)

    async def _many(self, query: Select[InterestRow]) -> Sequence[Interest]:
        rows = await self._session.scalars(query.execution_options(populate_existing=True))
        return [Interest(**{name: getattr(row, name) for name in _FIELDS}) for row in rows]
