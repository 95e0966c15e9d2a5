"""The outbox: notices that were committed with their cause, handed to whoever delivers them.

A lane is one audience of one tenant. Only the head of a lane (lowest `due`, then `id`) can be claimed, so that
notices arrive in order and each reader has one delivery in flight across all replicas; a head that has to wait
holds its lane. A claim is a lease: a row that nobody acknowledged in time can be claimed again.

How fast a lane may go is kept with it (`storage/lanes.py`), so that replicas that take turns on one lane never
send a reader more than Teams allows.

| column | what it says |
|---|---|
| `due` | when the notice is meant for, never changed: it is the order of the lane |
| `not_before` | when it may be touched next: `due`, the end of a pause, or the end of the lease |
| `status` | pending, sending (leased), waiting (the reader has no bot), sent, dead (somebody has to look) |
| `attempts` | claims that were tries; a claim that ended with a dead process counts |
| `token` | counts the claims; whoever acknowledges an older one is not heard |
| `expires` | afterwards it is not worth telling |

A remote call without an idempotency key cannot be made exactly once: what was in flight when a process died is
delivered again. So whatever a notice leads to has to be harmless twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, func, select, tuple_, update
from sqlalchemy.orm import aliased

from centre.notices import Notice, NoticeKind
from storage.clock import database_now
from storage.lanes import TEAMS, LanePace, charge
from storage.models import DeliveryStatus, LaneRow, NoticeRow, stuck, undelivered, unfinished
from storage.wake import announce

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from storage.database import Database

# Longer than any delivery with its retries within the connector, short enough to be noticed by nobody.
LEASE = timedelta(seconds=60)
# With the notifier's exponential pauses this is about a day of trying.
MAX_ATTEMPTS = 8
# A lane is woken when the reader installs the bot; this finds an installation that was missed.
WAITING_RECHECK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice to deliver now. `attempts` counts this one too; `token` proves the lease.

    `waited` says that it was parked before, because its reader had no bot.
    """

    id: int
    tenant: str
    notice: Notice
    attempts: int
    token: int
    waited: bool = False


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A notice that nobody will deliver any more, with the last reason."""

    id: int
    tenant: str
    notice: Notice
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Depth:
    """How much is in the outbox: `due` are ready or being delivered, `later` are timers and pauses."""

    due: int = 0
    later: int = 0
    waiting: int = 0
    dead: int = 0


class Outbox:
    """What the notifier takes its work from. Every call is a short transaction of its own.

    Acknowledgements return False when the lease was lost: somebody else has the notice by then. One that raises
    DatabaseUnavailableError has to be tried again; the delivery itself did happen.
    """

    def __init__(self, database: Database, *, lease: timedelta = LEASE, pace: LanePace | None = TEAMS) -> None:
        """Open it.

        Args:
            database: Where it is.
            lease: How long a claimed notice is nobody else's.
            pace: How fast a lane may go; None as fast as it can.
        """
        self._database = database
        self._lease = lease
        self._pace = pace

    async def claim(self, limit: int) -> list[Claimed]:
        """Lease up to `limit` notices that are due, each the head of a lane that may go on.

        A head that expired or had its attempts dies here, which frees its lane for the next claim.
        """
        async with self._database.session() as session:
            now = await database_now(session)
            heads = (
                _heads()
                .where(NoticeRow.not_before <= now, ~_paced(now))
                .limit(limit)
                .with_for_update(of=NoticeRow, skip_locked=True)
            )
            rows = (await session.scalars(heads)).all()
            claimed = [self._lease_out(row, now) for row in rows if not _died(row, now)]
            await session.commit()
            return claimed

    async def sent(self, claimed: Claimed, requests: int = 1, *, together_with: Collection[Claimed] = ()) -> bool:
        """The reader has it. `requests` is what it took; `together_with` was told in the same message."""
        return await self._acknowledge(claimed, requests, together_with, status=DeliveryStatus.SENT, last_error="")

    async def drop(self, claimed: Claimed, reason: str) -> bool:
        """There is nothing to tell any more; nobody has to look."""
        return await self._acknowledge(claimed, 0, status=DeliveryStatus.SENT, last_error=f"dropped: {reason}")

    async def retry(
        self,
        claimed: Claimed,
        after_seconds: float,
        error: str,
        *,
        requests: int = 1,
        counts_as_attempt: bool = True,
    ) -> bool:
        """Try again after a pause, which holds the whole lane; dead instead if that was the last attempt.

        An answer like "too many requests" (429) is no attempt: nothing is wrong with the notice.
        """
        if counts_as_attempt and claimed.attempts >= MAX_ATTEMPTS:
            return await self.dead(claimed, error, requests)
        return await self._acknowledge(
            claimed,
            requests,
            pause=timedelta(seconds=after_seconds),
            status=DeliveryStatus.PENDING,
            attempts=claimed.attempts if counts_as_attempt else claimed.attempts - 1,
            last_error=error,
        )

    async def give_back(self, claimed: Claimed) -> bool:
        """The reader was told nothing, and it was no attempt: another replica may go on at once."""
        return await self._acknowledge(
            claimed,
            0,
            pause=timedelta(),
            wake=True,
            status=DeliveryStatus.WAITING if claimed.waited else DeliveryStatus.PENDING,
            attempts=claimed.attempts - 1,
        )

    async def wait(self, claimed: Claimed, reason: str, requests: int = 0) -> bool:
        """The reader has no bot installed: park the lane until `wake_lane`."""
        return await self._acknowledge(
            claimed,
            requests,
            pause=WAITING_RECHECK,
            status=DeliveryStatus.WAITING,
            attempts=claimed.attempts - 1,
            last_error=reason,
        )

    async def dead(self, claimed: Claimed, error: str, requests: int = 1) -> bool:
        """It cannot be delivered; the next of the lane may go."""
        return await self._acknowledge(claimed, requests, status=DeliveryStatus.DEAD, last_error=error)

    async def due_with(self, claimed: Claimed, kind: NoticeKind) -> list[Claimed]:
        """Return what of a kind is due behind a claimed notice in its lane, oldest first.

        Nobody else can take it while the head is leased, so it can be told with the head and acknowledged with it.
        """
        async with self._database.session(read_only=True) as session:
            query = select(NoticeRow).where(
                NoticeRow.tenant == claimed.tenant,
                NoticeRow.audience == claimed.notice.audience,
                NoticeRow.kind == kind,
                unfinished(NoticeRow.status),
                NoticeRow.not_before <= await database_now(session),
                NoticeRow.id != claimed.id,
            )
            rows = await session.scalars(query.order_by(NoticeRow.due, NoticeRow.id))
            return [Claimed(row.id, row.tenant, _notice(row), row.attempts, row.token) for row in rows]

    async def wake_lane(self, tenant: str, audience: str) -> None:
        """Deliver at once what waited for this reader."""
        async with self._database.session() as session:
            await session.execute(
                update(NoticeRow)
                .where(
                    NoticeRow.tenant == tenant,
                    NoticeRow.audience == audience,
                    NoticeRow.status == DeliveryStatus.WAITING,
                )
                .values(not_before=await database_now(session))
            )
            await session.commit()
        self._database.wake.now()

    async def next_due(self) -> datetime | None:
        """When `claim` may find something, in UTC by the real clock; it may be in the past.

        None: the outbox is empty.
        """
        async with self._database.session(read_only=True) as session:
            now = await database_now(session)
            row = await session.scalar(_heads().where(~_paced(now)).limit(1))
            resumes = await session.scalar(select(func.min(LaneRow.ready_at)).where(LaneRow.ready_at > now))
            moments = [moment for moment in (row.not_before if row else None, resumes) if moment]
            return min(moments) - self._database.clock_offset if moments else None

    async def depth(self) -> Depth:
        """Count what is not delivered, over all tenants."""
        async with self._database.session(read_only=True) as session:
            now = await database_now(session)
            ready = (NoticeRow.not_before <= now).label("ready")
            counts = await session.execute(
                select(NoticeRow.status, ready, func.count())
                .where(undelivered(NoticeRow.status))
                .group_by(NoticeRow.status, ready)
            )
            return _depth([(status, is_ready, count) for status, is_ready, count in counts])

    async def overdue(self) -> timedelta:
        """How long ago the oldest notice that somebody can still be told was due; zero when none is late."""
        async with self._database.session(read_only=True) as session:
            now = await database_now(session)
            underway = NoticeRow.status != DeliveryStatus.WAITING
            oldest = await session.scalar(
                select(func.min(NoticeRow.due)).where(unfinished(NoticeRow.status), underway)
            )
            return max(timedelta(), now - oldest) if oldest else timedelta()

    async def dead_letters(self, limit: int) -> list[DeadLetter]:
        """The latest notices that could not be delivered, newest first."""
        async with self._database.session(read_only=True) as session:
            query = select(NoticeRow).where(stuck(NoticeRow.status), NoticeRow.status == DeliveryStatus.DEAD)
            rows = await session.scalars(query.order_by(NoticeRow.id.desc()).limit(limit))
            return [DeadLetter(row.id, row.tenant, _notice(row), row.attempts, row.last_error) for row in rows]

    async def purge(self, older_than: datetime) -> int:
        """Delete what was sent or died and was due before this moment; return how many rows."""
        async with self._database.session() as session:
            connection = await session.connection()
            finished = NoticeRow.status.in_([DeliveryStatus.SENT, DeliveryStatus.DEAD])
            gone = await connection.execute(delete(NoticeRow).where(finished, NoticeRow.due < older_than))
            await connection.execute(delete(LaneRow).where(LaneRow.paid_until < older_than))
            await session.commit()
            return gone.rowcount

    def _lease_out(self, row: NoticeRow, now: datetime) -> Claimed:
        waited = row.status is DeliveryStatus.WAITING
        row.status = DeliveryStatus.SENDING
        row.attempts += 1
        row.token += 1
        row.not_before = now + self._lease
        return Claimed(row.id, row.tenant, _notice(row), row.attempts, row.token, waited)

    async def _acknowledge(
        self,
        claimed: Claimed,
        requests: int,
        together_with: Collection[Claimed] = (),
        *,
        pause: timedelta | None = None,
        wake: bool = False,
        **values: Any,
    ) -> bool:
        async with self._database.session() as session:
            now = await database_now(session)
            if pause is not None:
                values["not_before"] = now + pause
            connection = await session.connection()
            changed = await connection.execute(
                update(NoticeRow)
                .where(
                    NoticeRow.id == claimed.id,
                    NoticeRow.token == claimed.token,
                    NoticeRow.status == DeliveryStatus.SENDING,
                )
                .values(**values)
            )
            if changed.rowcount and together_with:
                others = [other.id for other in together_with]
                await connection.execute(update(NoticeRow).where(NoticeRow.id.in_(others)).values(**values))
            if requests and self._pace:
                await charge(session, self._pace, claimed.tenant, claimed.notice.audience, requests, now)
            if wake:
                await announce(session)
            await session.commit()
            return changed.rowcount == 1


def _heads() -> Select[NoticeRow]:
    """The first unfinished notice of every lane, the one that is ready first on top."""
    earlier = aliased(NoticeRow)
    is_behind = exists().where(
        and_(
            earlier.tenant == NoticeRow.tenant,
            earlier.audience == NoticeRow.audience,
            unfinished(earlier.status),
            tuple_(earlier.due, earlier.id) < tuple_(NoticeRow.due, NoticeRow.id),
        )
    )
    return (
        select(NoticeRow)
        .where(unfinished(NoticeRow.status), ~is_behind)
        .order_by(NoticeRow.not_before, NoticeRow.id)
    )


def _paced(now: datetime) -> ColumnElement[bool]:
    """Whether a notice's lane has to wait, because its reader was sent enough for now."""
    return exists().where(
        LaneRow.tenant == NoticeRow.tenant, LaneRow.audience == NoticeRow.audience, LaneRow.ready_at > now
    )


