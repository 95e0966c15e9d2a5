"""How quick the queue is when very many requests are open: `python -m benchmarks.queue [--requests 100000]`.

Requests with Danish-like words are written to a fresh SQLite file and a fresh PostgreSQL, nineteen of twenty of
them open, and what a consultant waits for is timed: the first page and the count of searches for rarer and
commoner words, and the similar requests of a card. "Before" is the same search without the index of words.
Printed, and written to `benchmarks/out/queue.json`.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import insert, select, text

from benchmarks import postgres
from benchmarks.growth import grow
from benchmarks.match import OUT, TODAY
from bot.housekeeping import write_missing_words
from catalogue.offers import Area
from centre.queue_query import MOST_COUNTED, Criteria
from centre.requests import CaseNumber, Kle, Priority, Request, Status, Wish
from centre.similar import similar_requests
from storage.database import Database
from storage.models import RequestRow
from storage.queue_search import in_order, matching, search_requester, search_text
from storage.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

TENANT = "11111111-1111-4111-8111-111111111111"
YEAR = 2026
PAGE = 6
ROUNDS = 9
AT_A_TIME = 1_000
OPEN_OF = 20
RARE, SOME = "kuglepude", "snoezelrum"
THREE = 3
ONE_IN = 200
SEARCHES = {
    "a word of 3 requests": RARE,
    "a part of that word": RARE[3:],
    "a word of none": "ubådsmotor",
    "a word of 1 in 200": SOME,
    "a word of many": "demens",
    "two, the second rare": f"demens {RARE}",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was waited for: medians of milliseconds; None where there was no "before"."""

    database: str
    what: str
    found: int
    before_ms: float | None
    now_ms: float


