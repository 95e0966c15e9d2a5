"""What a turn costs, beside echo bots on other people's engines: `make bench-turn`.

Every engine is a server in processes of its own; load and fake connector are this process, on real HTTP. In every
round each engine is measured once in every scenario, in an order drawn anew, so that whatever else the machine
does hits all alike. Ratios are medians over the rounds of ratios within a round.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import statistics
import tempfile
import time
from contextlib import ExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import psutil

from benchmarks import postgres
from benchmarks.match import OUT
from benchmarks.turn_load import PREPARED_IN_PARALLEL, Deployment, Measured, burst, cpu_seconds_of, scenario
from benchmarks.turn_town import Signature, Speaker, names, roster, settle
from benchmarks.turn_wire import FakeTeams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence

PARALLEL = (1, 8, 32)
SCENARIOS = ("greeting", "need", "search", "file", "staff-click")
PEERS = ("stock-botbuilder", "agents-sdk", "teams-sdk")
STAFF = 40
POSTGRES_OPTIONS = ("max_connections=100",)
"""Everything else as it comes: the server waits for its disk at every commit, as SQLite does here."""

NOTES = """\
A turn ends when its reply has arrived at the connector and its request is answered; cpu is that of the server
processes, and the database server's own beside it. Every engine checks the same signed tokens, with its own code,
and has its access token already. ours/echo is our server and adapter without conversation and database. What
notices cost after a turn (file, staff-click) is in no row. The Teams SDK runs on uvicorn, which takes uvloop."""

Row = tuple[Deployment, str, int]
Results = dict[Row, list[Measured]]


class Bench:
    """The deployments under load."""

    def __init__(
        self, teams: FakeTeams, deployments: Sequence[Deployment], turns: int, database: Callable[[], float]
    ) -> None:
        signature = Signature()
        teams.documents |= signature.documents(f"http://127.0.0.1:{teams.port}")
        self._staff = names("consultant", STAFF)
        teams.documents["pagedmembers"] = roster(self._staff)
        self._teams = teams
        self._database = database
        self._turns = turns
        self._people = {name: names(name, turns) for name in SCENARIOS}
        self._speakers = {one.name: Speaker(signature, teams.service_url(one.name)) for one in deployments}
        self._deployments = deployments
        self.results: Results = {}

    def fill_databases(self) -> None:
        """Give every deployment with a database the town."""
        leaders = [who for name in ("greeting", "need", "file") for who in self._people[name]]
        others = [*self._people["search"], *self._staff]
        for one in self._deployments:
            if one.database_url:
                settle(one.database_url, self._teams.service_url(one.name), leaders, others)

    def cells(self) -> Iterator[tuple[Deployment, str]]:
        """Every scenario of every deployment."""
        for one in self._deployments:
            yield from ((one, name) for name in (SCENARIOS if one.database_url else ("echo",)))

    async def round(self, parallel: int, chance: random.Random | None) -> None:
        """Measure every cell once; without `chance` only warm up."""
        order = list(self.cells())
        if chance:
            chance.shuffle(order)
            order.sort(key=lambda cell: cell[1] == "staff-click")  # what is taken must have been filed
        for one, name in order:
            people = self._staff if name == "staff-click" else self._people.get(name, self._people["need"])
            before, asks = scenario(name, one, self._speakers[one.name], people, self._turns // 4)
            for preparation in before:
                await burst(self._teams, one, preparation, PREPARED_IN_PARALLEL, self._database)
            await one.settle()
            measured = await burst(self._teams, one, asks, parallel, self._database)
            if chance:
                self.results.setdefault((one, name, parallel), []).append(measured)
            await one.settle()


@asynccontextmanager
async def running(turns: int, chosen: Sequence[str]) -> AsyncIterator[Bench]:
    """Start everything."""
    folder = Path(tempfile.mkdtemp(prefix="bench-turn-"))
    teams = FakeTeams()
    await teams.open()
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        new_database = ending.enter_context(postgres.databases_of_a_server(POSTGRES_OPTIONS))
        deployments = [
            Deployment("ours", "sqlite", 1, f"sqlite+aiosqlite:///{folder}/turn.sqlite"),
            *(Deployment(engine, "none", 1) for engine in ("ours", *PEERS)),
        ]
        if new_database:
            deployments += [Deployment("ours", "postgresql", number, new_database(number)) for number in (1, 2)]
        else:
            click.echo("postgresql: not measured, there is no server", err=True)
        deployments = [one for one in deployments if not chosen or one.name in chosen]
        server = postgres.server_process(new_database(0)) if new_database else None
        bench = Bench(teams, deployments, turns, lambda: _family_cpu_seconds(server))
        await asyncio.to_thread(bench.fill_databases)
        for one in deployments:
            ending.callback(one.stop)
            one.start(teams.port)
        for one in deployments:
            await one.wait()
        yield bench
        await teams.close()


def _family_cpu_seconds(process: psutil.Process | None) -> float:
    """Return the processor time of a process and its children, 0 where there is none."""
    if process is None:
        return 0.0
    total = 0.0
    for one in (process, *process.children()):
        with suppress(OSError, psutil.NoSuchProcess):  # a worker of the server that has just ended
            total += cpu_seconds_of(one.pid)
    return total


async def measure(bench: Bench, rounds: int, parallel: Sequence[int], seed: int) -> None:
    """Warm up, and measure round by round."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    await bench.round(PREPARED_IN_PARALLEL, None)
    for number in range(rounds):
        began = time.monotonic()
        for at_once in parallel:
            await bench.round(at_once, chance)
        click.echo(f"round {number + 1} of {rounds}: {time.monotonic() - began:.0f} s", err=True)


