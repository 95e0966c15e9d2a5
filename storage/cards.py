"""The messages in the centre's channels that show requests, to be updated in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from storage.models import ChannelCardRow, MovedCardRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """The message that shows a request, to be updated in place."""

    conversation_id: str
    activity_id: str


class ChannelCards:
    """Which message shows which request, and which ones showed it before it moved."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def of(self, request_id: str) -> ChannelCard | None:
        """Return the card that shows this request, if one was posted."""
        row = await self._session.get(ChannelCardRow, (self._tenant, request_id), populate_existing=True)
        return None if row is None else ChannelCard(row.conversation_id, row.activity_id)

    async def put(self, request_id: str, card: ChannelCard) -> None:
        """Remember the card that shows this request, in place of any earlier one."""
        place = {"conversation_id": card.conversation_id, "activity_id": card.activity_id}
        statement = insert_for(self._session, ChannelCardRow).values(
            tenant=self._tenant, request_id=request_id, **place
        )
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[ChannelCardRow.tenant, ChannelCardRow.request_id], set_=place
            )
        )

    async def drop(self, request_id: str) -> None:
        """Forget the card, because its message is gone."""
        await self._session.execute(
            delete(ChannelCardRow).where(
                ChannelCardRow.tenant == self._tenant, ChannelCardRow.request_id == request_id
            )
        )

    async def moved_from(self, request_id: str, conversation_id: str) -> Sequence[ChannelCard]:
        """Return the messages of a channel that still show a request that is elsewhere now."""
        query = select(MovedCardRow).where(
            MovedCardRow.tenant == self._tenant,
            MovedCardRow.request_id == request_id,
            MovedCardRow.conversation_id == conversation_id,
        )
        rows = await self._session.scalars(query)
        return [ChannelCard(row.conversation_id, row.activity_id) for row in rows]

    async def left_behind(self, request_id: str, card: ChannelCard) -> None:
        """Remember a message that must say where its request is now."""
        statement = insert_for(self._session, MovedCardRow).values(
            tenant=self._tenant,
            request_id=request_id,
            conversation_id=card.conversation_id,
            activity_id=card.activity_id,
        )
        await self._session.execute(statement.on_conflict_do_nothing())

    async def points(self, request_id: str, card: ChannelCard) -> None:
        """Forget a message that says by now where its request is, or that is gone."""
        await self._session.execute(
            delete(MovedCardRow).where(
                MovedCardRow.tenant == self._tenant,
                MovedCardRow.request_id == request_id,
                MovedCardRow.conversation_id == card.conversation_id,
                MovedCardRow.activity_id == card.activity_id,
            )
        )
