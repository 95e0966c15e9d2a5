"""The people of one tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from centre.people import Person
from storage.models import PersonRow

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class StoredPeople:
    """Implements `centre.ports.People`. A person imported by e-mail has the id "" until seen in Teams."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def get(self, person_id: str) -> Person | None:
        """Return the person with this Entra object id."""
        row = await self._by_entra_id(person_id)
        return None if row is None else _person(row)

    async def by_email(self, email: str) -> Person | None:
        """Return the imported person with this e-mail (any letter case) who has not been seen in Teams yet."""
        row = await self._by_email(email)
        return None if row is None or row.entra_id is not None else _person(row)

    async def save(self, person: Person) -> None:
        """Insert or update a person; one imported by e-mail is bound to the Entra object id from then on.

        An e-mail belongs to whoever was saved with it last: a person who leaves may pass the address on, and
        the directory is right about it.

        Raises:
            ValueError: neither an id nor an e-mail says who this is.
            ConflictError: the same person was inserted elsewhere at the same time.
        """
        email = person.email.strip().lower()
        if not person.id and not email:
            raise ValueError("a person needs an Entra object id or an e-mail")
        namesake = await self._by_email(email)
        row = await self._by_entra_id(person.id) if person.id else namesake
        if row is None and namesake is not None and namesake.entra_id is None:
            row = namesake
        if row is None:
            row = PersonRow(tenant=self._tenant)
        if namesake is not None and namesake is not row:
            await self._take_email_from(namesake)
        row.entra_id = person.id or row.entra_id
        row.email = email or None
        row.name = person.name
        row.role = person.role
        row.role_confirmed = person.role_confirmed
        row.area = person.area
        row.department = person.department
        row.locale = person.locale
        self._session.add(row)
        await self._session.flush()

    async def _take_email_from(self, row: PersonRow) -> None:
        """Let go of the address: one that was only imported has become the person who is being saved."""
        if row.entra_id is None:
            await self._session.execute(delete(PersonRow).where(PersonRow.id == row.id))
        else:
            await self._session.execute(update(PersonRow).where(PersonRow.id == row.id).values(email=None))

    async def _by_entra_id(self, entra_id: str) -> PersonRow | None:
        query = select(PersonRow).where(PersonRow.tenant == self._tenant, PersonRow.entra_id == entra_id)
        return await self._session.scalar(query)

    async def _by_email(self, email: str) -> PersonRow | None:
        address = email.strip().lower()
        query = select(PersonRow).where(PersonRow.tenant == self._tenant, PersonRow.email == address)
        return await self._session.scalar(query)


def _person(row: PersonRow) -> Person:
    return Person(
        tenant=row.tenant,
        id=row.entra_id or "",
        name=row.name,
        email=row.email or "",
        role=row.role,
        role_confirmed=row.role_confirmed,
        area=row.area,
        department=row.department,
        locale=row.locale,
    )
