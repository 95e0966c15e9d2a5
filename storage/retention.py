"""Taking out of one tenant's rows what is kept longer than its rule allows (`centre.retention`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, tuple_, update

from catalogue.text import fold
from centre.enrolments import LIVE
from centre.requests import CLOSED_STATUSES, CaseNumber
from centre.retention import Due, Kept
from storage.models import (
    EnrolmentEventRow,
    EnrolmentRow,
    InterestRow,
    PurposeRow,
    RequestEventRow,
    RequestRow,
    RequestWordRow,
    RunRow,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute

FORGOTTEN = "forgotten:"
"""What the person of an enrolment is called when nobody is to know them any more; the enrolment's id follows."""


class Retention:
    """What is too old in one tenant."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def due(self, kept: Kept, before: datetime) -> Due:
        """Count what is older."""
        ids, moment = self._older(kept, before)
        found = ids.add_columns(moment.label("moment")).subquery()
        number, oldest = (await self._session.execute(select(func.count(), func.min(found.c.moment)))).one()
        return Due(kept, number, oldest)

    async def clean(self, kept: Kept, before: datetime, limit: int) -> int:
        """Take out at most so much of what is older; return how much it was. Replicas take different rows."""
        ids, moment = self._older(kept, before)
        chosen = list(
            await self._session.scalars(ids.order_by(moment).limit(limit).with_for_update(skip_locked=True))
        )
        if chosen:
            match kept:
                case Kept.REQUESTS:
                    await self.forget_requests(chosen)
                case Kept.ENROLMENTS:
                    await self._forget_enrolments(chosen)
                case Kept.PURPOSES:
                    await self.drop_purposes(chosen)
                case Kept.INTERESTS:
                    await self._session.execute(
                        delete(InterestRow).where(InterestRow.tenant == self._tenant, InterestRow.id.in_(chosen))
                    )
        return len(chosen)

    def _older(self, kept: Kept, before: datetime) -> tuple[Select[str], InstrumentedAttribute[datetime]]:
        """Return the ids of what is too old, and when each was last of use."""
        match kept:
            case Kept.REQUESTS:
                conditions: list[ColumnElement[bool]] = [
                    RequestRow.tenant == self._tenant,
                    RequestRow.status.in_(CLOSED_STATUSES),
                    RequestRow.changed_at < before,
                    RequestRow.requester_id != "",
                ]
                return select(RequestRow.id).where(*conditions), RequestRow.changed_at
            case Kept.ENROLMENTS:
                known = ~EnrolmentRow.person_id.startswith(FORGOTTEN)
                return self._over(before).where(known), EnrolmentRow.changed_at
            case Kept.PURPOSES:
                agreed = (PurposeRow.tenant == EnrolmentRow.tenant) & (PurposeRow.enrolment_id == EnrolmentRow.id)
                return self._over(before).join(PurposeRow, agreed), EnrolmentRow.changed_at
            case Kept.INTERESTS:
                mine = InterestRow.tenant == self._tenant
                return select(InterestRow.id).where(mine, InterestRow.at < before), InterestRow.at

    def _over(self, before: datetime) -> Select[str]:
        """Enrolments whose run is over, or that came to nothing, for so long."""
        run = (RunRow.tenant == EnrolmentRow.tenant) & (RunRow.code == EnrolmentRow.run_code)
        return (
            select(EnrolmentRow.id)
            .join(RunRow, run)
            .where(
                EnrolmentRow.tenant == self._tenant,
                EnrolmentRow.changed_at < before,
                (RunRow.ends < before.date()) | EnrolmentRow.status.not_in(LIVE),
            )
        )

    async def forget_requests(self, ids: list[str]) -> None:
        """Leave what was asked for, where and when; take out who asked and what they wrote."""
        mine = RequestRow.tenant == self._tenant, RequestRow.id.in_(ids)
        kept = (RequestRow.id, RequestRow.year, RequestRow.serial, RequestRow.topic, RequestRow.department)
        rows = (await self._session.execute(select(*kept, RequestRow.offer_title).where(*mine))).all()
        for row in rows:
            number = str(CaseNumber(row.year, row.serial))
            await self._session.execute(
                update(RequestRow)
                .where(RequestRow.tenant == self._tenant, RequestRow.id == row.id)
                .values(
                    requester_id="",
                    requester_name="",
                    on_behalf_of="",
                    need="",
                    purpose="",
                    time_words="",
                    assignee_id="",
                    assignee_name="",
                    search_text=fold(f"{number} {row.topic} {row.department} {row.offer_title}"),
                    search_requester=fold(row.department),
                    words_version=0,  # its words are written anew (`storage.search_index`)
                    version=RequestRow.version + 1,
                )
                .execution_options(synchronize_session=False)
            )
        numbers = [(row.year, row.serial) for row in rows]
        await self._session.execute(
            delete(RequestWordRow).where(
                RequestWordRow.tenant == self._tenant,
                tuple_(RequestWordRow.year, RequestWordRow.serial).in_(numbers),
            )
        )
        await self._session.execute(
            update(RequestEventRow)
            .where(RequestEventRow.tenant == self._tenant, RequestEventRow.request_id.in_(ids))
            .values(actor_id="", actor_name="", detail={})
        )

    async def _forget_enrolments(self, ids: list[str]) -> None:
        """Leave which run it was and what came of it; take out whose it was."""
        await self.drop_purposes(ids)
        await self._session.execute(
            update(EnrolmentRow)
            .where(EnrolmentRow.tenant == self._tenant, EnrolmentRow.id.in_(ids))
            .values(
                person_id=FORGOTTEN + EnrolmentRow.id,
                person_name="",
                leader_id="",
                leader_name="",
                signed_up_by="",
                version=EnrolmentRow.version + 1,
            )
            .execution_options(synchronize_session=False)
        )
        await self._session.execute(
            update(EnrolmentEventRow)
            .where(EnrolmentEventRow.tenant == self._tenant, EnrolmentEventRow.enrolment_id.in_(ids))
            .values(actor_id="", actor_name="", detail={})
        )

    async def drop_purposes(self, ids: list[str]) -> None:
        """Delete the agreements of these enrolments."""
        await self._session.execute(
            delete(PurposeRow).where(PurposeRow.tenant == self._tenant, PurposeRow.enrolment_id.in_(ids))
        )
