"""The database's clock: the one that all replicas share, so it alone decides about leases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.engines import POSTGRESQL

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


async def database_now(session: AsyncSession) -> datetime:
    """Return the time of the database in UTC; a SQLite file has one process, and that one's clock."""
    if session.get_bind().dialect.name == POSTGRESQL:
        moment: datetime = (await session.execute(text("SELECT statement_timestamp()"))).scalar_one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)
