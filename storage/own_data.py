"""What is kept about one person of a tenant (`centre.own_data`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from centre.enrolments import LIVE
from centre.own_data import OwnData
from centre.requests import CLOSED_STATUSES
from storage.models import (
    EnrolmentRow,
    InterestRow,
    PersonSettingsRow,
    PurposeRow,
    RequestRow,
    RunRow,
    SavedViewRow,
    is_open,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.retention import Retention


class StoredOwnData:
    """Implements `centre.ports.PeoplesData`."""

    def __init__(self, session: AsyncSession, tenant: str, retention: Retention) -> None:
        self._session = session
        self._tenant = tenant
        self._retention = retention

    async def of(self, person_id: str, today: date) -> OwnData:
        """Count what is kept about a person."""
        mine = RequestRow.tenant == self._tenant, RequestRow.requester_id == person_id
        enrolled = EnrolmentRow.tenant == self._tenant, EnrolmentRow.person_id == person_id
        return OwnData(
            requests=await self._count(select(RequestRow.id).where(*mine)),
            open_requests=await self._count(select(RequestRow.id).where(*mine, is_open(RequestRow.status))),
            courses=await self._count(select(EnrolmentRow.id).where(*enrolled)),
            coming_courses=await self._count(self._coming(person_id, today)),
            purposes=await self._count(self._own_purposes(person_id, today)),
            interests=await self._count(select(InterestRow.id).where(*self._of_interests(person_id))),
            saved_views=await self._count(select(SavedViewRow.key).where(*self._of_views(person_id))),
        )

    async def forget(self, person_id: str, today: date) -> None:
        """Take out everything of a person's own that is finished; the rest stays (`centre.own_data`)."""
        closed = select(RequestRow.id).where(
            RequestRow.tenant == self._tenant,
            RequestRow.requester_id == person_id,
            RequestRow.status.in_(CLOSED_STATUSES),
        )
        if requests := list(await self._session.scalars(closed)):
            await self._retention.forget_requests(requests)
        if agreed := list(await self._session.scalars(self._own_purposes(person_id, today))):
            await self._retention.drop_purposes(agreed)
        await self._session.execute(delete(InterestRow).where(*self._of_interests(person_id)))
        await self._session.execute(delete(SavedViewRow).where(*self._of_views(person_id)))
        await self._session.execute(
            delete(PersonSettingsRow).where(
                PersonSettingsRow.tenant == self._tenant, PersonSettingsRow.person_id == person_id
            )
        )

    def _coming(self, person_id: str, today: date) -> Select[str]:
        """The person's enrolments on runs that are not over."""
        run = (RunRow.tenant == EnrolmentRow.tenant) & (RunRow.code == EnrolmentRow.run_code)
        return (
            select(EnrolmentRow.id)
            .join(RunRow, run)
            .where(
                EnrolmentRow.tenant == self._tenant,
                EnrolmentRow.person_id == person_id,
                EnrolmentRow.status.in_(LIVE),
                RunRow.ends >= today,
            )
        )

    def _own_purposes(self, person_id: str, today: date) -> Select[str]:
        """The person's agreements about courses that are over or were left."""
        return (
            select(EnrolmentRow.id)
            .join(
                PurposeRow,
                (PurposeRow.tenant == EnrolmentRow.tenant) & (PurposeRow.enrolment_id == EnrolmentRow.id),
            )
            .where(
                EnrolmentRow.tenant == self._tenant,
                EnrolmentRow.person_id == person_id,
                EnrolmentRow.id.not_in(self._coming(person_id, today)),
            )
        )

    def _of_interests(self, person_id: str) -> tuple[ColumnElement[bool], ...]:
        return InterestRow.tenant == self._tenant, InterestRow.person_id == person_id

    def _of_views(self, person_id: str) -> tuple[ColumnElement[bool], ...]:
        return SavedViewRow.tenant == self._tenant, SavedViewRow.person_id == person_id

    async def _count(self, query: Select[str]) -> int:
        return await self._session.scalar(select(func.count()).select_from(query.subquery())) or 0
