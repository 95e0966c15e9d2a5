"""Fifty leaders file while everything breaks: is each need there once, with its card, and does nobody wait on?

`make chaos` (ARGS="--kills 10 --only kill" for less). The bots are the product's own service in processes of
their own, with signed tokens over real HTTP; Teams and its people are `benchmarks.chaos_filing`. Prints a line a
scenario and writes `benchmarks/out/chaos.json`; ends with 1 unless lost, doubled and stuck are 0.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import click
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks.chaos_filing import Judgement, Replicas, StormyTeams, Town, judge, session
from benchmarks.chaos_teams import Fate
from benchmarks.turn_town import names, settle
from tests.bot.processes import free_port
from tests.databases import own_cluster

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.databases import Cluster

PROJECT = Path(__file__).parents[1]
OUT = Path(__file__).parent / "out"
LEADERS = 50
CALM_SECONDS = 180.0
"""How long nothing at all has to happen before what is left is stuck: longer than the lease of a dead process and
the pauses between tries. The channel takes 1800 messages an hour, so a backlog may be there for longer."""
STORM_SECONDS = 120.0
SMALL_DISK_MB = 24
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
"""Debian's package libfaketime, which tells a process another time."""
UNFINISHED = "SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending', 'dead') AND request_id <> ''"
THINKS_SECONDS = {"kill": (60.0, 240.0), "kill-sqlite": (60.0, 240.0), "storm": (0.0, 60.0)}
"""How long people think before each sentence, where the filing is to last as long as the trouble."""
STANDING = "SELECT kind, status || ' ' || attempts || ' ' || last_error FROM outbox WHERE status <> 'sent' LIMIT 9"
STORM = {
    Fate.ANSWERED: 40,
    Fate.SLOWED: 12,
    Fate.FAILED: 24,
    Fate.CUT: 10,
    Fate.CUT_AFTER: 8,
    Fate.SILENT: 3,
    Fate.SILENT_AFTER: 3,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How big a run is."""

    leaders: int
    filings: int
    kills: int
    storm_seconds: float
    seed: int


class Bots:
    """The processes of the bot on one database."""

    def __init__(self, url: str, teams: StormyTeams, number: int, log: Path | None = None) -> None:
        self._log = log
        self._url = url
        self._teams = teams
        self._running: list[tuple[int, asyncio.subprocess.Process]] = []
        self.replicas = Replicas([free_port() for _ in range(number)])
        self.broken: list[float] = []
        self.environment: dict[str, str] = {}

    async def start(self) -> None:
        """Start all of them."""
        for port in self.replicas.ports:
            await self._start(port)
        await self.ready()

    async def kill(self, chance: random.Random) -> None:
        """Kill one with SIGKILL and start it again."""
        port, process = chance.choice(self._running)
        self._running.remove((port, process))
        process.kill()
        self.broken.append(time.monotonic())
        await process.wait()
        await self._start(port)

    async def ready(self) -> None:
        """Wait until every process works."""
        async with aiohttp.ClientSession() as http:
            for port, process in self._running:
                while process.returncode is None:
                    with suppress(aiohttp.ClientError):
                        async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                            if answer.ok:
                                break
                    await asyncio.sleep(0.1)
                assert process.returncode is None, "a bot ended by itself"

    async def stop(self) -> None:
        """End all of them."""
        for _, process in self._running:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    def pids(self) -> list[int]:
        """The numbers of the processes."""
        return [process.pid for _, process in self._running]

    async def _start(self, port: int) -> None:
        command = [sys.executable, "-m", "benchmarks.turn_ours", str(port), self._teams.url.rpartition(":")[2]]
        environment = {**os.environ, **self.environment}
        with (self._log or Path(os.devnull)).open("ab") as out:
            process = await asyncio.create_subprocess_exec(
                *command, self._url, cwd=PROJECT, env=environment, stdout=out, stderr=out
            )
        self._running.append((port, process))


@dataclass(slots=True)
class Scene:
    """Everything that a scenario can disturb."""

    plan: Plan
    bots: Bots
    teams: StormyTeams
    chance: random.Random
    folder: Path
    cluster: Cluster | None = None

    def filed(self, town: Town) -> float:
        """How much of the filing is done, from 0 to 1."""
        return len(town.filed) / (self.plan.leaders * self.plan.filings)


async def nothing(_scene: Scene, _town: Town) -> None:
    """Let them work."""


async def kill(scene: Scene, _town: Town) -> None:
    """Kill a process again and again."""
    for _ in range(scene.plan.kills):
        await asyncio.sleep(scene.chance.uniform(0.2, 1.5))
        await scene.bots.kill(scene.chance)
        await scene.bots.ready()


async def storm(scene: Scene, _town: Town) -> None:
    """Let Teams answer as it does on a very bad day."""
    scene.teams.weather = lambda: scene.chance.choices(list(STORM), list(STORM.values()))[0]
    await asyncio.sleep(scene.plan.storm_seconds)
    scene.teams.weather = lambda: Fate.ANSWERED


async def restart_database(scene: Scene, town: Town) -> None:
    """Stop the server at once, as a crash does, and start it again."""
    assert scene.cluster is not None
    for share in (0.1, 0.35, 0.6):
        while scene.filed(town) < share:  # noqa: ASYNC110 - looked at, not told
            await asyncio.sleep(0.1)
        scene.cluster.stop()
        scene.bots.broken.append(time.monotonic())
        try:
            await asyncio.sleep(scene.chance.uniform(1, 5))
        finally:
            scene.cluster.start()
            scene.bots.broken.append(time.monotonic())


async def fill_disk(scene: Scene, town: Town) -> None:
    """Fill the disk to the last byte, and make room again."""
    for share in (0.1, 0.5):
        while scene.filed(town) < share:  # noqa: ASYNC110 - looked at, not told
            await asyncio.sleep(0.1)
        ballast = scene.folder / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        scene.bots.broken.append(time.monotonic())
        await asyncio.sleep(10)
        ballast.unlink()
        scene.bots.broken.append(time.monotonic())


async def jump(scene: Scene, town: Town) -> None:
    """Put the clocks of the processes forward and back."""
    for share, offset in ((0.1, "+3h"), (0.4, "-2h"), (0.7, "+0")):
        while scene.filed(town) < share:  # noqa: ASYNC110 - looked at, not told
            await asyncio.sleep(0.1)
        (scene.folder / "clock").write_text(offset)


SCENARIOS = {
    "kill": "kill -9 of one of two replicas",
    "kill-sqlite": "SQLite: kill -9 of the process",
    "storm": "Teams answers 429, 412, 5xx, late or not at all",
    "database": "PostgreSQL crashes and comes back",
    "disk": "SQLite: the disk is full",
    "clock": "the clocks of both replicas jump",
    "repeated": "each activity two to five times, to both replicas",
}
_GOES_ON_UNTIL_ITS_END = frozenset({"kill", "kill-sqlite", "storm"})
_DISTURBED = {
    "kill": kill,
    "kill-sqlite": kill,
    "storm": storm,
    "database": restart_database,
    "disk": fill_disk,
    "clock": jump,
    "repeated": nothing,
}


@asynccontextmanager
async def scene_of(name: str, plan: Plan, folder: Path) -> AsyncIterator[tuple[Scene, str]]:
    """Set everything up for a scenario; yield it with the URL of its database."""
    async with AsyncExitStack() as ending:
        teams = StormyTeams(names("consultant", 3))
        await ending.enter_async_context(teams.serving())
        cluster = None
        if name in {"kill-sqlite", "disk"}:
            url, number = f"sqlite+aiosqlite:///{folder}/chaos.sqlite", 1
        else:
            cluster = ending.enter_context(own_cluster())
            url, number = cluster.url.replace("postgresql://", "postgresql+psycopg://"), 2
        bots = Bots(url, teams, number)
        if name == "clock":
            (folder / "clock").write_text("+0")
            bots.environment = {
                "LD_PRELOAD": str(FAKETIME),
                "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        if name == "repeated":
            bots.replicas.copies = (2, 5)
        leaders = names("leader", plan.leaders)
        await asyncio.to_thread(settle, url, teams.service_url, leaders, names("consultant", 3))
        ending.push_async_callback(bots.stop)
        await bots.start()
        yield Scene(plan, bots, teams, random.Random(plan.seed), folder, cluster), url  # noqa: S311 - no secret


async def run(name: str, plan: Plan, folder: Path) -> Judgement:
    """Run one scenario and judge it."""
    async with scene_of(name, plan, folder) as (scene, url), session() as http:
        town = Town(scene.teams, scene.bots.replicas, http, THINKS_SECONDS.get(name, (0.0, 0.0)))
        leaders = names("leader", plan.leaders)
        disturbing = asyncio.create_task(_DISTURBED[name](scene, town))
        await asyncio.gather(*(town.file(leader, plan.filings) for leader in leaders))
        if name in _GOES_ON_UNTIL_ITS_END:
            await disturbing
        disturbing.cancel()
        await asyncio.wait([disturbing])
        if not disturbing.cancelled():
            disturbing.result()
        scene.teams.weather = lambda: Fate.ANSWERED
        (folder / "ballast").unlink(missing_ok=True)
        await scene.bots.ready()
        unfinished = await _calm(url)
        scene.bots.replicas.copies = (1, 1)
        silent = sum(
            not said for said in await asyncio.gather(*(town.say(who, "hjælp", "hjælpe") for who in leaders))
        )
        return judge(town, _query(url, _REQUESTS), scene.bots.broken, unfinished, silent=silent)


_REQUESTS = (
    "SELECT 'KV-' || year || '-' || substr('000' || serial, length('000' || serial) - 3), need FROM requests"
)


async def _calm(url: str) -> int:
    """Wait until every notice of a request is delivered, or none is for very long; return how many are left."""
    moved_at, before, left = time.monotonic(), -1, 1
    while left and time.monotonic() < moved_at + CALM_SECONDS:
        await asyncio.sleep(1)
        [(left,)] = _query(url, UNFINISHED)
        if left != before:
            moved_at, before = time.monotonic(), left
    for row in _query(url, STANDING) if left else ():
        click.echo(f"  left: {row}", err=True)
    return int(left)


def _query(url: str, query: str) -> list[tuple[str, str]]:
    """Ask the database; the bot has SQLite's file, so it is only looked at."""
    address = url.replace("sqlite+aiosqlite:///", "sqlite:///file:")
    engine = create_engine(address + ("?mode=ro&uri=true" if "sqlite" in url else ""), poolclass=NullPool)
    with engine.connect() as connection:
        return [(row[0], row[-1]) if len(row) > 1 else (row[0],) for row in connection.execute(text(query))]  # type: ignore[misc]


@contextmanager
def disk_for(name: str) -> Iterator[Path | str]:
    """Yield a folder for a scenario, a small disk where one is to be filled; or why there is none."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        if name == "clock" and FAKETIME is None:
            yield "there is no libfaketime (Debian's package faketime)"
        elif name != "disk":
            yield Path(folder)
        elif os.geteuid() or not (mount := shutil.which("mount")):
            yield "only root can make a small disk"
        else:
            size = f"size={SMALL_DISK_MB}m"
            subprocess.run([mount, "-t", "tmpfs", "-o", size, "none", folder], check=True)  # noqa: S603 - ours
            try:
                yield Path(folder)
            finally:
                subprocess.run(["umount", folder], check=True)  # noqa: S603, S607 - ours


@click.command()
@click.option("--only", type=click.Choice(list(SCENARIOS)), multiple=True, help="Only these scenarios.")
@click.option("--leaders", default=LEADERS, show_default=True, help="Leaders who file at the same time.")
@click.option("--filings", default=1, show_default=True, help="Needs of each of them.")
@click.option("--kills", default=100, show_default=True, help="Kills of a scenario.")
@click.option("--storm", "storm_seconds", default=STORM_SECONDS, show_default=True, help="Seconds of bad weather.")
@click.option("--seed", default=1, show_default=True, help="What chance begins with.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the result.")
def main(
    only: tuple[str, ...], leaders: int, filings: int, kills: int, storm_seconds: float, seed: int, out: Path
) -> None:
    """Count what is lost, doubled or stuck while things break."""
    results = []
    for name in only or SCENARIOS:
        plan = Plan(leaders, filings, kills, storm_seconds, seed)
        with disk_for(name) as folder:
            if isinstance(folder, str):
                click.echo(f"{SCENARIOS[name]}: not measured, {folder}", err=True)
                continue
            began = time.monotonic()
            judged = asyncio.run(run(name, plan, folder))
        results.append({"scenario": SCENARIOS[name], "runs": 1, **asdict(judged)})
        click.echo(f"{results[-1]} in {time.monotonic() - began:.0f} s")
    out.mkdir(parents=True, exist_ok=True)
    (out / "chaos.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    failed = any(result[what] for result in results for what in ("lost", "doubled", "stuck"))
    sys.exit(1 if failed or not results else 0)


if __name__ == "__main__":
    main()
