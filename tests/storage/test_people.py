"""People: imported by e-mail, bound on first sight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from catalogue.offers import Area
from centre.people import Person, Role

if TYPE_CHECKING:
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
