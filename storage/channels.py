"""The channel that holds the queue, and the cards that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete

from centre.ports import Channel
from storage.models import ChannelCardRow, QueueChannelRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class StoredChannels:
    """Implements `centre.ports.Channels`."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def queue(self) -> Channel | None:
        """Return the tenant's queue channel."""
        row = await self._session.get(QueueChannelRow, self._tenant, populate_existing=True)
        if row is None:
            return None
        return Channel(tenant=row.tenant, team_id=row.team_id, channel_id=row.channel_id, name=row.name)

    async def choose_queue(self, channel: Channel) -> None:
        """Make this the queue channel, in place of any earlier one."""
        place = {"team_id": channel.team_id, "channel_id": channel.channel_id, "name": channel.name}
        statement = insert_for(self._session, QueueChannelRow).values(tenant=self._tenant, **place)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=[QueueChannelRow.tenant], set_=place)
        )


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """The message that shows a request, to be updated in place."""

    conversation_id: str
    activity_id: str


class ChannelCards:
    """Which message shows which request."""

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
