"""Matching quality side by side: `python -m benchmarks.match [--data FOLDER]`.

Prints one table and writes `benchmarks/out/match.json`, a list of rows with recall at 1, 3 and 10 in percent, mean
reciprocal rank, milliseconds per query (median, 99th percentile) and seconds to build. For the needs it also says
how often the verdict was right, in `benchmarks/out/verdict.json`. An engine that fails is named at the end, and
the command fails with it.
"""

from __future__ import annotations

import json
import random
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from benchmarks import postgres
from benchmarks.engines import Engine, Ours, line_up
from benchmarks.question_sets import QuestionSet, load_sets, with_typos
from catalogue.matching import Verdict
from catalogue.need import read_need

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.question_sets import Query

OUT = Path(__file__).parent / "out"
TODAY = date(2026, 11, 22)
HEADINGS = ("set", "variant", "engine", "n", "R@1", "R@3", "R@10", "MRR", "p50 ms", "p99 ms", "build s")
SLOW = frozenset({"rapidfuzz WRatio"})
"""Engines that are asked a sample only, always the same, where there are many documents; the rows' n says so."""
_MANY_DOCUMENTS = 5_000
_SAMPLE = 300
_SEED = 20_261_122


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


@dataclass(slots=True)
class Measured:
    """What a run found: rows in the order of the table, verdicts, and a sentence for each engine that failed."""

    rows: list[Row] = field(default_factory=list)
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def measure(engine: Engine, asked: QuestionSet, variant: str, build_s: float) -> Row:
    """Ask every query of a set once, a slow engine a sample of them, after one warm-up query."""
    queries = asked_of(engine, asked)
    engine.find(queries[0].text)
    ranks: list[float] = []
    spent: list[float] = []
    for query in queries:
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


def asked_of(engine: Engine, asked: QuestionSet) -> Sequence[Query]:
    """The queries that an engine is asked: all of them, or the seeded sample for a slow one."""
    if engine.name not in SLOW or len(asked.ids) < _MANY_DOCUMENTS or len(asked.queries) <= _SAMPLE:
        return asked.queries
    return random.Random(_SEED).sample(asked.queries, _SAMPLE)  # noqa: S311 - reproducible, nothing secret


def measure_set(engines: Iterable[Engine], asked: QuestionSet, misspelt: QuestionSet, measured: Measured) -> None:
    """Measure every engine on a set, printing its rows; one that fails does not stop the others."""
    for engine in engines:
        try:
            begun = time.perf_counter()
            engine.build(asked)
            build_s = time.perf_counter() - begun
            for variant, queries in (("clean", asked), ("typo", misspelt)):
                measured.rows.append(measure(engine, queries, variant, build_s))
                click.echo(_line(*asdict(measured.rows[-1]).values()))
            if isinstance(engine, Ours) and asked.unanswerable:
                measured.verdicts.append(verdicts(engine, asked))
        except Exception as error:  # noqa: BLE001 - whatever a peer raises, it is told and the run goes on
            traceback.print_exc()
            measured.failures.append(f"{engine.name} on {asked.name}: {error!r}")


def verdicts(ours: Ours, asked: QuestionSet) -> dict[str, Any]:
    """How often the verdict was right: answerable needs are promised something, unanswerable ones nothing.

    Precision and recall of a promise (sure or likely) and of a none; of the sure ones also how often one of the
    first three offers was a right one.
    """
    index = ours.index
    if index is None:
        raise ValueError("verdicts are for sets of offers")
    answers = [(index.match(read_need(query.text, TODAY), TODAY), query.right) for query in asked.queries]
    answerable = [answer.verdict for answer, _ in answers]
    unanswerable = [index.match(read_need(text, TODAY), TODAY).verdict for text in asked.unanswerable]
    sure = [
        any(match.offer.code in right for match in answer.matches[:3])
        for answer, right in answers
        if answer.verdict is Verdict.SURE
    ]
    refused, rightly_refused = answerable.count(Verdict.NONE), unanswerable.count(Verdict.NONE)
    promised, wrongly_promised = len(answerable) - refused, len(unanswerable) - rightly_refused
    return {
        "set": asked.name,
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        "promise_precision": _share(promised, promised + wrongly_promised),
        "promise_recall": _share(promised, len(answerable)),
        "none_precision": _share(rightly_refused, rightly_refused + refused),
        "none_of_unanswerable": _share(rightly_refused, len(unanswerable)),
        "sure": len(sure),
        "sure_right_in_three": _share(sum(sure), len(sure)),
        "sure_of_unanswerable": unanswerable.count(Verdict.SURE),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the Danish sets."
)
@click.option("--sets", "chosen", help="Only these sets, separated by commas.")
@click.option("--only", default="", help="Only engines whose name contains this.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the results."
)
def main(data: Path | None, chosen: str | None, only: str, out: Path) -> None:
    """Measure every engine on every set, clean and with typing errors."""
    measured = Measured()
    with postgres.server() as server:
        found = line_up(TODAY, server)
        engines = [engine for engine in found.engines if only in engine.name]
        for reason in found.left_out:
            click.echo(reason)
        click.echo(_line(*HEADINGS))
        for asked in load_sets(data, TODAY):
            if not chosen or asked.name in chosen.split(","):
                measure_set(engines, asked, with_typos(asked, data), measured)
    for verdict in measured.verdicts:
        click.echo(json.dumps(verdict))
    out.mkdir(exist_ok=True)
    (out / "match.json").write_text(json.dumps([asdict(row) for row in measured.rows], indent=1), encoding="utf-8")
    (out / "verdict.json").write_text(json.dumps(measured.verdicts, indent=1), encoding="utf-8")
    for failure in measured.failures:
        click.echo(f"FAILED: {failure}", err=True)
    sys.exit(1 if measured.failures else 0)


def _line(*cells: object) -> str:
    named, numbers = cells[:3], cells[3:]
    texts = [f"{cell:<{width}}" for cell, width in zip(named, (13, 8, 28), strict=True)]
    return " ".join((*texts, *(f"{cell:>8}" for cell in numbers)))


if __name__ == "__main__":
    main()
