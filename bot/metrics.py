"""What Prometheus is told: counts and times without people, and the page they are read from.

Labels are fixed words of this program. No tenant, person, conversation or message is ever one. Each process has
its own registry; what runs on several replicas is added up by whoever asks them all.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from centre.ports import ConflictError
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from storage.database import Database
    from storage.outbox import Outbox

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
# A turn takes some milliseconds; an invoke must be answered in 3 seconds, a message in 15 or Teams sends it again.
TURN_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 5.0, 10.0, 15.0)
DELIVERY_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
_LOOK_SECONDS = 3.0


class Metrics:
    """The instruments, in a registry of their own. To count costs about a microsecond."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.turns = self._counter("turns", "Turns by what the person did and how it ended.", "kind", "outcome")
        self.turn_seconds = Histogram(
            "kompetencebot_turn_seconds",
            "Seconds from the accepted activity to the end of its turn, replies included.",
            ["kind"],
            buckets=TURN_BUCKETS,
            registry=self.registry,
        )
        self.deliveries = self._counter("deliveries", "Notices by kind and what they came to.", "kind", "outcome")
        self.delivery_seconds = Histogram(
            "kompetencebot_delivery_seconds",
            "Seconds that a notice was in the notifier's hands.",
            ["kind"],
            buckets=DELIVERY_BUCKETS,
            registry=self.registry,
        )
        self.matches = self._counter("matches", "Needs that were matched anew, by verdict.", "verdict")
        self.retries = self._counter("teams_retries", "Requests made again, by the status before.", "status")
        self.refused = self._counter("refused_requests", "Requests turned away, by reason.", "reason")
        self.errors = self._counter("errors", "Error lines in the log, by event.", "event")
        self.outbox = self._gauge("outbox_notices", "Undelivered notices of all replicas, by state.", "state")
        self.overdue = self._gauge("outbox_overdue_seconds", "How late the oldest deliverable notice is.")
        self.database_up = self._gauge("database_up", "Whether the database answered this page.")
        self.connections = self._gauge("pool_connections", "Database connections now.", "pool", "state")

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"kompetencebot_{name}", says, labels, registry=self.registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"kompetencebot_{name}", says, labels, registry=self.registry)


class MetricsPage:
    """Makes the page; what only the database knows is asked for when somebody reads it."""

    def __init__(self, metrics: Metrics, database: Database, outbox: Outbox) -> None:
        self._metrics = metrics
        self._database = database
        self._outbox = outbox

    async def read(self) -> bytes:
        """Return the page in Prometheus' text format; without a database the rest of it."""
        for labels, number in self._database.connections().items():
            self._metrics.connections.labels(*labels).set(number)
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._look_at_outbox()
        except (DatabaseUnavailableError, ConflictError, TimeoutError):
            self._metrics.database_up.set(0)
            self._metrics.outbox.clear()  # an old number would look like a true one
            self._metrics.overdue.set(float("nan"))
        else:
            self._metrics.database_up.set(1)
        return generate_latest(self._metrics.registry)

    async def _look_at_outbox(self) -> None:
        depth = await self._outbox.depth()
        for state in ("due", "later", "waiting", "dead"):
            self._metrics.outbox.labels(state).set(getattr(depth, state))
        self._metrics.overdue.set((await self._outbox.overdue()).total_seconds())


class ErrorCounter(logging.Handler):
    """Counts error lines where all of them pass, so that no place that logs one has to think of it."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.ERROR)
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        """Count by the line's event; a library's line is free text, so it counts as `library`."""
        event = record.msg.get("event") if isinstance(record.msg, dict) else "library"
        self._metrics.errors.labels(event).inc()
