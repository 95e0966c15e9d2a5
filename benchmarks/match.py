"""Matching quality side by side: `python -m benchmarks.match [--data FOLDER]`.

Prints one table and writes `benchmarks/out/match.json`, a list of rows with recall at 1, 3 and 10 in percent, mean
reciprocal rank, milliseconds per query (median, 99th percentile) and seconds to build. For the needs it also says
how often the verdict was right, in `benchmarks/out/verdict.json`.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from benchmarks.engines import Engine, Ours, engines
from benchmarks.question_sets import QuestionSet, load_sets, with_typos
from catalogue.matching import Verdict
from catalogue.need import read_need

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT = Path(__file__).parent / "out"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Row:
    """One engine on one set."""

    set: str
    variant: str
    engine: str
    n: int
    r1: float
    r3: float
    r10: float
    mrr: float
    p50_ms: float
    p99_ms: float
    build_s: float


def measure(engine: Engine, asked: QuestionSet, variant: str, build_s: float) -> Row:
    """Ask every query of a set once, after one warm-up query."""
    engine.find(asked.queries[0].text)
    ranks: list[float] = []
    spent: list[float] = []
    for query in asked.queries:
        begun = time.perf_counter()
        found = engine.find(query.text)
        spent.append(1000 * (time.perf_counter() - begun))
        rank = next((at for at, position in enumerate(found, 1) if asked.ids[position] in query.right), None)
        ranks.append(rank or float("inf"))
    reached = {limit: round(100 * float(np.mean([rank <= limit for rank in ranks])), 1) for limit in (1, 3, 10)}
    return Row(
        asked.name,
        variant,
        engine.name,
        len(ranks),
        reached[1],
        reached[3],
        reached[10],
        round(float(np.mean([1 / rank for rank in ranks])), 3),
        round(float(np.percentile(spent, 50)), 2),
        round(float(np.percentile(spent, 99)), 2),
        round(build_s, 2),
    )


def verdicts(ours: Ours, asked: QuestionSet) -> dict[str, Any]:
    """How often the verdict was right: answerable needs are promised something, unanswerable ones nothing."""
    index = ours.index
    if index is None:
        raise ValueError("verdicts are for sets of offers")

    def promised(texts: Iterable[str]) -> list[Verdict]:
        return [index.match(read_need(text, TODAY), TODAY).verdict for text in texts]

    answerable = promised(query.text for query in asked.queries)
    unanswerable = promised(asked.unanswerable)
    promises = [verdict is not Verdict.NONE for verdict in answerable]
    false_promises = [verdict is not Verdict.NONE for verdict in unanswerable]
    return {
        "set": asked.name,
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        "promise_precision": round(sum(promises) / max(1, sum(promises) + sum(false_promises)), 3),
        "promise_recall": round(float(np.mean(promises)), 3),
        "sure_of_unanswerable": unanswerable.count(Verdict.SURE),
        "none_of_unanswerable": round(unanswerable.count(Verdict.NONE) / max(1, len(unanswerable)), 3),
    }


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the Danish sets."
)
@click.option("--sets", "chosen", help="Only these sets, separated by commas.")
@click.option("--only", help="Only engines whose name contains this.")
def main(data: Path | None, chosen: str | None, only: str | None) -> None:
    """Measure every engine on every set, clean and with typing errors."""
    rows: list[Row] = []
    judged: list[dict[str, Any]] = []
    click.echo(_line("set", "variant", "engine", "n", "R@1", "R@3", "R@10", "MRR", "p50 ms", "p99 ms", "build s"))
    for asked in load_sets(data, TODAY):
        if chosen and asked.name not in chosen.split(","):
            continue
        misspelt = with_typos(asked, data)
        for engine in engines(TODAY):
            if only and only not in engine.name:
                continue
            begun = time.perf_counter()
            engine.build(asked)
            build_s = time.perf_counter() - begun
            for variant, queries in (("clean", asked), ("typo", misspelt)):
                rows.append(measure(engine, queries, variant, build_s))
                click.echo(_line(*asdict(rows[-1]).values()))
            if isinstance(engine, Ours) and asked.unanswerable:
                judged.append(verdicts(engine, asked))
    for verdict in judged:
        click.echo(json.dumps(verdict))
    OUT.mkdir(exist_ok=True)
    (OUT / "match.json").write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    (OUT / "verdict.json").write_text(json.dumps(judged, indent=1), encoding="utf-8")


def _line(*cells: object) -> str:
    named, numbers = cells[:3], cells[3:]
    texts = [f"{cell:<{width}}" for cell, width in zip(named, (13, 8, 28), strict=True)]
    return " ".join((*texts, *(f"{cell:>8}" for cell in numbers)))


if __name__ == "__main__":
    main()
