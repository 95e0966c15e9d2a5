"""Finding requests as the queue does: the order, every filter, Danish words, and which index it takes."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from catalogue.offers import Area
from centre.queue_query import MOST_COUNTED, Criteria, QueueQuery, Whose
from centre.requests import CLOSED_STATUSES, CaseNumber, Priority, Request, Status, Wish
from centre.saved_views import SavedView
from storage.models import RequestRow
from storage.queue_search import in_order, matching
from tests.storage.long_queue import file_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage import Database

    MakeRequest = Callable[..., Request]

TENANT = "tenant-1"
TODAY = date(2026, 3, 20)
FILED = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def filed(database: Database, a_request: MakeRequest) -> Database:
    """Requests 1 to 8, each with something of its own."""
    plain = a_request("1", CaseNumber(2026, 1), wish=Wish("Demens", "demens", area=Area.SENIOR))
    requests = [
        plain,
        replace(plain, id="2", number=CaseNumber(2026, 2), priority=Priority.HIGH),
        replace(plain, id="3", number=CaseNumber(2026, 3), due=date(2026, 3, 3)),
        replace(plain, id="4", number=CaseNumber(2026, 4), priority=Priority.LOW, due=date(2026, 3, 1)),
        replace(plain, id="5", number=CaseNumber(2026, 5), assignee_id="kim", status=Status.CLARIFYING),
        replace(plain, id="6", number=CaseNumber(2026, 6), status=Status.REJECTED),
        replace(
            plain,
            id="7",
            number=CaseNumber(2026, 7),
            requester_name="Åse Ørsted",
            wish=Wish("100% ro på Ældrecentret", "uro_nat", area=Area.DISABILITY, department="Bostedet Søbredden"),
        ),
        replace(plain, id="8", number=CaseNumber(2026, 8), filed_at=FILED - timedelta(days=30)),
    ]
    async with database.unit_of_work(TENANT) as work:
        for request in reversed(requests):
            await work.requests.add(request)
        await work.commit()
    return database


async def serials(database: Database, criteria: Criteria, limit: int = 100, offset: int = 0) -> list[int]:
    async with database.read_only(TENANT) as work:
        found = await work.requests.find(criteria, limit, offset)
        if limit == 100 and not offset:
            assert await work.requests.count(criteria) == len(found)
            assert [request async for request in work.requests.each(criteria)] == found
    return [request.number.serial for request in found]


async def test_the_order_is_priority_then_due_day_then_number(filed: Database) -> None:
    assert await serials(filed, Criteria()) == [2, 3, 1, 5, 7, 8, 4]


async def test_pages_are_cut_out_of_that_order(filed: Database) -> None:
    assert await serials(filed, Criteria(), limit=3) == [2, 3, 1]
    assert await serials(filed, Criteria(), limit=3, offset=3) == [5, 7, 8]
    assert await serials(filed, Criteria(), limit=3, offset=300) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (QueueQuery(whose=Whose.MINE), [5]),
        (QueueQuery(whose=Whose.NOBODY), [2, 3, 1, 7, 8, 4]),
        (QueueQuery(whose=Whose.COLLEAGUE, colleague_id="grethe"), []),
        (QueueQuery(statuses=(Status.NEW,)), [2, 3, 1, 7, 8, 4]),
        (QueueQuery(statuses=(Status.CLARIFYING, Status.REJECTED)), [5, 6]),
        (QueueQuery(statuses=tuple(CLOSED_STATUSES)), [6]),
        (QueueQuery(statuses=tuple(Status)), [2, 3, 1, 5, 6, 7, 8, 4]),
        (QueueQuery(area=Area.DISABILITY), [7]),
        (QueueQuery(older_than=18), [8]),
        (QueueQuery(older_than=17), [2, 3, 1, 5, 7, 8, 4]),
        (QueueQuery(due_before=date(2026, 3, 9)), [3, 4]),
        (QueueQuery(due_before=date(2026, 3, 3)), [4]),
        (QueueQuery(due_within=-1), [2, 3, 1, 5, 7, 8, 4]),
        (QueueQuery(priority=Priority.HIGH), [2]),
        (QueueQuery(priority=Priority.LOW), [4]),
        (QueueQuery(requester="ørsted"), [7]),
        (QueueQuery(requester="SØBREDDEN åse"), [7]),
        (QueueQuery(whose=Whose.NOBODY, priority=Priority.NORMAL, older_than=18), [8]),
    ],
)
async def test_every_filter_narrows(filed: Database, query: QueueQuery, expected: list[int]) -> None:
    assert await serials(filed, query.criteria("kim", TODAY)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ÆLDRE", [7]),
        ("aeldrecent", [7]),
        ("centret ro", [7]),
        ("centret demens", []),
        ("søbredden", [7]),
        ("åse", [7]),
        ("100%", [7]),
        ("%", [7]),
        ("o_n", [7]),
        ("r_o", []),
        ("\\", []),
        ("'; DROP TABLE requests", []),
        ("KV-2026-0003", [3]),
        ("kv-2026-3", [3]),
        ("2026-0003", [3]),
        ("KV-2026-0006", []),
    ],
)
async def test_words_are_found_wherever_they_stand(filed: Database, words: str, expected: list[int]) -> None:
    assert await serials(filed, Criteria(text=words)) == expected


async def test_a_change_is_found_by_its_new_words_and_in_its_new_place(filed: Database) -> None:
    async with filed.unit_of_work(TENANT) as work:
        request = await work.requests.get("8")
        assert request is not None
        wish = replace(request.wish, need="Medicinhåndtering")
        await work.requests.save(replace(request, wish=wish, priority=Priority.HIGH, due=date(2026, 2, 1)))
        await work.commit()
    assert await serials(filed, Criteria(text="håndtering")) == [8]
    assert (await serials(filed, Criteria()))[0] == 8


async def test_another_tenant_s_requests_are_not_found(filed: Database) -> None:
    async with filed.read_only("another") as work:
        assert await work.requests.find(Criteria(), 10) == []
        assert await work.requests.count(Criteria()) == 0


async def test_counting_ends_where_nobody_needs_more(database: Database) -> None:
    await file_many(database, TENANT, 1200)
    async with database.read_only(TENANT) as work:
        assert await work.requests.count(Criteria()) == MOST_COUNTED
        assert len([request async for request in work.requests.each(Criteria())]) == 1200
        last = await work.requests.by_number(CaseNumber(2026, 1200))
        third = await work.requests.by_number(CaseNumber(2026, 3))
        assert last
        assert third
        assert await work.requests.waiting_before(last, None) == MOST_COUNTED
        assert await work.requests.waiting_before(third, None) == 2


async def test_what_is_not_read_to_the_end_is_let_go(database: Database) -> None:
    await file_many(database, TENANT, 1200)
    async with database.unit_of_work(TENANT) as work:
        async with aclosing(work.requests.each(Criteria())) as found:
            assert (await anext(found)).number == CaseNumber(2026, 1)
        assert await work.requests.next_number(2026) == CaseNumber(2026, 1)
        await work.commit()
    async with database.read_only(TENANT) as work:
        assert await work.requests.count(Criteria()) == MOST_COUNTED


async def test_a_day_s_cases_are_those_from_it_on_and_before_the_next(filed: Database) -> None:
    async with filed.read_only(TENANT) as work:
        found = await work.requests.find(Criteria(due_from=date(2026, 3, 3), due_before=date(2026, 3, 4)), 10)
        assert [request.id for request in found] == ["3"]


@pytest.mark.parametrize(
    ("criteria", "index"),
    [
        (Criteria(), "ix_requests_tenant_urgency_act_by_year_serial"),
        (Criteria(assignee_id="kim"), "ix_requests_tenant_assignee_id_urgency_act_by_year_serial"),
        (Criteria(statuses=frozenset({Status.NEW})), "ix_requests_tenant_status_urgency_act_by_year_serial"),
        (Criteria(statuses=frozenset({Status.REJECTED})), "ix_requests_tenant_status_urgency_act_by_year_serial"),
        (Criteria(area=Area.SENIOR), "ix_requests_tenant_area_urgency_act_by_year_serial"),
    ],
)
async def test_a_page_is_read_out_of_an_index_without_sorting(
    filed: Database, database_kind: str, criteria: Criteria, index: str
) -> None:
    query = in_order(RequestRow.__table__.select().where(RequestRow.tenant == TENANT, *matching(criteria))).limit(
        5
    )
    dialect = sqlite.dialect() if database_kind == "sqlite" else postgresql.dialect()
    sql = query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}).string
    async with filed.session() as session:
        if database_kind == "sqlite":
            plan = [row.detail for row in await session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
            sorts = any("TEMP B-TREE" in line for line in plan)
        else:  # with eight rows nothing is cheaper than reading them all, and every index costs the same
            index = "_urgency_act_by_year_serial"
            await session.execute(text("SET LOCAL enable_seqscan = off"))
            await session.execute(text("SET LOCAL enable_bitmapscan = off"))
            await session.execute(text("SET LOCAL enable_sort = off"))
            plan = [row[0] for row in await session.execute(text(f"EXPLAIN {sql.replace('%%', '%')}"))]
            sorts = any("Sort" in line for line in plan)
    assert any(index in line for line in plan), plan
    assert not sorts, plan


async def test_saved_views_are_a_person_s_own(database: Database) -> None:
    mine = SavedView("Mine Nye", QueueQuery(whose=Whose.MINE, statuses=(Status.NEW,)))
    async with database.unit_of_work(TENANT) as work:
        await work.saved_views.put("kim", SavedView("ældre", QueueQuery(text="æ")))
        await work.saved_views.put("kim", SavedView("mine  nye", QueueQuery()))
        await work.saved_views.put("kim", mine)
        assert list(await work.saved_views.of("kim")) == [mine, SavedView("ældre", QueueQuery(text="æ"))]
        assert list(await work.saved_views.of("grethe")) == []
        assert not await work.saved_views.delete("grethe", "mine nye")
        assert await work.saved_views.delete("kim", "mine nye")
        assert len(await work.saved_views.of("kim")) == 1
        await work.commit()
    async with database.read_only("another") as work:
        assert list(await work.saved_views.of("kim")) == []


async def test_a_view_of_a_newer_release_is_left_out(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.saved_views.put("kim", SavedView("a", QueueQuery()))
        await work.commit()
    async with database.session() as session:
        await session.execute(text("""UPDATE saved_views SET query = '{"whose": "the moon"}'"""))
        await session.commit()
    async with database.read_only(TENANT) as work:
        assert list(await work.saved_views.of("kim")) == []
