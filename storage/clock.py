"""The database's clock: the one that all replicas share, so it alone decides about leases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.engines import POSTGRESQL

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy.ext.asyncio import AsyncSession


CLOCK_OFFSET = "clock_offset"


async def database_now(session: AsyncSession) -> datetime:
    """Return the time of the database in UTC, plus the offset by which a test travels in time.

    A SQLite file has one process, so that one's clock is the database's.
    """
    offset: timedelta = session.info[CLOCK_OFFSET]
    if session.get_bind().dialect.name == POSTGRESQL:
        moment: datetime = (await session.execute(text("SELECT statement_timestamp()"))).scalar_one()
        return moment.astimezone(UTC) + offset
    return datetime.now(UTC) + offset
