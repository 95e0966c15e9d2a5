"""Taking a catalogue file into the database: its rows, what becomes of enrolments, and who waits for a run.

All of it is one transaction, which runs again when people who press buttons were first: nobody who imports has to
watch and repeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.logs import logger
from catalogue.importing import Part
from centre.interest import new_runs_waited_for, tell_of_new_runs
from centre.ports import ConflictError
from centre.run_changes import follow_catalogue

if TYPE_CHECKING:
    from catalogue.importing import Parsed
    from centre.ports import Clock
    from centre.run_changes import Followed
    from storage.catalogue import ImportResult, Progress
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

MOST_RUNS = 10
"""Times an import is begun; each may have waited for a lock for seconds (`storage.engines`) before."""

_log = logger("catalogue_import")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did to the catalogue, and to those who signed up."""

    rows: ImportResult
    people: Followed


async def take_catalogue(
    database: Database,
    tenant: str,
    parsed: Parsed,
    clock: Clock,
    *,
    replace: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Take a file's offers and runs into the database, and let everybody hear what it changes for them.

    Args:
        database: Where to.
        tenant: Whose catalogue it is.
        parsed: What was read.
        clock: Says the time in Denmark.
        replace: Take off what the file does not name, of the kinds that it has.
        dry_run: Find out what it would do, and roll back.
        progress: Called with the rows done and the rows in all, from the start again when it is begun again.

    Raises:
        ConflictError: others were first every time.
    """
    for run in range(1, MOST_RUNS + 1):
        try:
            async with database.unit_of_work(tenant) as work:
                imported = await _import(work, parsed, clock, replace=replace, progress=progress)
                if not dry_run:
                    await work.commit()
        except ConflictError:
            if run == MOST_RUNS:
                raise
            _log.info("import_runs_again", run=run)
        else:
            return imported
    raise AssertionError("the last run returns or raises")


async def _import(
    work: UnitOfWork, parsed: Parsed, clock: Clock, *, replace: bool, progress: Progress | None
) -> Imported:
    now = clock.now()
    waited_for = await new_runs_waited_for(work, parsed.runs)
    rows = await work.catalogue.import_offers(
        parsed.offers,
        parsed.runs,
        replace_offers=replace and Part.OFFERS in parsed.parts,
        replace_runs=replace and Part.RUNS in parsed.parts,
        today=now.date(),
        progress=progress,
    )
    people = await follow_catalogue(work, rows.changes, now)
    await tell_of_new_runs(work, waited_for, now)
    return Imported(rows, people)
