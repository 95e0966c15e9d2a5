"""The way into the outbox: who must hear what is written in the transaction that causes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_, select, union_all
from sqlalchemy.orm import aliased

from centre.notices import QUEUE, Undelivered
from storage.clock import database_now
from storage.models import DeliveryStatus, NoticeRow, stuck, undelivered, unfinished
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from centre.notices import Notice

# Whoever cannot be told within two weeks has heard it in another way; an old notice only confuses.
LIFETIME = timedelta(days=14)
MOST_UNDELIVERED = 500


class StoredNotices:
    """Implements `centre.ports.Notices`. `added` counts the new rows of this transaction."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant
        self.added = 0

    async def add(self, notice: Notice) -> None:
        """Write a notice into the running transaction; one with a known `dedup_key` is left as it is."""
        now = await database_now(self._session)
        due = max(notice.due or now, now)  # never ahead of what its lane already delivers
        statement = insert_for(self._session, NoticeRow).values(
            tenant=self._tenant,
            audience=notice.audience,
            kind=notice.kind,
            request_id=notice.request_id,
            event_id=notice.event_id,
            enrolment_id=notice.enrolment_id,
            interest_id=notice.interest_id,
            dedup_key=notice.dedup_key,
            created=now,
            due=due,
            expires=due + LIFETIME,
            status=DeliveryStatus.PENDING,
            not_before=due,
            attempts=0,
            token=0,
            last_error="",
        )
        is_known = [NoticeRow.tenant, NoticeRow.dedup_key]
        new = await self._session.execute(
            statement.on_conflict_do_nothing(index_elements=is_known).returning(NoticeRow.id)
        )
        self.added += len(new.all())

    async def cases_waiting_for(self, audience: str) -> frozenset[str]:
        """Return the ids of the cases that somebody should have been told of by now and was not yet."""
        query = select(NoticeRow.request_id).where(
            NoticeRow.tenant == self._tenant,
            NoticeRow.audience == audience,
            unfinished(NoticeRow.status),
            NoticeRow.due <= await database_now(self._session),
        )
        return frozenset(await self._session.scalars(query.distinct()))

    async def undelivered(self, request_id: str = "") -> Sequence[Undelivered]:
        """What people (of one case, or of all) should have been told by now and were not, oldest first.

        Everything in a lane waits whose head waits. What failed is forgotten when it would have expired.
        """
        now = await database_now(self._session)
        found = self._of_case(request_id, now) if request_id else self._stuck(now)
        rows = await self._session.execute(found.limit(MOST_UNDELIVERED))
        return [
            Undelivered(audience, case, status is not DeliveryStatus.DEAD) for audience, case, status in rows.all()
        ]

    def _of_case(self, request_id: str, now: datetime) -> Select[str, str, DeliveryStatus]:
        """By the index of a case's undelivered notices: there are few."""
        head = aliased(NoticeRow)
        lane_waits = exists().where(
            head.tenant == NoticeRow.tenant,
            head.audience == NoticeRow.audience,
            unfinished(head.status),
            head.status == DeliveryStatus.WAITING,
        )
        waits = and_(NoticeRow.status != DeliveryStatus.DEAD, lane_waits)
        failed = and_(NoticeRow.status == DeliveryStatus.DEAD, NoticeRow.expires > now)
        query = self._told_by(now, NoticeRow.request_id == request_id, undelivered(NoticeRow.status))
        return query.where(or_(waits, failed)).order_by(NoticeRow.id)

    def _stuck(self, now: datetime) -> Select[str, str, DeliveryStatus]:
        """By the index of what is stuck, and by the lanes of what waits; never past all that is to come."""
        mine = and_(NoticeRow.tenant == self._tenant, stuck(NoticeRow.status))
        waiting = select(NoticeRow.audience).where(mine, NoticeRow.status == DeliveryStatus.WAITING)
        waits = self._told_by(now, unfinished(NoticeRow.status), NoticeRow.audience.in_(waiting))
        failed = self._told_by(
            now, stuck(NoticeRow.status), NoticeRow.status == DeliveryStatus.DEAD, NoticeRow.expires > now
        )
        both = union_all(waits.add_columns(NoticeRow.id), failed.add_columns(NoticeRow.id)).subquery()
        return select(both.c.audience, both.c.request_id, both.c.status).order_by(both.c.id)

    def _told_by(self, now: datetime, *conditions: ColumnElement[bool]) -> Select[str, str, DeliveryStatus]:
        """What people, not channels, should have been told of cases by now."""
        return select(NoticeRow.audience, NoticeRow.request_id, NoticeRow.status).where(
            NoticeRow.tenant == self._tenant,
            NoticeRow.request_id != "",
            NoticeRow.due <= now,
            ~NoticeRow.audience.startswith(QUEUE),
            *conditions,
        )
