"""Does every notice arrive, whatever Teams answers and whoever is killed? Counted at the receiver.

A fake Teams in a process of its own answers at random (`benchmarks.chaos_teams`) while notices are due. On SQLite
the delivering process is killed with SIGKILL at random moments and started again; on PostgreSQL there are two, and
one of the two is. Moments are chosen by how much has arrived, so that all of them fall into the work.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import click
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks import postgres
from benchmarks.chaos_notices import write_notices
from benchmarks.chaos_teams import Arrival, Fate
from benchmarks.chaos_verdict import Verdict, judge
from storage.engines import POSTGRESQL, SQLITE
from storage.outbox import LEASE
from storage.schema import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

PROJECT = Path(__file__).parents[1]
OUT = Path(__file__).parent / "out"
LATEST_KILL = 0.95
"""The share of the notices by whose arrival the last kill happens."""
LOOK_EVERY_SECONDS = 0.05
PATIENCE_SECONDS = 1800.0
"""Longer than this nothing takes; then what is not there is lost."""
UNFINISHED = "SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending', 'waiting')"


@dataclass(frozen=True, slots=True)
class Plan:
    """How big a run is."""

    notices: int
    kills: int
    lease: float
    seed: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of the result, over all runs of a scenario."""

    scenario: str
    runs: int
    due: int
    lost: int
    doubled: int
    out_of_order: int
    over_limit: int


class Delivery:
    """The processes that deliver from one database."""

    def __init__(self, url: str, lease: float) -> None:
        self._command = [sys.executable, "-m", "benchmarks.chaos_worker", url, str(lease)]
        self._processes: list[asyncio.subprocess.Process] = []
        self.kills: list[float] = []

    async def start(self) -> None:
        """Start one more process."""
        self._processes.append(await asyncio.create_subprocess_exec(*self._command, cwd=PROJECT))

    async def kill_one(self, chance: random.Random) -> None:
        """Kill one of them with SIGKILL, and start another in its place."""
        process = chance.choice(self._processes)
        self._processes.remove(process)
        process.kill()
        self.kills.append(time.monotonic())
        await process.wait()
        await self.start()

    async def stop(self) -> None:
        """End all of them."""
        for process in self._processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def run(url: str, replicas: int, plan: Plan) -> Verdict:
    """Deliver everything once, with kills in between, and judge."""
    await migrate(url)
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    async with AsyncExitStack() as running:
        teams = await running.enter_async_context(_teams(plan))
        lanes = await write_notices(url, f"{teams.url}/", plan.notices)
        delivery = Delivery(url, plan.lease)
        running.push_async_callback(delivery.stop)
        for _ in range(replicas):
            await delivery.start()
        moments = chance.sample(range(round(plan.notices * LATEST_KILL)), plan.kills)
        for moment in sorted(moments):
            await teams.until_taken(moment)
            await asyncio.sleep(chance.uniform(0, 0.3))
            await delivery.kill_one(chance)
        await _until_finished(url)
        await delivery.stop()
        return judge(lanes, await teams.arrivals(), delivery.kills)


