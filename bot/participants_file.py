"""A run's people as a file behind a link: everybody who was ever on it, with what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING

from bot.downloads import File
from bot.sheets import CONTENT_TYPES, Column, Sheet, write_csv, write_xlsx
from centre.clock import COPENHAGEN
from centre.enrolments import UNSEEN, EnrolmentStatus
from centre.filing import NotFoundError
from centre.participants import see_participants
from dialogs.cards.enrolment import status_word
from dialogs.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from bot.downloads import Kind
    from bot.links import Claims
    from centre.enrolments import Enrolment
    from centre.participants import RunPeople
    from centre.people import Person
    from centre.ports import Clock, UnitOfWork
    from dialogs.texts import Texts

_ORDER = (
    EnrolmentStatus.ATTENDING,
    EnrolmentStatus.APPLIED,
    EnrolmentStatus.WAITLISTED,
    EnrolmentStatus.DECLINED,
    EnrolmentStatus.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """An enrolment with what the people on it are known by today."""

    enrolment: Enrolment
    person: Person | None
    signed_up_by: Person | None

    @property
    def email(self) -> str:
        """The e-mail, where one is known."""
        key = self.enrolment.person_id
        return key.removeprefix(UNSEEN) if key.startswith(UNSEEN) else self.person.email if self.person else ""

    @property
    def signer(self) -> str:
        """Who signed the person up: mostly they themselves."""
        own = self.enrolment.signed_up_by == self.enrolment.person_id
        return self.enrolment.person_name if own else self.signed_up_by.name if self.signed_up_by else ""


def _attended(texts: Texts, row: _Row) -> str:
    if row.enrolment.attended is None:
        return ""
    return texts("attended-yes" if row.enrolment.attended else "attended-no")


_PEOPLE: Sheet[_Row] = Sheet(
    "people-export-sheet",
    (
        Column("people-export-name", lambda _, row: row.enrolment.person_name),
        Column("people-export-email", lambda _, row: row.email),
        Column("people-export-department", lambda _, row: row.enrolment.department),
        Column(
            "people-export-area",
            lambda texts, row: texts(f"area-{row.enrolment.area.value}") if row.enrolment.area else "",
        ),
        Column("people-export-status", lambda texts, row: status_word(texts, row.enrolment)),
        Column("people-export-when", lambda _, row: row.enrolment.applied_at.astimezone(COPENHAGEN).date()),
        Column("people-export-by", lambda _, row: row.signer),
        Column("people-export-leader", lambda _, row: row.enrolment.leader_name),
        Column("people-export-attended", _attended),
    ),
)
_WRITERS = {"csv": partial(write_csv, _PEOPLE), "xlsx": partial(write_xlsx, _PEOPLE)}


def participants_file(clock: Clock) -> Kind:
    """Return the kind of file that has a run's people, as they are when it is fetched."""

    async def find(claims: Claims, person: Person, work: UnitOfWork) -> File:
        run_code, ending = claims.subject.get("run"), claims.subject.get("file", "")
        if not isinstance(run_code, str) or ending not in _WRITERS:
            raise NotFoundError
        people = await see_participants(work, person, run_code)
        known = await work.people.known_under(_keys(people))

        async def fill(stream: IO[bytes]) -> None:
            await _WRITERS[ending](stream, claims.locale, _rows(people, known))

        day = clock.now().strftime("%d-%m-%Y")
        name = texts_in(claims.locale)("people-export-file", code=people.tally.run.code, day=day)
        return File(f"{name}.{ending}", CONTENT_TYPES[ending], fill)

    return find


def _keys(people: RunPeople) -> set[str]:
    return {key for one in people.everybody for key in (one.person_id, one.signed_up_by)}


async def _rows(people: RunPeople, known: Mapping[str, Person]) -> AsyncIterator[_Row]:
    """Yield who takes part by name, then the others: those in line in its order."""
    for one in _sorted(people):
        yield _Row(one, known.get(one.person_id), known.get(one.signed_up_by))


def _sorted(people: RunPeople) -> Sequence[Enrolment]:
    gone = [one for one in people.everybody if not one.is_live]
    return [*people.live, *sorted(gone, key=lambda one: (_ORDER.index(one.status), one.person_name.casefold()))]
