"""Requests: every field comes back, case numbers have no gaps, nobody overwrites another's change."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from catalogue.matching import Verdict
from catalogue.need import Form
from catalogue.offers import Area
from centre.ports import ConflictError
from centre.requests import CaseNumber, Event, EventKind, Kle, Request, Status, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage import Database

    MakeRequest = Callable[..., Request]

TENANT = "tenant-1"
WISH = Wish(
    need="12 SOSU-assistenter skal møde borgere med demens 🙂\nRTL: שלום, og <b>*ikke* kursiv</b>",
    topic="demens",
    headcount=12,
    staff_groups=("SOSU-assistent", "SOSU-hjælper"),
    time_words="inden sommer",
    earliest=date(2026, 3, 1),
    latest=date(2026, 6, 1),
    form=Form.THEME_DAY,
    purpose="Færre magtanvendelser",
    budget_dkk=20_000,
    on_behalf_of="Nattevagten",
    area=Area.SENIOR,
    department="Ældrecenter Øst",
    offer_code="DEM-01",
    offer_title="Demens i hverdagen",
    run_code="DEM-01-F26",
    verdict=Verdict.SURE,
)


async def add(database: Database, *requests: Request) -> None:
    async with database.unit_of_work(TENANT) as uow:
        for request in requests:
            await uow.requests.add(request)
        await uow.commit()


async def get(database: Database, request_id: str) -> Request:
    async with database.read_only(TENANT) as uow:
        request = await uow.requests.get(request_id)
    assert request is not None
    return request


async def test_every_field_comes_back(database: Database, a_request: MakeRequest) -> None:
    filed = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=ZoneInfo("Europe/Copenhagen"))
    request = a_request(
        "r1",
        CaseNumber(2026, 1),
        wish=WISH,
        kle=Kle.EXTERNAL,
        filed_at=filed,
        requester_confirmed=False,
        assignee_id="kim",
        assignee_name="Kim Konsulent",
        status=Status.SOURCING,
    )
    await add(database, request)
    stored = await get(database, "r1")
    assert stored == request
    assert stored.filed_at.tzinfo is UTC
    async with database.read_only(TENANT) as uow:
        assert await uow.requests.by_number(CaseNumber(2026, 1)) == request
        assert await uow.requests.by_number(CaseNumber(2026, 2)) is None
    async with database.read_only("another tenant") as uow:
        assert await uow.requests.get("r1") is None
        assert await uow.requests.by_number(CaseNumber(2026, 1)) is None


async def test_a_moment_without_time_zone_is_refused(database: Database, a_request: MakeRequest) -> None:
    with pytest.raises(Exception, match="time zone"):
        await add(database, a_request("r1", CaseNumber(2026, 1), filed_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - the point


async def test_the_same_id_and_the_same_number_are_conflicts(database: Database, a_request: MakeRequest) -> None:
    await add(database, a_request("r1", CaseNumber(2026, 1)))
    with pytest.raises(ConflictError):
        await add(database, a_request("r1", CaseNumber(2026, 2)))
    with pytest.raises(ConflictError):
        await add(database, a_request("r2", CaseNumber(2026, 1)))


async def test_case_numbers_count_per_tenant_and_year(database: Database) -> None:
    async with database.unit_of_work(TENANT) as uow:
        numbers = [await uow.requests.next_number(year) for year in (2026, 2026, 2027)]
        await uow.commit()
    async with database.unit_of_work("another tenant") as uow:
        numbers.append(await uow.requests.next_number(2026))
    assert [str(number) for number in numbers] == ["KV-2026-0001", "KV-2026-0002", "KV-2027-0001", "KV-2026-0001"]


async def test_a_number_that_was_not_used_is_given_again(database: Database) -> None:
    for _ in range(2):
        async with database.unit_of_work(TENANT) as uow:
            assert await uow.requests.next_number(2026) == CaseNumber(2026, 1)


async def test_fifty_filings_at_once_get_numbers_without_gaps(database: Database, a_request: MakeRequest) -> None:
    async def file(number: int) -> int:
        async with database.unit_of_work(TENANT) as uow:
            case = await uow.requests.next_number(2026)
            if number % 5 == 0:
                return 0  # this one fails, and its number must not be lost
            await uow.requests.add(a_request(f"r{number}", case))
            await uow.commit()
            return case.serial

    serials = await asyncio.gather(*(file(number) for number in range(50)))
    assert sorted(filter(None, serials)) == list(range(1, 41))


async def test_a_change_counts_the_version_up(database: Database, a_request: MakeRequest) -> None:
    await add(database, a_request("r1", CaseNumber(2026, 1), wish=WISH))
    async with database.unit_of_work(TENANT) as uow:
        read = await uow.requests.get("r1")
        assert read is not None
        saved = await uow.requests.save(replace(read, status=Status.SOURCING, wish=replace(WISH, headcount=14)))
        await uow.commit()
    assert saved.version == 2
    assert await get(database, "r1") == saved
    assert saved.wish == replace(WISH, headcount=14)


async def test_an_older_version_is_not_saved(database: Database, a_request: MakeRequest) -> None:
    request = a_request("r1", CaseNumber(2026, 1))
    await add(database, request)
    async with database.unit_of_work(TENANT) as uow:
        await uow.requests.save(replace(request, status=Status.WITHDRAWN))
        await uow.commit()
    async with database.unit_of_work(TENANT) as uow:
        with pytest.raises(ConflictError):
            await uow.requests.save(replace(request, assignee_id="kim"))
    assert (await get(database, "r1")).status is Status.WITHDRAWN


async def test_two_changes_at_once_are_one_change_and_one_conflict(
    database: Database, a_request: MakeRequest
) -> None:
    await add(database, a_request("r1", CaseNumber(2026, 1)))
    both_have_read = asyncio.Barrier(2)
    read = await get(database, "r1")

    async def take(name: str) -> str:
        await both_have_read.wait()
        async with database.unit_of_work(TENANT) as uow:
            await uow.requests.save(replace(read, assignee_id=name))
            await uow.commit()
        return name

    results = await asyncio.gather(take("kim"), take("bo"), return_exceptions=True)
    [winner] = [result for result in results if isinstance(result, str)]
    assert sum(isinstance(result, ConflictError) for result in results) == 1
    assert (await get(database, "r1")).assignee_id == winner


async def test_own_requests_come_newest_first_in_pages(database: Database, a_request: MakeRequest) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    await add(
        database,
        *(a_request(f"r{n}", CaseNumber(2026, n), filed_at=start + timedelta(hours=n)) for n in range(1, 6)),
        a_request("other", CaseNumber(2026, 6), requester_id="somebody else"),
    )
    async with database.read_only(TENANT) as uow:
        first = await uow.requests.of_requester("leader", limit=2)
        second = await uow.requests.of_requester("leader", limit=2, offset=2)
    assert [request.id for request in (*first, *second)] == ["r5", "r4", "r3", "r2"]


async def test_the_audit_trail_keeps_its_order(database: Database, a_request: MakeRequest) -> None:
    await add(database, a_request("r1", CaseNumber(2026, 1)))
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    trail = [
        Event("r1", at, "leader", "Lene", EventKind.FILED, None, Status.NEW),
        Event("r1", at, "leader", "Lene", EventKind.EDITED, Status.NEW, Status.NEW, {"headcount": "12 → 14"}),
        Event("r1", at, "kim", "Kim", EventKind.TAKEN, Status.NEW, Status.CLARIFYING),
    ]
    async with database.unit_of_work(TENANT) as uow:
        for event in trail:
            await uow.requests.record(event)
        await uow.commit()
    async with database.read_only(TENANT) as uow:
        kept = await uow.requests.events("r1")
        assert [replace(event, id=0) for event in kept] == trail
        assert [event.id for event in kept] == sorted(event.id for event in kept)
    async with database.read_only("another tenant") as uow:
        assert await uow.requests.events("r1") == []
