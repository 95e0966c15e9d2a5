"""Synonyms: the starter set, a tenant's own rows over it, and the version that replicas watch."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from catalogue.synonyms import Synonym, SynonymKind, parse_synonyms, starter_synonyms, write_synonyms
from centre.synonyms import (
    Changes,
    KeptSynonym,
    Origin,
    SynonymKey,
    add_synonym,
    import_esco,
    import_synonyms,
    in_effect,
    key_of,
    remove_esco,
    remove_synonym,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import TypeVar

    from storage import Database
    from storage.unit_of_work import UnitOfWork

    T = TypeVar("T")

TENANT = "tenant-1"
PHRASE = Synonym("kører i ring", ("demens", "uro"), SynonymKind.PHRASE)
STARTER = {key_of(row): row for row in starter_synonyms()}
SHIPPED = next(row for row in starter_synonyms() if row.words == "bider")


async def change(database: Database, use: Callable[[UnitOfWork], Awaitable[T]], tenant: str = TENANT) -> T:
    async with database.unit_of_work(tenant) as work:
        result = await use(work)
        await work.commit()
    return result


async def rows(database: Database, tenant: str = TENANT) -> Mapping[SynonymKey, Synonym]:
    async with database.read_only(tenant) as work:
        return {key: kept.row for key, kept in in_effect(await work.synonyms.own()).items()}


async def version(database: Database) -> int:
    async with database.read_only(TENANT) as work:
        return await work.catalogue.version()


async def test_a_tenant_without_rows_of_its_own_uses_the_starter_set(database: Database) -> None:
    assert await rows(database) == STARTER


async def test_an_added_row_counts_beside_the_starter_set_and_for_this_tenant_only(database: Database) -> None:
    await change(database, lambda work: add_synonym(work, PHRASE))
    assert await rows(database) == {**STARTER, key_of(PHRASE): PHRASE}
    assert await rows(database, "another tenant") == STARTER


async def test_adding_keeps_what_the_words_meant_before(database: Database) -> None:
    more = Synonym("BIDER", ("sanseintegration", "Udadreagerende adfærd"), SynonymKind.PHRASE)
    row = await change(database, lambda work: add_synonym(work, more))
    assert row == Synonym("bider", (*SHIPPED.meanings, "sanseintegration"), SynonymKind.PHRASE)
    assert (await rows(database))[key_of(SHIPPED)] == row


@pytest.mark.parametrize("spelt", ["kører i ring", "Kører  i ring!", "koerer i ring"])
async def test_a_row_is_known_by_its_words_however_they_are_written(database: Database, spelt: str) -> None:
    await change(database, lambda work: add_synonym(work, PHRASE))
    assert await change(database, lambda work: remove_synonym(work, spelt)) == [PHRASE]
    assert await rows(database) == STARTER


async def test_a_row_of_the_starter_set_can_be_switched_off_and_on(database: Database) -> None:
    assert await change(database, lambda work: remove_synonym(work, "bider")) == [SHIPPED]
    assert key_of(SHIPPED) not in await rows(database)
    await change(database, lambda work: add_synonym(work, SHIPPED))
    assert await rows(database) == STARTER
    async with database.read_only(TENANT) as work:
        assert await work.synonyms.own() == []


async def test_removing_what_staff_changed_does_not_bring_the_starters_row_back(database: Database) -> None:
    await change(database, lambda work: add_synonym(work, Synonym("bider", ("tænder",), SynonymKind.PHRASE)))
    await change(database, lambda work: remove_synonym(work, "bider"))
    assert key_of(SHIPPED) not in await rows(database)


async def test_removing_what_is_not_there_changes_nothing(database: Database) -> None:
    assert await change(database, lambda work: remove_synonym(work, "findes ikke")) == []
    assert await version(database) == 0


async def test_what_was_exported_changed_and_imported_is_exactly_what_counts(database: Database) -> None:
    await change(database, lambda work: add_synonym(work, PHRASE))
    exported = write_synonyms((await rows(database)).values())
    changed = exported.replace("bider;udadreagerende adfærd;", "bider;tandpleje;").replace(
        "kører i ring;demens, uro;talemåde\n", ""
    )
    given = parse_synonyms(changed)
    result = await change(database, lambda work: import_synonyms(work, given, replace_all=True))
    assert result == Changes(updated=1, unchanged=len(STARTER) - 1, removed=1)
    bites = Synonym("bider", ("tandpleje",), SynonymKind.PHRASE)
    assert await rows(database) == {**STARTER, key_of(bites): bites}


async def test_importing_without_replacing_leaves_the_other_rows(database: Database) -> None:
    twice = [PHRASE, Synonym("Kører i ring", ("rastløshed",), SynonymKind.PHRASE)]
    result = await change(database, lambda work: import_synonyms(work, twice, replace_all=False))
    assert result == Changes(created=1)
    both = Synonym("kører i ring", ("demens", "uro", "rastløshed"), SynonymKind.PHRASE)
    assert await rows(database) == {**STARTER, key_of(both): both}
    before = await version(database)
    again = await change(database, lambda work: import_synonyms(work, twice, replace_all=False))
    assert again == Changes(unchanged=1)
    assert await version(database) == before


async def test_replacing_by_a_short_file_switches_the_rest_off(database: Database) -> None:
    result = await change(database, lambda work: import_synonyms(work, [PHRASE], replace_all=True))
    assert result == Changes(created=1, removed=len(STARTER))
    assert list((await rows(database)).values()) == [PHRASE]


async def test_rows_of_esco_come_last_stay_off_and_go_together(database: Database) -> None:
    walking = Synonym("førerhund", ("hjælpemidler",), SynonymKind.PHRASE)
    known = Synonym("bider", ("tandpleje",), SynonymKind.PHRASE)
    treated = Synonym("genoptræne", ("rehabilitering",), SynonymKind.PHRASE)
    esco = [walking, known, treated]
    assert await change(database, lambda work: import_esco(work, esco)) == Changes(created=2)
    assert await rows(database) == {**STARTER, key_of(walking): walking, key_of(treated): treated}

    await change(database, lambda work: remove_synonym(work, "førerhund"))
    assert await change(database, lambda work: import_esco(work, esco)) == Changes(unchanged=2)
    assert await rows(database) == {**STARTER, key_of(treated): treated}

    assert await change(database, lambda work: import_esco(work, [])) == Changes(removed=1)
    await change(database, lambda work: import_esco(work, [treated]))
    assert await change(database, remove_esco) == 1
    assert await rows(database) == STARTER


async def test_replacing_leaves_the_rows_of_esco(database: Database) -> None:
    walking = Synonym("førerhund", ("hjælpemidler",), SynonymKind.PHRASE)
    await change(database, lambda work: import_esco(work, [walking]))
    await change(database, lambda work: import_synonyms(work, [PHRASE], replace_all=True))
    assert set((await rows(database)).values()) == {walking, PHRASE}


async def test_every_change_is_a_new_version_and_a_rolled_back_one_is_none(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await add_synonym(work, PHRASE)
    assert (await version(database), await rows(database)) == (0, STARTER)
    versions = [0]
    for use in (
        lambda work: add_synonym(work, PHRASE),
        lambda work: remove_synonym(work, PHRASE.words),
        lambda work: import_esco(work, [PHRASE]),
        remove_esco,
    ):
        await change(database, use)
        versions.append(await version(database))
    assert versions == sorted(set(versions))


async def test_two_who_add_to_the_same_words_at_once_lose_nothing(database: Database) -> None:
    meanings = ["demens", "uro", "rastløshed", "vandring"]
    new = [Synonym("kører i ring", (meaning,), SynonymKind.PHRASE) for meaning in meanings]
    await asyncio.gather(*(change(database, lambda work, row=row: add_synonym(work, row)) for row in new))
    assert sorted((await rows(database))[key_of(PHRASE)].meanings) == sorted(meanings)


async def test_every_kind_of_row_comes_back(database: Database) -> None:
    several = ("betyder 1", "betyder; 2")
    kept = [
        KeptSynonym(Synonym("Ord", several, SynonymKind.SYNONYM), Origin.STAFF),
        KeptSynonym(Synonym("§ 83 a", several, SynonymKind.PHRASE), Origin.STARTER, off=True),
        KeptSynonym(Synonym("ord", several, SynonymKind.ABBREVIATION), Origin.ESCO),
        KeptSynonym(Synonym("Ord", (), SynonymKind.COMPOUND), Origin.ESCO, off=True),
    ]
    await change(database, lambda work: work.synonyms.put(kept))
    async with database.read_only(TENANT) as work:
        assert set(await work.synonyms.own()) == set(kept)
