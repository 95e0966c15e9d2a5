"""A fake Teams for `benchmarks.chaos_delivery`, in a process of its own: it answers at random and counts.

`python -m benchmarks.chaos_teams SEED PATIENCE` prints its port. PATIENCE is how many seconds a caller waits for
an answer. `GET /report` returns every request that came, as JSON.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Fate(StrEnum):
    """What becomes of a request."""

    ANSWERED = "answered"  # taken, 201
    SLOWED = "slowed"  # 429 with Retry-After, not taken
    FAILED = "failed"  # 502, not taken
    CUT = "cut"  # the connection breaks before Teams took it
    CUT_AFTER = "cut_after"  # Teams took it, and the connection breaks before the answer
    SILENT = "silent"  # not taken, and no answer in time
    SILENT_AFTER = "silent_after"  # taken, and no answer in time


TAKEN = frozenset({Fate.ANSWERED, Fate.CUT_AFTER, Fate.SILENT_AFTER})
ANSWER_LOST = frozenset({Fate.CUT_AFTER, Fate.SILENT_AFTER})
CHANCES = {
    Fate.ANSWERED: 80,
    Fate.SLOWED: 5,
    Fate.FAILED: 6,
    Fate.CUT: 4,
    Fate.CUT_AFTER: 3,
    Fate.SILENT: 1,
    Fate.SILENT_AFTER: 1,
}
LATENCY_SECONDS = (0.005, 0.12)
RETRY_AFTER_SECONDS = (1, 3)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request: when it came (seconds of the machine's monotonic clock), for whom, and what became of it."""

    at: float
    method: str
    conversation: str
    body: str
    fate: Fate
    retry_after: int = 0


class ChaosTeams:
    """Takes messages, or not."""

    def __init__(self, seed: int, patience: float) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._patience = patience
        self._arrivals: list[Arrival] = []
        self._taken = 0

    async def message(self, request: web.Request) -> web.Response:
        """Take one message, or not."""
        at = time.monotonic()
        [fate] = self._random.choices(list(CHANCES), list(CHANCES.values()))
        retry_after = self._random.randint(*RETRY_AFTER_SECONDS) if fate is Fate.SLOWED else 0
        latency = self._random.uniform(*LATENCY_SECONDS)
        conversation = request.match_info["conversation"]
        body = await request.text()
        self._arrivals.append(Arrival(at, request.method, conversation, body, fate, retry_after))
        self._taken += fate in TAKEN
        number = len(self._arrivals)
        await asyncio.sleep(latency)
        match fate:
            case Fate.ANSWERED:
                if request.transport is None or request.transport.is_closing():
                    lost = replace(self._arrivals[number - 1], fate=Fate.CUT_AFTER)  # the caller is gone
                    self._arrivals[number - 1] = lost
                return web.json_response({"id": f"m{number}"}, status=201)
            case Fate.SLOWED:
                return web.json_response({}, status=429, headers={"Retry-After": str(retry_after)})
            case Fate.FAILED:
                return web.Response(status=502)
            case Fate.SILENT | Fate.SILENT_AFTER:
                await asyncio.sleep(self._patience * 2)
        if request.transport:
            request.transport.abort()
        return web.Response()

    async def members(self, _request: web.Request) -> web.Response:
        """Nobody is in the centre's team."""
        return web.json_response({"members": []})

    async def taken(self, _request: web.Request) -> web.Response:
        """How many messages were taken so far."""
        return web.json_response(self._taken)

    async def report(self, _request: web.Request) -> web.Response:
        """Everything that came."""
        return web.json_response([asdict(arrival) for arrival in self._arrivals])


async def serve(seed: int, patience: float, ready: Callable[[int], Awaitable[None]]) -> None:
    """Serve on a free port until cancelled."""
    teams = ChaosTeams(seed, patience)
    app = web.Application(client_max_size=1024 * 1024)
    app.router.add_get("/v3/conversations/{conversation}/pagedmembers", teams.members)
    app.router.add_route("*", "/v3/conversations/{conversation}/activities{tail:.*}", teams.message)
    app.router.add_get("/taken", teams.taken)
    app.router.add_get("/report", teams.report)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await ready(runner.addresses[0][1])
    await asyncio.Event().wait()


async def _say(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]), _say))
