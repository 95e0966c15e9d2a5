"""One engine at one size, in a process of its own so that its memory is its own; started by `benchmarks.scale`."""

from __future__ import annotations

import gc
import json
import resource
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
import psutil  # type: ignore[import-untyped]  # it ships no types

from benchmarks import growth
from benchmarks.engines import Engine, Ours, line_up
from benchmarks.match import TODAY
from benchmarks.postgres import Postgres

if TYPE_CHECKING:
    from benchmarks.question_sets import QuestionSet

WHOLE_MATCHER = "ours, whole matcher"
"""The matcher over offers with its reading of the need; "ours" is the text index below it, as for the peers."""
_MEBIBYTE = 1 << 20
_KIBIBYTE = 1 << 10


@dataclass(frozen=True, slots=True)
class Cost:
    """What an engine cost.

    `memory_mb` is what the process grew by while building, `peak_mb` the most that the whole process ever took,
    documents and libraries included; both in MiB. PostgreSQL's memory is its table and indexes on the disk.
    """

    n: int
    p50_ms: float
    p99_ms: float
    build_s: float
    memory_mb: float
    peak_mb: float


def cost_of(engine: Engine, asked: QuestionSet, seconds: float) -> Cost:
    """Build an engine and ask it for at most so many seconds, once at least."""
    gc.collect()
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    engine.build(asked)
    build_s = time.perf_counter() - begun
    gc.collect()
    memory = psutil.Process().memory_info().rss - before
    if isinstance(engine, Postgres):
        memory += engine.bytes_on_server()
    engine.find(asked.queries[0].text)
    spent: list[float] = []
    for query in asked.queries:
        begun = time.perf_counter()
        engine.find(query.text)
        spent.append(time.perf_counter() - begun)
        if sum(spent) > seconds:
            break
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE
    return Cost(
        len(spent),
        round(1000 * float(np.percentile(spent, 50)), 2),
        round(1000 * float(np.percentile(spent, 99)), 2),
        round(build_s, 2),
        round(memory / _MEBIBYTE, 1),
        round(peak / _MEBIBYTE, 1),
    )


@click.command()
@click.option("--engine", "name", required=True)
@click.option("--documents", type=click.Path(path_type=Path), required=True)
@click.option("--size", type=int, required=True)
@click.option("--postgres", required=True, help="A database's URL, or why there is none.")
@click.option("--seconds", type=float, required=True, help="How long to ask.")
def main(name: str, documents: Path, size: int, postgres: str, seconds: float) -> None:
    """Print one engine's cost at one size as JSON."""
    whole = name == WHOLE_MATCHER
    engines: dict[str, Engine] = {engine.name: engine for engine in line_up(TODAY, postgres).engines}
    engine = Ours(TODAY) if whole else engines[name]
    asked = growth.read(documents, size, TODAY, as_offers=whole)
    click.echo(json.dumps(asdict(cost_of(engine, asked, seconds))))


if __name__ == "__main__":
    main()
