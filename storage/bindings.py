"""What was kept under the e-mail of somebody never seen in Teams becomes theirs when they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from centre.enrolments import UNSEEN, EnrolmentStatus
from storage.models import EnrolmentRow, InterestRow, NoticeRow, unfinished

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


async def bind_enrolments(session: AsyncSession, tenant: str, email: str, person_id: str) -> None:
    """Give a person the enrolments kept under their e-mail, and the notices that wait for them.

    On a run for which they had signed up as themselves meanwhile, what was kept under the e-mail is given up:
    nobody has two seats.
    """
    key = f"{UNSEEN}{email.strip().lower()}"
    counted = {"version": EnrolmentRow.version + 1}
    kept = EnrolmentRow.tenant == tenant, EnrolmentRow.person_id == key
    own_runs = select(EnrolmentRow.run_code).where(
        EnrolmentRow.tenant == tenant, EnrolmentRow.person_id == person_id
    )
    twice = set(await session.scalars(own_runs))
    await session.execute(
        update(EnrolmentRow)
        .where(*kept, EnrolmentRow.run_code.in_(twice))
        .values(status=EnrolmentStatus.CANCELLED, holds_seat=False, offered_until=None, **counted)
    )
    await session.execute(
        update(EnrolmentRow)
        .where(*kept, EnrolmentRow.run_code.not_in(twice))
        .values(person_id=person_id, **counted)
    )
    await session.execute(
        update(EnrolmentRow)
        .where(EnrolmentRow.tenant == tenant, EnrolmentRow.leader_id == key)
        .values(leader_id=person_id, **counted)
    )
    await session.execute(
        update(InterestRow)
        .where(InterestRow.tenant == tenant, InterestRow.leader_id == key)
        .values(leader_id=person_id)
    )
    await session.execute(
        update(NoticeRow)
        .where(NoticeRow.tenant == tenant, NoticeRow.audience == key, unfinished(NoticeRow.status))
        .values(audience=person_id)
    )
