"""Who takes part in what, in one tenant, and the audit trail of it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select, tuple_, update
from sqlalchemy.orm.exc import StaleDataError

from catalogue.offers import Run, SignUp
from centre.enrolments import LIVE, Enrolment, EnrolmentEvent, EnrolmentStatus, Seats
from centre.participants import RunTally
from centre.ports import ConflictError
from storage.models import EnrolmentEventRow, EnrolmentRow, OfferRow, RunRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.catalogue_version import CatalogueVersion

_FIELDS = [field.name for field in fields(Enrolment) if field.name not in {"tenant", "id", "version"}]
_RUN_FIELDS = [field.name for field in fields(Run)]
_COUNTS = ("attending", "waiting", "applied", "to_decide", "held")
_EVENT_FIELDS = [field.name for field in fields(EnrolmentEvent) if field.name != "id"]


class StoredEnrolments:
    """Implements `centre.ports.Enrolments`."""

    def __init__(self, session: AsyncSession, tenant: str, version: CatalogueVersion) -> None:
        self._session = session
        self._tenant = tenant
        self._version = version

    async def hold_run(self, run_code: str) -> Seats | None:
        """Lock a run until the transaction ends, and return how its seats stand; None when it is not on offer.

        SQLite has one writer at a time anyway and knows no row locks.
        """
        query = (
            select(RunRow)
            .join(OfferRow, (OfferRow.tenant == RunRow.tenant) & (OfferRow.code == RunRow.offer_code))
            .where(RunRow.tenant == self._tenant, RunRow.code == run_code)
            .where(RunRow.retired.is_(False), OfferRow.retired.is_(False))
            .with_for_update(of=RunRow)
            .execution_options(populate_existing=True)
        )
        row = await self._session.scalar(query)
        if row is None:
            return None
        counts = select(
            func.count().filter(EnrolmentRow.holds_seat),
            func.count().filter(~EnrolmentRow.holds_seat),
            func.max(EnrolmentRow.applied_at),
        ).where(*self._live_on(run_code))
        held, waiting, latest = (await self._session.execute(counts)).one()
        return Seats(_run(row), held, waiting, latest)

    async def runs(self, run_codes: Collection[str]) -> Mapping[str, Run]:
        """Return runs by their codes, those that were taken off too."""
        query = select(RunRow).where(RunRow.tenant == self._tenant, RunRow.code.in_(run_codes))
        return {row.code: _run(row) for row in await self._session.scalars(query)}

    async def length_of(self, offer_code: str) -> str:
        """Return how long an offer is, in the catalogue's words; "" when there is no such offer."""
        query = select(OfferRow.length).where(OfferRow.tenant == self._tenant, OfferRow.code == offer_code)
        return await self._session.scalar(query) or ""

    async def runs_with_people(self) -> frozenset[str]:
        """Return the codes of the runs that anybody ever signed up for."""
        query = select(EnrolmentRow.run_code).where(EnrolmentRow.tenant == self._tenant).distinct()
        return frozenset(await self._session.scalars(query))

    async def seats_held(self, run_codes: Collection[str]) -> Mapping[str, int]:
        """Count the seats kept for who signed up here; runs without any are left out."""
        query = (
            select(EnrolmentRow.run_code, func.count())
            .where(EnrolmentRow.tenant == self._tenant, EnrolmentRow.run_code.in_(run_codes))
            .where(EnrolmentRow.holds_seat)
            .group_by(EnrolmentRow.run_code)
        )
        return {code: count for code, count in (await self._session.execute(query)).all()}  # noqa: C416 - rows, not pairs

    async def add(self, enrolment: Enrolment) -> Enrolment:
        """Insert an enrolment.

        Raises:
            ConflictError: the person is enrolled on this run already.
        """
        row = EnrolmentRow(tenant=self._tenant, id=enrolment.id)
        _fill(row, enrolment)
        self._session.add(row)
        await self._session.flush()
        return replace(enrolment, version=row.version)

    async def save(self, enrolment: Enrolment) -> Enrolment:
        """Update an enrolment whose `version` is the one that was read; return it with its new version.

        Raises:
            ConflictError: the row has another version by now, or is not there.
        """
        row = await self._session.get(EnrolmentRow, (self._tenant, enrolment.id))
        if row is None or row.version != enrolment.version:
            raise ConflictError(f"enrolment {enrolment.id} is not at version {enrolment.version}")
        _fill(row, enrolment)
        try:
            await self._session.flush()
        except StaleDataError as error:
            raise ConflictError(f"enrolment {enrolment.id} was changed by somebody else") from error
        return replace(enrolment, version=row.version)

    async def get(self, enrolment_id: str) -> Enrolment | None:
        """Return the enrolment with this id."""
        return await self._one(self._mine().where(EnrolmentRow.id == enrolment_id))

    async def of_person_on(self, run_code: str, person_key: str) -> Enrolment | None:
        """Return a person's enrolment on a run, whatever became of it."""
        query = self._mine().where(EnrolmentRow.run_code == run_code, EnrolmentRow.person_id == person_key)
        return await self._one(query)

    async def of_person(self, person_key: str) -> Sequence[Enrolment]:
        """Return a person's enrolments, whatever became of them, by the run's first day, latest first."""
        query = self._mine().join(
            RunRow, (RunRow.tenant == EnrolmentRow.tenant) & (RunRow.code == EnrolmentRow.run_code)
        )
        query = query.where(EnrolmentRow.person_id == person_key)
        return await self._many(query.order_by(RunRow.starts.desc(), EnrolmentRow.run_code))

    async def of_people(self, person_keys: Collection[str]) -> Sequence[Enrolment]:
        """Return the live enrolments of several people, in the order in which they signed up."""
        query = self._mine().where(EnrolmentRow.person_id.in_(person_keys), EnrolmentRow.status.in_(LIVE))
        return await self._many(_in_line(query))

    async def of_run(self, run_code: str) -> Sequence[Enrolment]:
        """Return a run's enrolments, whatever became of them, in the order in which people signed up."""
        return await self._many(_in_line(self._mine().where(EnrolmentRow.run_code == run_code)))

    async def first_in_line(self, run_code: str) -> Enrolment | None:
        """Return who has waited longest for a seat of a run."""
        waiting = self._mine().where(*self._live_on(run_code), ~EnrolmentRow.holds_seat)
        return await self._one(_in_line(waiting).limit(1))

    async def ahead_in_line(self, enrolment: Enrolment) -> int:
        """Count those who have waited longer for a seat of the same run."""
        before = tuple_(EnrolmentRow.applied_at, EnrolmentRow.id) < (enrolment.applied_at, enrolment.id)
        query = select(func.count()).where(*self._live_on(enrolment.run_code), ~EnrolmentRow.holds_seat, before)
        return (await self._session.execute(query)).scalar_one()

    async def awaiting(self, leader_keys: Collection[str]) -> Sequence[Enrolment]:
        """Return the applications that await the answer of these leaders, oldest first."""
        applied = EnrolmentRow.status == EnrolmentStatus.APPLIED
        return await self._many(_in_line(self._mine().where(EnrolmentRow.leader_id.in_(leader_keys), applied)))

    async def tallies(
        self, *, code: str = "", not_over_on: date | None = None, limit: int, offset: int = 0
    ) -> Sequence[RunTally]:
        """Count who is where on runs, those that were taken off too; see `centre.ports.Enrolments`."""
        query = (
            select(RunRow, OfferRow.title)
            .join(OfferRow, (OfferRow.tenant == RunRow.tenant) & (OfferRow.code == RunRow.offer_code))
            .where(RunRow.tenant == self._tenant)
            .limit(limit)
            .offset(offset)
        )
        if not_over_on:
            query = query.where(RunRow.ends >= not_over_on)
        if not code:
            return await self._tallied(query.where(self._has_people()).order_by(RunRow.starts, RunRow.code))
        return await self._tallied(_spelt(query, code)) or await self._tallied(_alike(query, code))

    async def _tallied(self, query: Select[RunRow, str]) -> Sequence[RunTally]:
        """Read runs and then count who is on them: counting all runs to show a few takes ever longer."""
        runs = (await self._session.execute(query)).all()
        counts = self._counts().where(EnrolmentRow.run_code.in_([run.code for run, _ in runs]))
        counted = {row.run_code: row[1:] for row in (await self._session.execute(counts) if runs else ())}
        nobody = (0,) * len(_COUNTS)
        return [RunTally(_run(run), title, *counted.get(run.code, nobody)) for run, title in runs]

    def _has_people(self) -> ColumnElement[bool]:
        """Whether anybody is on a run."""
        return exists().where(
            EnrolmentRow.tenant == RunRow.tenant,
            EnrolmentRow.run_code == RunRow.code,
            EnrolmentRow.status.in_(LIVE),
        )

    def _counts(self) -> Select[*tuple[Any, ...]]:
        """Count a tenant's live enrolments by run, under the names of `_COUNTS`."""
        applied = EnrolmentRow.status == EnrolmentStatus.APPLIED
        decides = (applied & (EnrolmentRow.sign_up == SignUp.CENTRE)) | EnrolmentRow.leave_asked_at.is_not(None)
        conditions = (
            EnrolmentRow.status == EnrolmentStatus.ATTENDING,
            ~EnrolmentRow.holds_seat,
            applied,
            decides,
            EnrolmentRow.holds_seat,
        )
        counted = [
            func.count().filter(condition).label(name) for name, condition in zip(_COUNTS, conditions, strict=True)
        ]
        return (
            select(EnrolmentRow.run_code, *counted)
            .where(EnrolmentRow.tenant == self._tenant, EnrolmentRow.status.in_(LIVE))
            .group_by(EnrolmentRow.run_code)
        )

    async def mark(self, events: Sequence[EnrolmentEvent], *, attended: bool) -> None:
        """Note for the enrolments of these events that the person was there, or was not, and record the events."""
        if not events:
            return
        query = update(EnrolmentRow).where(
            EnrolmentRow.tenant == self._tenant, EnrolmentRow.id.in_([event.enrolment_id for event in events])
        )
        changes = {"attended": attended, "changed_at": events[0].at, "version": EnrolmentRow.version + 1}
        await self._session.execute(query.values(changes).execution_options(synchronize_session=False))
        self._session.add_all(self._event_row(event) for event in events)
        await self._session.flush()

    async def make_seats_known(self) -> None:
        """Make all replicas read anew which runs have free seats."""
        await self._version.count_up()

    async def record(self, event: EnrolmentEvent) -> int:
        """Append to the audit trail and return the event's id."""
        row = self._event_row(event)
        self._session.add(row)
        await self._session.flush()
        return row.id

    async def event(self, event_id: int) -> EnrolmentEvent | None:
        """Return one line of the audit trail."""
        query = select(EnrolmentEventRow).where(
            EnrolmentEventRow.tenant == self._tenant, EnrolmentEventRow.id == event_id
        )
        row = await self._session.scalar(query)
        return None if row is None else _event(row)

    async def events(self, enrolment_id: str) -> Sequence[EnrolmentEvent]:
        """The audit trail of an enrolment, oldest first."""
        query = select(EnrolmentEventRow).where(
            EnrolmentEventRow.tenant == self._tenant, EnrolmentEventRow.enrolment_id == enrolment_id
        )
        return [_event(row) for row in await self._session.scalars(query.order_by(EnrolmentEventRow.id))]

    def _event_row(self, event: EnrolmentEvent) -> EnrolmentEventRow:
        return EnrolmentEventRow(tenant=self._tenant, **{name: getattr(event, name) for name in _EVENT_FIELDS})

    def _mine(self) -> Select[EnrolmentRow]:
        return select(EnrolmentRow).where(EnrolmentRow.tenant == self._tenant)

    def _live_on(self, run_code: str) -> tuple[ColumnElement[bool], ...]:
        return (
            EnrolmentRow.tenant == self._tenant,
            EnrolmentRow.run_code == run_code,
            EnrolmentRow.status.in_(LIVE),
        )

    async def _one(self, query: Select[EnrolmentRow]) -> Enrolment | None:
        row = await self._session.scalar(query.execution_options(populate_existing=True))
        return None if row is None else _enrolment(row)

    async def _many(self, query: Select[EnrolmentRow]) -> Sequence[Enrolment]:
        rows = await self._session.scalars(query.execution_options(populate_existing=True))
        return [_enrolment(row) for row in rows]