def requests(number: int) -> Iterator[Request]:
    """Yield requests whose topics and needs are words of the sample catalogue."""
    filed = datetime(YEAR, 1, 5, 8, tzinfo=UTC)
    areas, departments = list(Area), [f"Afdeling {place}" for place in range(60)]
    for serial, (title, words) in enumerate(islice(grow(None, TODAY), number), 1):
        said = RARE if serial % (number // THREE or 1) == 1 else SOME if serial % ONE_IN == 1 else ""
        wish = Wish(
            need=f"{words} {said}".strip(),
            topic=title,
            headcount=serial % 30 + 1,
            area=areas[serial % len(areas)],
            department=departments[serial % len(departments)],
        )
        yield Request(
            id=f"{serial:024x}",
            tenant=TENANT,
            number=CaseNumber(YEAR, serial),
            status=Status.COMPLETED if serial % OPEN_OF == 0 else Status.NEW,
            wish=wish,
            kle=Kle.INTERNAL,
            requester_id=f"leader-{serial % 500}",
            requester_name=f"Leder Nummer{serial % 500}",
            requester_confirmed=True,
            filed_at=filed + timedelta(minutes=serial),
            changed_at=filed + timedelta(minutes=serial),
            answer_due=date(YEAR, 1, 12) + timedelta(days=serial // 300),
            priority=Priority.HIGH if serial % 50 == 0 else Priority.NORMAL,
        )


def values(request: Request) -> dict[str, Any]:
    """Return a request as the columns that the previous release wrote."""
    wish = request.wish
    same = ("id", "tenant", "status", "kle", "requester_id", "requester_name", "requester_confirmed", "filed_at")
    more = ("changed_at", "answer_due", "assignee_id", "assignee_name", "priority")
    of_wish = ("need", "topic", "headcount", "staff_groups", "time_words", "purpose", "on_behalf_of", "area")
    of_wish += ("department", "offer_code", "offer_title", "run_code", "verdict")
    return {
        **{name: getattr(request, name) for name in (*same, *more)},
        **{name: getattr(wish, name) for name in of_wish},
        "version": 1,
        "year": request.number.year,
        "serial": request.number.serial,
        "search_text": search_text(request),
        "search_requester": search_requester(request),
    }


async def fill(database: Database, number: int) -> None:
    """Write the requests without their words."""
    rows = map(values, requests(number))
    while chunk := list(islice(rows, AT_A_TIME)):
        async with database.session() as session:
            await session.execute(insert(RequestRow), chunk)
            await session.commit()


async def analyze(database: Database) -> None:
    """Let the planner know what is there, as autovacuum does within a minute or so and SQLite's start does."""
    async with database.session() as session:
        await session.execute(text("ANALYZE"))
        await session.commit()


async def before(database: Database, criteria: Criteria) -> int:
    """Read the first page of a search and its count as it was done without the index."""
    async with database.session(read_only=True) as session:
        wanted = select(RequestRow).where(RequestRow.tenant == TENANT, *matching(criteria))
        list(await session.scalars(in_order(wanted).limit(PAGE)))
        counted = select(RequestRow.id).where(RequestRow.tenant == TENANT, *matching(criteria)).limit(MOST_COUNTED)
        return len((await session.scalars(counted)).all())


async def now(database: Database, criteria: Criteria) -> int:
    """Read the first page of a search and its count as the queue does."""
    async with database.read_only(TENANT) as work:
        await work.requests.find(criteria, PAGE)
        return await work.requests.count(criteria)


async def similar(database: Database, number: CaseNumber) -> int:
    """Find the similar requests of a card."""
    async with database.read_only(TENANT) as work:
        request = await work.requests.by_number(number)
        assert request is not None
        return len(await similar_requests(work, request))


async def timed(work: Callable[[], Awaitable[int]]) -> tuple[int, float]:
    """Return what came out and the median of the milliseconds that it took."""
    await work()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = await work()
        taken.append((time.perf_counter() - began) * 1000)
    return found, round(statistics.median(taken), 2)


async def measure(name: str, url: str, number: int) -> list[Row]:
    """Fill a database and time everything on it."""
    await migrate(url)
    database = await Database.open(url)
    try:
        await fill(database, number)
        await analyze(database)
        searches = {what: Criteria(text=words) for what, words in SEARCHES.items()}
        without = {
            what: await timed(lambda asked=asked: before(database, asked)) for what, asked in searches.items()
        }
        began = time.perf_counter()
        await write_missing_words(database, {TENANT})
        click.echo(f"{name}: the words of {number} requests were written in {time.perf_counter() - began:.0f} s")
        await analyze(database)
        rows = []
        for what, asked in searches.items():
            found, taken = await timed(lambda asked=asked: now(database, asked))
            assert found == without[what][0], (what, found, without[what])
            rows.append(Row(name, what, found, without[what][1], taken))
        for serial in (number // 2 + 1, number - 1):
            found, taken = await timed(lambda serial=serial: similar(database, CaseNumber(YEAR, serial)))
            rows.append(Row(name, f"similar to number {serial}", found, None, taken))
        return rows
    finally:
        await database.close()


@click.command()
@click.option("--requests", "number", default=100_000, show_default=True, help="Requests in the queue.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the result.")
def main(number: int, out: Path) -> None:
    """Time searches of a long queue with and without the index of words."""
    measured: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-queue-") as folder:
        measured += asyncio.run(measure("SQLite", f"sqlite:///{folder}/queue.sqlite", number))
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / (1 << 20)
        click.echo(f"SQLite: {size:.0f} MiB")
    with postgres.databases_of_a_server() as new_database:
        if new_database is None:
            click.echo("PostgreSQL: not measured, there is none", err=True)
        else:
            measured += asyncio.run(measure("PostgreSQL", new_database(1), number))
    click.echo(f"{'database':<12} {'what':<28}{'found':>8}{'before ms':>12}{'now ms':>10}")
    for row in measured:
        earlier = "" if row.before_ms is None else f"{row.before_ms:.1f}"
        click.echo(f"{row.database:<12} {row.what:<28}{row.found:>8}{earlier:>12}{row.now_ms:>10.1f}")
    out.mkdir(parents=True, exist_ok=True)
    result = json.dumps([asdict(row) for row in measured], indent=1)
    (out / "queue.json").write_text(result + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
