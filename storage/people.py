"""The people of one tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from centre.enrolments import UNSEEN
from centre.people import Listing, Person, Role
from centre.people_list import ListChanges
from storage.bindings import bind_enrolments
from storage.models import PersonRow
from storage.people_search import Likeness, likeness, may_be, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncSession

    from centre.people_list import Progress
    from storage.people_search import Word

CHUNK = 500
"""People per flush: a progress bar that moves."""

# Built once, for every turn begins with it: building it anew took longer than running it.
_PEOPLE = PersonRow.__table__
_GET = select(_PEOPLE).where(
    _PEOPLE.c.tenant == bindparam("of_tenant"), _PEOPLE.c.entra_id == bindparam("entra_id")
)


class StoredPeople:
    """Implements `centre.ports.People`. A person imported by e-mail has the id "" until seen in Teams."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def get(self, person_id: str) -> Person | None:
        """Return the person with this Entra object id."""
        connection = await self._session.connection()
        row = (await connection.execute(_GET, {"of_tenant": self._tenant, "entra_id": person_id})).one_or_none()
        return None if row is None else person_in(row)

    async def by_email(self, email: str) -> Person | None:
        """Return the imported person with this e-mail (any letter case) who has not been seen in Teams yet."""
        row = await self._by_email(email)
        return None if row is None or row.entra_id is not None else person_in(row)

    async def holder_of(self, email: str) -> Person | None:
        """Return whoever has this e-mail (any letter case), seen in Teams or not."""
        row = await self._by_email(email)
        return None if row is None else person_in(row)

    async def known_under(self, keys: Collection[str]) -> Mapping[str, Person]:
        """Return the people of these keys (`centre.enrolments.key_of`) by them; unknown keys are left out."""
        emails = [key.removeprefix(UNSEEN) for key in keys if key.startswith(UNSEEN)]
        seen = PersonRow.entra_id.in_([key for key in keys if not key.startswith(UNSEEN)])
        query = select(PersonRow).where(PersonRow.tenant == self._tenant, seen | PersonRow.email.in_(emails))
        found = [person_in(row) for row in await self._session.scalars(query)]
        return {
            key: person
            for person in found
            for key in (person.id, f"{UNSEEN}{person.email.lower()}")
            if key in keys
        }

    async def led_by(self, email: str) -> Sequence[Person]:
        """Return those whose leader has this e-mail, by name, without those who left."""
        query = select(PersonRow).where(
            PersonRow.tenant == self._tenant,
            PersonRow.leader_email == email.strip().lower(),
            PersonRow.listing != Listing.LEFT,
        )
        return [person_in(row) for row in await self._session.scalars(query.order_by(PersonRow.name))]

    async def find(self, words: str, limit: int) -> Sequence[Person]:
        """Return whom these words name, best first; see `storage.people_search`."""
        said = words_of(words)
        if not said or limit < 1:
            return []
        found = await self._like(said, forgiving=False) or await self._like(said, forgiving=True)
        best = [row_id for _, _, row_id in sorted(found)[:limit]]
        rows = await self._session.scalars(select(PersonRow).where(PersonRow.id.in_(best)))
        people = {row.id: person_in(row) for row in rows}
        return [people[row_id] for row_id in best]

    async def _like(self, said: Sequence[Word], *, forgiving: bool) -> Sequence[tuple[Likeness, str, int]]:
        query = select(PersonRow.id, PersonRow.name, PersonRow.email).where(
            PersonRow.tenant == self._tenant,
            PersonRow.listing != Listing.LEFT,
            may_be(said, forgiving=forgiving),
        )
        return [
            (like, name, row_id)
            for row_id, name, email in await self._session.execute(query)
            if (like := likeness(said, name, email or "", forgiving=forgiving))
        ]

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
        newly_known = bool(person.id and email) and (row.entra_id is None or row.email != email)
        row.entra_id = person.id or row.entra_id
        row.email = email or None
        row.name = person.name
        row.role = person.role
        row.role_confirmed = person.role_confirmed
        row.area = person.area
        row.department = person.department
        row.locale = person.locale
        row.leader_email = person.leader_email
        row.listing = person.listing
        self._session.add(row)
        await self._session.flush()
        if newly_known:
            await bind_enrolments(self._session, self._tenant, email, person.id)

    async def leader_emails(self) -> frozenset[str]:
        """Return the e-mails of everybody who leads."""
        query = select(PersonRow.email).where(
            PersonRow.tenant == self._tenant,
            PersonRow.role == Role.LEADER,
            PersonRow.listing != Listing.LEFT,
            PersonRow.email.is_not(None),
        )
        return frozenset(email for email in await self._session.scalars(query) if email)

    async def take_list(
        self, listed: Sequence[Person], *, replace_all: bool, progress: Progress | None = None
    ) -> ListChanges:
        """Insert and update by e-mail; with `replace_all`, see off who is not given. See `centre.people_list`."""
        query = select(PersonRow).where(PersonRow.tenant == self._tenant, PersonRow.email.is_not(None))
        known = {row.email: row for row in await self._session.scalars(query)}
        given = {person.email.strip().lower() for person in listed}
        created, updated, confirmed = 0, 0, []
        for number, person in enumerate(listed, start=1):
            email = person.email.strip().lower()
            row = known.get(email)
            if row is None:
                created += 1
                row = PersonRow(tenant=self._tenant, email=email, name=person.name, locale="")
                self._session.add(row)
            before = None if row.id is None else person_in(row)
            _list(row, person)
            after = person_in(row)
            if before is not None and before != after:
                updated += 1
                if after.id and after.leads and (before.left or not before.role_confirmed):
                    confirmed.append(after)
            if number % CHUNK == 0 or number == len(listed):
                await self._session.flush()
                if progress:
                    progress(number, len(listed))
        gone = [row for email, row in known.items() if email not in given] if replace_all else []
        removed = [row for row in gone if row.entra_id is None]
        left = [row for row in gone if row.entra_id is not None and row.listing is Listing.LISTED]
        for row in removed:
            await self._session.delete(row)
        for row in left:
            row.listing = Listing.LEFT
        await self._session.flush()
        return ListChanges(
            created,
            updated,
            len(listed) - created - updated,
            len(removed),
            [person_in(row) for row in left],
            confirmed,
        )

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


def _list(row: PersonRow, listed: Person) -> None:
    """Take over what the list says; the name of somebody seen in Teams is the directory's."""
    row.name = listed.name if row.entra_id is None else row.name
    row.role = listed.role
    row.role_confirmed = True
    row.area = listed.area
    row.department = listed.department
    row.leader_email = listed.leader_email
    row.listing = Listing.LISTED


def person_in(row: PersonRow | Row[Any]) -> Person:
    """Return the person of a row; one imported by e-mail has the id "" until seen in Teams."""
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
        leader_email=row.leader_email,
        listing=row.listing,
    )
