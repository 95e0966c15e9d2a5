"""`make demo-reset`: throw the demo's data away, unless a bot is using it."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from bot.demo.node import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

DATA = PROJECT / "data"
DATABASE = "kompetencebot.sqlite"


def reset(data: Path = DATA) -> str:
    """Delete the demo's database and logs, and return what to tell the person.

    The lock is the one that storage holds on a SQLite file for as long as a bot uses it.

    Raises:
        filelock.Timeout: a bot is using the database.
    """
    if data.exists():
        with FileLock(data / f"{DATABASE}.lock", timeout=0):
            for file in data.glob(f"{DATABASE}*"):
                if file.suffix != ".lock":
                    file.unlink()
            shutil.rmtree(data / "demo", ignore_errors=True)
    return "The demo's data is gone; make run starts over."


if __name__ == "__main__":
    try:
        print(reset())  # noqa: T201 - a command tells its user what it did
    except Timeout:
        sys.exit("The demo is running. Stop it with Ctrl-C in its terminal, then reset it.")
