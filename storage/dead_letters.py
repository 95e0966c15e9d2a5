"""Notices that were not delivered, for somebody to look at and to send again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select, update

from storage.clock import database_now
from storage.models import DeliveryStatus, NoticeRow, stuck
from storage.notices import LIFETIME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from centre.notices import NoticeKind


@dataclass(frozen=True, slots=True)
class Stuck:
    """A notice that waits for its reader (`dead` is False) or that nobody tries to deliver any more."""

    id: int
    kind: NoticeKind
    audience: str
    request_id: str
    due: datetime
    attempts: int
    error: str
    dead: bool


class DeadLetters:
    """What is stuck in one tenant's outbox."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def stuck(self, limit: int) -> Sequence[Stuck]:
        """Return what waits for its reader or is dead, oldest first."""
        query = select(NoticeRow).where(NoticeRow.tenant == self._tenant, stuck(NoticeRow.status))
        rows = await self._session.scalars(query.order_by(NoticeRow.id).limit(limit))
        return [
            Stuck(
                row.id,
                row.kind,
                row.audience,
                row.request_id,
                row.due,
                row.attempts,
                row.last_error,
                row.status is DeliveryStatus.DEAD,
            )
            for row in rows
        ]

    async def retry(self, notice_id: int) -> bool:
        """Deliver a stuck notice anew, with all its attempts; False when there is none with this number."""
        return bool(await self._retry(NoticeRow.id == notice_id))

    async def retry_all(self) -> int:
        """Deliver everything stuck anew; return how many."""
        return await self._retry()

    async def _retry(self, *conditions: ColumnElement[bool]) -> int:
        now = await database_now(self._session)
        connection = await self._session.connection()
        changed = await connection.execute(
            update(NoticeRow)
            .where(
                NoticeRow.tenant == self._tenant,
                stuck(NoticeRow.status),
                *conditions,
            )
            .values(status=DeliveryStatus.PENDING, attempts=0, not_before=now, expires=now + LIFETIME)
        )
        return changed.rowcount
