"""The requests of one tenant, their case numbers and their audit trail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, or_, select, tuple_
from sqlalchemy.orm.exc import StaleDataError

from centre.ports import ConflictError
from centre.queue_query import MOST_COUNTED
from centre.requests import OPEN_STATUSES, CaseNumber, Event, Option, Request, Status
from storage.models import CaseCounterRow, RequestEventRow, RequestRow
from storage.queue_search import few_in_order, in_order, matching, search_requester, search_text, searched_words
from storage.search_index import SearchIndex, index_keys, words_in
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Sequence

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from catalogue.offers import Area
    from centre.queue_query import Criteria


READ_AT_A_TIME = 500
# Built once: nearly every turn of a leader asks it.
_OF_REQUESTER = (
    select(RequestRow)
    .where(RequestRow.tenant == bindparam("of_tenant"), RequestRow.requester_id == bindparam("of_person"))
    .order_by(RequestRow.filed_at.desc(), RequestRow.year.desc(), RequestRow.serial.desc())
    .limit(bindparam("most"))
    .offset(bindparam("passed"))
)


class StoredRequests:
    """Implements `centre.ports.Requests`."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant
        self._index = SearchIndex(session, tenant)

    async def next_number(self, year: int) -> CaseNumber:
        """Take the year's next case number; the counter's row stays locked until the transaction ends."""
        first = insert_for(self._session, CaseCounterRow).values(tenant=self._tenant, year=year, last=1)
        statement = first.on_conflict_do_update(
            index_elements=[CaseCounterRow.tenant, CaseCounterRow.year], set_={"last": CaseCounterRow.last + 1}
        ).returning(CaseCounterRow.last)
        return CaseNumber(year, (await self._session.execute(statement)).scalar_one())

    async def add(self, request: Request) -> None:
        """Insert a new request.

        Raises:
            ConflictError: a request with this id or number is there already.
        """
        row = RequestRow(tenant=self._tenant, id=request.id, number=request.number)
        _fill(row, request)
        row.words_version = request.version
        self._session.add(row)
        await self._session.flush()
        await self._index.write(row, set(), frozenset())

    async def get(self, request_id: str) -> Request | None:
        """Return the request with this id."""
        return await self._one(self._mine().where(RequestRow.id == request_id))

    async def by_number(self, number: CaseNumber) -> Request | None:
        """Return the request with this case number."""
        return await self._one(
            self._mine().where(RequestRow.year == number.year, RequestRow.serial == number.serial)
        )

    async def of_requester(self, person_id: str, limit: int, offset: int = 0) -> Sequence[Request]:
        """A person's own requests, newest first."""
        values = {"of_tenant": self._tenant, "of_person": person_id, "most": limit, "passed": offset}
        return [_request(row) for row in await self._session.scalars(_OF_REQUESTER, values)]

    async def find(self, criteria: Criteria, limit: int, offset: int = 0) -> Sequence[Request]:
        """Requests in the order in which to get to them: by priority, then by due day, then by number."""
        return await self._many((await self._found(criteria)).limit(limit).offset(offset))

    async def count(self, criteria: Criteria) -> int:
        """How many requests `find` has, at most `MOST_COUNTED`: nobody needs more, and counting on takes time."""
        found = (await self._found(criteria)).with_only_columns(RequestRow.id).order_by(None)
        counted = found.limit(MOST_COUNTED).subquery()
        return await self._session.scalar(select(func.count()).select_from(counted)) or 0

    async def each(self, criteria: Criteria) -> AsyncGenerator[Request]:
        """All that `find` has, in its order, a few in memory at a time; close it when not read to the end."""
        query = (await self._found(criteria)).execution_options(yield_per=READ_AT_A_TIME)
        rows = await self._session.stream_scalars(query)
        try:
            async for row in rows:
                yield _request(row)
        finally:
            await rows.close()

    async def sharing(self, request: Request, limit: int) -> Sequence[Request]:
        """Other open requests that have the most in common with this one's topic."""
        numbers = await self._index.sharing(request.wish, request.number, limit)
        # One by one, by their unique key: for a list of pairs SQLite would go through all open requests.
        these = (and_(RequestRow.year == it.year, RequestRow.serial == it.serial) for it in numbers)
        found = await self._many(self._mine().where(or_(*these))) if numbers else []
        return [other for other in found if other.status in OPEN_STATUSES]

    async def waiting_before(self, request: Request, areas: Collection[Area] | None) -> int:
        """Count the new requests that were filed before this one, of these areas (None: of all and of none).

        Counting ends at `MOST_COUNTED`.
        """
        query = select(RequestRow.serial).where(
            RequestRow.tenant == self._tenant,
            RequestRow.status == Status.NEW,
            RequestRow.filed_at <= request.filed_at,
            tuple_(RequestRow.year, RequestRow.serial) < (request.number.year, request.number.serial),
        )
        if areas is not None:
            query = query.where(RequestRow.area.in_(areas))
        counted = query.order_by(RequestRow.filed_at).limit(MOST_COUNTED).subquery()
        return (await self._session.execute(select(func.count()).select_from(counted))).scalar_one()

    async def save(self, request: Request) -> Request:
        """Update a request whose `version` is the one that was read; return it with its new version.

        Raises:
            ConflictError: the row has another version by now, or is not there.
        """
        row = await self._session.get(RequestRow, (self._tenant, request.id))
        if row is None or row.version != request.version:
            raise ConflictError(f"request {request.id} is not at version {request.version}")
        had_words = row.words_version == row.version
        words, keys = (words_in(row.search_text), index_keys(row)) if had_words else (set[str](), frozenset[str]())
        _fill(row, request)
        if self._session.is_modified(row):
            row.words_version = row.version + 1
        try:
            await self._session.flush()
        except StaleDataError as error:
            raise ConflictError(f"request {request.id} was changed by somebody else") from error
        await self._index.write(row, words, keys)
        return replace(request, version=row.version)

    async def record(self, event: Event) -> int:
        """Append to the audit trail and return the event's id."""
        row = RequestEventRow(
            tenant=self._tenant,
            request_id=event.request_id,
            at=event.at,
            actor_id=event.actor_id,
            actor_name=event.actor_name,
            kind=event.kind,
            before=event.before,
            after=event.after,
            detail=event.detail,
        )
        self._session.add(row)
        await self._session.flush()
        return row.id

    async def event(self, event_id: int) -> Event | None:
        """Return one line of the audit trail."""
        query = select(RequestEventRow).where(
            RequestEventRow.tenant == self._tenant, RequestEventRow.id == event_id
        )
        row = await self._session.scalar(query)
        return None if row is None else _event(row)

    async def events(self, request_id: str) -> Sequence[Event]:
        """The audit trail of a request, oldest first."""
        query = (
            select(RequestEventRow)
            .where(RequestEventRow.tenant == self._tenant, RequestEventRow.request_id == request_id)
            .order_by(RequestEventRow.id)
        )
        return [_event(row) for row in await self._session.scalars(query)]

    async def _found(self, criteria: Criteria) -> Select[RequestRow]:
        wanted = self._mine().where(*matching(criteria))
        few = await self._index.narrowed(searched_words(criteria))
        if few is None:
            return in_order(wanted)
        same = and_(RequestRow.year == few.c.year, RequestRow.serial == few.c.serial)
        return few_in_order(wanted.join(few, same))

    def _mine(self) -> Select[RequestRow]:
        return select(RequestRow).where(RequestRow.tenant == self._tenant)

    async def _one(self, query: Select[RequestRow]) -> Request | None:
        row = await self._session.scalar(query)
        return None if row is None else _request(row)

    async def _many(self, query: Select[RequestRow]) -> Sequence[Request]:
        return [_request(row) for row in await self._session.scalars(query)]


