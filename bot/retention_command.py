"""`python app.py retention`: what is kept longer than the municipality decided, in Danish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.housekeeping import clean, too_old
from centre.clock import COPENHAGEN
from centre.retention import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from centre.retention import Due
    from storage.database import Database

KINDS = {
    Kept.REQUESTS: "afsluttede henvendelser (gøres anonyme)",
    Kept.ENROLMENTS: "tilmeldinger til overståede hold (gøres anonyme)",
    Kept.PURPOSES: "formålsaftaler om overståede hold (slettes)",
    Kept.INTERESTS: "interesser og ønsker (slettes)",
}


async def run(database: Database, tenant: str, days: Mapping[Kept, int], *, dry_run: bool) -> None:
    """Say what is too old, and take it out unless it is a rehearsal."""
    found = await too_old(database, tenant, days)
    click.echo("\n".join(_lines(found, days)))
    if dry_run:
        click.echo("Prøvekørsel: intet er ændret.")
        return
    cleaned = await clean(database, tenant, days)
    click.echo(f"Færdig: {sum(cleaned.values())} er slettet eller gjort anonyme.")


def _lines(found: Sequence[Due], days: Mapping[Kept, int]) -> Iterator[str]:
    for due in found:
        oldest = f", det ældste fra {due.oldest.astimezone(COPENHAGEN):%d.%m.%Y}" if due.oldest else ""
        rule = f"gemmes {days[due.kept]} dage" if days[due.kept] else "gemmes uden udløb"
        yield f"{KINDS[due.kept]}: {rule}; {due.number} er for gamle{oldest}"
