"""The running bot: every part made once, started in order and stopped in the opposite one."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.adapter import adapter_for
from bot.addresses import addresses_of
from bot.calendar_file import calendar_file
from bot.catalogues import Catalogues
from bot.demo.people import TENANT as DEMO_TENANT
from bot.demo.sample import set_the_stage
from bot.demo.stage import DemoStage
from bot.downloads import Downloads
from bot.housekeeping import keep_house
from bot.invokes import Invokes
from bot.limits import LimitedTurns, limits_of
from bot.links import links_for
from bot.message_extension import MessageExtension
from bot.metrics import ErrorCounter, Metrics, MetricsPage
from bot.notifier import Notifier
from bot.offer_pages import OfferPages
from bot.participants_file import participants_file
from bot.postman import Postman
from bot.queue_file import queue_file
from bot.server import create_app, serve, serving_metrics
from bot.stopping import Stop, end_by_force_later, stopping_on_signals
from bot.traces import traces_to
from bot.turn import TurnRunner
from bot.watch import Watch, WatchedTurns, watched_index
from bot.who_is_who import WhoIsWho
from centre.clock import DanishClock
from dialogs.conversation import Conversation
from dialogs.export_words import QUEUE_FILE
from dialogs.own_calendar import CALENDAR_FILE
from dialogs.participants import PARTICIPANTS_FILE
from dialogs.texts import DEFAULT, texts_in
from manifest.settings import project_version
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.outbox import Outbox
from storage.schema import check_current, migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Mapping

    from bot.adapter import TeamsAdapter
    from bot.config import Settings


async def run_service(settings: Settings, adapter: TeamsAdapter | None = None) -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        settings: Checked settings.
        adapter: Another way to Teams than the settings describe. Only benchmarks give one.

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
    stop = Stop(settings.stop_notice_seconds)
    stop.then(end_by_force_later)
    try:
        if settings.demo:
            await set_the_stage(database, DanishClock().now().date(), settings.playground_port)
        with stopping_on_signals(stop):
            await _serve(settings, adapter or adapter_for(settings, error_text), database, stop)
    finally:
        await database.close()


async def _serve(settings: Settings, adapter: TeamsAdapter, database: Database, stop: Stop) -> None:
    stage = DemoStage(database) if settings.demo else None
    outbox = Outbox(database)
    metrics = Metrics()
    logging.getLogger().addHandler(ErrorCounter(metrics))
    traces = traces_to(settings.otlp_endpoint, project_version())
    watch = Watch(metrics, traces)
    adapter.connector.on_retry = lambda status: metrics.retries.labels(str(status)).inc()
    catalogues = Catalogues(database, watched_index(metrics))
    who = WhoIsWho(database, adapter.connector)
    clock = DanishClock()
    links = links_for(settings, clock)
    addresses = addresses_of(settings)
    turns = TurnRunner(
        database=database,
        outbox=outbox,
        conversation=Conversation(),
        catalogues=catalogues,
        who=who,
        clock=clock,
        links=links,
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

    async def is_staff(tenant: str, person_id: str) -> bool:
        return stage.is_staff(person_id) if stage else await who.is_staff(tenant, person_id)

    kinds = {
        QUEUE_FILE: queue_file(clock),
        PARTICIPANTS_FILE: participants_file(clock),
        CALENDAR_FILE: calendar_file(settings.public_host or "localhost"),
    }
    downloads = Downloads(database, links, kinds, is_staff, settings.allowed_tenants)
    page = MetricsPage(metrics, database, outbox).read
    app = create_app(
        settings,
        adapter,
        LimitedTurns(Invokes(WatchedTurns(turns, watch), extension.answers), *limits_of(settings), metrics),
        health=health,
        download=downloads,
        stop=stop,
        metrics=metrics,
        metrics_page=None if settings.metrics_port else page,
    )
    OfferPages(catalogues, addresses, clock).serve_from(app)
    tenants = settings.allowed_tenants or {DEMO_TENANT}
    postman = Postman(database, adapter.connector, catalogues, who, clock, links, stage)
    notifier = Notifier(database, outbox, postman, watch)
    stop.then(notifier.take_no_more)
    for tenant in sorted(tenants):
        await catalogues.index_of(tenant)  # the first leader of the day should not wait for it
    await adapter.connector.open()
    async with AsyncExitStack() as running:
        running.push_async_callback(traces.close)
        running.push_async_callback(turns.spoken.note)
        if settings.metrics_port:
            await running.enter_async_context(serving_metrics(page, settings.host, settings.metrics_port))
        for work in (
            notifier.run(),
            catalogues.follow(),
            keep_house(database, outbox, tenants, settings.keep_days),
            turns.spoken.run(),
        ):
            await running.enter_async_context(_in_background(work))
        await serve(app, settings.host, settings.port, stop)
        await notifier.let_deliveries_end(stop.seconds_left)


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


def error_text(locale: str | None, reference: str) -> str:
    """Return what a person reads after an error."""
    return texts_in(locale or "")("error", reference=reference)
