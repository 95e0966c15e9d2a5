"""Does the assistant stay quick when years of work are in its database? `make bench-growth`.

The same is asked of a database with 1,000 requests, 100,000 and 1,000,000, on SQLite and on PostgreSQL, and each
time is compared with that at 1,000 (where 95 of 100 are open, as in a town's first months). `ARGS="--quick"` is a
short look. Prints a table, writes `benchmarks/out/growth.json`; with `--write-docs` also the table and the query
plans of the largest size into `docs/growth.md`.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import tempfile
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import event

from benchmarks import postgres
from benchmarks.match import OUT
from benchmarks.queue import RARE, SOME
from benchmarks.turn import table
from benchmarks.turn_load import PREPARED_IN_PARALLEL, Deployment, burst, scenario
from benchmarks.turn_town import TENANT, Signature, Speaker, names, roster, settle
from benchmarks.turn_wire import FakeTeams
from benchmarks.years_fill import CONSULTANTS, PER_RUN, RUNS_TO_COME, Size, fill
from bot import digests
from catalogue.offers import Area
from centre.notices import QUEUE
from centre.participants import coming_runs, see_participants
from centre.people import Person
from centre.queue_query import QueueQuery, Whose
from centre.requests import CaseNumber, Status
from centre.routing import ahead_of
from centre.similar import similar_requests
from centre.timers import morning_digests
from dialogs.queue import SHOWN
from dialogs.texts import texts_in
from storage import Database
from storage.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence

    from storage.unit_of_work import UnitOfWork

SIZES = (Size(1_000, 95), Size(100_000, 2), Size(100_000, 95), Size(1_000_000, 2))
QUICK_SIZES = (Size(1_000, 95), Size(20_000, 2), Size(20_000, 95))
ROUNDS, QUICK_ROUNDS = 100, 20
TURNS = 100
CLICKS = 60
FLAT = 1.2
"""A time that is not flat is longer than that of 1,000 requests by more than this."""
LEAST_MS = 1.0
"""Under this a difference is the machine's, and nobody's to feel."""
STAFF = Person(TENANT, "consultant-3", "Konsulent 3", staff=True)
LEADER = Person(TENANT, "leader-7", "Leder Nummer7")
POSTGRES_OPTIONS = ("wal_level=minimal", "max_wal_senders=0", "max_wal_size=8GB", "shared_buffers=1GB")
"""To be filled fast, and to have the hot part in memory; commits wait for the disk as they do everywhere."""
DOCS = Path(__file__).parents[1] / "docs" / "growth.md"
_BEGUN = 11
_PLACES = ("<!-- measured -->", "<!-- plans -->")


@dataclass(frozen=True, slots=True)
class Row:
    """What something took at one size. `ratio_to_1000` is of the medians."""

    database: str
    requests: int
    open: int
    what: str
    p50_ms: float
    p99_ms: float
    ratio_to_1000: float


Plan = tuple[str, list[str]]
"""A question and the lines of the plan for it."""
Plans = dict[str, dict[str, list[Plan]]]
"""By database and probe."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a probe put to the database."""

    statement: str
    values: Any


def reading(
    work: Callable[[UnitOfWork, Size], Awaitable[object]],
) -> Callable[[Database, Size], Awaitable[object]]:
    """Return a probe that reads in one transaction, as a turn does."""

    async def probe(database: Database, size: Size) -> object:
        async with database.read_only(TENANT) as unit:
            return await work(unit, size)

    return probe


def queue(query: QueueQuery, page: int = 0) -> Callable[[Database, Size], Awaitable[object]]:
    """Return a probe that reads a page of the queue and counts it."""

    async def read(work: UnitOfWork, _size: Size) -> object:
        criteria = query.criteria(STAFF.id, datetime.now(UTC).date())
        requests = await work.requests.find(criteria, SHOWN, page * SHOWN)
        return requests, await work.requests.count(criteria)

    return reading(read)


async def _own_courses(work: UnitOfWork, _size: Size) -> object:
    own = await work.enrolments.of_person("employee-7")
    return await work.enrolments.runs({one.run_code for one in own})


