"""`python app.py serve` and its other commands as processes of their own, beside a fake Teams."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, web

from bot.demo.people import CHANNEL_ID, LENE, TENANT
from tests.bot.fake_teams import FakeTeams, _served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

ROOT = Path(__file__).parents[2]
CHAT = "a:lene"


@dataclass
class Serving:
    """A bot in another process."""

    process: asyncio.subprocess.Process
    port: int
    lines: list[str] = field(default_factory=list)
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def read(self) -> None:
        assert self.process.stdout
        async for line in self.process.stdout:
            self.lines.append(line.decode())
            if '"listening"' in self.lines[-1]:
                self.listening.set()
            elif '"stopping"' in self.lines[-1]:
                self.stopping.set()
        self.listening.set()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**settings: object) -> dict[str, str]:
    """The process environment with these settings and no others."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KOMPETENCEBOT_")}
    return {**plain, **{f"KOMPETENCEBOT_{name}": str(value) for name, value in settings.items()}}


@asynccontextmanager
async def serving(file: Path, teams_port: int, **settings: object) -> AsyncIterator[Serving]:
    """Run the demo's bot on a SQLite file, or with the given settings, until the block ends."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "app.py", "serve"),
        cwd=ROOT,
        env=environment(
            **{
                "DEMO": "true",
                "PORT": port,
                "DATABASE_URL": f"sqlite+aiosqlite:///{file}",
                "PLAYGROUND_PORT": teams_port,
                "LOG_FORMAT": "json",
                **settings,
            }
        ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    bot = Serving(process, port)
    reading = asyncio.create_task(bot.read())
    try:
        async with asyncio.timeout(120):
            await bot.listening.wait()
        assert process.returncode is None, bot.lines
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


@dataclass
class Playground:
    """The fake Teams where the demo's bot expects it, with a hook on every request that reaches it."""

    teams: FakeTeams = field(default_factory=FakeTeams)
    reached: Callable[[str], Awaitable[None]] | None = None
    to_channel: list[web.Response] = field(default_factory=list)
    """Answers to what is next sent into the centre's channel; when they are used up, everything succeeds."""

    @property
    def port(self) -> int:
        return int(self.teams.url.rpartition(":")[2])

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.to_channel and CHANNEL_ID.partition(":")[2] in request.match_info["tail"]:
            return self.to_channel.pop(0)
        answer = await self.teams._connector(request)
        if self.reached and request.method == "POST":
            await self.reached(request.match_info["tail"])
        return answer

    def said(self) -> list[str]:
        """Everything Lene was sent, as text."""
        return [str(it.body) for it in self.teams.received if CHAT.replace(":", "%3A") in it.path]

    def in_channel(self) -> str:
        """Everything the centre's channel was sent, as text."""
        return " ".join(str(it.body) for it in self.teams.received if "kompetencekoeen" in it.path)

    def message(self, text: str, number: int) -> dict[str, Any]:
        return self.teams.message(
            text,
            id=f"activity-{number}",
            serviceUrl=f"{self.teams.url}/_connector",
            **{"from": {"id": f"29:{LENE.id}", "aadObjectId": LENE.id, "name": LENE.name}},
            conversation={"id": CHAT, "conversationType": "personal", "tenantId": TENANT},
            channelData={"tenant": {"id": TENANT}},
        )


@asynccontextmanager
async def playground() -> AsyncIterator[Playground]:
    ground = Playground()
    app = web.Application()
    app.router.add_route("*", "/_connector/{tail:.*}", ground.handle)
    async with _served(app) as ground.teams.url:
        yield ground


async def post(http: ClientSession, bot: Serving, activity: Mapping[str, Any]) -> bool:
    """Send an activity; False when the bot is not there (any more)."""
    try:
        async with http.post(f"{bot.url}/api/messages", json=activity) as response:
            return response.status == 200
    except ClientError:
        return False


async def run(*arguments: str, **settings: object) -> tuple[int | None, str]:
    """Run a command to its end; return its exit code and everything it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "app.py", *arguments),
        cwd=ROOT,
        env=environment(**settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode()
