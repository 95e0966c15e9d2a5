"""Stopping within 20 seconds: who is told what, and when, from the signal to the end of the process.

| seconds | what happens |
| --- | --- |
| 0 | `/readyz` says 503, answers close their connection, the notifier claims no more and gives back what waits |
| notice | nothing new is taken; until here a proxy that has not looked yet may still send turns, and they run |
| 13 | turns that still run are cut: nothing of them is kept but what was committed, and Teams is answered 503 |
| 13 | deliveries that still wait for Teams are cut; their lease runs out, because Teams may have the message |
| 19 | whatever is left is ended by force, with a list of the places where it hung |

Without a notice a proxy would go on sending to a port that is closed, and most do not send a POST again elsewhere.
"""

from __future__ import annotations

import asyncio
import faulthandler
import signal
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.authentication import RefusedError
from bot.logs import logger

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

TURNS_SECONDS = 13.0
"""From the signal to the cut; a turn takes milliseconds, and one that Teams keeps waiting at most this long."""
HAND_OVER_SECONDS = 3.0
"""For giving back one lease, when the database is slow or gone."""
FORCE_SECONDS = 19.0
"""The end, whatever hangs. systemd, Kubernetes and the compose file wait longer than 20 seconds."""

_log = logger("stopping")


class Stop:
    """One process's way out: begun once by `begin`, then passed through in order."""

    def __init__(self, notice_seconds: float = 0.0, turns_seconds: float = TURNS_SECONDS) -> None:
        """Keep the limits.

        Args:
            notice_seconds: How long turns are still taken, so that a proxy can see that there soon are none.
            turns_seconds: When running turns are cut.
        """
        self._notice_seconds = notice_seconds
        self.turns_seconds = turns_seconds
        self._begun = asyncio.Event()
        self._turns: set[asyncio.Timeout] = set()
        self._turns_end: float | None = None
        self._callbacks: list[Callable[[], None]] = []
        self.takes_turns = True

    @property
    def begun(self) -> bool:
        """Whether the process is on its way out."""
        return self._begun.is_set()

    @property
    def seconds_left(self) -> float:
        """How long turns and deliveries may still take; the whole time as long as nobody stops."""
        if self._turns_end is None:
            return self.turns_seconds
        return max(0.0, self._turns_end - asyncio.get_running_loop().time())

    def then(self, callback: Callable[[], None]) -> None:
        """Call this once when it begins."""
        self._callbacks.append(callback)

    def begin(self) -> None:
        """Begin to stop. Asking again changes nothing."""
        if self.begun:
            return
        self._turns_end = asyncio.get_running_loop().time() + self.turns_seconds
        for turn in self._turns:
            turn.reschedule(self._turns_end)
        self._begun.set()
        for callback in self._callbacks:
            callback()

    async def wait(self) -> None:
        """Return when it begins."""
        await self._begun.wait()

    async def give_notice(self) -> None:
        """Let proxies look at `/readyz`; afterwards no turn is taken."""
        await asyncio.sleep(self._notice_seconds)
        self.takes_turns = False

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Run one turn inside the block.

        Raises:
            RefusedError: 503; no turn is taken any more, or this one was cut.
        """
        if not self.takes_turns:
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "stopping")
        limit = asyncio.timeout_at(self._turns_end)
        try:
            async with limit:
                self._turns.add(limit)
                yield
        except TimeoutError as error:
            if not limit.expired():
                raise
            _log.error("turn_cut")
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "turn cut") from error
        finally:
            self._turns.discard(limit)


@contextmanager
def stopping_on_signals(stop: Stop) -> Iterator[None]:
    """Begin to stop on SIGTERM and SIGINT while the block runs; for the event loop of the main thread."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop.begin)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def end_by_force_later() -> None:
    """End the process when stopping takes too long, even if the event loop or a thread hangs.

    Only the places in the code are written to standard error, no values. The exit code is 1.
    """
    faulthandler.dump_traceback_later(FORCE_SECONDS, exit=True)
