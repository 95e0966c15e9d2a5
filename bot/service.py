"""The running bot: every part made once, started in order and stopped in the opposite one."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.adapter import adapter_for
from bot.catalogues import Catalogues
from bot.demo.people import TENANT as DEMO_TENANT
from bot.demo.sample import set_the_stage
from bot.demo.stage import DemoStage
from bot.housekeeping import keep_house
from bot.invokes import Invokes
from bot.addresses import addresses_of
from bot.message_extension import MessageExtension
from bot.notifier import Notifier
from bot.offer_pages import OfferPages
from bot.postman import Postman
from bot.server import create_app, serve, stopping_on_signals
from bot.turn import TurnRunner
from bot.who_is_who import WhoIsWho
from centre.clock import DanishClock
from dialogs.conversation import Conversation
from dialogs.texts import DEFAULT, texts_in
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.outbox import Outbox
from storage.schema import check_current, migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Mapping

    from bot.config import Settings


async def run_service(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SchemaOutdatedError: the database's migrations have not run (outside the demo).
        DatabaseUnavailableError: the database cannot be reached.
        DatabaseInUseError: another process has the SQLite file.
        OSError: the port is taken.
    """
    if settings.demo:
        await migrate(settings.database_url)
    else:
        await check_current(settings.database_url)
    database = await Database.open(settings.database_url)
    stop = asyncio.Event()
    try:
        if settings.demo:
            await set_the_stage(database, DanishClock().now().date(), settings.playground_port)
        with stopping_on_signals(stop):
            await _serve(settings, database, stop)
    finally:
        await database.close()


async def _serve(settings: Settings, database: Database, stop: asyncio.Event) -> None:
    adapter = adapter_for(settings, _error_text)
    stage = DemoStage(database) if settings.demo else None
    outbox = Outbox(database)
    catalogues = Catalogues(database)
    who = WhoIsWho(database, adapter.connector)
    clock = DanishClock()
    addresses = addresses_of(settings)
    turns = TurnRunner(
        database=database,
        outbox=outbox,
        conversation=Conversation(),
        catalogues=catalogues,
        who=who,
        clock=clock,
        stage=stage,
        addresses=addresses,
    )
    extension = MessageExtension(database, catalogues, addresses, clock, speaks=DEFAULT if settings.demo else "")

    async def health() -> Mapping[str, bool]:
        try:
            await database.ping()
        except DatabaseUnavailableError:
            return {"database": False}
        return {"database": True}

    app = create_app(settings, adapter, Invokes(turns, extension.answers), health=health)
    OfferPages(catalogues, addresses, clock).serve_from(app)
    tenants = settings.allowed_tenants or {DEMO_TENANT}
    postman = Postman(database, adapter.connector, catalogues, who, clock, stage)
    notifier = Notifier(database, outbox, postman)
    for tenant in sorted(tenants):
        await catalogues.index_of(tenant)  # the first leader of the day should not wait for it
    await adapter.connector.open()
    async with AsyncExitStack() as running:
        for work in (notifier.run(), catalogues.follow(), keep_house(database, outbox, tenants)):
            await running.enter_async_context(_in_background(work))
        await serve(app, settings.host, settings.port, stop)


@asynccontextmanager
async def _in_background(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run a task beside the block; an end of its own is a mistake and is raised when the block ends."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()


def _error_text(locale: str | None, reference: str) -> str:
    return texts_in(locale or "")("error", reference=reference)
