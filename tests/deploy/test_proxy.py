"""The proxy's file, under a real Caddy: what comes through, what does not, and what is never written down."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientError, ClientSession, web
from yarl import URL

from tests.components import missing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
SECONDS_UNTIL_STUCK = 30


class Bot:
    """Stands where a bot stands: answers everything, and notes what reached it."""

    def __init__(self, *, ready: bool = True) -> None:
        self.ready = ready
        self.reached: list[tuple[str, str, str | None]] = []

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/readyz":
            return web.Response(status=200 if self.ready else 503)
        self.reached.append((request.method, request.raw_path, request.headers.get("Authorization")))
        return web.Response(text="the bot")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def listening(bot: Bot) -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", bot.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield port
    finally:
        await runner.cleanup()


class Proxy:
    """A running Caddy."""

    def __init__(self, address: str, log: Path, http: ClientSession) -> None:
        self.address = address
        self.log = log
        self._http = http

    async def ask(self, method: str, path: str) -> tuple[int, str]:
        headers = {"Authorization": "Bearer token-of-teams"}
        async with self._http.request(method, URL(self.address + path, encoded=True), headers=headers) as response:
            return response.status, await response.text()


@asynccontextmanager
async def caddy(folder: Path, *ports: int) -> AsyncIterator[Proxy]:
    """Caddy with the file as it is, but for where the bots are."""
    program = shutil.which("caddy")
    if program is None:
        missing("Caddy", "it is in Debian's package caddy")
    bots = " ".join(f"127.0.0.1:{port}" for port in ports)
    file, log = folder / "Caddyfile", folder / "log"
    file.write_text(FILE.read_text().replace("bot-1:3978 bot-2:3978", bots))
    address = f"http://127.0.0.1:{free_port()}"
    environment = {**os.environ, "KOMPETENCEBOT_PUBLIC_HOST": address, "HOME": str(folder)}
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *(program, "run", "--adapter", "caddyfile", "--config", str(file)), env=environment, stderr=out
        )
        try:
            async with asyncio.timeout(SECONDS_UNTIL_STUCK), ClientSession() as http:
                proxy = Proxy(address, log, http)
                while process.returncode is None:
                    with suppress(ClientError):
                        await proxy.ask("GET", "/")
                        break
                    await asyncio.sleep(0.05)
                assert process.returncode is None, log.read_text()
                yield proxy
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/messages"),
        ("GET", "/hent/gAAAAABwxyz-1_2"),
        ("HEAD", "/hent/gAAAAABwxyz-1_2"),
        ("GET", "/forloeb/DEM-101"),
    ],
)
async def test_what_the_bot_is_there_for_comes_through_unchanged(tmp_path: Path, method: str, path: str) -> None:
    bot = Bot()
    async with listening(bot) as port, caddy(tmp_path, port, port) as proxy:
        assert (await proxy.ask(method, path))[0] == 200
    assert bot.reached == [(method, path, "Bearer token-of-teams")]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/metrics"),
        ("GET", "/readyz"),
        ("GET", "/healthz"),
        ("GET", "/"),
        ("GET", "/api/messages"),
        ("POST", "/hent/x"),
        ("GET", "/api/messages/x"),
        ("GET", "/forloeb/../metrics"),
        ("GET", "/hent/%2e%2e/metrics"),
    ],
)
async def test_nothing_else_comes_through(tmp_path: Path, method: str, path: str) -> None:
    bot = Bot()
    async with listening(bot) as port, caddy(tmp_path, port, port) as proxy:
        assert (await proxy.ask(method, path))[0] == 404
    assert bot.reached == []


async def test_a_bot_that_says_it_stops_is_passed_over(tmp_path: Path) -> None:
    stopping, working = Bot(ready=False), Bot()
    async with listening(stopping) as one, listening(working) as other, caddy(tmp_path, one, other) as proxy:
        answers: set[tuple[int, str]] = set()
        while not answers or stopping.reached:  # until the proxy has looked
            stopping.reached.clear()
            answers = {await proxy.ask("POST", "/api/messages") for _ in range(20)}
        assert answers == {(200, "the bot")}


async def test_a_bot_that_is_gone_costs_nobody_an_answer(tmp_path: Path) -> None:
    async with listening(Bot()) as port, caddy(tmp_path, free_port(), port) as proxy:
        assert {await proxy.ask("POST", "/api/messages") for _ in range(20)} == {(200, "the bot")}


async def test_a_sealed_link_is_in_no_log_even_when_both_bots_are_gone(tmp_path: Path) -> None:
    async with caddy(tmp_path, free_port(), free_port()) as proxy:
        status, _ = await proxy.ask("GET", "/hent/gAAAAABwxyz-1_2")
    assert status in {502, 503}
    log = proxy.log.read_text()
    assert "http.log.error" in log
    assert "wxyz" not in log
    assert "token-of-teams" not in log
