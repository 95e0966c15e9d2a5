"""Who waits for what, as rows: one per person and thing, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from catalogue.offers import Area
from centre.interest import Counted, Want, add_interest, interest_id, new_runs_waited_for, tell_of_new_runs
from centre.people import Person
from tests.storage.test_catalogue import OFFER, RUN

if TYPE_CHECKING:
    from storage import Database

TENANT = "tenant-1"
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
MADS = Person(TENANT, "mads", "Mads Kjær", area=Area.SENIOR)
IDA = Person(TENANT, "ida", "Ida Lund", area=Area.SENIOR)
WANT = Want(OFFER.code, OFFER.title, OFFER.title)


async def test_the_same_interest_twice_is_one_row(database: Database) -> None:
    for day in range(2):
        async with database.unit_of_work(TENANT) as work:
            kept, new = await add_interest(work, MADS, WANT, NOW + timedelta(days=day))
            await work.commit()
        assert new is (day == 0)
        assert kept.at == NOW
    async with database.read_only(TENANT) as work:
        assert await work.interests.of_person("mads") == [kept]
        assert await work.interests.counts() == [Counted(OFFER.code, OFFER.title, Area.SENIOR, 1)]


async def test_another_tenant_sees_and_takes_nothing(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await add_interest(work, MADS, WANT, NOW)
        await work.commit()
    mine = interest_id("mads", WANT)
    async with database.unit_of_work("tenant-2") as work:
        assert await work.interests.get(mine) is None
        assert not await work.interests.of_person("mads")
        assert not await work.interests.counts()
        assert not await work.interests.offers_waited_for()
        await work.interests.drop(mine)
        await work.commit()
    async with database.read_only(TENANT) as work:
        assert await work.interests.get(mine)


async def test_who_waits_is_told_once_across_two_imports(database: Database) -> None:
    run = replace(RUN, starts=date(2026, 6, 1), ends=date(2026, 6, 1), deadline=None, taken=0)
    async with database.unit_of_work(TENANT) as work:
        await work.catalogue.import_offers([OFFER], [], replace_offers=False, replace_runs=False)
        await add_interest(work, MADS, WANT, NOW)
        await add_interest(work, IDA, Want("", "svejsning"), NOW)
        await work.commit()
    told = []
    for planned in ([run], [run, replace(run, code="NEXT")]):
        async with database.unit_of_work(TENANT) as work:
            new = await new_runs_waited_for(work, planned)
            await work.catalogue.import_offers([], planned, replace_offers=False, replace_runs=False)
            await tell_of_new_runs(work, new, NOW)
            told.append(work.notices.added)  # type: ignore[attr-defined] # the stored ones count
            await work.commit()
    assert told == [1, 0]
    async with database.read_only(TENANT) as work:
        assert not await work.interests.of_person("mads")
        assert [one.code for one in await work.interests.coming_runs(OFFER.code, NOW.date())] == [run.code, "NEXT"]


async def test_wishes_to_an_unseen_leader_are_theirs_once_they_are_seen(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.people.save(Person(TENANT, "", "Lene Holm", "lene@kommunen.example"))
        wish, _ = await add_interest(work, MADS, WANT, NOW)
        await work.interests.put(replace(wish, leader_id="mail:lene@kommunen.example"))
        await work.commit()
    async with database.unit_of_work(TENANT) as work:
        await work.people.save(Person(TENANT, "lene", "Lene Holm", "lene@kommunen.example"))
        await work.commit()
    async with database.read_only(TENANT) as work:
        assert [one.id for one in await work.interests.sent_to({"lene"})] == [wish.id]
