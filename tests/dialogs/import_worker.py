"""An import in a process of its own that is killed on the way, as a machine that loses its power is.

`python -m tests.dialogs.import_worker URL FILE STOP` takes FILE in and kills itself: "in between" when its rows
are written and nobody was told yet, "before commit" when all of it is written, or "after commit".
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.catalogue_import import take_catalogue
from catalogue.importing import read_file
from storage import Database
from storage.unit_of_work import UnitOfWork
from tests.chat import TENANT, StoppedClock


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def dies_before_commit(work: UnitOfWork) -> None:
    await work._session.flush()
    die()


async def dies_after_commit(work: UnitOfWork) -> None:
    await _commit(work)
    die()


_commit = UnitOfWork.commit
DYING = {"before commit": dies_before_commit, "after commit": dies_after_commit}


async def take(url: str, file: str, stop: str) -> None:
    clock = StoppedClock()
    database = await Database.open(url)
    database.clock_offset = clock.time - datetime.now(UTC)
    parsed = read_file(Path(file), clock.today, known_offer_codes={"DEM-08"})

    def progress(done: int, rows: int) -> None:
        if stop == "in between" and done == rows:
            die()

    await take_catalogue(database, TENANT, parsed, clock, progress=progress)


if __name__ == "__main__":
    _, url, file, stop = sys.argv
    if stop in DYING:
        UnitOfWork.commit = DYING[stop]  # type: ignore[method-assign] # the process is here to be killed in it
    asyncio.run(take(url, file, stop))
