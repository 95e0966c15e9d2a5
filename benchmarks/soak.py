"""Hours of mixed work: does memory stay flat, is everybody answered, has every error a name? `make soak`.

Two replicas on PostgreSQL, with tokens over real HTTP. Leaders file and look at their cases, employees look for
courses and their own, consultants look at the queue, all at a calm pace; `ARGS="--minutes 10"` for a short one.
Prints what it saw, writes `benchmarks/out/soak.json`, and ends with 1 when memory grows, somebody is not answered,
or the log has an error that has no name here.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import click
import psutil

from benchmarks.chaos import Bots
from benchmarks.chaos_filing import StormyTeams, Town, session
from benchmarks.match import OUT
from benchmarks.turn_town import names, settle
from tests.databases import own_cluster

WARM_SHARE = 0.2
"""The first part of the run, in which caches fill; what is used then is what the rest is held against."""
MOST_GROWTH = 0.05
"""How much more memory a process may use at the end than after the warm-up."""
LOOK_EVERY_SECONDS = 5.0
PAUSE_SECONDS = (0.5, 4.0)
LEADERS, EMPLOYEES = 20, 20
NAMED: frozenset[str] = frozenset()
"""Events that may be errors in the log of a healthy run: none."""
_ERROR = re.compile(r'"event": ?"(\w+)".*"level": ?"error"|"level": ?"error".*"event": ?"(\w+)"')
_ASKED = (
    ("hvilke kurser er der om demens?", "Du søgte"),
    ("kun online", ""),
    ("mine kurser", ""),
    ("hvad er nyt?", ""),
    ("hjælp", "hjælpe"),
)


@dataclass(slots=True)
class Watched:
    """What was seen of the run."""

    rss_mb: list[tuple[float, list[float]]] = field(default_factory=list)
    """Seconds since the beginning, and the memory of each process."""
    seconds: list[tuple[float, float]] = field(default_factory=list)
    """When something was said, and how long its answer took."""
    unanswered: int = 0


async def _leader(town: Town, who: str, watched: Watched, began: float, ends_at: float) -> None:
    while time.monotonic() < ends_at:
        before = time.monotonic()
        await town.file(who, 1)
        watched.seconds.append((before - began, (time.monotonic() - before) / 3))
        await _said(town, who, "mine henvendelser", "", watched, began)
        await asyncio.sleep(random.uniform(*PAUSE_SECONDS) * 20)  # noqa: S311 - no secret


async def _asker(town: Town, who: str, watched: Watched, began: float, ends_at: float) -> None:
    while time.monotonic() < ends_at:
        words, answer = random.choice(_ASKED)  # noqa: S311 - no secret
        await _said(town, who, words, answer, watched, began)
        await asyncio.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311


async def _said(town: Town, who: str, words: str, answer: str, watched: Watched, began: float) -> None:
    before = time.monotonic()
    watched.unanswered += not await town.say(who, words, answer)
    watched.seconds.append((before - began, time.monotonic() - before))


async def _look(bots: Bots, watched: Watched, began: float) -> None:
    processes = [psutil.Process(pid) for pid in bots.pids()]
    while True:
        watched.rss_mb.append((time.monotonic() - began, [one.memory_info().rss / 1e6 for one in processes]))
        await asyncio.sleep(LOOK_EVERY_SECONDS)


async def run(minutes: float, folder: Path) -> tuple[Watched, Counter[str]]:
    """Work for so long; return what was seen, and the errors of the log by event."""
    teams = StormyTeams(names("consultant", 3))
    leaders, askers = names("leader", LEADERS), names("employee", EMPLOYEES)
    with own_cluster() as cluster:
        async with teams.serving(), session() as http:
            url = cluster.url.replace("postgresql://", "postgresql+psycopg://")
            await asyncio.to_thread(settle, url, teams.service_url, leaders, askers)
            bots = Bots(url, teams, 2, log=folder / "log")
            await bots.start()
            watched, town = Watched(), Town(teams, bots.replicas, http)
            began = time.monotonic()
            ends_at = began + minutes * 60
            looking = asyncio.create_task(_look(bots, watched, began))
            try:
                await asyncio.gather(
                    *(_leader(town, who, watched, began, ends_at) for who in leaders),
                    *(_asker(town, who, watched, began, ends_at) for who in askers),
                )
            finally:
                looking.cancel()
                await bots.stop()
            watched.unanswered += town.stuck
    lines = (folder / "log").read_text("utf-8", "replace").splitlines()
    return watched, Counter("".join(found.groups("")) for line in lines if (found := _ERROR.search(line)))


def growth(samples: list[tuple[float, list[float]]]) -> float:
    """Return how much more memory a process used at the end than after the warm-up, as a share; the worst one."""
    warm = [used for at, used in samples if at >= samples[-1][0] * WARM_SHARE]
    tenth = max(1, len(warm) // 10)
    early, late = warm[:tenth], warm[-tenth:]
    return max(
        statistics.median(used[one] for used in late) / statistics.median(used[one] for used in early) - 1
        for one in range(len(warm[0]))
    )


@click.command()
@click.option("--minutes", default=60.0, show_default=True, help="How long.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the result.")
def main(minutes: float, out: Path) -> None:
    """Work for an hour and look at memory, answers and errors."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        watched, errors = asyncio.run(run(minutes, Path(folder)))
    took = [seconds for _, seconds in watched.seconds]
    half = watched.seconds[-1][0] / 2
    result = {
        "minutes": minutes,
        "turns": len(took),
        "unanswered": watched.unanswered,
        "errors": dict(errors),
        "rss_mb_first": [round(one) for one in watched.rss_mb[0][1]],
        "rss_mb_last": [round(one) for one in watched.rss_mb[-1][1]],
        "growth_after_warm_up": round(growth(watched.rss_mb), 3),
        "p50_ms": round(statistics.median(took) * 1000, 1),
        "p50_ms_first_half": round(statistics.median(s for at, s in watched.seconds if at < half) * 1000, 1),
        "p50_ms_second_half": round(statistics.median(s for at, s in watched.seconds if at >= half) * 1000, 1),
    }
    click.echo(json.dumps(result, indent=1))
    out.mkdir(parents=True, exist_ok=True)
    (out / "soak.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    unnamed = set(errors) - NAMED
    sys.exit(1 if watched.unanswered or unnamed or result["growth_after_warm_up"] > MOST_GROWTH else 0)


if __name__ == "__main__":
    main()