def row_of(key: Row, rounds: Sequence[Measured]) -> dict[str, Any]:
    """Return the row of the result: medians of the rounds, percentiles over all turns."""
    deployment, name, parallel = key
    milliseconds = sorted(second * 1000 for one in rounds for second in one.seconds)
    return {
        "engine": deployment.engine,
        "scenario": name,
        "database": deployment.database,
        "processes": deployment.processes,
        "parallel": parallel,
        "per_s": round(statistics.median(one.per_s for one in rounds), 1),
        "p50_ms": round(statistics.median(milliseconds), 2),
        "p99_ms": round(milliseconds[int(len(milliseconds) * 0.99)], 2),
        "cpu_ms": round(statistics.median(one.cpu_ms for one in rounds), 2),
        "database_cpu_ms": round(statistics.median(one.database_cpu_ms for one in rounds), 2),
        "rss_mb": round(max(one.rss_mb for one in rounds)),
    }


def ratios(results: Results) -> Iterator[dict[str, Any]]:
    """Compare: our need turn with each peer's echo, and two processes with one."""
    need = {key: rounds for key, rounds in results.items() if key[1] == "need"}
    for (one, name, parallel), ours in need.items():
        for (other, scenario_name, at_once), theirs in results.items():
            if at_once != parallel:
                continue
            is_echo = scenario_name == "echo"
            is_one_process = (
                scenario_name == name
                and one.processes > 1
                and (other.database, other.processes) == (one.database, 1)
            )
            if is_echo or is_one_process:
                pairs = list(zip(ours, theirs, strict=True))
                yield {
                    "ours": one.name,
                    "than": f"{other.name} {scenario_name}",
                    "parallel": parallel,
                    "cpu": _median(mine.cpu_ms / its.cpu_ms for mine, its in pairs),
                    "p50": _median(
                        statistics.median(mine.seconds) / statistics.median(its.seconds) for mine, its in pairs
                    ),
                    "per_s": _median(mine.per_s / its.per_s for mine, its in pairs),
                }


def _median(values: Iterable[float]) -> float:
    return round(statistics.median(values), 2)


def table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Return the lines of a table."""
    widths = {key: max(len(key), *(len(str(row[key])) for row in rows)) for key in rows[0]}
    for row in ({key: key for key in widths}, *rows):
        yield "  ".join(
            f"{row[key]:<{width}}" if isinstance(rows[0][key], str) else f"{row[key]!s:>{width}}"
            for key, width in widths.items()
        )


@click.command()
@click.option("--rounds", default=5, show_default=True, help="How often everything is measured.")
@click.option("--turns", default=200, show_default=True, help="Turns of each scenario and round.")
@click.option("--parallel", default=PARALLEL, multiple=True, show_default=True, help="Conversations at a time.")
@click.option("--only", multiple=True, help="Only these, as in ours-sqlite-1.")
@click.option("--quick", is_flag=True, help="One short round, to see that everything runs.")
@click.option("--seed", default=1, show_default=True, help="What chance begins with.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the results."
)
def main(
    rounds: int, turns: int, parallel: tuple[int, ...], only: tuple[str, ...], quick: bool, seed: int, out: Path
) -> None:
    """Measure what a turn costs, beside echo bots on other people's engines."""
    if quick:
        rounds, turns = 1, 60
    rows, compared = asyncio.run(_main(rounds, turns, parallel, only, seed))
    click.echo("\n".join(table(rows)))
    if compared:
        click.echo("\nour need turn divided by another turn, medians of the rounds\n")
        click.echo("\n".join(table(compared)))
    click.echo(f"\n{NOTES}")
    out.mkdir(parents=True, exist_ok=True)
    for name, found in (("turn.json", rows), ("turn-ratios.json", compared)):
        (out / name).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


async def _main(
    rounds: int, turns: int, parallel: Sequence[int], only: Sequence[str], seed: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    async with running(turns, only) as bench:
        await measure(bench, rounds, parallel, seed)
        ordered = sorted(bench.results.items(), key=lambda item: (item[0][0].name, item[0][1], item[0][2]))
        return [row_of(key, measured) for key, measured in ordered], list(ratios(dict(ordered)))


if __name__ == "__main__":
    main()
