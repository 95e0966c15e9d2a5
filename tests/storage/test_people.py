"""People: imported by e-mail, bound on first sight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from catalogue.offers import Area
from centre.people import Listing, Person, Role

if TYPE_CHECKING:
    from centre.people_list import ListChanges
    from storage import Database

TENANT = "tenant-1"
IMPORTED = Person(
    tenant=TENANT,
    id="",
    name="Lene Leder",
    email="Lene@Kommune.dk",
    role=Role.LEADER,
    area=Area.SENIOR,
    department="Ældrecenter Øst",
)


async def save(database: Database, person: Person) -> None:
    async with database.unit_of_work(TENANT) as uow:
        await uow.people.save(person)
        await uow.commit()


async def get(database: Database, person_id: str) -> Person | None:
    async with database.read_only(TENANT) as uow:
        return await uow.people.get(person_id)


async def by_email(database: Database, email: str) -> Person | None:
    async with database.read_only(TENANT) as uow:
        return await uow.people.by_email(email)


async def test_an_imported_person_is_found_by_email_in_any_letter_case(database: Database) -> None:
    await save(database, IMPORTED)
    assert await by_email(database, " LENE@kommune.DK ") == replace(IMPORTED, email="lene@kommune.dk")
    assert await by_email(database, "nobody@kommune.dk") is None


async def test_first_sight_binds_the_imported_person(database: Database) -> None:
    await save(database, IMPORTED)
    seen = replace(IMPORTED, id="entra-1", locale="da")
    await save(database, seen)
    assert await get(database, "entra-1") == replace(seen, email="lene@kommune.dk")
    assert await by_email(database, IMPORTED.email) is None


async def test_a_second_import_updates_the_bound_person(database: Database) -> None:
    await save(database, replace(IMPORTED, id="entra-1"))
    await save(database, replace(IMPORTED, department="Hjemmeplejen"))
    person = await get(database, "entra-1")
    assert person is not None
    assert person.department == "Hjemmeplejen"


async def test_many_people_have_no_email(database: Database) -> None:
    for number in range(3):
        await save(database, Person(tenant=TENANT, id=f"p{number}", name="Uden mail"))
    assert await get(database, "p2") == Person(tenant=TENANT, id="p2", name="Uden mail")


async def test_an_address_that_was_passed_on_belongs_to_the_new_person(database: Database) -> None:
    await save(database, replace(IMPORTED, id="left"))
    await save(database, Person(tenant=TENANT, id="new", name="Ny Leder", email=IMPORTED.email))
    left, new = await get(database, "left"), await get(database, "new")
    assert left is not None
    assert new is not None
    assert (left.email, new.email) == ("", "lene@kommune.dk")


async def test_a_person_who_was_seen_before_the_import_stays_one_person(database: Database) -> None:
    known = Person(tenant=TENANT, id="entra-1", name="Lene")
    await save(database, known)
    await save(database, IMPORTED)
    await save(database, replace(known, email=IMPORTED.email))
    assert await by_email(database, IMPORTED.email) is None
    person = await get(database, "entra-1")
    assert person is not None
    assert person.email == "lene@kommune.dk"


async def test_membership_of_the_staff_is_never_stored(database: Database) -> None:
    await save(database, Person(tenant=TENANT, id="kim", name="Kim", staff=True))
    person = await get(database, "kim")
    assert person is not None
    assert not person.staff


async def test_somebody_without_id_and_email_is_nobody(database: Database) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        await save(database, Person(tenant=TENANT, id="", name="Ingen"))


def listed(name: str, **changes: object) -> Person:
    email = f"{name.lower()}@kommune.dk"
    person = Person(
        TENANT, "", name, email, Role.LEADER, area=Area.SENIOR, department="Øst", listing=Listing.LISTED
    )
    return replace(person, **changes)  # type: ignore[arg-type]


async def take(database: Database, *people: Person, replace_all: bool = False) -> ListChanges:
    async with database.unit_of_work(TENANT) as uow:
        changes = await uow.people.take_list(people, replace_all=replace_all)
        await uow.commit()
    return changes


def counts(changes: ListChanges) -> tuple[int, int, int, int]:
    return changes.created, changes.updated, changes.unchanged, changes.removed


async def test_a_list_is_taken_in_by_email_and_the_same_list_again_changes_nothing(database: Database) -> None:
    people = [listed(f"P{number}") for number in range(1200)]
    told: list[int] = []
    async with database.unit_of_work(TENANT) as uow:
        changes = await uow.people.take_list(people, replace_all=True, progress=lambda done, _: told.append(done))
        await uow.commit()
    assert counts(changes) == (1200, 0, 0, 0)
    assert told == [500, 1000, 1200]
    assert counts(await take(database, *people)) == (0, 0, 1200, 0)
    moved = [replace(people[0], department="Vest"), *people[1:]]
    assert counts(await take(database, *moved)) == (0, 1, 1199, 0)


async def test_who_was_seen_in_teams_keeps_id_name_and_language(database: Database) -> None:
    seen = Person(TENANT, "entra-1", "Lene Holm Jensen", "lene@kommune.dk", locale="en")
    await save(database, seen)
    changes = await take(database, listed("Lene", department="Vest", leader_email="bo@kommune.dk"))
    assert counts(changes) == (0, 1, 0, 0)
    assert await get(database, "entra-1") == replace(
        seen,
        role=Role.LEADER,
        area=Area.SENIOR,
        department="Vest",
        leader_email="bo@kommune.dk",
        listing=Listing.LISTED,
    )


async def test_first_sight_after_the_list_binds_the_person_with_all_of_it(database: Database) -> None:
    await take(database, listed("Lene", leader_email="bo@kommune.dk"))
    imported = await by_email(database, "lene@kommune.dk")
    assert imported
    await save(database, replace(imported, id="entra-1"))
    person = await get(database, "entra-1")
    assert person
    assert (person.leader_email, person.listing) == ("bo@kommune.dk", Listing.LISTED)


async def test_the_whole_list_sees_off_who_is_not_on_it(database: Database) -> None:
    await save(database, Person(TENANT, "never-listed", "Kirsten", "kirsten@kommune.dk"))
    await take(database, listed("Lene"), listed("Mads"), listed("Amina"))
    await save(database, replace(listed("Lene"), id="lene"))
    await save(database, replace(listed("Mads"), id="mads"))
    changes = await take(database, listed("Mads"), replace_all=True)
    assert counts(changes) == (0, 0, 1, 1)
    assert [person.id for person in changes.left] == ["lene"]
    lene, kirsten = await get(database, "lene"), await get(database, "never-listed")
    assert lene
    assert lene.left
    assert not lene.may_file
    assert kirsten
    assert not kirsten.left
    assert await by_email(database, "amina@kommune.dk") is None
    assert (await take(database, listed("Mads"), replace_all=True)).left == []
    assert counts(await take(database, listed("Lene"))) == (0, 1, 0, 0)
    back = await get(database, "lene")
    assert back
    assert back.leads


async def test_a_part_of_the_list_sees_off_nobody(database: Database) -> None:
    await take(database, listed("Lene"))
    assert counts(await take(database, listed("Mads"))) == (1, 0, 0, 0)
    assert await by_email(database, "lene@kommune.dk") is not None


async def test_the_list_says_whom_it_confirmed_and_who_leads(database: Database) -> None:
    own_word = replace(listed("Lene"), id="lene", role_confirmed=False, listing=Listing.NEVER)
    await save(database, own_word)
    changes = await take(database, listed("Lene"), listed("Mads", role=Role.EMPLOYEE))
    assert [person.id for person in changes.confirmed] == ["lene"]
    async with database.read_only(TENANT) as uow:
        assert await uow.people.leader_emails() == {"lene@kommune.dk"}


async def test_another_municipality_s_people_are_left_alone(database: Database) -> None:
    await take(database, listed("Lene"))
    async with database.unit_of_work("tenant-2") as uow:
        changes = await uow.people.take_list([listed("Lene", tenant="tenant-2")], replace_all=True)
        await uow.commit()
    assert counts(changes) == (1, 0, 0, 0)
    assert await by_email(database, "lene@kommune.dk") is not None
