"""The live catalogue: replicas follow what another one changed, without a restart and without waiting turns."""

from __future__ import annotations

import asyncio
import threading
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot import catalogues as module
from bot.catalogues import Catalogues
from catalogue.matching import MatchIndex, Verdict
from catalogue.need import read_need
from catalogue.offers import Offer, OfferKind, PriceUnit
from catalogue.synonyms import Synonym, SynonymKind
from centre.learning import learn_choice
from centre.requests import Wish
from centre.synonyms import add_synonym, import_esco, remove_esco, remove_synonym
from storage import Database
from tests.chat import A_SUNDAY_MORNING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from catalogue.matching import Answer
    from storage.unit_of_work import UnitOfWork

TENANT = "tenant-1"
SECONDS_UNTIL_STUCK = 30
TODAY = A_SUNDAY_MORNING.date()
SAID = "vores beboere snurrer rundt"
PHRASE = Synonym("snurrer rundt", ("demens",), SynonymKind.PHRASE)
DEMENTIA = Offer(
    "DEM-1", "Mødet med borgere med demens", "Om at møde borgere.", "", ("demens",), (), (), OfferKind.OWN_COURSE,
    "2 dage", 0, PriceUnit.PERSON, "", "", False, 20, "", "da",
)  # fmt: skip
TWIN = replace(DEMENTIA, code="DEM-2")


@pytest.fixture
async def replicas(database: Database, database_url: str, database_kind: str) -> AsyncIterator[list[Catalogues]]:
    """Two replicas; a SQLite file belongs to one process, so there they share its connections."""
    async with AsyncExitStack() as stack:
        other = database
        if database_kind == "postgresql":
            other = await Database.open(database_url)
            stack.push_async_callback(other.close)
        yield [Catalogues(database), Catalogues(other)]


async def change(database: Database, use: Callable[[UnitOfWork], Awaitable[object]]) -> None:
    async with database.unit_of_work(TENANT) as work:
        await use(work)
        await work.commit()


async def bring_in(database: Database) -> None:
    await change(
        database,
        lambda work: work.catalogue.import_offers([DEMENTIA, TWIN], [], replace_offers=False, replace_runs=False),
    )


async def answer(catalogues: Catalogues, said: str = SAID) -> Answer:
    index = await catalogues.index_of(TENANT)
    return index.match(read_need(said, TODAY), TODAY)


async def verdicts(replicas: list[Catalogues]) -> list[Verdict]:
    return [(await answer(catalogues)).verdict for catalogues in replicas]


async def refresh(replicas: list[Catalogues]) -> None:
    for catalogues in replicas:
        await catalogues.refresh()


async def test_a_synonym_takes_effect_on_every_replica_without_restart(
    database: Database, replicas: list[Catalogues]
) -> None:
    await bring_in(database)
    assert await verdicts(replicas) == [Verdict.NONE] * 2
    for on, off in (
        (lambda work: add_synonym(work, PHRASE), lambda work: remove_synonym(work, PHRASE.words)),
        (lambda work: import_esco(work, [PHRASE]), remove_esco),
    ):
        await change(database, on)
        await refresh(replicas)
        assert Verdict.NONE not in await verdicts(replicas)
        await change(database, off)
        await refresh(replicas)
        assert await verdicts(replicas) == [Verdict.NONE] * 2


async def test_another_tenants_synonym_changes_nothing(database: Database, replicas: list[Catalogues]) -> None:
    await bring_in(database)
    await verdicts(replicas)
    async with database.unit_of_work("another tenant") as work:
        await add_synonym(work, PHRASE)
        await work.commit()
    await refresh(replicas)
    assert await verdicts(replicas) == [Verdict.NONE] * 2


async def test_a_running_replica_looks_by_itself(
    database: Database, replicas: list[Catalogues], monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring_in(database)
    await verdicts(replicas)
    looked = asyncio.Event()
    refresh_once = replicas[1].refresh

    async def refresh_and_say() -> None:
        await refresh_once()
        looked.set()

    monkeypatch.setattr(module, "LOOK_EVERY_SECONDS", 0.001)
    monkeypatch.setattr(replicas[1], "refresh", refresh_and_say)
    await change(database, lambda work: add_synonym(work, PHRASE))
    following = asyncio.create_task(replicas[1].follow())
    await looked.wait()
    following.cancel()
    assert await verdicts(replicas) == [Verdict.NONE, Verdict.SURE]


async def test_turns_go_on_with_the_index_before_while_a_new_one_is_built(database: Database) -> None:
    building, go_on, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()

    class SlowIndex(MatchIndex):
        def changed(self, *arguments: Any) -> MatchIndex:
            loop.call_soon_threadsafe(building.set)
            assert go_on.wait(SECONDS_UNTIL_STUCK)
            return super().changed(*arguments)

    catalogues = Catalogues(database, SlowIndex)
    await bring_in(database)
    before = await catalogues.index_of(TENANT)
    await change(database, lambda work: add_synonym(work, PHRASE))
    refreshing = asyncio.create_task(catalogues.refresh())
    await building.wait()
    assert await catalogues.index_of(TENANT) is before
    go_on.set()
    await refreshing
    assert await catalogues.index_of(TENANT) is not before


async def test_an_unchanged_catalogue_is_not_built_again(database: Database, replicas: list[Catalogues]) -> None:
    await bring_in(database)
    index = await replicas[0].index_of(TENANT)
    await replicas[0].refresh()
    assert await replicas[0].index_of(TENANT) is index


async def test_what_is_chosen_three_times_comes_before_its_equal(
    database: Database, replicas: list[Catalogues]
) -> None:
    await bring_in(database)
    said = "kursus om demens"
    first = [(await answer(catalogues, said)).matches[0].offer.code for catalogues in replicas]
    assert first == ["DEM-1", "DEM-1"]
    for _ in range(3):
        await change(database, lambda work: learn_choice(work, Wish("demens", "demens", offer_code="DEM-2")))
    await refresh(replicas)
    first = [(await answer(catalogues, said)).matches[0].offer.code for catalogues in replicas]
    assert first == ["DEM-2", "DEM-2"]
