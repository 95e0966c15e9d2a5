"""What the bot tells of itself (log, metrics, traces): enough to see what happens, and nothing that people say."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession, web
from botbuilder.schema import Activity
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from bot.demo.people import LENE
from bot.metrics import ErrorCounter, Metrics, MetricsPage
from bot.server import create_app, serving_metrics
from bot.watch import Watch, WatchedTurns
from centre.notices import QUEUE, Notice, NoticeKind
from storage.outbox import Depth, Outbox
from tests.bot.fake_teams import TENANT, _served, error, fake_teams, running_bot, teams_settings
from tests.bot.processes import ROOT, environment, free_port, playground, post, serving
from tests.bot.town_in_teams import town_in_teams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage import Database
    from tests.bot.processes import Playground

LIMIT_SECONDS = 20
CPR = "010203-1235"
CONVERSATION = (
    "Hej",
    f"Jeg har 7 pædagoger, der skal lære low arousal. Medarbejderen Gudrun Skovgaard ({CPR}) skal med",
    "ingen af dem",
    f"Det haster, ring til Gudrun på 12345678 eller gudrun.skovgaard@kommune.example, cpr {CPR}",
    "send",
    "mine henvendelser",
    "vrøvlesnøvl hundekiks",
    "jeg er medarbejder",
    "kurser om palliation",
    "jeg er konsulent",
    "kø",
    "jeg er leder",
    "slet alt om sukkersyge",
)


@dataclass
class Collector:
    """A receiver of OTLP over HTTP."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        assert request.content_type == "application/x-protobuf"
        self.bodies.append(await request.read())
        return web.Response(content_type="application/x-protobuf")

    def spans(self) -> list[Any]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def attributes(self, name: str) -> list[dict[str, str]]:
        return [
            {it.key.removeprefix("kompetencebot."): it.value.string_value for it in span.attributes}
            for span in self.spans()
            if span.name == name
        ]


@asynccontextmanager
async def collector() -> AsyncIterator[Collector]:
    taken = Collector()
    app = web.Application()
    app.router.add_post("/v1/traces", taken.take)
    async with _served(app) as taken.url:
        yield taken


