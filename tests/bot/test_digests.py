"""Timers on both databases: once, whoever wakes, however often, and over the change of the clock."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.digests import morning, plan_mornings
from centre.clock import COPENHAGEN
from centre.notices import QUEUE
from centre.queue_query import MOST_COUNTED
from centre.timers import morning_digests
from dialogs.texts import texts_in
from storage import Database
from storage.outbox import LEASE
from tests.bot.town_in_teams import CHANNEL, second_bot, town_in_teams
from tests.storage.long_queue import file_many

if TYPE_CHECKING:
    from tests.bot.town_in_teams import TownInTeams

TENANT = "tenant-1"


def it_is(moment: datetime, *towns: TownInTeams) -> datetime:
    """Let it be that time for every replica and its database."""
    for town in towns:
        town.clock.time = moment
        town.database.clock_offset = moment - datetime.now(UTC)
    return moment


def mornings(town: TownInTeams) -> list[str]:
    """The digests that stand in the channel."""
    words = [message.words for message in town.messages(CHANNEL)]
    return [said.splitlines()[0] for said in words if said.startswith("Godmorgen!")]


async def test_a_spring_of_mornings_comes_once_each_at_eight(database: Database) -> None:
    async with town_in_teams(database) as town:
        now = it_is(datetime(2027, 3, 25, 6, 0, tzinfo=UTC), town)
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        told: dict[str, str] = {}
        while now < datetime(2027, 4, 1, tzinfo=UTC):
            now = it_is(now + timedelta(hours=1), town)
            await plan_mornings(database, {town.tenant}, now)
            await town.deliver()
            for said in mornings(town)[len(told) :]:
                told[said] = now.astimezone(COPENHAGEN).strftime("%d.%m. %H:%M")
        assert told == {
            "Godmorgen! Det er tirsdag den 30. marts.": "30.03. 08:00",
            "Godmorgen! Det er onsdag den 31. marts.": "31.03. 08:00",
        }


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_two_notifiers_tell_one_morning(database: Database, database_url: str) -> None:
    replica = await Database.open(database_url)
    try:
        async with town_in_teams(database) as town, second_bot(town.teams, replica) as second:
            now = it_is(datetime(2026, 11, 23, 6, 30, tzinfo=UTC), town, second)
            await town.consultant()
            lene = await town.leader()
            await lene.files()
            both = (plan_mornings(one.database, {town.tenant}, now) for one in (town, second))
            await asyncio.gather(*both)
            await town.deliver()
            it_is(datetime(2026, 11, 23, 7, 0, tzinfo=UTC), town, second)
            await asyncio.gather(town.deliver(), second.deliver())
            assert mornings(town) == ["Godmorgen! Det er mandag den 23. november."]
    finally:
        await replica.close()


async def test_a_timer_outlives_a_process_that_died_with_it_in_hand(database: Database) -> None:
    async with town_in_teams(database) as town:
        now = it_is(datetime(2026, 11, 23, 6, 30, tzinfo=UTC), town)
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        await plan_mornings(database, {town.tenant}, now)
        await town.deliver()
        now = it_is(datetime(2026, 11, 23, 7, 0, tzinfo=UTC), town)
        [_lost] = await town.outbox.claim(10)
        await town.deliver()
        assert mornings(town) == []
        it_is(now + LEASE + timedelta(seconds=1), town)
        await town.deliver()
        assert mornings(town) == ["Godmorgen! Det er mandag den 23. november."]


async def test_a_clock_that_is_set_back_repeats_nothing(database: Database) -> None:
    async with town_in_teams(database) as town:
        it_is(datetime(2026, 11, 23, 6, 30, tzinfo=UTC), town)
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        for hour in (7, 8, 6, 7):
            now = it_is(datetime(2026, 11, 23, hour, 0, tzinfo=UTC), town)
            await plan_mornings(database, {town.tenant}, now)
            await town.deliver()
        assert mornings(town) == ["Godmorgen! Det er mandag den 23. november."]


async def test_a_queue_longer_than_anybody_counts_is_at_least_so_long(database: Database) -> None:
    await file_many(database, TENANT, MOST_COUNTED + 200)
    for locale, new, more, waited in (
        ("da", "Mindst 1.000 nye sager", "… og mindst 995 mere", "Mindst 1.000 sager har ventet for længe"),
        ("en", "At least 1,000 new cases", "… and at least 995 more", "At least 1,000 cases have waited too long"),
    ):
        now = datetime(2026, 3, 10, 9, tzinfo=COPENHAGEN)
        digest = next(iter(morning_digests(QUEUE, now)))
        async with database.read_only(TENANT) as work:
            card = await morning(work, texts_in(locale), digest, now)
        words = json.dumps(card.json(), ensure_ascii=False)
        assert all(said in words for said in (new, more, waited))


async def test_what_is_due_today_is_told_apart_from_what_has_waited(database: Database) -> None:
    await file_many(database, TENANT, 7)
    now = datetime(2026, 3, 9, 9, tzinfo=COPENHAGEN)
    digest = next(iter(morning_digests(QUEUE, now)))
    async with database.read_only(TENANT) as work:
        words = json.dumps((await morning(work, texts_in("da"), digest, now)).json(), ensure_ascii=False)
    assert "7 sager har frist i dag" in words
    assert "har ventet for længe" not in words
