"""A database that is locked, cut off or gone: people are told, nothing is half done, and it mends by itself."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from aiohttp import ClientSession, web
from sqlalchemy import make_url, text

from dialogs.conversation import Conversation
from storage import Database, engines, sqlite_writer
from tests.bot.processes import playground, post, serving
from tests.bot.town_in_teams import COMPLETE, town_in_teams
from tests.databases import own_cluster

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    import pytest

    from dialogs.turn import Turn
    from tests.bot.town_in_teams import TownInTeams
    from tests.databases import PostgresServer

BUSY = re.compile(r"Jeg har meget travlt lige nu\. .* Kode: [2-9A-Z]{8}$")

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_program(file: Path) -> Iterator[None]:
    """Let another process hold the write lock of a SQLite file."""
    command = [sys.executable, "-c", _HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:  # noqa: S603 - ours
        assert program.stdout
        assert program.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            program.communicate()


@asynccontextmanager
async def postgres_town(server: PostgresServer) -> AsyncIterator[tuple[TownInTeams, str]]:
    """A town on PostgreSQL, and the name of its database."""
    url = server.create(server.template)
    database = await Database.open(url)
    name = make_url(url).database
    assert name
    try:
        async with town_in_teams(database) as town:
            yield town, name
    finally:
        await database.close()
        server.drop(url)


def cut_off(server: PostgresServer, name: str) -> None:
    """End every connection with the database."""
    tell(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)


def tell(server: PostgresServer, statement: str, *values: str) -> None:
    """Run a statement as the one who runs the server."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(statement, values)  # type: ignore[call-overload] # no literal


async def test_a_sqlite_file_that_another_program_holds_is_told_kindly_and_works_afterwards(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writer, "BUSY_SECONDS", 0.02)
    file = tmp_path / "town.sqlite"
    shutil.copy(sqlite_template, file)
    database = await Database.open(f"sqlite:///{file}")
    try:
        async with town_in_teams(database) as town:
            lene = await town.leader()
            await lene.says(COMPLETE)
            await lene.says("ingen af dem")
            with held_by_another_program(file):
                assert await lene.says("send") == (200, None)
                assert BUSY.match(lene.heard())
            await lene.says("send")
            assert "KV-2026-0001 er sendt" in lene.heard()
    finally:
        await database.close()


async def test_connections_that_end_in_the_middle_of_a_turn_are_told_kindly_and_the_turn_left_no_trace(
    postgres_server: PostgresServer,
) -> None:
    async with postgres_town(postgres_server) as (town, name):
        lene = await town.leader()
        await lene.says(COMPLETE)
        await lene.says("ingen af dem")

        class CutOff(Conversation):
            async def respond(self, turn: Turn) -> None:
                await super().respond(turn)
                await asyncio.to_thread(cut_off, postgres_server, name)

        whole, town.turns._conversation = town.turns._conversation, CutOff()
        assert await lene.says("send") == (200, None)
        assert BUSY.match(lene.heard())
        town.turns._conversation = whole
        assert await town.requests() == []
        await lene.says("send")
        assert "KV-2026-0001 er sendt" in lene.heard()


async def test_a_database_that_is_gone_is_told_and_works_again_without_a_restart(
    postgres_server: PostgresServer,
) -> None:
    async with postgres_town(postgres_server) as (town, name):
        lene, kirsten = await town.leader(), await town.consultant()
        await lene.says(COMPLETE)
        await lene.says("ingen af dem")
        tell(postgres_server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        cut_off(postgres_server, name)
        assert await lene.says("send") == (200, None)
        assert BUSY.match(lene.heard())
        status, answer = await kirsten.executes("case.take", request="x")
        assert (status, bool(BUSY.match(answer["value"]))) == (200, True)
        assert await readiness(town) == (503, {"ready": False, "checks": {"database": False}})
        tell(postgres_server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await lene.says("send")
        assert "KV-2026-0001 er sendt" in lene.heard()
        assert await readiness(town) == (200, {"ready": True, "checks": {"database": True}})


async def test_the_notifier_outlives_its_database(postgres_server: PostgresServer) -> None:
    async with postgres_town(postgres_server) as (town, name):
        lene, _ = await town.leader(), await town.consultant()
        posted = asyncio.Event()
        notifying = asyncio.create_task(town.notifier.run())
        try:
            await lene.says(COMPLETE)
            await lene.says("ingen af dem")
            cut_off(postgres_server, name)

            async def answer() -> web.Response:
                posted.set()
                return web.json_response({"id": "card"}, status=201)

            town.teams_answers(web.json_response({"id": "receipt"}, status=201), answer)
            await lene.says("send")
            async with asyncio.timeout(60):
                await posted.wait()
            assert not notifying.done()
        finally:
            notifying.cancel()
            await asyncio.wait([notifying])


async def test_a_server_that_stops_and_starts_is_ridden_out_by_a_process_that_goes_on(tmp_path: Path) -> None:
    arrived = asyncio.Event()

    async def reached(tail: str) -> None:
        if "kompetencekoeen" in tail:
            arrived.set()

    with own_cluster() as cluster:
        settings = {"DATABASE_URL": cluster.url.replace("postgresql", "postgresql+psycopg", 1)}
        async with (
            playground() as ground,
            ClientSession() as http,
            serving(tmp_path, ground.port, **settings) as bot,
        ):
            ground.reached = reached
            for number, words in enumerate(("8 pædagoger skal lære om low arousal", "ingen af dem")):
                assert await post(http, bot, ground.message(words, number))
            cluster.stop()
            assert await post(http, bot, ground.message("send", 2))
            assert "Jeg har meget travlt lige nu" in ground.said()[-1]
            async with http.get(f"{bot.url}/readyz") as response:
                assert (response.status, (await response.json())["checks"]) == (503, {"database": False})
            async with http.get(f"{bot.url}/metrics") as response:
                assert "kompetencebot_database_up 0.0" in await response.text()
            async with http.get(f"{bot.url}/healthz") as response:
                assert response.status == 200  # a restart would mend nothing
            cluster.start()
            async with http.get(f"{bot.url}/readyz") as response:
                assert response.status == 200
            assert await post(http, bot, ground.message("send", 3))
            assert any("KV-" in said and "er sendt" in said for said in ground.said())
            async with asyncio.timeout(60):
                await arrived.wait()
            assert bot.process.returncode is None
            assert "Traceback" not in "".join(bot.lines)


async def test_every_connection_has_limits_for_statements_locks_and_tcp(
    postgres_server: PostgresServer,
) -> None:
    url = postgres_server.create(postgres_server.template)
    database = await Database.open(url)
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    for read_only in (False, True):
        async with database.session(read_only=read_only) as session:
            shown = [(await session.execute(text(f"SHOW {name}"))).scalar_one() for name in names]
            raw = await (await session.connection()).get_raw_connection()
            assert raw.driver_connection is not None
            tcp = raw.driver_connection.info.get_parameters()
        assert shown == ["10s", "4s", "30s"]
        assert {name: tcp[name] for name in engines.POSTGRES_TCP} == {
            name: str(value) for name, value in engines.POSTGRES_TCP.items()
        }
    await database.close()
    postgres_server.drop(url)


async def readiness(town: TownInTeams) -> tuple[int, Any]:
    """Ask as whoever runs the bot does."""
    async with town.bot.http.get(f"{town.bot.url}/readyz") as response:
        return response.status, await response.json()
