"""The results as Markdown, for `docs/matching.md`: `python -m benchmarks.tables [match.json] [scale.json]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.match import OUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Rows = Sequence[dict[str, Any]]

OURS = "ours"


def quality(rows: Rows) -> Iterator[str]:
    """Ours and the best peer of each set and variant, by recall at 1 and at 10, and what ours costs in time."""
    yield "| set | variant | R@1 ours | best peer | R@10 ours | best peer | p50 ms ours | char TF-IDF | ratio |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, variant in dict.fromkeys((row["set"], row["variant"]) for row in rows):
        group = [row for row in rows if (row["set"], row["variant"]) == (name, variant)]
        peers = [row for row in group if row["engine"] != OURS]
        ours = next(row for row in group if row["engine"] == OURS)
        cells = [name, variant]
        for key in ("r1", "r10"):
            best = max(peers, key=lambda row: float(row[key]))
            cells += [f"**{ours[key]}**" if ours[key] > best[key] else str(ours[key])]
            cells += [f"{best[key]} {best['engine']}"]
        tfidf = next((row for row in peers if row["engine"] == "sklearn char tfidf"), None)
        cells += [f"{ours['p50_ms']:.1f}"]
        cells += [f"{tfidf['p50_ms']:.1f}", f"{ours['p50_ms'] / tfidf['p50_ms']:.1f}"] if tfidf else ["", ""]
        yield f"| {' | '.join(cells)} |"


def engines(rows: Rows, key: str) -> Iterator[str]:
    """One number of every engine on every set, clean and typo; how many were asked where it was a sample."""
    names = list(dict.fromkeys(row["set"] for row in rows))
    yield f"| engine | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    most = {name: max(row["n"] for row in rows if row["set"] == name) for name in names}
    for engine in dict.fromkeys(row["engine"] for row in rows):
        cells = []
        for name in names:
            found = [row for row in rows if (row["set"], row["engine"]) == (name, engine)]
            sample = f" (n={found[0]['n']})" if found and found[0]["n"] < most[name] else ""
            cells.append(" / ".join(str(row[key]) for row in found) + sample)
        yield f"| {engine} | {' | '.join(cells)} |"


def growth(rows: Rows) -> Iterator[str]:
    """Median milliseconds, seconds to build and MiB of every engine at every size."""
    sizes = list(dict.fromkeys(row["documents"] for row in rows))
    yield f"| engine | {' | '.join(f'{size:,}' for size in sizes)} |"
    yield "|---" * (len(sizes) + 1) + "|"
    for engine in dict.fromkeys(row["engine"] for row in rows):
        found = {row["documents"]: row for row in rows if row["engine"] == engine}
        yield f"| {engine} | {' | '.join(_cost(found[size]) for size in sizes)} |"


def _cost(row: dict[str, Any]) -> str:
    return row["note"] or f"{row['p50_ms']:g} ms, {row['build_s']:g} s, {row['memory_mb']:.0f} MiB"


@click.command()
@click.argument("match", type=click.Path(path_type=Path), default=OUT / "match.json")
@click.argument("scale", type=click.Path(path_type=Path), default=OUT / "scale.json")
def main(match: Path, scale: Path) -> None:
    """Print what the files hold as Markdown tables."""
    if match.exists():
        rows = json.loads(match.read_text(encoding="utf-8"))
        for table in (quality(rows), engines(rows, "r1"), engines(rows, "r10"), engines(rows, "p50_ms")):
            click.echo("\n".join(table) + "\n")
    if scale.exists():
        click.echo("\n".join(growth(json.loads(scale.read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
