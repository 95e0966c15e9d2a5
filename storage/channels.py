"""The channels that hold the queue, and who looks after what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from catalogue.offers import Area
from centre.ports import Channel
from centre.routing import Caretaker, Route, Subject
from storage.models import CaretakerRow, QueueChannelRow, RouteRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession


class StoredChannels:
    """Implements `centre.ports.Channels`."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def queue(self) -> Channel | None:
        """Return the tenant's main channel."""
        row = await self._session.get(QueueChannelRow, self._tenant, populate_existing=True)
        return None if row is None else _channel(row)

    async def choose_queue(self, channel: Channel) -> None:
        """Make this the main channel, in place of any earlier one."""
        place = _place(channel)
        statement = insert_for(self._session, QueueChannelRow).values(tenant=self._tenant, **place)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=[QueueChannelRow.tenant], set_=place)
        )

    async def routes(self) -> Sequence[Route]:
        """Return the channels of single areas and topics, in the order of their subjects."""
        query = select(RouteRow).where(RouteRow.tenant == self._tenant).order_by(RouteRow.area, RouteRow.topic)
        rows = await self._session.scalars(query, execution_options={"populate_existing": True})
        return [Route(_subject(row), _channel(row)) for row in rows]

    async def open_route(self, route: Route) -> None:
        """Give a subject a channel of its own, in place of any earlier one."""
        place = _place(route.channel)
        statement = insert_for(self._session, RouteRow).values(
            tenant=self._tenant, **_words(route.subject), **place
        )
        keys = [RouteRow.tenant, RouteRow.area, RouteRow.topic]
        await self._session.execute(statement.on_conflict_do_update(index_elements=keys, set_=place))

    async def close_route(self, subject: Subject) -> None:
        """Let a subject go to the main channel again."""
        await self._session.execute(
            delete(RouteRow).where(RouteRow.tenant == self._tenant, *_is(RouteRow, subject))
        )

    async def close_routes(self) -> None:
        """Let everything go to the main channel."""
        await self._session.execute(delete(RouteRow).where(RouteRow.tenant == self._tenant))

    async def caretakers(self) -> Sequence[Caretaker]:
        """Return who is handed which new cases, in the order of their subjects."""
        query = select(CaretakerRow).where(CaretakerRow.tenant == self._tenant)
        rows = await self._session.scalars(
            query.order_by(CaretakerRow.area, CaretakerRow.topic), execution_options={"populate_existing": True}
        )
        return [Caretaker(_subject(row), row.person_id, row.person_name) for row in rows]

    async def set_caretaker(self, caretaker: Caretaker) -> None:
        """Hand a subject's new cases to somebody, in place of whoever had them."""
        who = {"person_id": caretaker.person_id, "person_name": caretaker.person_name}
        statement = insert_for(self._session, CaretakerRow).values(
            tenant=self._tenant, **_words(caretaker.subject), **who
        )
        keys = [CaretakerRow.tenant, CaretakerRow.area, CaretakerRow.topic]
        await self._session.execute(statement.on_conflict_do_update(index_elements=keys, set_=who))

    async def remove_caretaker(self, subject: Subject) -> None:
        """Hand a subject's new cases to nobody."""
        await self._session.execute(
            delete(CaretakerRow).where(CaretakerRow.tenant == self._tenant, *_is(CaretakerRow, subject))
        )


def _channel(row: QueueChannelRow | RouteRow) -> Channel:
    return Channel(tenant=row.tenant, team_id=row.team_id, channel_id=row.channel_id, name=row.name)


def _place(channel: Channel) -> dict[str, str]:
    return {"team_id": channel.team_id, "channel_id": channel.channel_id, "name": channel.name}


def _subject(row: RouteRow | CaretakerRow) -> Subject:
    return Subject(Area(row.area) if row.area else None, row.topic)


def _words(subject: Subject) -> dict[str, str]:
    return {"area": subject.area.value if subject.area else "", "topic": subject.topic}


def _is(table: type[RouteRow | CaretakerRow], subject: Subject) -> list[ColumnElement[bool]]:
    words = _words(subject)
    return [table.area == words["area"], table.topic == words["topic"]]