class _Teams:
    """The fake Teams as seen from outside."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self._http = http

    async def until_taken(self, count: int) -> None:
        """Wait until so many messages were taken."""
        while await self._get("taken") < count:  # noqa: ASYNC110 - the event is in another process
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def arrivals(self) -> list[Arrival]:
        """Everything that came, in order."""
        return [Arrival(**{**arrival, "fate": Fate(arrival["fate"])}) for arrival in await self._get("report")]

    async def _get(self, path: str) -> Any:
        async with self._http.get(f"{self.url}/{path}") as response:
            return await response.json()


@asynccontextmanager
async def _teams(plan: Plan) -> AsyncIterator[_Teams]:
    patience = 10.0 * plan.lease / LEASE.total_seconds()
    command = [sys.executable, "-m", "benchmarks.chaos_teams", str(plan.seed), str(patience)]
    process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        port = int(await process.stdout.readline())
        async with aiohttp.ClientSession() as http:
            yield _Teams(f"http://127.0.0.1:{port}", http)
    finally:
        process.kill()
        await process.wait()


async def _until_finished(url: str) -> None:
    """Wait until nothing is left to deliver. The delivering process has the file, so it is only looked at."""
    address = url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true" if "sqlite" in url else url
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends_at:
        with engine.connect() as connection:
            if not connection.execute(text(UNFINISHED)).scalar_one():
                return
        await asyncio.sleep(1)


def measure(
    scenario: str, runs: int, replicas: int, plan: Plan, new_database: Callable[[int], str]
) -> tuple[Figures, list[Verdict]]:
    """Run a scenario several times, each in a database of its own, and add up."""
    verdicts = []
    for number in range(runs):
        one = Plan(plan.notices, plan.kills, plan.lease, plan.seed + number)
        began = time.monotonic()
        verdict = asyncio.run(run(new_database(number), replicas, one))
        verdicts.append(verdict)
        click.echo(_line(scenario, number + 1, verdict, time.monotonic() - began))
    return (
        Figures(
            scenario,
            runs,
            due=sum(verdict.due for verdict in verdicts),
            lost=sum(verdict.lost for verdict in verdicts),
            doubled=sum(verdict.doubled for verdict in verdicts),
            out_of_order=sum(verdict.out_of_order for verdict in verdicts),
            over_limit=sum(verdict.over_limit for verdict in verdicts),
        ),
        verdicts,
    )


HEADINGS = (
    "scenario", "run", "due", "lost", "doubled", "answer lost", "killed", "unexplained", "disorder", "over limit",
    "requests", "seconds",
)  # fmt: skip


def _line(scenario: str, number: int, verdict: Verdict, seconds: float) -> str:
    cells = (
        verdict.due,
        verdict.lost,
        verdict.doubled,
        verdict.answer_lost,
        verdict.killed,
        verdict.unexplained,
        verdict.out_of_order,
        verdict.over_limit,
        verdict.requests,
        round(seconds),
    )
    return f"{scenario:<44} {number:>4}" + "".join(f"{cell:>12}" for cell in cells)


def _scenarios(folder: Path, chosen: Sequence[str]) -> Iterator[tuple[str, int, Callable[[int], str] | None]]:
    """Yield the name, the number of replicas and how to come by a database; None where there is no server."""
    if SQLITE in chosen:
        yield "SQLite, kill -9 of the process", 1, lambda number: f"sqlite:///{folder}/run-{number}.sqlite"
    if POSTGRESQL in chosen:
        name = "PostgreSQL, kill -9 of one of two replicas"
        with postgres.databases_of_a_server() as new_database:
            yield name, 2, new_database


@click.command()
@click.option("--runs", default=1, show_default=True, help="Runs of each scenario.")
@click.option("--notices", default=2000, show_default=True, help="Notices that are due in a run.")
@click.option("--kills", default=50, show_default=True, help="Kills in a run.")
@click.option("--lease", default=LEASE.total_seconds(), show_default=True, help="Seconds of a lease.")
@click.option("--seed", default=1, show_default=True, help="What chance begins with.")
@click.option("--only", type=click.Choice([SQLITE, POSTGRESQL]), help="Only this database.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the result.")
def main(runs: int, notices: int, kills: int, lease: float, seed: int, only: str | None, out: Path) -> None:
    """Count at the receiver what was lost, doubled, out of order or sent too fast."""
    plan = Plan(notices, kills, lease, seed)
    folder = Path(tempfile.mkdtemp(prefix="chaos-delivery-"))
    click.echo(f"{HEADINGS[0]:<44} {HEADINGS[1]:>4}" + "".join(f"{heading:>12}" for heading in HEADINGS[2:]))
    measured: list[Figures] = []
    verdicts: Sequence[Verdict] = []
    try:
        for scenario, replicas, new_database in _scenarios(folder, [only] if only else [SQLITE, POSTGRESQL]):
            if new_database is None:
                click.echo(f"{scenario}: not measured, there is no PostgreSQL", err=True)
                continue
            figures, judged = measure(scenario, runs, replicas, plan, new_database)
            measured.append(figures)
            verdicts = [*verdicts, *judged]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    result = json.dumps([asdict(figures) for figures in measured], indent=1)
    (out / "chaos-delivery.json").write_text(result + "\n", encoding="utf-8")
    failed = any(one.lost or one.unexplained or one.out_of_order or one.over_limit for one in verdicts)
    sys.exit(1 if failed or not measured else 0)


if __name__ == "__main__":
    main()
