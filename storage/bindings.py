"""What was kept under the e-mail of somebody never seen in Teams becomes theirs when they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from centre.enrolments import UNSEEN
from storage.models import EnrolmentRow, NoticeRow, unfinished

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


async def bind_enrolments(session: AsyncSession, tenant: str, email: str, person_id: str) -> None:
    """Give a person the enrolments kept under their e-mail, and the notices of them that wait."""
    key = f"{UNSEEN}{email.strip().lower()}"
    await session.execute(
        update(EnrolmentRow)
        .where(EnrolmentRow.tenant == tenant, EnrolmentRow.person_id == key)
        .values(person_id=person_id, version=EnrolmentRow.version + 1)
    )
    await session.execute(
        update(EnrolmentRow)
        .where(EnrolmentRow.tenant == tenant, EnrolmentRow.leader_id == key)
        .values(leader_id=person_id, version=EnrolmentRow.version + 1)
    )
    await session.execute(
        update(NoticeRow)
        .where(NoticeRow.tenant == tenant, NoticeRow.audience == key, unfinished(NoticeRow.status))
        .values(audience=person_id)
    )
