"""The catalogue: imported all or nothing, read as a whole, with a version that replicas watch."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run
from centre.run_changes import CatalogueChanges
from storage.catalogue import CHUNK, Counts, ImportResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import Database

TENANT = "tenant-1"
OFFER = Offer(
    code="DEM-01",
    title="Demens i hverdagen",
    summary="To dage om at møde mennesker med demens.",
    outcome="Du kan se adfærd som kommunikation.",
    topics=("demens", "adfærd"),
    areas=(Area.SENIOR, Area.PSYCHIATRY),
    staff_groups=("SOSU-assistent",),
    kind=OfferKind.BOUGHT_COURSE,
    length="2 dage",
    price_dkk=None,
    price_unit=PriceUnit.PERSON,
    provider="Kursushuset",
    place="Vejen",
    online=False,
    seats=20,
    link="https://example.org/dem-01",
    language="da",
)
PLAIN = replace(OFFER, code="SUP-01", areas=(), topics=(), staff_groups=(), seats=None, price_dkk=0, online=True)
RUN = Run(
    code="DEM-01-F26",
    offer_code="DEM-01",
    starts=date(2026, 3, 2),
    ends=date(2026, 3, 3),
    place="Rødding",
    online=False,
    seats=20,
    taken=3,
    deadline=date(2026, 2, 20),
)
OPEN_RUN = replace(RUN, code="SUP-01-E26", offer_code="SUP-01", deadline=None)


async def bring_in(
    database: Database,
    offers: Sequence[Offer],
    runs: Sequence[Run] = (),
    *,
    replace_offers: bool = False,
    replace_runs: bool = False,
) -> ImportResult:
    async with database.unit_of_work(TENANT) as uow:
        result = await uow.catalogue.import_offers(
            offers, runs, replace_offers=replace_offers, replace_runs=replace_runs
        )
        await uow.commit()
    return result


async def load(database: Database, tenant: str = TENANT) -> tuple[int, list[Offer], list[Run]]:
    async with database.read_only(tenant) as uow:
        return await uow.catalogue.load()


async def test_every_field_comes_back_in_the_order_of_the_codes(database: Database) -> None:
    assert await load(database) == (0, [], [])
    result = await bring_in(database, [PLAIN, OFFER], [OPEN_RUN, RUN])
    new = CatalogueChanges(new=frozenset({RUN.code, OPEN_RUN.code}))
    assert result == ImportResult(Counts(created=2), Counts(created=2), new)
    assert await load(database) == (1, [OFFER, PLAIN], [RUN, OPEN_RUN])
    assert await load(database, "another tenant") == (0, [], [])


async def test_a_dry_run_counts_and_keeps_nothing(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        result = await uow.catalogue.import_offers([OFFER], [RUN], replace_offers=False, replace_runs=False)
    assert result.offers.created == 1
    assert await load(database) == (0, [], [])


async def test_the_same_file_again_changes_nothing(database: Database) -> None:
    await bring_in(database, [OFFER, PLAIN], [RUN])
    again = await bring_in(database, [OFFER, PLAIN], [RUN], replace_offers=True, replace_runs=True)
    assert again == ImportResult(Counts(unchanged=2), Counts(unchanged=1))
    assert (await load(database))[0] == 1


async def test_a_changed_offer_is_updated_by_its_code(database: Database) -> None:
    await bring_in(database, [OFFER, PLAIN], [RUN])
    changed, fuller = replace(OFFER, title="Demens i dag", topics=("demens",)), replace(RUN, taken=19)
    result = await bring_in(database, [changed], [fuller])
    assert result == ImportResult(Counts(updated=1), Counts(updated=1), CatalogueChanges(changed={RUN.code: RUN}))
    assert await load(database) == (2, [changed, PLAIN], [fuller])


async def test_replacing_retires_what_is_not_in_the_file(database: Database) -> None:
    await bring_in(database, [OFFER, PLAIN], [RUN, OPEN_RUN])
    result = await bring_in(database, [PLAIN], [OPEN_RUN], replace_offers=True, replace_runs=True)
    gone = CatalogueChanges(retired=frozenset({RUN.code}))
    assert result == ImportResult(Counts(unchanged=1, retired=1), Counts(unchanged=1, retired=1), gone)
    assert await load(database) == (2, [PLAIN], [OPEN_RUN])


async def test_runs_of_a_retired_offer_are_not_offered(database: Database) -> None:
    await bring_in(database, [OFFER, PLAIN], [RUN, OPEN_RUN])
    await bring_in(database, [PLAIN], replace_offers=True)
    assert await load(database) == (2, [PLAIN], [OPEN_RUN])


async def test_a_retired_offer_comes_back_when_it_is_in_a_file_again(database: Database) -> None:
    await bring_in(database, [OFFER, PLAIN])
    await bring_in(database, [PLAIN], replace_offers=True)
    assert (await bring_in(database, [OFFER])).offers == Counts(updated=1)
    assert (await load(database))[1] == [OFFER, PLAIN]


async def test_a_run_of_an_unknown_offer_brings_everything_back(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await bring_in(database, [PLAIN], [RUN])
    assert await load(database) == (0, [], [])


async def test_known_codes_are_those_that_are_offered(database: Database) -> None:
    await bring_in(database, [OFFER, PLAIN])
    await bring_in(database, [PLAIN], replace_offers=True)
    async with database.read_only(TENANT) as uow:
        assert await uow.catalogue.known_offer_codes() == {"SUP-01"}


async def test_progress_ends_at_the_number_of_rows(database: Database) -> None:
    offers = [replace(OFFER, code=f"K{number:05}") for number in range(CHUNK + 1)]
    steps: list[tuple[int, int]] = []
    async with database.unit_of_work(TENANT) as uow:
        await uow.catalogue.import_offers(
            offers,
            [],
            replace_offers=False,
            replace_runs=False,
            progress=lambda done, total: steps.append((done, total)),
        )
        await uow.commit()
    assert steps == sorted(steps)
    assert steps[-1] == (CHUNK + 1, CHUNK + 1)
    assert len((await load(database))[1]) == CHUNK + 1


async def test_two_imports_at_once_take_their_turns(database: Database) -> None:
    first = [replace(OFFER, title="Fra den ene"), PLAIN]
    second = [replace(OFFER, title="Fra den anden"), PLAIN]
    results = await asyncio.gather(bring_in(database, first), bring_in(database, second))
    assert sorted(result.offers.created for result in results) == [0, 2]
    assert sorted(result.offers.updated for result in results) == [0, 1]
    assert (await load(database))[0] == 2


async def test_what_comes_to_a_catalogue_later_is_new_and_stays_so(database: Database) -> None:
    first, later, last = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)
    more, more_runs = replace(OFFER, code="DEM-02"), replace(RUN, code="DEM-01-E26")
    for today, offers, runs in (
        (first, [OFFER], [RUN]),
        (later, [OFFER, more], [RUN, more_runs]),
        (last, [replace(OFFER, title="Demens"), replace(more, title="Demens for alle")], [RUN, more_runs]),
    ):
        async with database.unit_of_work(TENANT) as uow:
            await uow.catalogue.import_offers(offers, runs, replace_offers=False, replace_runs=False, today=today)
            await uow.commit()
    _, offers, runs = await load(database)
    assert {item.code: item.added_on for item in (*offers, *runs)} == {
        "DEM-01": None,
        "DEM-02": later,
        "DEM-01-F26": None,
        "DEM-01-E26": later,
    }


async def test_the_day_something_came_is_no_change_of_it(database: Database) -> None:
    dated = replace(OFFER, added_on=date(2026, 3, 2))
    await bring_in(database, [dated])
    again = await bring_in(database, [replace(OFFER, added_on=date(2026, 4, 1))])
    assert again.offers == Counts(unchanged=1)
    assert [offer.added_on for offer in (await load(database))[1]] == [date(2026, 3, 2)]
