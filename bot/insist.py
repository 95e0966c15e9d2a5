"""Noting what was delivered, however long the database is gone: what is not noted is sent twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from centre.ports import ConflictError
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

INSIST_TIMES = 25
INSIST_PAUSE_SECONDS = 2.0
"""Together a little less than the lease of 60 seconds."""


async def insist(note: Callable[[], Awaitable[object]]) -> None:
    """Note that something was delivered, again until it is noted or the lease is over: it is not to be sent twice.

    Raises:
        DatabaseUnavailableError, ConflictError: the database was gone for as long as the lease.
    """
    for _ in range(INSIST_TIMES):
        try:
            await note()
        except (DatabaseUnavailableError, ConflictError):
            await asyncio.sleep(INSIST_PAUSE_SECONDS)
        else:
            return
    await note()