def _spelt(query: Select[RunRow, str], code: str) -> Select[RunRow, str]:
    """Narrow to the run or the offer of a code as it was said or in capitals, by their keys."""
    codes = {code, code.upper()}
    query = query.where(RunRow.code.in_(codes) | RunRow.offer_code.in_(codes))
    return query.order_by(RunRow.code.not_in(codes), RunRow.starts.desc(), RunRow.code)


def _alike(query: Select[RunRow, str], code: str) -> Select[RunRow, str]:
    """Narrow to the run or the offer of a code in any letter case, which looks through all runs."""
    said = func.lower(code)
    query = query.where((func.lower(RunRow.code) == said) | (func.lower(RunRow.offer_code) == said))
    return query.order_by(func.lower(RunRow.code) != said, RunRow.starts.desc(), RunRow.code)


def _in_line(query: Select[EnrolmentRow]) -> Select[EnrolmentRow]:
    """Put people in the order in which they signed up."""
    return query.order_by(EnrolmentRow.applied_at, EnrolmentRow.id)


def _fill(row: EnrolmentRow, enrolment: Enrolment) -> None:
    """Everything but the keys, which never change, and the version, which counts itself."""
    for name in _FIELDS:
        setattr(row, name, getattr(enrolment, name))


def _enrolment(row: EnrolmentRow) -> Enrolment:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Enrolment(id=row.id, tenant=row.tenant, version=row.version, **values)


def _event(row: EnrolmentEventRow) -> EnrolmentEvent:
    return EnrolmentEvent(id=row.id, **{name: getattr(row, name) for name in _EVENT_FIELDS})


def _run(row: RunRow) -> Run:
    return Run(*(getattr(row, name) for name in _RUN_FIELDS))
