"""The worst misses of ours, to be read one by one: `python -m benchmarks.misses --set kle --data FOLDER`."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks import engines
from benchmarks.match import TODAY
from benchmarks.question_sets import load_sets, with_typos


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the Danish sets."
)
@click.option("--set", "name", default="needs", show_default=True)
@click.option("--typo", is_flag=True, help="With typing errors.")
@click.option("--limit", default=20, show_default=True)
@click.option("--depth", default=1_000, show_default=True, help="How far down the list to look for a right one.")
def main(data: Path | None, name: str, typo: bool, limit: int, depth: int) -> None:
    """Print the queries whose right answer comes latest, with the right titles and what came instead."""
    asked = next(one for one in load_sets(data, TODAY) if one.name == name)
    queries = (with_typos(asked, data) if typo else asked).queries
    ours = engines.Ours(TODAY, wanted=depth)
    ours.build(asked)
    misses = []
    for query in queries:
        found = ours.find(query.text)
        ranks = (at for at, position in enumerate(found, 1) if asked.ids[position] in query.right)
        rank = next(ranks, depth + 1)
        if rank > 1:
            misses.append((rank, query, found[:3]))
    misses.sort(key=lambda miss: -miss[0])
    title = {identity: fields[0] for identity, fields in zip(asked.ids, asked.documents, strict=True)}
    for rank, query, found in misses[:limit]:
        click.echo(f"{rank if rank <= depth else 'not found':>9}  {query.text}")
        click.echo(f"           right: {' | '.join(title[identity] for identity in sorted(query.right)[:3])}")
        click.echo(f"           found: {' | '.join(asked.documents[position][0] for position in found)}")
    click.echo(f"{len(misses)} of {len(queries)} are not first.")


if __name__ == "__main__":
    main()