def values(page: str) -> dict[tuple[str, ...], float]:
    """Return the samples of a page by name and label values."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


async def converse(http: ClientSession, bot: Any, ground: Playground) -> None:
    for number, words in enumerate(CONVERSATION):
        assert await post(http, bot, ground.message(words, number))
    for number, value in enumerate(({"verb": "help"}, {"verb": "x", "who": f"Gudrun {CPR}"}), 100):
        assert await post(http, bot, {**ground.message("", number), "text": "", "value": value})
    broken = json.dumps({"type": "message", "text": f"Gudrun {CPR}"})
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{bot.url}/api/messages", data=broken, headers=headers) as response:
        assert response.status == 400


async def test_whole_conversations_leave_no_word_of_theirs_in_log_metrics_or_traces(tmp_path: Path) -> None:
    port = free_port()
    async with playground() as ground, collector() as taken, ClientSession() as http:
        # Teams refuses one of the cards, so that the lines of trouble are among those looked at.
        ground.to_channel = [error(503, "ServiceUnavailable"), error(400, "BadSyntax")]
        settings = {"METRICS_PORT": port, "OTLP_ENDPOINT": taken.url, "LOG_LEVEL": "DEBUG"}
        async with serving(tmp_path / "said.sqlite", ground.port, **settings) as bot:
            await converse(http, bot, ground)
            async with http.get(f"http://127.0.0.1:{port}/metrics") as response:
                page = await response.text()
            async with http.get(f"{bot.url}/metrics") as response:
                assert response.status == 404
            bot.process.terminate()
            await bot.process.wait()
        assert any("KV-" in said for said in ground.said())
        log = [json.loads(line) for line in bot.lines]

    everything = "".join(bot.lines) + page + str(taken.spans())
    said = {word for words in CONVERSATION for word in re.findall(r"[\w@.-]{4,}", words)}
    said |= {"Gudrun", "Skovgaard", CPR, "0102031235", LENE.name, LENE.email, "low arousal", "Lene", "KV-2"}
    assert sorted(word for word in said if re.search(rf"\b{re.escape(word)}\b", everything, re.IGNORECASE)) == []

    turns = taken.attributes("turn")
    assert len(turns) == len(CONVERSATION) + 2
    assert {turn["kind"] for turn in turns} == {"words", "click"}
    references = {line.get("reference") for line in log}
    assert {turn["reference"] for turn in turns} <= references
    assert {"kind", "outcome", "reference"} <= set(taken.attributes("delivery")[0])
    assert all(line["reference"] for line in log if line["event"] == "request")

    counted = values(page)
    assert counted["kompetencebot_turns_total", "words", "answered"] == len(CONVERSATION)
    assert counted["kompetencebot_turn_seconds_count", "words"] == len(CONVERSATION)
    assert sum(value for name, value in counted.items() if name[0] == "kompetencebot_matches_total") >= 1
    assert counted["kompetencebot_refused_requests_total", "body"] == 1
    assert counted["kompetencebot_database_up",] == 1


async def test_a_collector_that_never_answers_holds_up_neither_turns_nor_the_stop(tmp_path: Path) -> None:
    asked = asyncio.Event()

    async def silent(_request: web.Request) -> web.Response:
        asked.set()
        await asyncio.Event().wait()
        return web.Response()

    app = web.Application()
    app.router.add_post("/v1/traces", silent)
    async with (
        _served(app) as url,
        playground() as ground,
        ClientSession() as http,
        serving(tmp_path / "silent.sqlite", ground.port, OTLP_ENDPOINT=url) as bot,
    ):
        assert await post(http, bot, ground.message("hej", 1))
        since = time.monotonic()
        bot.process.terminate()
        assert await bot.process.wait() == 0
        assert time.monotonic() - since < LIMIT_SECONDS
        assert asked.is_set()


async def test_the_metrics_are_read_on_this_machine_and_not_through_a_proxy() -> None:
    metrics = Metrics()

    async def page() -> bytes:
        return b"kompetencebot_page 1\n"

    async def healthy() -> dict[str, bool]:
        return {}

    async def no_turn(_context: object) -> None:
        pytest.fail("nobody says anything")

    async with fake_teams() as teams, running_bot(teams, no_turn) as helper:
        app = create_app(
            teams_settings(), helper.adapter, no_turn, health=healthy, metrics=metrics, metrics_page=page
        )
        async with _served(app) as url:
            async with helper.http.get(f"{url}/metrics") as response:
                assert (response.status, response.content_type) == (200, "text/plain")
                assert "version=0.0.4" in response.headers["Content-Type"]
                assert await response.text() == "kompetencebot_page 1\n"
            for headers in ({"X-Forwarded-For": "10.0.0.1"}, {"Forwarded": "for=x"}, {"Host": "bot.example"}):
                async with helper.http.get(f"{url}/metrics", headers=headers) as response:
                    assert response.status == 404
    assert metrics.registry.get_sample_value("kompetencebot_refused_requests_total", {"reason": "Not Found"}) == 3


async def test_a_port_of_their_own_serves_the_metrics_and_nothing_else() -> None:
    async def page() -> bytes:
        return b"kompetencebot_page 1\n"

    port = free_port()
    async with serving_metrics(page, "127.0.0.1", port), ClientSession() as http:
        for path, status in (("/metrics", 200), ("/api/messages", 404), ("/readyz", 404)):
            async with http.get(f"http://127.0.0.1:{port}{path}", headers={"X-Forwarded-For": "::1"}) as response:
                assert response.status == status


async def test_the_outbox_is_counted_by_state_and_by_how_late_it_is(database: Database) -> None:
    outbox, metrics = Outbox(database), Metrics()
    read = MetricsPage(metrics, database, outbox).read
    assert values((await read()).decode())["kompetencebot_outbox_overdue_seconds",] == 0
    async with database.unit_of_work(TENANT) as work:
        await work.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, "request", "key"))
        await work.commit()
    database.clock_offset += timedelta(minutes=5)
    counted = values((await read()).decode())
    assert counted["kompetencebot_outbox_notices", "due"] == 1
    assert 300 <= counted["kompetencebot_outbox_overdue_seconds",] < 360
    [claimed] = await outbox.claim(1)
    await outbox.wait(claimed, "not installed")
    counted = values((await read()).decode())
    assert (
        counted["kompetencebot_outbox_notices", "waiting"],
        counted["kompetencebot_outbox_notices", "due"],
    ) == (1, 0)
    assert counted["kompetencebot_outbox_overdue_seconds",] == 0
    assert await outbox.depth() == Depth(waiting=1)
    pools = {name[1:] for name in counted if name[0] == "kompetencebot_pool_connections"}
    assert {state for _, state in pools} == {"in_use", "idle"}


async def test_a_page_without_a_database_says_so_and_shows_no_old_numbers() -> None:
    class Gone:
        def connections(self) -> dict[tuple[str, str], int]:
            return {}

    class Lost:
        async def depth(self) -> Depth:
            raise TimeoutError

    metrics = Metrics()
    metrics.outbox.labels("due").set(7)
    page = (await MetricsPage(metrics, Gone(), Lost()).read()).decode()  # type: ignore[arg-type]
    counted = values(page)
    assert counted["kompetencebot_database_up",] == 0
    assert ("kompetencebot_outbox_notices", "due") not in counted


async def test_deliveries_retries_and_errors_are_counted(database: Database) -> None:
    async with town_in_teams(database) as town:
        watch = Watch()
        metrics = watch.metrics
        town.notifier._watch = watch
        town.bot.adapter.connector.on_retry = lambda status: metrics.retries.labels(str(status)).inc()
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        town.teams_answers(error(503), web.json_response({"id": "card"}, status=201))
        await town.deliver()
    value = metrics.registry.get_sample_value
    assert value("kompetencebot_teams_retries_total", {"status": "503"}) == 1
    delivered = {"kind": "request_card", "outcome": "delivered"}
    assert value("kompetencebot_deliveries_total", delivered) == 1
    assert value("kompetencebot_delivery_seconds_count", {"kind": "request_card"}) >= 1  # type: ignore[operator]


async def test_a_turn_that_fails_and_an_error_in_the_log_are_counted() -> None:
    async def fails(_context: object) -> str:
        raise ValueError

    watch = Watch()
    context = SimpleNamespace(activity=Activity(type="message", text="hej"))
    with pytest.raises(ValueError, match=r"^$"):
        await WatchedTurns(fails, watch)(context)  # type: ignore[arg-type] # the part that is used
    value = watch.metrics.registry.get_sample_value
    assert value("kompetencebot_turns_total", {"kind": "words", "outcome": "failed"}) == 1

    counter = ErrorCounter(watch.metrics)
    counter.emit(logging.LogRecord("kompetencebot.turn", logging.ERROR, "", 1, {"event": "turn_failed"}, (), None))  # type: ignore[arg-type]
    counter.emit(logging.LogRecord("aiohttp", logging.ERROR, "", 1, "Lene said hello", (), None))
    assert value("kompetencebot_errors_total", {"event": "turn_failed"}) == 1
    assert value("kompetencebot_errors_total", {"event": "library"}) == 1


async def test_without_an_endpoint_nothing_of_opentelemetry_is_loaded() -> None:
    program = (
        "import sys, bot.service, bot.traces as t\n"
        "assert t.traces_to('', '1') is t.NO_TRACES\n"
        "with t.NO_TRACES.span('turn') as span: span.say(outcome='x')\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program), cwd=ROOT, env=environment(), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert said.decode().splitlines()[-1] == "[]"
