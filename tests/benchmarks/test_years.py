"""By which indexes what people wait for is found, on both databases with statistics, and what the benchmark says.

PostgreSQL is told to read no table through where an index will do: at a size that a test can fill it would, and
what it cannot avoid then is what it would also do among a million rows.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from benchmarks.turn_town import TENANT, settle
from benchmarks.years import PROBES, Findings, is_beyond, plans_of, write_docs
from benchmarks.years_fill import FILLED, RARE_ONES, Size, fill
from centre.queue_query import Criteria
from storage import Database
from storage.models import RequestRow
from storage.search_index import index_keys, words_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.databases import PostgresServer

SIZE = Size(4_000, 25)
URGENCY = "urgency_act_by_year_serial"
WORDS = r"pk_(word_endings|request_words)|(word_endings|request_words) USING PRIMARY KEY"
INDEXES = {
    "queue, first page": f"ix_requests_tenant_{URGENCY}",
    "queue, page 5": f"ix_requests_tenant_{URGENCY}",
    "queue, mine": f"ix_requests_tenant_assignee_id_{URGENCY}",
    "queue, an area": f"ix_requests_tenant_area_{URGENCY}",
    "queue, new ones": f"ix_requests_tenant_status_{URGENCY}",
    "queue, older than 14 days": f"ix_requests_tenant_{URGENCY}",
    "queue, older than 3 years": f"ix_requests_tenant_{URGENCY}|ix_requests_tenant_status_filed_at",
    "queue, unassigned": f"ix_requests_tenant_assignee_id_{URGENCY}",
    "queue, overdue": f"ix_requests_tenant_{URGENCY}",
    "search, a word of three": WORDS,
    "search, a word of 1 in 200": WORDS,
    "search, a word of many": WORDS,
    "search, a word of none": WORDS,
    "a case, its history and similar ones": "ix_request_events_tenant_request_id",
    "place in the queue": "ix_requests_tenant_status_",
    "mine henvendelser": "ix_requests_tenant_requester_id_filed_at",
    "mine kurser": "ix_enrolments_tenant_person_id",
    "participants of a run": "ix_enrolments_tenant_run_code_applied_at",
    "runs to come": "ix_runs_tenant_ends",
    "applications of a leader": "ix_enrolments_tenant_leader_id",
    "outbox, claim": "ix_outbox_not_before_id",
    "outbox, next timer": "ix_outbox_not_before_id",
    "outbox, depth": "ix_outbox_tenant_request_id",
    "undelivered": "ix_outbox_tenant_id",
    "morning digest": "ix_outbox_tenant_id",
}
"""What each is found by, beside other indexes."""
PARTIAL = ("ix_outbox_not_before_id", "ix_outbox_tenant_request_id")
"""Indexes of what is not delivered, which may be walked from one end to the other."""


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer, sqlite_template: Path
) -> Iterator[dict[str, str]]:
    """A database of each kind with a few years in it."""
    file = tmp_path_factory.mktemp("years") / "years.sqlite"
    shutil.copy(sqlite_template, file)
    urls = {"sqlite": f"sqlite:///{file}", "postgresql": postgres_server.create(postgres_server.template)}
    for url in urls.values():
        settle(url, "http://127.0.0.1:1/", ["leader-1"], ["consultant-1"])
        fill(url, SIZE, datetime.now(UTC))
    yield urls
    postgres_server.drop(urls["postgresql"])


@pytest.fixture
async def years(filled: dict[str, str], database_kind: str) -> AsyncIterator[Database]:
    opened = await Database.open(filled[database_kind])
    yield opened
    await opened.close()


def read_through(line: str) -> bool:
    """Whether a line of a plan reads a large table, or one of its whole indexes, from one end to the other."""
    if any(index in line for index in PARTIAL):
        return False
    return bool(re.search(rf"(^| )(Seq Scan on|SCAN) ({'|'.join(FILLED)})(_\d)?\b", line))


@pytest.mark.parametrize("what", PROBES)
async def test_what_people_wait_for_is_found_by_an_index(years: Database, database_kind: str, what: str) -> None:
    settings = ["SET LOCAL enable_seqscan = off"] if database_kind == "postgresql" else []
    lines = [line for _, plan in await plans_of(years, SIZE, what, settings) for line in plan]
    assert not [line for line in lines if read_through(line)], lines
    assert any(re.search(INDEXES[what], line) for line in lines), lines


async def test_reading_through_a_table_is_seen(years: Database) -> None:
    async with years.session(read_only=True) as session:
        lite = session.get_bind().dialect.name == "sqlite"
        explain = "EXPLAIN QUERY PLAN" if lite else "EXPLAIN"
        plan = await session.execute(text(f"{explain} SELECT * FROM requests WHERE purpose = 'x'"))  # noqa: S608
        assert any(read_through(str(row[-1])) for row in plan)


async def test_what_is_filled_is_what_the_product_would_have_written(years: Database) -> None:
    async with years.session(read_only=True) as session:
        rows = (await session.scalars(RequestRow.__table__.select().with_only_columns(RequestRow.id))).all()
        assert len(rows) == SIZE.requests
        for row_id in (*rows[:20], *rows[-20:]):
            row = await session.get_one(RequestRow, (TENANT, row_id))
            mine = {"year": row.year, "serial": row.serial}
            number = "WHERE year = :year AND serial = :serial"
            words = await session.scalars(text(f"SELECT word FROM request_words {number}"), mine)  # noqa: S608
            assert set(words) == words_in(row.search_text)
            keys = await session.scalars(text(f"SELECT topic FROM request_topics {number}"), mine)  # noqa: S608
            assert set(keys) == index_keys(row)
    async with years.read_only(TENANT) as work:
        assert await work.requests.count(Criteria(text="kuglepude")) == RARE_ONES
        assert await work.requests.count(Criteria()) == SIZE.open


def test_what_is_beyond_is_marked_and_written_into_the_docs(tmp_path: Path) -> None:
    findings = Findings([], {"sqlite": {what: [("SELECT 1", ["SEARCH requests (a=1.50)"])] for what in PROBES}})
    for size, seconds in ((Size(1_000, 95), 0.010), (Size(100_000, 2), 0.0121), (Size(100_000, 95), 0.0119)):
        findings.add("sqlite", size, "queue, first page", [seconds])
    small, slow, flat = findings.rows
    assert [small.ratio_to_1000, slow.ratio_to_1000, flat.ratio_to_1000] == [1.0, 1.21, 1.19]
    assert [is_beyond(row) for row in findings.rows] == [False, True, False]
    docs = tmp_path / "growth.md"
    docs.write_text(
        "# A\n<!-- measured -->\nstale\n<!-- measured -->\n# B\n<!-- plans -->\nstale\n<!-- plans -->\nend\n",
        "utf-8",
    )
    write_docs(findings, docs)
    write_docs(findings, docs)
    written = docs.read_text("utf-8")
    assert "| queue, first page | 10.0 | **12.1** | 11.9 |" in written
    assert written.count("SEARCH requests") == 1
    assert "stale" not in written
    assert written.endswith("<!-- plans -->\nend\n")