def _died(row: NoticeRow, now: datetime) -> bool:
    if row.expires <= now:
        row.last_error = f"expired {row.expires:%Y-%m-%d %H:%M} UTC; {row.last_error}".rstrip("; ")
    elif row.attempts >= MAX_ATTEMPTS:
        row.last_error = row.last_error or "every process that tried to deliver it died"
    else:
        return False
    row.status = DeliveryStatus.DEAD
    return True


def _notice(row: NoticeRow) -> Notice:
    ids = {"enrolment_id": row.enrolment_id, "interest_id": row.interest_id}
    return Notice(row.kind, row.audience, row.request_id, row.dedup_key, row.due, row.event_id, **ids)


def _depth(counts: Sequence[tuple[DeliveryStatus, bool, int]]) -> Depth:
    """Add up (status, whether it is ready, how many)."""

    def total(*kinds: tuple[DeliveryStatus, bool]) -> int:
        return sum(count for status, ready, count in counts if (status, ready) in kinds)

    due = total((DeliveryStatus.PENDING, True), (DeliveryStatus.SENDING, True), (DeliveryStatus.SENDING, False))
    return Depth(
        due=due,
        later=total((DeliveryStatus.PENDING, False)),
        waiting=total((DeliveryStatus.WAITING, True), (DeliveryStatus.WAITING, False)),
        dead=total((DeliveryStatus.DEAD, True), (DeliveryStatus.DEAD, False)),
    )
