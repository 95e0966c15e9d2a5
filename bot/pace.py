"""Never more requests to Teams than it takes: sliding windows per conversation and per tenant.

Everything this process sends goes through here: answers in a turn and notices alike. What other replicas send
is not known here. Two of them never deliver notices of one conversation faster than allowed, because the pace of
a lane is kept in the database (`storage/lanes.py`); and the windows of a whole tenant are divided by REPLICAS.

A request counts from its end, not from its beginning: Teams got it somewhere in between, so whatever the network
does to it, two that are a second apart here are at least a second apart there.

The limits: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

REPLICAS = 2
"""How many processes share a tenant's 50 requests a second."""
PER_CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
PER_TENANT = ((50 // REPLICAS, 1.0),)
MOST_IDLE = 10_000
"""Conversations that are remembered; beyond that, those that are silent are forgotten."""

Limits = tuple[tuple[int, float], ...]


class TooFastError(Exception):
    """There is no room within the time that the caller has; `seconds` until there is."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Window:
    """What was sent to one place: when (seconds of the clock) requests ended, and how many are under way."""

    limits: Limits
    ended: deque[float] = field(default_factory=deque)
    under_way: int = 0
    held_until: float = 0.0

    def room_at(self, now: float) -> float | None:
        """Return when a request may begin; None while that depends on requests under way."""
        moment = max(now, self.held_until)
        for most, seconds in self.limits:
            if self.under_way >= most:
                return None
            if len(self.ended) + self.under_way >= most:
                moment = max(moment, self.ended[self.under_way - most] + seconds)
        return moment

    def end(self, now: float) -> None:
        """Count a request that has ended."""
        self.under_way -= 1
        self.ended.append(now)
        longest = max(seconds for _, seconds in self.limits)
        while self.ended and self.ended[0] <= now - longest:
            self.ended.popleft()

    def is_silent(self, now: float) -> bool:
        """Whether nothing needs to be remembered."""
        longest = max(seconds for _, seconds in self.limits)
        return (
            not self.under_way and self.held_until <= now and (not self.ended or self.ended[-1] <= now - longest)
        )


class Pace:
    """Lets requests begin when there is room for them, first come, first served in each conversation."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        per_conversation: Limits = PER_CONVERSATION,
        per_tenant: Limits = PER_TENANT,
    ) -> None:
        """Begin with nothing sent.

        Args:
            clock: Seconds that never go backwards.
            sleep: Waits that many seconds.
            per_conversation: At most so many requests in so many seconds, for each conversation.
            per_tenant: The same for everything together; a bot of one municipality has one tenant.
        """
        self._clock = clock
        self._sleep = sleep
        self._per_conversation = per_conversation
        self._all = _Window(per_tenant)
        self._windows: dict[str, _Window] = {}
        self._ended = asyncio.Event()

    @asynccontextmanager
    async def request(self, conversation: str, patience: float) -> AsyncIterator[None]:
        """Make one request inside the block; `conversation` is "" for one that is of none.

        Raises:
            TooFastError: it could not begin within `patience` seconds; it must not be made.
        """
        places = [self._all, *([self._window(conversation)] if conversation else [])]
        await self._wait_for_room(places, self._clock() + patience)
        for place in places:
            place.under_way += 1
        try:
            yield
        finally:
            for place in places:
                place.end(self._clock())
            ended, self._ended = self._ended, asyncio.Event()
            ended.set()

    def hold(self, conversation: str, seconds: float) -> None:
        """Send nothing there for a while: Teams said so (429 with Retry-After)."""
        if conversation:
            window = self._window(conversation)
            window.held_until = max(window.held_until, self._clock() + seconds)

    async def _wait_for_room(self, places: list[_Window], until: float) -> None:
        while True:
            now = self._clock()
            moments = [place.room_at(now) for place in places]
            known = [moment for moment in moments if moment is not None]
            begins = max(known, default=now)
            if begins > until:
                raise TooFastError(begins - now)
            if len(known) < len(places):
                await self._ended.wait()
            elif begins > now:
                await self._sleep(begins - now)
            else:
                return

    def _window(self, conversation: str) -> _Window:
        window = self._windows.get(conversation)
        if window is None:
            if len(self._windows) >= MOST_IDLE:
                now = self._clock()
                self._windows = {name: kept for name, kept in self._windows.items() if not kept.is_silent(now)}
            window = self._windows[conversation] = _Window(self._per_conversation)
        return window
