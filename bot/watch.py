"""Watching turns and deliveries: each is counted, timed and traced in the one place that it passes through."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botbuilder.schema import ActivityTypes

from bot.logs import current_reference
from bot.metrics import Metrics
from bot.traces import NO_TRACES
from catalogue.matching import MatchIndex

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import date

    from botbuilder.core import TurnContext
    from botbuilder.schema import Activity
    from prometheus_client import Counter, Histogram

    from bot.traces import Traces
    from catalogue.matches import Answer
    from catalogue.need import Need

CUT = "cut"
"""The outcome of what was still running when the process had to end."""
FAILED = "failed"
"""The outcome of what ended in a mistake."""


@dataclass(slots=True)
class Watched:
    """One turn or delivery under way; whoever runs it says how it ended."""

    outcome: str = CUT


class Watch:
    """Counts, times and traces."""

    def __init__(self, metrics: Metrics | None = None, traces: Traces = NO_TRACES) -> None:
        self.metrics = metrics or Metrics()
        self._traces = traces

    @contextmanager
    def turn(self, kind: str) -> Iterator[Watched]:
        """Watch a turn."""
        with self._watched("turn", kind, self.metrics.turns, self.metrics.turn_seconds) as watched:
            yield watched

    @contextmanager
    def delivery(self, kind: str) -> Iterator[Watched]:
        """Watch a delivery."""
        with self._watched("delivery", kind, self.metrics.deliveries, self.metrics.delivery_seconds) as watched:
            yield watched

    @contextmanager
    def _watched(self, name: str, kind: str, counter: Counter, seconds: Histogram) -> Iterator[Watched]:
        watched = Watched()
        began = time.perf_counter()
        with self._traces.span(name, kind=kind, reference=current_reference()) as span:
            try:
                yield watched
            except Exception:
                watched.outcome = FAILED
                raise
            finally:
                counter.labels(kind, watched.outcome).inc()
                seconds.labels(kind).observe(time.perf_counter() - began)
                span.say(outcome=watched.outcome)


class WatchedTurns:
    """Runs turns and watches them; given to the server as its `OnTurn`."""

    def __init__(self, turns: Callable[[TurnContext], Awaitable[str]], watch: Watch) -> None:
        self._turns = turns
        self._watch = watch

    async def __call__(self, context: TurnContext) -> None:
        """Run the turn of an activity."""
        with self._watch.turn(kind_of(context.activity)) as watched:
            watched.outcome = await self._turns(context)


def kind_of(activity: Activity) -> str:
    """Say what a person did, in one of a few words."""
    match activity.type:
        case ActivityTypes.message if activity.text:
            return "words"
        case ActivityTypes.message if isinstance(activity.value, dict):
            return "click"
        case ActivityTypes.message:
            return "attachment"
        case ActivityTypes.invoke:
            return "invoke"
        case ActivityTypes.installation_update:
            return "installation"
    return "other"


def watched_index(metrics: Metrics) -> type[MatchIndex]:
    """Return an index that counts its verdicts; a need that is asked about again in the same words counts once."""

    class WatchedIndex(MatchIndex):
        """An index that counts."""

        def _match(self, need: Need, today: date, limit: int) -> Answer:
            answer = super()._match(need, today, limit)
            metrics.matches.labels(answer.verdict.value).inc()
            return answer

    return WatchedIndex
