"""How cost grows with the catalogue: `python -m benchmarks.scale [--data FOLDER] [--plot PICTURE]`.

Time per query, time to build and memory of every engine at 1,000 to 1,000,000 documents, printed and written to
`benchmarks/out/scale.json`. One engine at a time, each in a fresh process. A peer that takes longer or needs more
than the limits is cut off; that is what its row then says, and it is not tried at larger sizes. Ours is given five
times as long.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import psutil  # type: ignore[import-untyped]  # it ships no types

from benchmarks import growth, postgres
from benchmarks.engines import line_up
from benchmarks.growth_plot import plot
from benchmarks.match import OUT, TODAY
from benchmarks.scale_worker import WHOLE_MATCHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SIZES = "1000,10000,100000,1000000"
_OURS_LONGER = 5
_POLL_S = 0.2
_GIBIBYTE = 1 << 30
_ASKING_S = 10.0
HEADINGS = ("documents", "engine", "n", "p50 ms", "p99 ms", "build s", "MiB", "peak MiB", "")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one engine may take at one size."""

    seconds: float
    gibibytes: float


@dataclass(frozen=True, slots=True)
class Row:
    """One engine at one size; None where it was cut off or failed, which `note` then says."""

    documents: int
    engine: str
    n: int | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    build_s: float | None = None
    memory_mb: float | None = None
    peak_mb: float | None = None
    note: str = ""


def run(command: list[str], limits: Limits) -> tuple[str, str]:
    """Run a command within limits.

    Returns:
        What it printed, and a note: empty, `> 180 s`, `> 8 GiB`, or `failed: ` with the last line it complained.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as complaints:
        worker = subprocess.Popen(command, stdout=out, stderr=complaints)  # noqa: S603 - our own module
        note = _watch(worker, limits)
        out.seek(0)
        complaints.seek(0)
        if worker.returncode and not note:
            note = "failed: " + (complaints.read().strip().splitlines() or ["without a word"])[-1]
        return out.read(), note


def _watch(worker: subprocess.Popen[bytes], limits: Limits) -> str:
    until = time.monotonic() + limits.seconds
    process = psutil.Process(worker.pid)
    while worker.poll() is None:
        if time.monotonic() > until:
            note = f"> {limits.seconds:g} s"
        elif _resident(process) > limits.gibibytes * _GIBIBYTE:
            note = f"> {limits.gibibytes:g} GiB"
        else:
            time.sleep(_POLL_S)
            continue
        worker.kill()
        worker.wait()
        return note
    return ""


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def measure(
    names: Iterable[str], sizes: Iterable[int], documents: Path, server: str, limits: Limits
) -> Iterator[Row]:
    """Measure every engine at every size, smallest first."""
    given_up: dict[str, str] = {}
    for size in sizes:
        for name in names:
            row = Row(size, name)
            if name in given_up:
                yield replace(row, note=given_up[name])
                continue
            command = [sys.executable, "-m", "benchmarks.scale_worker", "--engine", name, "--size", str(size)]
            command += ["--documents", str(documents), "--postgres", server, "--seconds", str(_ASKING_S)]
            longer = _OURS_LONGER if name.startswith("ours") else 1
            printed, note = run(command, replace(limits, seconds=limits.seconds * longer))
            if note:
                given_up[name] = note
                yield replace(row, note=note)
            else:
                yield replace(row, **json.loads(printed))


def with_kept(rows: Sequence[Row], file: Path) -> list[Row]:
    """Add the rows that an earlier run wrote of what this one did not measure."""
    kept = [Row(**row) for row in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []
    measured = {(row.documents, row.engine): row for row in rows}
    order = {(row.documents, row.engine): row for row in (*kept, *rows)} | measured
    return sorted(order.values(), key=lambda row: row.documents)


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the Danish sets."
)
@click.option("--sizes", default=SIZES, show_default=True, help="Numbers of documents, separated by commas.")
@click.option("--seconds", default=120.0, show_default=True, help="How long a peer may take at one size.")
@click.option("--gibibytes", default=8.0, show_default=True, help="How much memory an engine may take.")
@click.option("--only", default="", help="Only engines whose name contains this.")
@click.option("--keep", is_flag=True, help="Keep an earlier run's rows of what is not measured now.")
@click.option("--plot", "picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw the growth here.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Folder of the results."
)
def main(
    data: Path | None,
    sizes: str,
    seconds: float,
    gibibytes: float,
    only: str,
    keep: bool,
    picture: Path | None,
    out: Path,
) -> None:
    """Measure what every engine costs as the catalogue grows."""
    numbers = sorted(map(int, sizes.split(",")))
    rows: list[Row] = []
    with postgres.server() as server, tempfile.TemporaryDirectory(prefix="kb-scale-") as folder:
        found = line_up(TODAY, server)
        for reason in found.left_out:
            click.echo(reason)
        names = [engine.name for engine in found.engines]
        names.insert(1, WHOLE_MATCHER)
        documents = Path(folder, "documents.tsv")
        growth.write(growth.grow(data, TODAY), numbers[-1], documents)
        click.echo(_line(HEADINGS))
        chosen = [name for name in names if only in name]
        for row in measure(chosen, numbers, documents, server, Limits(seconds, gibibytes)):
            rows.append(row)
            click.echo(_line(asdict(row).values()))
    if keep:
        rows = with_kept(rows, out / "scale.json")
    out.mkdir(exist_ok=True)
    (out / "scale.json").write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    if picture and any(row.p50_ms for row in rows):
        plot(rows, picture)
    failed = [row for row in rows if row.note.startswith("failed")]
    for row in failed:
        click.echo(f"FAILED: {row.engine} at {row.documents}: {row.note}", err=True)
    sys.exit(1 if failed else 0)


def _line(cells: Iterable[object]) -> str:
    documents, engine, *numbers, note = ("" if cell is None else cell for cell in cells)
    return " ".join((f"{documents:>9} {engine:<27}", *(f"{number:>9}" for number in numbers), f" {note}")).rstrip()


if __name__ == "__main__":
    main()
