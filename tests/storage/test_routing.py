"""Channels of areas and topics, caretakers, moved cards, settings and places in the queue, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from catalogue.offers import Area
from centre.ports import Channel
from centre.requests import CaseNumber, Status, Wish
from centre.routing import Caretaker, Route, Subject
from centre.settings import Frequency, PersonSettings
from storage.cards import ChannelCard
from tests.storage.conftest import NOON, TENANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from centre.requests import Request
    from storage import Database

SENIOR = Route(Subject(Area.SENIOR), Channel(TENANT, "19:team", "19:senior", "Senior"))
DEMENTIA = Route(Subject(topic="demens"), Channel(TENANT, "19:team", "19:demens", "Demens"))


async def test_subjects_have_one_channel_each_and_can_lose_it(database: Database) -> None:
    moved = replace(SENIOR, channel=replace(SENIOR.channel, channel_id="19:new"))
    async with database.unit_of_work(TENANT) as uow:
        for route in (SENIOR, DEMENTIA, moved):
            await uow.channels.open_route(route)
        assert await uow.channels.routes() == [DEMENTIA, moved]
        await uow.channels.close_route(SENIOR.subject)
        assert await uow.channels.routes() == [DEMENTIA]
        await uow.channels.close_routes()
        assert await uow.channels.routes() == []


async def test_subjects_have_one_caretaker_each_and_can_lose_them(database: Database) -> None:
    kirsten = Caretaker(Subject(Area.SENIOR), "kirsten", "Kirsten Bang")
    grethe = Caretaker(Subject(topic="demens"), "grethe", "Grethe Lund")
    async with database.unit_of_work(TENANT) as uow:
        await uow.channels.set_caretaker(replace(kirsten, person_id="somebody"))
        await uow.channels.set_caretaker(kirsten)
        await uow.channels.set_caretaker(grethe)
        assert await uow.channels.caretakers() == [grethe, kirsten]
        await uow.channels.remove_caretaker(kirsten.subject)
        assert await uow.channels.caretakers() == [grethe]
        await uow.commit()
    async with database.read_only("another tenant") as uow:
        assert await uow.channels.caretakers() == []


async def test_cards_left_behind_are_known_until_they_point(database: Database) -> None:
    first, second = ChannelCard("19:senior", "m1"), ChannelCard("19:senior", "m2")
    async with database.unit_of_work(TENANT) as uow:
        for card in (first, first, second):
            await uow.channel_cards.left_behind("r1", card)
        assert set(await uow.channel_cards.moved_from("r1", "19:senior")) == {first, second}
        assert await uow.channel_cards.moved_from("r1", "19:other") == []
        await uow.channel_cards.points("r1", first)
        assert await uow.channel_cards.moved_from("r1", "19:senior") == [second]


async def test_settings_come_back_as_they_were_saved(database: Database) -> None:
    chosen = PersonSettings(
        "lene",
        Frequency.WEEKLY,
        time(17),
        time(7, 30),
        quiet_weekends=True,
        paused_until=datetime(2026, 3, 9, 7, tzinfo=UTC),
        away_from=date(2026, 3, 2),
        away_until=date(2026, 3, 8),
        stand_in_id="grethe",
        stand_in_name="Grethe Lund",
    )
    async with database.unit_of_work(TENANT) as uow:
        await uow.settings.save(PersonSettings("lene"))
        await uow.settings.save(chosen)
        assert await uow.settings.of({"lene", "mads"}) == {"lene": chosen}
        assert await uow.settings.of(set()) == {}


async def test_the_place_in_the_queue_counts_what_is_new_and_was_there_before(
    database: Database, a_request: Callable[..., Request]
) -> None:
    async with database.unit_of_work(TENANT) as uow:
        made = []
        for serial, (area, status) in enumerate(
            [
                (Area.SENIOR, Status.NEW),
                (Area.SENIOR, Status.CLARIFYING),
                (Area.DISABILITY, Status.NEW),
                (None, Status.NEW),
                (Area.SENIOR, Status.NEW),
                (Area.SENIOR, Status.NEW),
            ],
            start=1,
        ):
            filed = NOON + timedelta(minutes=serial)
            wish = Wish(need="Vi skal lære noget", area=area)
            request = a_request(
                f"r{serial}", CaseNumber(2026, serial), status=status, wish=wish, filed_at=filed, changed_at=filed
            )
            await uow.requests.add(request)
            made.append(request)
        assert await uow.requests.waiting_before(made[4], None) == 3
        assert await uow.requests.waiting_before(made[4], {Area.SENIOR}) == 1
        assert await uow.requests.waiting_before(made[0], None) == 0


async def test_who_stands_in_for_whom_is_known_for_the_days_of_the_absence(database: Database) -> None:
    absent = PersonSettings("lene", away_from=date(2026, 3, 2), away_until=date(2026, 3, 8), stand_in_id="bo")
    async with database.unit_of_work(TENANT) as work:
        await work.settings.save(absent)
        await work.settings.save(PersonSettings("mads", away_until=date(2026, 3, 3), stand_in_id="bo"))
        await work.settings.save(PersonSettings("ulla", away_until=date(2026, 3, 9), stand_in_id="kai"))
        await work.commit()
    async with database.read_only(TENANT) as work:
        days = [date(2026, 3, day) for day in (1, 2, 8, 9)]
        found = [sorted(await work.settings.stood_in_for_by("bo", day)) for day in days]
    assert found == [["mads"], ["lene", "mads"], ["lene"], []]