async def _participants(work: UnitOfWork, size: Size) -> object:
    runs = max(size.requests // PER_RUN, RUNS_TO_COME)
    return await see_participants(work, STAFF, f"HOLD-{100_000 + runs}")


async def _newest_case(work: UnitOfWork, size: Size) -> object:
    request = await work.requests.by_number(CaseNumber(2025, 1000 + size.requests))
    assert request is not None
    events = await work.requests.events(request.id)
    return events, await similar_requests(work, request), await work.notices.undelivered(request.id)


async def _place_in_queue(work: UnitOfWork, size: Size) -> object:
    """Of the newest of those that nobody has begun on (`benchmarks.years_fill` says which those are)."""
    newest = next(i for i in range(size.requests, 0, -1) if i % 20 > _BEGUN and i % 3)
    request = await work.requests.by_number(CaseNumber(2025, 1000 + newest))
    assert request is not None
    assert request.status is Status.NEW
    return await ahead_of(work, request)


async def _morning(work: UnitOfWork, _size: Size) -> object:
    now = datetime.now(UTC).replace(hour=9)
    digest = next(iter(morning_digests(QUEUE, now)))
    texts = texts_in("da")
    return await digests._morning(work, now.date(), await digests.held_in(work, digest.audience)), texts  # noqa: SLF001 - whatever day it is


async def _claim(database: Database, _size: Size) -> object:
    return await Outbox(database, pace=None).claim(5)


async def _timers(database: Database, _size: Size) -> object:
    return await Outbox(database).next_due()


async def _depth(database: Database, _size: Size) -> object:
    outbox = Outbox(database)
    return await outbox.depth(), await outbox.overdue()


PROBES: Mapping[str, Callable[[Database, Size], Awaitable[object]]] = {
    "queue, first page": queue(QueueQuery()),
    "queue, page 5": queue(QueueQuery(), 4),
    "queue, mine": queue(QueueQuery(whose=Whose.MINE)),
    "queue, an area": queue(QueueQuery(area=Area.DISABILITY)),
    "queue, new ones": queue(QueueQuery(statuses=(Status.NEW,))),
    "queue, older than 14 days": queue(QueueQuery(older_than=14)),
    "queue, older than 3 years": queue(QueueQuery(older_than=3 * 365)),
    "queue, unassigned": queue(QueueQuery(whose=Whose.NOBODY)),
    "queue, overdue": queue(QueueQuery(due_within=-1)),
    "search, a word of three": queue(QueueQuery(text=RARE)),
    "search, a word of 1 in 200": queue(QueueQuery(text=SOME)),
    "search, a word of many": queue(QueueQuery(text="demens")),
    "search, a word of none": queue(QueueQuery(text="ubådsmotor")),
    "a case, its history and similar ones": reading(_newest_case),
    "place in the queue": reading(_place_in_queue),
    "mine henvendelser": reading(lambda work, _: work.requests.of_requester(LEADER.id, 6)),
    "mine kurser": reading(_own_courses),
    "participants of a run": reading(_participants),
    "runs to come": reading(lambda work, _: coming_runs(work, STAFF, datetime.now(UTC).date(), 6)),
    "applications of a leader": reading(lambda work, _: work.enrolments.awaiting({LEADER.id})),
    "outbox, claim": _claim,
    "outbox, next timer": _timers,
    "outbox, depth": _depth,
    "undelivered": reading(lambda work, _: work.notices.undelivered()),
    "morning digest": reading(_morning),
}
"""What is measured, by its name. Claims take five of the notices that are due, and are given back unmeasured."""


async def _reset(database: Database) -> None:
    """Let what a claim took be due again."""
    async with database.session() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(
            "UPDATE outbox SET status = 'pending', attempts = 0, not_before = due WHERE status = 'sending'"
        )
        await session.commit()


async def time_probes(database: Database, size: Size, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """Return the seconds that each probe took, in every round."""
    took: dict[str, list[float]] = {}
    for what, probe in PROBES.items():
        for number in range(rounds + 2):
            began = time.perf_counter()
            await probe(database, size)
            if number >= 2:  # noqa: PLR2004 - the first ones fill caches
                took.setdefault(what, []).append(time.perf_counter() - began)
            if probe is _claim:
                await _reset(database)
            if sum(took.get(what, ())) > 20:  # noqa: PLR2004 - seconds; what is that slow needs no percentiles
                break
    return iter(took.items())


@contextmanager
def listening(database: Database) -> Iterator[list[Asked]]:
    """Collect the questions that are put to a database."""
    asked: list[Asked] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        if statement.startswith(("SELECT", "WITH")) and "FROM" in statement:
            asked.append(Asked(statement, values))

    engines = {database._engines.read.sync_engine, database._engines.write.sync_engine}  # noqa: SLF001
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


async def plans_of(database: Database, size: Size, what: str, settings: Sequence[str] = ()) -> list[Plan]:
    """Return each question of a probe with the plan of the database for it, line by line."""
    with listening(database) as asked:
        await PROBES[what](database, size)
    await _reset(database)
    plans = []
    async with database.session(read_only=True) as session:
        connection = await session.connection()
        lite = connection.dialect.name == "sqlite"
        for setting in settings:
            await connection.exec_driver_sql(setting)
        for question in dict.fromkeys(one.statement for one in asked):
            values = next(one.values for one in asked if one.statement == question)
            prefix = "EXPLAIN QUERY PLAN" if lite else "EXPLAIN"
            read_only = re.sub(r"\s+FOR (UPDATE|NO KEY UPDATE).*$", "", question, flags=re.DOTALL)
            rows = (await connection.exec_driver_sql(f"{prefix} {read_only}", values)).all()
            plans.append((question, [str(row[-1]) for row in rows]))
    return plans


class Town:
    """Those who speak: to time whole turns over HTTP."""

    def __init__(self, teams: FakeTeams) -> None:
        self._teams = teams
        self._signature = Signature()
        self.leaders, self.staff = names("leader", TURNS), names("consultant", CONSULTANTS)
        teams.documents |= self._signature.documents(f"http://127.0.0.1:{teams.port}")
        teams.documents["pagedmembers"] = roster(self.staff)

    def settle(self, deployment: Deployment) -> None:
        """Give the deployment's database the sample catalogue, the channel, and whoever speaks."""
        settle(deployment.database_url, self._teams.service_url(deployment.name), self.leaders, self.staff)

    async def turns(self, deployment: Deployment) -> list[tuple[str, list[float]]]:
        """Return the seconds of need turns and of staff's clicks, one conversation at a time."""
        deployment.start(self._teams.port)
        speaker = Speaker(self._signature, self._teams.service_url(deployment.name))
        try:
            await deployment.wait()
            took = []
            for name, people in (("need", self.leaders), ("staff-click", self.staff)):
                before, asks = scenario(name, deployment, speaker, people, CLICKS)
                for preparation in before:
                    await burst(self._teams, deployment, preparation, PREPARED_IN_PARALLEL, lambda: 0.0)
                await deployment.settle()
                warm, measured = asks[: len(asks) // 5], asks[len(asks) // 5 :]
                await burst(self._teams, deployment, warm, 1, lambda: 0.0)
                result = await burst(self._teams, deployment, measured, 1, lambda: 0.0)
                took.append((f"turn: {name}", list(result.seconds)))
            return took
        finally:
            deployment.stop()


@asynccontextmanager
async def town() -> AsyncIterator[Town]:
    """Open the fake Teams."""
    teams = FakeTeams()
    await teams.open()
    yield Town(teams)
    await teams.close()


@dataclass(slots=True)
class Findings:
    """What was measured, and the plans of the largest size by database and probe."""

    rows: list[Row]
    plans: Plans

    def add(self, database: str, size: Size, what: str, seconds: Sequence[float]) -> None:
        """Add what something took."""
        taken = sorted(second * 1000 for second in seconds)
        median = statistics.median(taken)
        first = next((row for row in self.rows if (row.database, row.what) == (database, what)), None)
        ratio = round(median / first.p50_ms, 2) if first else 1.0
        late = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
        self.rows.append(Row(database, size.requests, size.open, what, round(median, 2), round(late, 2), ratio))


async def measure(people: Town, url: str, kind: str, size: Size, rounds: int, findings: Findings) -> None:
    """Fill a database, and time everything on it."""
    deployment = Deployment("ours", f"{kind}-{size.requests}-{size.open_percent}", 1, url)
    began = time.perf_counter()
    await asyncio.to_thread(people.settle, deployment)
    await asyncio.to_thread(fill, url, size, datetime.now(UTC))
    click.echo(
        f"{kind}: {size.requests} requests, {size.open} open, in {time.perf_counter() - began:.0f} s", err=True
    )
    database = await Database.open(url)
    try:
        for what, seconds in await time_probes(database, size, rounds):
            findings.add(kind, size, what, seconds)
        findings.plans[kind] = {what: await plans_of(database, size, what) for what in PROBES}
    finally:
        await database.close()
    for what, seconds in await people.turns(deployment):
        findings.add(kind, size, what, seconds)
    just_now = (kind, size.requests, size.open)
    for row in findings.rows:
        if (row.database, row.requests, row.open) != just_now or not is_beyond(row):
            continue
        click.echo(f"  {row.what}: {row.p50_ms} ms, {row.ratio_to_1000} times that of the smallest", err=True)


async def run(sizes: Sequence[Size], rounds: int, kinds: Sequence[str]) -> Findings:
    """Measure every size on both databases, the smallest first."""
    findings = Findings([], {})
    async with town() as people:
        for size in sizes:
            if "sqlite" in kinds:
                with tempfile.TemporaryDirectory(prefix="bench-years-") as folder:
                    await measure(people, f"sqlite:///{folder}/town.sqlite", "sqlite", size, rounds, findings)
            if "postgresql" in kinds:
                with postgres.databases_of_a_server(POSTGRES_OPTIONS) as new_database:
                    if new_database is None:
                        click.echo("postgresql: not measured, there is no server", err=True)
                    else:
                        await measure(people, new_database(0), "postgresql", size, rounds, findings)
    return findings


def is_beyond(row: Row) -> bool:
    """Whether something is slower than at 1,000 requests, by more than chance and enough to matter."""
    return row.ratio_to_1000 > FLAT and row.p50_ms * (1 - 1 / row.ratio_to_1000) > LEAST_MS


def markdown(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of a table: medians in milliseconds, those beyond `FLAT` in bold."""
    sizes = list(dict.fromkeys((row.database, row.requests, row.open) for row in rows))
    yield (
        "| median ms | "
        + " | ".join(f"{kind} {requests:,} ({opened:,} open)" for kind, requests, opened in sizes)
        + " |"
    )
    yield "| --- |" + " ---: |" * len(sizes)
    for what in dict.fromkeys(row.what for row in rows):
        found = {(row.database, row.requests, row.open): row for row in rows if row.what == what}
        cells = [_cell(found[size]) if size in found else "" for size in sizes]
        yield f"| {what} | " + " | ".join(cells) + " |"


def _cell(row: Row) -> str:
    return f"**{row.p50_ms:.1f}**" if is_beyond(row) else f"{row.p50_ms:.1f}"


def plans_in_words(plans: Plans) -> Iterator[str]:
    """Yield each probe with the plans of both databases; plans that differ in values only are shown once."""
    shown: dict[str, str] = {}
    for what in PROBES:
        blocks = "\n".join(_block(kind, probes[what]) for kind, probes in plans.items())
        if blocks in shown:
            yield f"### {what}\n\nAs for *{shown[blocks]}*.\n"
        else:
            shown[blocks] = what
            yield f"### {what}\n\n{blocks}"


def _block(kind: str, plans: Sequence[Plan]) -> str:
    return "\n".join((f"{kind}:\n", "```text", *("\n".join(map(_plain, plan)) for _, plan in plans), "```\n"))


def _plain(line: str) -> str:
    """Leave values and costs out, which differ every time."""
    return re.sub(r" +\(cost=[^)]*\)", "", re.sub(r"'[^']*'(::[a-z \[\]]+(?=[ )]))?", "…", line))


def write_docs(findings: Findings, docs: Path = DOCS) -> None:
    """Put table and plans between their marks."""
    written = docs.read_text("utf-8")
    load = os.getloadavg()
    said = f"{datetime.now(UTC):%Y-%m-%d}, load average {load[0]:.1f} {load[1]:.1f} {load[2]:.1f} at the end."
    parts = ("\n".join([said, "", *markdown(findings.rows)]), "\n".join(plans_in_words(findings.plans)))
    for mark, part in zip(_PLACES, parts, strict=True):
        before, _, rest = written.partition(mark)
        after = rest.partition(mark)[2]
        written = f"{before}{mark}\n{part}\n{mark}{after}"
    docs.write_text(written, "utf-8")


@click.command()
@click.option("--quick", is_flag=True, help="Small sizes and few rounds, to see that everything runs.")
@click.option("--database", "kinds", multiple=True, default=("sqlite", "postgresql"), show_default=True)
@click.option("--most", default=SIZES[-1].requests, show_default=True, help="Leave larger sizes out.")
@click.option("--write-docs", "docs", is_flag=True, help="Write table and plans into docs/growth.md.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the result.")
def main(quick: bool, kinds: tuple[str, ...], most: int, docs: bool, out: Path) -> None:
    """Measure how turns, lists and searches grow with years of requests."""
    sizes = [size for size in (QUICK_SIZES if quick else SIZES) if size.requests <= most]
    findings = asyncio.run(run(sizes, QUICK_ROUNDS if quick else ROUNDS, kinds))
    rows = [asdict(row) for row in findings.rows]
    click.echo(
        "\n".join(table([{**asdict(row), "beyond": "!" if is_beyond(row) else ""} for row in findings.rows]))
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "growth.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if docs:
        write_docs(findings)


if __name__ == "__main__":
    main()
