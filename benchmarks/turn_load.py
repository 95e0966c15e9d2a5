"""What `benchmarks.turn` measures: servers, what is said to them, and what a turn took.

A turn ends when its reply has arrived at the fake connector and its request has been answered. (A press in the
channel is answered by the request itself.) Requests are written beforehand, so that the load costs little.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from benchmarks.turn_town import NEED, Speaker, chat_of
from benchmarks.turn_wire import FakeTeams, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

PROJECT = Path(__file__).parents[1]
PATIENCE_SECONDS = 60.0
START_SECONDS = 300.0
"""Seven servers start at once, some of which index a catalogue; then nobody waits long."""
QUIET_SHARE = 0.05
"""The share of a core below which a server has nothing left to do."""
LOOK_EVERY_SECONDS = 0.2
LONGEST_SETTLING_SECONDS = 5.0
PREPARED_IN_PARALLEL = 8
HEALTHY = frozenset({200, 201, 202})


@dataclass(frozen=True, slots=True)
class Ask:
    """One turn: the whole request, and where its reply arrives ("": the request itself is answered with it)."""

    request: bytes
    place: str


@dataclass(slots=True, eq=False)
class Deployment:
    """One or more processes of an engine on one database ("none" for those without)."""

    engine: str
    database: str
    processes: int
    database_url: str = ""
    ports: list[int] = field(default_factory=list)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """A name of its own, as part of the service URL."""
        return f"{self.engine}-{self.database}-{self.processes}"

    def start(self, teams_port: int) -> None:
        """Start the processes; `wait` until they listen."""
        for _ in range(self.processes):
            port = _free_port()
            module = ["benchmarks.turn_ours"] if self.engine == "ours" else ["benchmarks.turn_peers", self.engine]
            database = [self.database_url] if self.database_url else []
            command = [sys.executable, "-m", *module, str(port), str(teams_port), *database]
            out = subprocess.DEVNULL
            self.ports.append(port)
            self.running.append(subprocess.Popen(command, cwd=PROJECT, stdout=out, stderr=None))  # noqa: S603

    async def wait(self) -> None:
        """Wait until every process listens.

        Raises:
            RuntimeError: one has ended instead.
        """
        async with asyncio.timeout(START_SECONDS):
            for port, process in zip(self.ports, self.running, strict=True):
                while process.poll() is None:
                    with suppress(OSError):
                        (await Line.to(port)).close()
                        break
                    await asyncio.sleep(0.1)
                else:
                    raise RuntimeError(f"{self.name} ended with {process.returncode}")

    def stop(self) -> None:
        """End the processes."""
        for process in self.running:
            process.kill()
            process.wait()

    def cpu_seconds(self) -> float:
        """Return the processor time of all processes since their start."""
        return sum(cpu_seconds_of(process.pid) for process in self.running)

    def rss_mb(self) -> float:
        """Return the resident memory of all processes, in MB."""
        return sum(psutil.Process(process.pid).memory_info().rss for process in self.running) / 1e6

    async def settle(self) -> None:
        """Wait until the servers have done what the turns left to do, such as notices."""
        ends_at = time.monotonic() + LONGEST_SETTLING_SECONDS
        while time.monotonic() < ends_at:
            before = self.cpu_seconds()
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            if self.cpu_seconds() - before < QUIET_SHARE * LOOK_EVERY_SECONDS:
                return


@dataclass(frozen=True, slots=True)
class Measured:
    """What one burst of turns took. `cpu_ms` and `database_cpu_ms` are per turn."""

    per_s: float
    seconds: tuple[float, ...]
    cpu_ms: float
    database_cpu_ms: float
    rss_mb: float


Preparations = list[list[Ask]]
Scenario = tuple["Preparations", list[Ask]]


def said(deployment: Deployment, speaker: Speaker, people: Iterable[str], words: str) -> list[Ask]:
    """Everybody says the same."""
    return [Ask(speaker.says(who, words), f"{deployment.name}/{chat_of(who)}") for who in people]


def scenario(name: str, deployment: Deployment, speaker: Speaker, people: Sequence[str], filed: int) -> Scenario:
    """Return what is said before a burst, and the burst; `people` speak once each.

    `filed` is how many of them file a request, and how many requests are taken: each makes the queue longer.
    """
    match name:
        case "greeting":
            return [], said(deployment, speaker, people, "hej")
        case "search":
            return [], said(deployment, speaker, people, "hvilke kurser er der om demens?")
        case "need":
            return [said(deployment, speaker, people, "slet kladden")], said(deployment, speaker, people, NEED)
        case "file":
            before = ("slet kladden", NEED, "ingen af dem")
            filing = people[:filed]
            prepared = [said(deployment, speaker, filing, words) for words in before]
            return prepared, said(deployment, speaker, filing, "send")
        case "staff-click":
            waiting = requests_in(deployment.database_url)[:filed]
            pressed = zip(waiting, people * (len(waiting) // len(people) + 1), strict=False)
            return [], [Ask(speaker.executes(who, "case.take", {"request": it}), "") for it, who in pressed]
        case _:
            return [], said(deployment, speaker, people, NEED)


def requests_in(database_url: str) -> list[str]:
    """Return the ids of requests that nobody has taken, newest first."""
    url = make_url(database_url)
    url = url.set(drivername="sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        query = "SELECT id FROM requests WHERE status = 'new' ORDER BY filed_at DESC"
        return list(connection.execute(text(query)).scalars())


async def burst(
    teams: FakeTeams, deployment: Deployment, asks: Sequence[Ask], parallel: int, database: Callable[[], float]
) -> Measured:
    """Take the turns, so many at a time, round robin over the processes."""
    lines = [[await Line.to(port) for port in deployment.ports] for _ in range(parallel)]
    waiting = iter(asks)
    cpu, database_cpu, began = deployment.cpu_seconds(), database(), time.perf_counter()
    took = await asyncio.gather(*(_speak(teams, one, waiting) for one in lines))
    ended = time.perf_counter()
    cpu, database_cpu = deployment.cpu_seconds() - cpu, database() - database_cpu
    for line in (line for one in lines for line in one):
        line.close()
    seconds = tuple(second for one in took for second in one)
    per_turn = 1000 / len(asks)
    return Measured(
        len(asks) / (ended - began), seconds, cpu * per_turn, database_cpu * per_turn, deployment.rss_mb()
    )


async def _speak(teams: FakeTeams, lines: Sequence[Line], waiting: Iterator[Ask]) -> list[float]:
    """Take one turn after the other."""
    took = []
    for number, ask in enumerate(waiting):
        began = time.perf_counter()
        arrival = teams.arrival(ask.place) if ask.place else None
        async with asyncio.timeout(PATIENCE_SECONDS):
            status, body = await lines[number % len(lines)].ask(ask.request)
            if status not in HEALTHY or not (arrival or body):
                raise RuntimeError(f"a turn was answered with {status}: {body[:200]!r}")
            if arrival:
                await arrival
        took.append(time.perf_counter() - began)
    return took


def cpu_seconds_of(pid: int) -> float:
    """Return the processor time of a process and its threads, exactly where the system can tell."""
    if sys.platform == "linux":
        return time.clock_gettime((~pid << 3) | 2)  # the clock of another process: clock_getcpuclockid(3)
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
