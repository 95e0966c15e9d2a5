"""The pace of a lane: kept in the database, so that it does not matter which replica sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from centre.notices import QUEUE, Notice, NoticeKind
from storage import Database
from storage.lanes import TEAMS
from storage.models import LaneRow
from storage.outbox import LEASE, Outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

TENANT = "tenant-1"
BEGINNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
TICK = 0.05
"""Seconds between two looks at the outbox."""


async def write(
    database: Database, count: int, lane: str = "anna", kind: NoticeKind = NoticeKind.CASE_EVENT
) -> None:
    async with database.unit_of_work(TENANT) as work:
        for number in range(count):
            await work.notices.add(Notice(kind, lane, f"case-{number}", f"{kind}:{lane}:{number}"))
        await work.commit()


def it_is(seconds: float, *databases: Database) -> None:
    for database in databases:
        database.clock_offset = BEGINNING + timedelta(seconds=seconds) - datetime.now(UTC)


async def test_two_replicas_that_take_turns_keep_the_pace_of_one(database_url: str, database_kind: str) -> None:
    databases = [await Database.open(database_url) for _ in range(1 if database_kind == "sqlite" else 2)]
    outboxes = [Outbox(database) for database in databases]
    it_is(-10, *databases)
    await write(databases[0], 6)
    began: list[datetime] = []
    ended: list[datetime] = []
    for tick in range(100):
        it_is(tick * TICK, *databases)
        for database, outbox in zip(databases, outboxes, strict=True):
            for claimed in await outbox.claim(5):
                began.append(datetime.now(UTC) + database.clock_offset)
                ended.append(datetime.now(UTC) + database.clock_offset)
                await outbox.sent(claimed)
    assert len(began) == 6
    for end, begin in zip(ended, began[1:], strict=False):
        assert begin - end >= TEAMS.spacing
    for database in databases:
        await database.close()


async def test_what_a_notice_took_is_paid_for_before_the_next(database: Database) -> None:
    outbox = Outbox(database)
    it_is(-10, database)
    await write(database, 2)
    it_is(0, database)
    [claimed] = await outbox.claim(5)
    await outbox.sent(claimed, requests=5)
    it_is(5 * TEAMS.spacing.total_seconds() - 0.5, database)
    assert await outbox.claim(5) == []
    assert await outbox.next_due() is not None
    it_is(5 * TEAMS.spacing.total_seconds() + 0.5, database)
    assert len(await outbox.claim(5)) == 1


async def test_a_lane_that_never_rests_slows_down_to_what_an_hour_allows(database: Database) -> None:
    outbox = Outbox(database)
    it_is(-10, database)
    await write(database, 2)
    it_is(0, database)
    [claimed] = await outbox.claim(5)
    await outbox.sent(claimed, requests=1000)
    waits = (1000 * TEAMS.cost - TEAMS.allowance).total_seconds()
    it_is(waits - 5, database)
    assert await outbox.claim(5) == []
    it_is(waits + 5, database)
    assert len(await outbox.claim(5)) == 1


async def test_a_lane_does_not_hold_up_another(database: Database) -> None:
    outbox = Outbox(database)
    await write(database, 2, "anna")
    await write(database, 1, "bo")
    [first] = await outbox.claim(1)
    await outbox.sent(first, requests=8)
    assert [claimed.notice.audience for claimed in await outbox.claim(5)] == ["bo"]


def test_a_killed_process_is_out_of_its_lease_later_than_its_requests_count() -> None:
    """The lease pays for what nobody could count: ten requests, twice as many as one delivery tries."""
    assert 10 * TEAMS.cost < LEASE
    assert 10 * TEAMS.spacing < LEASE


async def test_silent_lanes_are_forgotten(database: Database) -> None:
    outbox = Outbox(database)
    await write(database, 1)
    [claimed] = await outbox.claim(1)
    await outbox.sent(claimed)
    await outbox.purge(datetime.now(UTC) + timedelta(days=1))
    async with database.session(read_only=True) as session:
        assert (await session.scalars(select(LaneRow))).all() == []


async def test_a_digest_takes_along_what_is_due_behind_it_and_all_is_acknowledged_at_once(
    database: Database,
) -> None:
    outbox = Outbox(database, pace=None)
    await write(database, 3, kind=NoticeKind.CASE_DIGEST)
    await write(database, 1, kind=NoticeKind.CASE_EVENT)
    await write(database, 1, "bo", NoticeKind.CASE_DIGEST)
    claimed = {one.notice.audience: one for one in await outbox.claim(5)}
    rest = await outbox.due_with(claimed["anna"], NoticeKind.CASE_DIGEST)
    assert [one.notice.request_id for one in rest] == ["case-1", "case-2"]
    assert await outbox.sent(claimed["anna"], together_with=rest)
    [left] = await outbox.claim(5)
    assert left.notice.kind is NoticeKind.CASE_EVENT


async def test_whoever_lost_the_lease_acknowledges_nothing_of_what_it_took_along(database: Database) -> None:
    outbox = Outbox(database, pace=None)
    await write(database, 2, kind=NoticeKind.CASE_DIGEST)
    [slow] = await outbox.claim(5)
    rest = await outbox.due_with(slow, NoticeKind.CASE_DIGEST)
    database.clock_offset = LEASE + timedelta(seconds=1)
    [fresh] = await outbox.claim(5)
    assert not await outbox.sent(slow, together_with=rest)
    assert await outbox.sent(fresh)
    assert len(await outbox.claim(5)) == 1


async def undelivered(database: Database) -> Sequence[tuple[str, str, bool]]:
    async with database.read_only(TENANT) as work:
        return [(one.audience, one.request_id, one.waits) for one in await work.notices.undelivered()]


async def test_who_was_not_told_is_known_with_everything_that_waits_behind(database: Database) -> None:
    outbox = Outbox(database, pace=None)
    await write(database, 2, "anna")
    await write(database, 1, "bo")
    await write(database, 1, QUEUE)
    for claimed in await outbox.claim(5):
        if claimed.notice.audience == "bo":
            await outbox.dead(claimed, "refused")
        else:
            await outbox.wait(claimed, "not installed")
    assert await undelivered(database) == [
        ("anna", "case-0", True),
        ("anna", "case-1", True),
        ("bo", "case-0", False),
    ]
    database.clock_offset = timedelta(days=15)
    assert ("bo", "case-0", False) not in await undelivered(database)


async def test_what_has_no_reason_any_more_is_dropped_and_not_a_dead_letter(database: Database) -> None:
    outbox = Outbox(database)
    await write(database, 2)
    [claimed] = await outbox.claim(5)
    assert await outbox.drop(claimed, "answered meanwhile")
    assert await outbox.dead_letters(5) == []
    assert len(await outbox.claim(5)) == 1


def test_the_hour_of_a_lane_stays_below_what_teams_takes() -> None:
    hour = timedelta(hours=1)
    assert (hour + TEAMS.allowance) / TEAMS.cost < 1800
    assert timedelta(seconds=30) / TEAMS.spacing + 1 < 60
