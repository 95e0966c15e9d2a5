"""How fast a lane of the outbox may go: kept in the database, because replicas take turns on one lane.

Teams takes from a bot, per thread, at most 7 requests in a second, 8 in two, 60 in 30 and 1800 in an hour
(https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). Whoever acknowledges a notice says
how many requests it took, and the lane's next notice cannot be claimed until that is paid for:

- `spacing` for each request, counted from the acknowledgement, which is later than the request itself. So at most
  two notices begin in a second, four in two and 51 in 30; what is left of the limits is for a notice's own
  retries, whose pauses grow (`bot/delivery.py`), and for answers in a chat.
- `cost` for each request, of which `allowance` may be owed: a burst of 133 goes at that pace, and an hour never
  sees more than (3600 + 300) / 2.25 = 1733.

What a process sent that was killed before it could say so is never counted. It need not be: its lease is longer
than all of that takes to be paid for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.models import LaneRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class LanePace:
    """How much each request holds up its lane, what it costs, and how much of that may be owed."""

    spacing: timedelta
    cost: timedelta
    allowance: timedelta


TEAMS = LanePace(timedelta(seconds=0.6), timedelta(seconds=2.25), timedelta(minutes=5))


async def charge(
    session: AsyncSession, pace: LanePace, tenant: str, audience: str, requests: int, now: datetime
) -> None:
    """Count requests that were made for a lane, in the transaction that acknowledges them.

    Only the holder of the lease of a lane's head writes its row, so nobody waits for anybody here.
    """
    lane = await session.get(LaneRow, (tenant, audience))
    if lane is None:
        lane = LaneRow(tenant=tenant, audience=audience, ready_at=now, paid_until=now)
        session.add(lane)
    lane.paid_until = max(lane.paid_until, now) + requests * pace.cost
    lane.ready_at = max(lane.ready_at, now + requests * pace.spacing, lane.paid_until - pace.allowance)
    await session.flush()
