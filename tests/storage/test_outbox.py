"""Delivery: order in a lane, leases, retries, and what becomes of what cannot be delivered."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from centre.notices import QUEUE, Notice, NoticeKind
from storage import Database
from storage.outbox import LEASE, MAX_ATTEMPTS, WAITING_RECHECK, Claimed, Outbox

if TYPE_CHECKING:
    from datetime import datetime

TENANT = "tenant-1"


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database, pace=None)


async def put(database: Database, key: str, audience: str = QUEUE, due: datetime | None = None) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.notices.add(Notice(NoticeKind.REQUEST_CARD, audience, "request", key, due))
        await uow.commit()


def keys(claimed: list[Claimed]) -> list[str]:
    return [item.notice.dedup_key for item in claimed]


async def test_a_notice_is_there_after_the_commit_and_only_then(database: Database, outbox: Outbox) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.notices.add(Notice(NoticeKind.CASE_TAKEN, "anna", "request", "lost"))
    assert await outbox.claim(10) == []

    await put(database, "kept", audience="anna")
    [claimed] = await outbox.claim(10)
    assert (claimed.tenant, claimed.notice.audience, claimed.notice.dedup_key) == (TENANT, "anna", "kept")
    assert claimed.attempts == 1


async def test_the_same_dedup_key_is_one_notice_per_tenant(database: Database, outbox: Outbox) -> None:
    await put(database, "once", audience="anna")
    await put(database, "once", audience="bo")
    async with database.unit_of_work("another tenant") as uow:
        await uow.notices.add(Notice(NoticeKind.REQUEST_CARD, "carl", "request", "once"))
        await uow.commit()

    assert sorted(item.notice.audience for item in await outbox.claim(10)) == ["anna", "carl"]


async def test_only_the_head_of_a_lane_is_handed_out(database: Database, outbox: Outbox) -> None:
    for key, audience in [("a1", "anna"), ("a2", "anna"), ("b1", "bo")]:
        await put(database, key, audience)

    first = await outbox.claim(10)
    assert keys(first) == ["a1", "b1"]
    assert await outbox.claim(10) == []

    assert await outbox.sent(first[0])
    assert keys(await outbox.claim(10)) == ["a2"]


async def test_a_timer_waits_for_its_time_and_holds_up_nobody(database: Database, outbox: Outbox) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, "r", "now"))
        await uow.commit()
    [now] = await outbox.claim(10)
    assert now.notice.due is not None
    await put(database, "in a week", due=now.notice.due + timedelta(days=7))
    await put(database, "next")
    await outbox.sent(now)

    [following] = await outbox.claim(10)
    assert following.notice.dedup_key == "next"
    await outbox.sent(following)
    assert await outbox.claim(10) == []
    assert await outbox.next_due() == now.notice.due + timedelta(days=7)

    database.clock_offset = timedelta(days=7, seconds=1)
    assert keys(await outbox.claim(10)) == ["in a week"]


async def test_a_retry_holds_the_lane_so_that_order_is_kept(database: Database, outbox: Outbox) -> None:
    await put(database, "first")
    await put(database, "second")
    [claimed] = await outbox.claim(10)
    assert await outbox.retry(claimed, 30, "503")
    assert await outbox.claim(10) == []

    database.clock_offset = timedelta(seconds=31)
    [again] = await outbox.claim(10)
    assert (again.notice.dedup_key, again.attempts) == ("first", 2)
    assert again.notice.due == claimed.notice.due


async def test_too_many_requests_uses_up_no_attempt(database: Database, outbox: Outbox) -> None:
    await put(database, "patient")
    for _ in range(MAX_ATTEMPTS + 2):
        [claimed] = await outbox.claim(1)
        assert claimed.attempts == 1
        await outbox.retry(claimed, 0, "429", counts_as_attempt=False)


async def test_the_last_attempt_ends_as_a_dead_letter_and_frees_the_lane(
    database: Database, outbox: Outbox
) -> None:
    await put(database, "hopeless")
    await put(database, "behind it")
    for _ in range(MAX_ATTEMPTS):
        [claimed] = await outbox.claim(10)
        assert claimed.notice.dedup_key == "hopeless"
        await outbox.retry(claimed, 0, "502 from Teams")

    assert keys(await outbox.claim(10)) == ["behind it"]
    [letter] = await outbox.dead_letters(10)
    assert (letter.notice.dedup_key, letter.attempts, letter.error) == ("hopeless", MAX_ATTEMPTS, "502 from Teams")


async def test_a_lease_that_ran_out_is_claimed_again_and_counts(database: Database, outbox: Outbox) -> None:
    await put(database, "dropped")
    [lost] = await outbox.claim(1)
    database.clock_offset = LEASE - timedelta(seconds=5)
    assert await outbox.claim(1) == []

    database.clock_offset = LEASE + timedelta(seconds=1)
    [again] = await outbox.claim(1)
    assert (again.attempts, again.notice.due) == (2, lost.notice.due)


async def test_whoever_lost_the_lease_is_not_heard_any_more(database: Database, outbox: Outbox) -> None:
    await put(database, "slow")
    [slow] = await outbox.claim(1)
    database.clock_offset = LEASE + timedelta(seconds=1)
    [fresh] = await outbox.claim(1)

    assert not await outbox.retry(slow, 0, "late")
    assert not await outbox.dead(slow, "late")
    assert await outbox.sent(fresh)
    assert not await outbox.sent(fresh)


async def test_a_notice_that_kills_its_process_ends_as_dead(database: Database, outbox: Outbox) -> None:
    await put(database, "poison")
    for attempt in range(MAX_ATTEMPTS):
        database.clock_offset = attempt * (LEASE + timedelta(seconds=1))
        assert keys(await outbox.claim(1)) == ["poison"]

    database.clock_offset = MAX_ATTEMPTS * (LEASE + timedelta(seconds=1))
    assert await outbox.claim(1) == []
    [letter] = await outbox.dead_letters(1)
    assert "process" in letter.error


async def test_a_reader_without_the_bot_is_waited_for(database: Database, outbox: Outbox) -> None:
    await put(database, "hello", audience="anna")
    await put(database, "again", audience="anna")
    [claimed] = await outbox.claim(10)
    assert await outbox.wait(claimed, "BotNotInConversationRoster")
    assert await outbox.claim(10) == []
    assert (await outbox.depth()).waiting == 1

    await outbox.wake_lane(TENANT, "anna")
    [woken] = await outbox.claim(10)
    assert (woken.notice.dedup_key, woken.attempts) == ("hello", 1)


async def test_a_missed_installation_is_found_in_the_end(database: Database, outbox: Outbox) -> None:
    await put(database, "hello", audience="anna")
    [claimed] = await outbox.claim(10)
    await outbox.wait(claimed, "BotNotInConversationRoster")
    database.clock_offset = WAITING_RECHECK + timedelta(seconds=1)
    assert keys(await outbox.claim(10)) == ["hello"]


async def test_old_news_is_not_told(database: Database, outbox: Outbox) -> None:
    await put(database, "stale")
    database.clock_offset = timedelta(days=15)
    await put(database, "fresh")
    assert await outbox.claim(10) == []
    assert keys(await outbox.claim(10)) == ["fresh"]
    [letter] = await outbox.dead_letters(10)
    assert letter.error.startswith("expired")


async def test_the_depth_is_visible(database: Database, outbox: Outbox) -> None:
    assert await outbox.next_due() is None
    for number in range(3):
        await put(database, f"n{number}", audience=f"person {number}")
    claimed = await outbox.claim(2)
    await outbox.sent(claimed[0])
    await outbox.dead(claimed[1], "403")
    [last] = await outbox.claim(2)
    assert (await outbox.depth()).due == 1
    await outbox.retry(last, 60, "503")
    depth = await outbox.depth()
    assert (depth.due, depth.later, depth.waiting, depth.dead) == (0, 1, 0, 1)


async def test_finished_notices_are_purged_and_others_stay(database: Database, outbox: Outbox) -> None:
    await put(database, "done", audience="anna")
    await put(database, "open", audience="bo")
    done, open_one = await outbox.claim(2)
    await outbox.sent(done)
    assert done.notice.due is not None
    assert await outbox.purge(done.notice.due + timedelta(days=1)) == 1
    assert await outbox.sent(open_one)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_only_a_commit_with_notices_wakes_the_notifier(database: Database) -> None:
    woken: list[str] = []
    database.on_commit(lambda: woken.append("woken"))
    async with database.unit_of_work(TENANT) as uow:
        await uow.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, "r", "k"))
    async with database.unit_of_work(TENANT) as uow:
        await uow.commit()
    assert woken == []
    await put(database, "k")
    assert woken == ["woken"]
    await put(database, "k")
    assert woken == ["woken"]


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_a_commit_on_one_replica_wakes_the_notifier_of_another(
    database: Database, database_url: str
) -> None:
    replica = await Database.open(database_url)
    woken = asyncio.Event()
    replica.on_commit(woken.set)
    async with asyncio.timeout(10):  # a wait for ever would be no failure
        await woken.wait()  # it listens: whatever was missed before is looked at once
        woken.clear()
        await put(database, "k")
        await woken.wait()
    await replica.close()
