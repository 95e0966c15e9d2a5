"""The way into the outbox: who must hear what is written in the transaction that causes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.clock import database_now
from storage.models import DeliveryStatus, NoticeRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from centre.notices import Notice

# Whoever cannot be told within two weeks has heard it in another way; an old notice only confuses.
LIFETIME = timedelta(days=14)


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
