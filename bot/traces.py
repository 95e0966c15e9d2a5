"""Traces for OpenTelemetry: a span per turn and per delivery, found by the reference id of the log.

Without KOMPETENCEBOT_OTLP_ENDPOINT nothing of OpenTelemetry is even imported. Spans are sent from a thread of
their own, and a collector that does not answer costs no turn anything: what it does not take is dropped.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from opentelemetry.trace import Span as OtelSpan

SEND_SECONDS = 2.0
"""For one batch: stopping waits for the last one, and has 20 seconds in all."""
_PATH = "/v1/traces"


class Span(Protocol):
    """A stretch of time under way."""

    def say(self, **attributes: str) -> None:
        """Add what became known."""


class Traces(Protocol):
    """Where spans go."""

    def span(self, name: str, **attributes: str) -> AbstractContextManager[Span]:
        """Watch the block as one stretch of time; an exception that leaves it marks it as failed."""
        ...

    async def close(self) -> None:
        """Send what is left."""
        ...


class _NoSpan:
    """Takes no note, and is its own context."""

    def say(self, **attributes: str) -> None:
        """Do nothing."""

    def __enter__(self) -> Span:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class NoTraces:
    """For when nobody wants traces."""

    _span = _NoSpan()

    def span(self, name: str, **attributes: str) -> AbstractContextManager[Span]:  # noqa: ARG002 - see Traces
        """Watch nothing."""
        return self._span

    async def close(self) -> None:
        """Do nothing."""


NO_TRACES = NoTraces()


class _OtelSpan:
    def __init__(self, span: OtelSpan) -> None:
        self._span = span

    def say(self, **attributes: str) -> None:
        """Add what became known, under names of our own."""
        for name, value in attributes.items():
            self._span.set_attribute(f"kompetencebot.{name}", value)


class OtlpTraces:
    """Sends spans by OTLP over HTTP; the standard `OTEL_EXPORTER_OTLP_…` variables hold, as for headers."""

    def __init__(self, endpoint: str, version: str) -> None:
        """Begin.

        Args:
            endpoint: Address of a collector, such as http://collector:4318.
            version: Of this program.
        """
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - optional
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - only where traces are wanted
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.trace import StatusCode  # noqa: PLC0415

        address = endpoint.rstrip("/")
        address += "" if address.endswith(_PATH) else _PATH
        resource = Resource.create({"service.name": "kompetencebot", "service.version": version})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(address, timeout=SEND_SECONDS)))
        self._tracer = self._provider.get_tracer("kompetencebot", version)
        self._failed = StatusCode.ERROR

    @contextmanager
    def span(self, name: str, **attributes: str) -> Iterator[Span]:
        """See `Traces.span`. Only the exception's type is noted: its words may quote what people wrote."""
        with self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        ) as started:
            span = _OtelSpan(started)
            span.say(**attributes)
            try:
                yield span
            except BaseException as error:
                started.set_status(self._failed)
                span.say(error=type(error).__name__)
                raise

    async def close(self) -> None:
        """Send what is left."""
        await asyncio.to_thread(self._provider.shutdown)


def traces_to(endpoint: str, version: str) -> Traces:
    """Return where spans go; nowhere without an endpoint."""
    return OtlpTraces(endpoint, version) if endpoint else NO_TRACES
