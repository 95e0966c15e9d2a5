"""Purpose agreements of one tenant, by their enrolments."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm.exc import StaleDataError

from centre.enrolments import Enrolment, EnrolmentStatus
from centre.ports import ConflictError
from centre.purpose import Answers, Half, Purpose, Side
from storage.models import EnrolmentRow, OfferRow, PurposeRow, RunRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from catalogue.offers import SignUp

_ANSWERS = [field.name for field in fields(Answers)]
_HALF = [field.name for field in fields(Half) if field.name != "answers"]
_OWN = ("begun_at", "deadline", "edition", "closed_at")
_ENROLMENT = [field.name for field in fields(Enrolment)]


class StoredPurposes:
    """Implements `centre.ports.Purposes`."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def add(self, purpose: Purpose) -> Purpose:
        """Insert an agreement.

        Raises:
            ConflictError: the enrolment has one already.
        """
        row = PurposeRow(tenant=self._tenant, enrolment_id=purpose.enrolment_id)
        _fill(row, purpose)
        self._session.add(row)
        await self._session.flush()
        return replace(purpose, version=row.version)

    async def save(self, purpose: Purpose) -> Purpose:
        """Update an agreement whose `version` is the one that was read; return it with its new version.

        Raises:
            ConflictError: the row has another version by now, or is not there.
        """
        row = await self._session.get(PurposeRow, (self._tenant, purpose.enrolment_id))
        if row is None or row.version != purpose.version:
            raise ConflictError(f"purpose {purpose.enrolment_id} is not at version {purpose.version}")
        _fill(row, purpose)
        try:
            await self._session.flush()
        except StaleDataError as error:
            raise ConflictError(f"purpose {purpose.enrolment_id} was changed by somebody else") from error
        return replace(purpose, version=row.version)

    async def get(self, enrolment_id: str) -> Purpose | None:
        """Return the agreement of an enrolment, a closed one too."""
        return (await self.of([enrolment_id])).get(enrolment_id)

    async def of(self, enrolment_ids: Collection[str]) -> Mapping[str, Purpose]:
        """Return the agreements of those of these enrolments that have one, closed ones too."""
        query = self._mine().where(PurposeRow.enrolment_id.in_(enrolment_ids))
        return {one.enrolment_id: one for one in await self._many(query)}

    async def of_run(self, run_code: str) -> Sequence[Purpose]:
        """Return a run's agreements, the oldest first; the closed ones are left out."""
        query = self._mine().join(EnrolmentRow, _of_enrolment())
        query = query.where(EnrolmentRow.run_code == run_code, *_live())
        return await self._many(query.order_by(PurposeRow.begun_at, PurposeRow.enrolment_id))

    async def led(self, leader_keys: Collection[str], person_keys: Collection[str]) -> Sequence[Enrolment]:
        """Return the enrolments with a live agreement of these people, or of who named one of these leaders.

        The soonest run comes first.
        """
        query = (
            select(EnrolmentRow)
            .join(PurposeRow, _of_enrolment())
            .join(RunRow, (RunRow.tenant == EnrolmentRow.tenant) & (RunRow.code == EnrolmentRow.run_code))
            .where(EnrolmentRow.tenant == self._tenant, *_live())
            .where(or_(EnrolmentRow.leader_id.in_(leader_keys), EnrolmentRow.person_id.in_(person_keys)))
            .order_by(RunRow.starts, EnrolmentRow.person_name, EnrolmentRow.id)
            .execution_options(populate_existing=True)
        )
        rows = await self._session.scalars(query)
        return [Enrolment(**{name: getattr(row, name) for name in _ENROLMENT}) for row in rows]

    async def sign_up_of(self, offer_code: str) -> SignUp | None:
        """Return who approves those who sign up for an offer; None when there is no such offer."""
        query = select(OfferRow.sign_up).where(OfferRow.tenant == self._tenant, OfferRow.code == offer_code)
        return await self._session.scalar(query)

    def _mine(self) -> Select[PurposeRow]:
        return select(PurposeRow).where(PurposeRow.tenant == self._tenant)

    async def _many(self, query: Select[PurposeRow]) -> Sequence[Purpose]:
        rows = await self._session.scalars(query.execution_options(populate_existing=True))
        return [_purpose(row) for row in rows]


def _of_enrolment() -> ColumnElement[bool]:
    return (EnrolmentRow.tenant == PurposeRow.tenant) & (EnrolmentRow.id == PurposeRow.enrolment_id)


def _live() -> tuple[ColumnElement[bool], ...]:
    return PurposeRow.closed_at.is_(None), EnrolmentRow.status == EnrolmentStatus.ATTENDING


def _fill(row: PurposeRow, purpose: Purpose) -> None:
    """Everything but the keys, which never change, and the version, which counts itself."""
    for name in _OWN:
        setattr(row, name, getattr(purpose, name))
    for side in Side:
        half = purpose.half(side)
        for name in _ANSWERS:
            setattr(row, f"{side.value}_{name}", getattr(half.answers, name))
        for name in _HALF:
            setattr(row, f"{side.value}_{name}", getattr(half, name))


def _purpose(row: PurposeRow) -> Purpose:
    own = {name: getattr(row, name) for name in _OWN}
    person, leader = _half(row, Side.PERSON), _half(row, Side.LEADER)
    return Purpose(row.enrolment_id, row.tenant, person=person, leader=leader, version=row.version, **own)


def _half(row: PurposeRow, side: Side) -> Half:
    answers = Answers(*(getattr(row, f"{side.value}_{name}") for name in _ANSWERS))
    return Half(answers, **{name: getattr(row, f"{side.value}_{name}") for name in _HALF})