def _fill(row: RequestRow, request: Request) -> None:
    """Everything but the keys, which never change, and the version, which counts itself."""
    row.status = request.status
    row.wish = request.wish
    row.kle = request.kle
    row.requester_id = request.requester_id
    row.requester_name = request.requester_name
    row.requester_confirmed = request.requester_confirmed
    row.filed_at = request.filed_at
    row.changed_at = request.changed_at
    row.answer_due = request.answer_due
    row.assignee_id = request.assignee_id
    row.assignee_name = request.assignee_name
    row.priority = request.priority
    row.due = request.due
    row.option_code = request.option.offer_code if request.option else ""
    row.option_title = request.option.title if request.option else ""
    row.option_run = request.option.run_code if request.option else ""
    row.asked_at = request.asked_at
    row.search_text = search_text(request)
    row.search_requester = search_requester(request)


def _request(row: RequestRow) -> Request:
    return Request(
        id=row.id,
        tenant=row.tenant,
        number=row.number,
        status=row.status,
        wish=row.wish,
        kle=row.kle,
        requester_id=row.requester_id,
        requester_name=row.requester_name,
        requester_confirmed=row.requester_confirmed,
        filed_at=row.filed_at,
        changed_at=row.changed_at,
        answer_due=row.answer_due,
        assignee_id=row.assignee_id,
        assignee_name=row.assignee_name,
        priority=row.priority,
        due=row.due,
        option=Option(row.option_code, row.option_title, row.option_run) if row.option_code else None,
        asked_at=row.asked_at,
        version=row.version,
    )


def _event(row: RequestEventRow) -> Event:
    return Event(
        request_id=row.request_id,
        at=row.at,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        kind=row.kind,
        before=row.before,
        after=row.after,
        detail=row.detail,
        id=row.id,
    )
