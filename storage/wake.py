"""Telling the notifier that something is due: in this process by a call, across replicas by LISTEN/NOTIFY."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psycopg
import structlog
from sqlalchemy import text

from storage.engines import POSTGRES_CONNECT_TIMEOUT_S, POSTGRESQL

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL
    from sqlalchemy.ext.asyncio import AsyncSession

CHANNEL = "kompetencebot_outbox"
RECONNECT_S = 5
# A listener hears nothing for hours; without these a dead network line would go unnoticed as long.
KEEPALIVES_IDLE_S = 30

_log = structlog.get_logger(__name__)


async def announce(session: AsyncSession) -> None:
    """Wake the other replicas when the running transaction commits; SQLite has none."""
    if session.get_bind().dialect.name == POSTGRESQL:
        await session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


class WakeUp:
    """Whom to wake. A call may be lost with a connection, so whoever is woken also polls now and then."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._callbacks: list[Callable[[], None]] = []
        self._listener: asyncio.Task[None] | None = None

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Call this from now on; needs a running event loop."""
        self._callbacks.append(callback)
        if self._listener is None and self._url.get_backend_name() == POSTGRESQL:
            self._listener = asyncio.create_task(self._listen())

    def now(self) -> None:
        """Wake everyone in this process."""
        for callback in self._callbacks:
            callback()

    async def close(self) -> None:
        """Stop listening."""
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.wait([self._listener])

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_on_one_connection()
            except (psycopg.Error, OSError) as error:
                _log.warning("outbox_listener_lost", error=str(error))
            await asyncio.sleep(RECONNECT_S)

    async def _listen_on_one_connection(self) -> None:
        address = self._url.set(drivername=POSTGRESQL).render_as_string(hide_password=False)
        connection = await psycopg.AsyncConnection.connect(
            address,
            autocommit=True,
            connect_timeout=POSTGRES_CONNECT_TIMEOUT_S,
            keepalives_idle=KEEPALIVES_IDLE_S,
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self.now()  # whatever was announced while nobody listened
            async for _ in connection.notifies():
                self.now()
