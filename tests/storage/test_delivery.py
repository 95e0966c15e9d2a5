"""Many notices, several workers, and one that dies: nothing is lost, order is kept, doubles are few."""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

from centre.notices import Notice, NoticeKind
from storage import Database
from storage.outbox import LEASE, Outbox
from tests.storage.delivery_worker import AT_ONCE

TENANT = "tenant-1"
LANES = 10
NOTICES = 200
PROJECT = Path(__file__).parents[2]


async def write_notices(database: Database) -> list[str]:
    """Write NOTICES notices, ten per transaction, and return their keys; a key begins with its lane."""
    keys = [f"lane{number % LANES}:{number:03}" for number in range(NOTICES)]
    for start in range(0, NOTICES, LANES):
        async with database.unit_of_work(TENANT) as uow:
            for key in keys[start : start + LANES]:
                await uow.notices.add(Notice(NoticeKind.CASE_TAKEN, lane_of(key), "request", key))
            await uow.commit()
    return keys


def lane_of(key: str) -> str:
    return key.partition(":")[0]


async def deliver_all(outbox: Outbox, delivered: list[str]) -> None:
    """Deliver until nothing is left."""
    while (await outbox.depth()).due:
        for claimed in await outbox.claim(AT_ONCE):
            delivered.append(claimed.notice.dedup_key)
            assert await outbox.sent(claimed)


async def test_two_workers_deliver_everything_once_and_in_order(
    database: Database, database_url: str, database_kind: str
) -> None:
    keys = await write_notices(database)
    second = database if database_kind == "sqlite" else await Database.open(database_url)
    delivered: list[str] = []
    await asyncio.gather(
        deliver_all(Outbox(database, pace=None), delivered), deliver_all(Outbox(second, pace=None), delivered)
    )

    assert sorted(delivered) == sorted(keys)
    assert order_by_lane(delivered) == order_by_lane(keys)
    if second is not database:
        await second.close()


async def test_a_worker_that_is_killed_loses_nothing(database_url: str) -> None:
    writer = await Database.open(database_url)
    keys = await write_notices(writer)
    await writer.close()  # a SQLite file belongs to one process

    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.storage.delivery_worker",
        database_url,
        "42",
        stdout=asyncio.subprocess.PIPE,
        cwd=PROJECT,
    )
    assert worker.stdout is not None
    delivered = []
    while (line := (await worker.stdout.readline()).decode().strip()) != "hanging":
        assert line, "the worker ended by itself"
        delivered.append(line)
    worker.kill()
    await worker.wait()

    survivor = await Database.open(database_url)
    survivor.clock_offset = LEASE + timedelta(seconds=1)
    await deliver_all(Outbox(survivor, pace=None), delivered)
    await survivor.close()

    doubles = sorted(key for key in set(delivered) if delivered.count(key) > 1)
    assert set(delivered) == set(keys)
    assert len(doubles) == 3  # of nine claims of five, 42 were acknowledged before the end
    assert len(delivered) == NOTICES + len(doubles)
    assert order_by_lane(dict.fromkeys(delivered)) == order_by_lane(keys)


def order_by_lane(keys: list[str] | dict[str, None]) -> dict[str, list[str]]:
    """The keys of every lane, each in the order of its first delivery."""
    lanes = defaultdict(list)
    for key in keys:
        lanes[lane_of(key)].append(key)
    return lanes
