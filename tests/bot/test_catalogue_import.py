"""An import and people who sign up at the same time, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.catalogue_import import MOST_RUNS, take_catalogue
from bot.demo.sample import read_sample
from catalogue.importing import Parsed, Part
from catalogue.offers import SignUp
from centre.people import Person
from centre.ports import ConflictError
from centre.signing_up import sign_up
from tests.chat import StoppedClock

if TYPE_CHECKING:
    from bot.catalogue_import import Imported
    from catalogue.offers import Offer, Run
    from storage.database import Database

TENANT = "tenant-1"
CLOCK = StoppedClock()
CODE = "DEM-08-H1"
SEATS = 3


@pytest.fixture
async def offered(database: Database) -> tuple[Offer, Run]:
    """An offer that needs nobody's yes, and a run of it with few seats, in the database."""
    offers, runs = read_sample(CLOCK.today)
    [run] = [replace(run, seats=SEATS, taken=0) for run in runs if run.code == CODE]
    [offer] = [replace(offer, sign_up=SignUp.FREE) for offer in offers if offer.code == run.offer_code]
    await take_catalogue(database, TENANT, Parsed([offer], [run]), CLOCK)
    return offer, run


def person(number: int) -> Person:
    return Person(TENANT, f"person-{number}", f"Person {number}", f"p{number}@kommunen.example")


async def signs_up(database: Database, offer: Offer, number: int) -> None:
    """Sign up as a turn does: again when somebody else was first."""
    for _ in range(3):
        try:
            async with database.unit_of_work(TENANT) as work:
                await work.people.save(person(number))
                await sign_up(work, person(number), person(number), offer, CODE, CLOCK.now(), None)
                await work.commit()
        except ConflictError:
            continue
        return
    raise AssertionError("a turn gives up after three runs")


async def until_it_waits_for_a_lock(database: Database) -> None:
    """Ask PostgreSQL until somebody waits for what another transaction has locked."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while True:
        async with database.session(read_only=True) as session:
            if await session.scalar(waiting):
                return


@pytest.mark.parametrize("database_kind", ["postgresql"])
async def test_an_import_and_a_sign_up_never_wait_for_each_other(
    database: Database, offered: tuple[Offer, Run]
) -> None:
    """The sign-up has the run; the import wants it. Then the sign-up fills it, which counts the version up."""
    _, run = offered
    moved = replace(run, place="Vejen Rådhus")

    async def imports() -> list[int]:
        begun: list[int] = []
        await take_catalogue(
            database, TENANT, Parsed([], [moved]), CLOCK, progress=lambda done, _: begun.append(done)
        )
        return begun

    async with database.unit_of_work(TENANT) as work:
        assert await work.enrolments.hold_run(CODE)
        importing = asyncio.create_task(imports())
        async with asyncio.timeout(30):
            await asyncio.create_task(until_it_waits_for_a_lock(database))
        await work.enrolments.make_seats_known()
        await work.commit()
    assert await importing == [0, 0, 1], "begun once: no offers, then the run"
    async with database.read_only(TENANT) as work:
        assert (await work.enrolments.runs([CODE]))[CODE].place == "Vejen Rådhus"


async def test_imports_and_people_at_once_all_come_through(database: Database, offered: tuple[Offer, Run]) -> None:
    """Five imports move the run and change its seats while twelve people press: all are served, none too many."""
    offer, run = offered

    async def imports(number: int) -> Imported:
        moved = replace(run, place=f"Lokale {number}", starts=run.starts + timedelta(days=number), seats=SEATS)
        return await take_catalogue(database, TENANT, Parsed([], [replace(moved, ends=moved.starts)]), CLOCK)

    await asyncio.gather(
        *(signs_up(database, offer, number) for number in range(12)), *(imports(number) for number in range(1, 6))
    )
    async with database.read_only(TENANT) as work:
        everybody = await work.enrolments.of_run(CODE)
        assert len(everybody) == 12
        assert sum(one.holds_seat for one in everybody) == SEATS
        assert [one.holds_seat for one in everybody] == [True] * SEATS + [False] * (12 - SEATS)
        stored = (await work.enrolments.runs([CODE]))[CODE]
        assert stored.place == f"Lokale {(stored.starts - run.starts).days}"
        versions = await work.catalogue.version()
    assert versions >= 6


async def test_an_import_that_others_were_before_is_done_again_and_told_once(
    database: Database, offered: tuple[Offer, Run]
) -> None:
    offer, run = offered
    await signs_up(database, offer, 1)
    conflicts = [ConflictError("somebody was first"), ConflictError("and again")]

    def progress(done: int, _: int) -> None:
        if done and conflicts:
            raise conflicts.pop()

    moved = Parsed([], [replace(run, place="Vejen Rådhus")])
    imported = await take_catalogue(database, TENANT, moved, CLOCK, progress=progress)
    assert not conflicts
    assert (imported.rows.runs.updated, imported.people.moved) == (1, 1)
    async with database.read_only(TENANT) as work:
        [one] = await work.enrolments.of_run(CODE)
        assert [event.kind.value for event in await work.enrolments.events(one.id)] == ["signed_up", "run_changed"]


async def test_an_import_that_is_never_first_says_so_and_leaves_nothing(
    database: Database, offered: tuple[Offer, Run]
) -> None:
    _, run = offered
    begun = []

    def progress(done: int, _: int) -> None:
        begun.append(done)
        raise ConflictError

    with pytest.raises(ConflictError):
        await take_catalogue(database, TENANT, Parsed([], [replace(run, place="X")]), CLOCK, progress=progress)
    assert len(begun) == MOST_RUNS
    async with database.read_only(TENANT) as work:
        assert (await work.enrolments.runs([CODE]))[CODE].place == run.place


async def test_a_dry_run_says_what_it_would_do_and_does_nothing(
    database: Database, offered: tuple[Offer, Run]
) -> None:
    offer, _ = offered
    await signs_up(database, offer, 1)
    nothing = Parsed([], [], parts=frozenset({Part.RUNS}))
    imported = await take_catalogue(database, TENANT, nothing, CLOCK, replace=True, dry_run=True)
    assert (imported.rows.runs.retired, imported.people.cancelled) == (1, 1)
    async with database.read_only(TENANT) as work:
        [one] = await work.enrolments.of_run(CODE)
        assert one.is_live
