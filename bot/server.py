"""The HTTP side: `/api/messages` for Teams, `/hent/…` for files; `/healthz`, `/readyz`, `/metrics` for operators.

The order of checks is the order of trust. A request without a valid token is turned away before its body is
read; then size, then JSON, then the activity, then its tenant; only then a turn runs. Every answer that is no
success says in one sentence why, with the reference id that stands in the log.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler
from botbuilder.core import InvokeResponse
from structlog.contextvars import clear_contextvars

from bot.activity_body import BodyError, read_activity
from bot.activity_json import written
from bot.adapter import OnTurn, TeamsAdapter
from bot.authentication import RefusedError
from bot.config import Settings, is_loopback
from bot.links import PATH as LINKS
from bot.logs import current_reference, logger, new_reference
from bot.metrics import CONTENT_TYPE, Metrics
from bot.stopping import Stop

MOST_BODY_BYTES = 256 * 1024
"""Teams' own limit for a message is about 100 KB, its pictures and files come as links."""

Health = Callable[[], Awaitable[Mapping[str, bool]]]
"""Says for each thing the bot depends on (`database`) whether it works."""

ReadPage = Callable[[], Awaitable[bytes]]
"""Makes the page that Prometheus reads."""

_BODY_SECONDS = 10
_HEALTH_SECONDS = 5
_LAST_BYTES_SECONDS = 1.0

_STOP = web.AppKey("stop", Stop)
_METRICS = web.AppKey("metrics", Metrics)

_SENTENCES = {
    400: "The request could not be understood.",
    401: "A valid token of the Bot Framework is required.",
    403: "This bot does not answer requests from there.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    408: "The body did not arrive in time.",
    413: "The body is larger than 256 KiB.",
    415: "The body must be application/json.",
    500: "Something went wrong here. Quote the reference to whoever runs the bot.",
    503: "The bot cannot answer right now. Try again shortly.",
}

_log = logger("server")


def create_app(
    settings: Settings,
    adapter: TeamsAdapter,
    on_turn: OnTurn,
    *,
    health: Health,
    download: Handler | None = None,
    stop: Stop | None = None,
    metrics: Metrics | None = None,
    metrics_page: ReadPage | None = None,
) -> web.Application:
    """Build the web application.

    Args:
        settings: Checked settings.
        adapter: Lets requests in and carries replies; its connector is opened and closed with the application.
        on_turn: The turn. It may run for several people at once.
        health: Asked by `/readyz`.
        download: Answers links to files (`bot.downloads`), where there are any.
        stop: Ends turns and readiness when the process stops.
        metrics: Where requests that are turned away are counted.
        metrics_page: Read at `/metrics`, by this machine only; None if it is nowhere or elsewhere.
    """
    stopping = stop or Stop()
    app = web.Application(middlewares=[_answer_in_sentences], client_max_size=MOST_BODY_BYTES)

    async def messages(request: web.Request) -> web.Response:
        if settings.anonymous:
            _refuse_from_outside(request)
        async with stopping.turn():
            caller = await adapter.check_header(request.headers.get("Authorization"))
            activity = read_activity(await _body(request))
            return _to_http(await adapter.run_turn(caller, activity, on_turn))

    async def fetch(request: web.Request) -> web.StreamResponse:
        if settings.anonymous:
            _refuse_from_outside(request)
        return await (download or _nothing)(request)

    async def ready(_request: web.Request) -> web.Response:
        if stopping.begun:
            return web.json_response({"ready": False, "checks": {"stopping": False}}, status=503)
        checks = await _ask_health(health)
        works = bool(checks) and all(checks.values())
        return web.json_response({"ready": works, "checks": checks}, status=200 if works else 503)

    async def measured(request: web.Request) -> web.Response:
        if metrics_page is None or not _is_from_here(request):
            raise web.HTTPNotFound
        return await _metrics_answer(metrics_page)

    async def connections(_app: web.Application) -> AsyncIterator[None]:
        await adapter.connector.open()
        yield
        await adapter.connector.close()

    app.router.add_post("/api/messages", messages)
    app.router.add_get(f"{LINKS}/{{token}}", fetch)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", measured)
    app.cleanup_ctx.append(connections)
    app[_STOP] = stopping
    app[_METRICS] = metrics or Metrics()
    return app


async def serve(app: web.Application, host: str, port: int, stop: Stop) -> None:
    """Serve until `stop` begins; then take no new requests, let running turns end, and close everything.

    Args:
        app: From `create_app`, with the same `stop`.
        host: Address to listen on.
        port: Port to listen on.
        stop: Begun by `stopping_on_signals`, or by whoever else ends the process.

    Raises:
        OSError: The address is taken.
    """
    # Turns are cut by `stop`, which answers them; the runner waits a little longer for their last bytes.
    drain = stop.turns_seconds + _LAST_BYTES_SECONDS
    runner = web.AppRunner(
        app, access_log=None, handle_signals=False, shutdown_timeout=drain, keepalive_timeout=75
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        _log.info("listening", host=host, port=port)
        await stop.wait()
        _log.info("stopping")
        await stop.give_notice()
    finally:
        await runner.cleanup()
        _log.info("stopped")


@web.middleware
async def _answer_in_sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give each request a reference id, one log line, and an answer that says what is wrong."""
    clear_contextvars()
    reference = new_reference()
    started = time.perf_counter()
    response = await _handled(request, handler)
    response.headers["X-Reference"] = reference
    if request.app[_STOP].begun or request.content.exception() is not None:
        # Whoever kept the connection goes elsewhere with the next request; a broken body has no end to go on from.
        response.force_close()
    route = request.match_info.route.resource
    _log.info(
        "request",
        method=request.method,
        path=route.canonical if route else "unknown",
        status=response.status,
        milliseconds=round((time.perf_counter() - started) * 1000, 1),
    )
    return response


async def _handled(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except RefusedError as error:
        return _turned_away(request, error.status, error.reason)
    except BodyError as error:
        return _turned_away(request, 400, str(error), str(error))
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        allowed = {name: value for name, value in error.headers.items() if name == "Allow"}
        return _turned_away(request, error.status, error.reason, headers=allowed)
    except Exception:  # noqa: BLE001 - nothing may leave without a reference id
        _log.exception("request_failed")
        return _refusal(500)


def _turned_away(
    request: web.Request, status: int, reason: str, sentence: str = "", headers: Mapping[str, str] | None = None
) -> web.Response:
    _log.warning("request_refused", status=status, reason=reason)
    # A sentence about a body has one of many words in it; they count as one.
    request.app[_METRICS].refused.labels("body" if sentence else reason).inc()
    return _refusal(status, sentence, headers)


def _refusal(status: int, sentence: str = "", headers: Mapping[str, str] | None = None) -> web.Response:
    sentence = sentence or _SENTENCES.get(status, _SENTENCES[400])
    response = web.json_response(
        {"error": sentence, "reference": current_reference()}, status=status, headers=headers
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _refuse_from_outside(request: web.Request) -> None:
    """Without tokens only this machine may speak, and no web page that resolves its own name to this machine.

    Raises:
        RefusedError: The request came through a proxy, from another machine, or for another host name.
    """
    if _is_forwarded(request):
        raise RefusedError(HTTPStatus.FORBIDDEN, "anonymous request through a proxy")
    if not _is_from_here(request):
        raise RefusedError(HTTPStatus.FORBIDDEN, "anonymous request from outside")


def _is_from_here(request: web.Request) -> bool:
    """Whether this machine asks, for itself: seen from here, everybody whom a proxy lets in is the proxy."""
    direct = is_loopback(request.url.host or "") and is_loopback(request.remote or "")
    return direct and not _is_forwarded(request)


def _is_forwarded(request: web.Request) -> bool:
    return "X-Forwarded-For" in request.headers or "Forwarded" in request.headers


async def _body(request: web.Request) -> bytes:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > MOST_BODY_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BODY_BYTES, request.content_length or 0)
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except web.RequestPayloadError as error:
        raise BodyError("The body is not encoded as its header says.") from error


def _to_http(answer: InvokeResponse | None) -> web.Response:
    if answer is None:
        return web.Response(status=200)
    if answer.body is None:
        return web.Response(status=answer.status)
    text = json.dumps(answer.body, default=written, ensure_ascii=False)
    return web.json_response(text=text, status=answer.status)


async def _metrics_answer(page: ReadPage) -> web.Response:
    return web.Response(body=await page(), headers={"Content-Type": CONTENT_TYPE})


@asynccontextmanager
async def serving_metrics(page: ReadPage, host: str, port: int) -> AsyncIterator[None]:
    """Serve `/metrics` on a port of its own while the block runs, to whoever reaches that port.

    Raises:
        OSError: The address is taken.
    """

    async def measured(_request: web.Request) -> web.Response:
        return await _metrics_answer(page)

    app = web.Application()
    app.router.add_get("/metrics", measured)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=_LAST_BYTES_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


async def _nothing(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


async def _alive(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def _ask_health(health: Health) -> dict[str, bool]:
    try:
        async with asyncio.timeout(_HEALTH_SECONDS):
            return dict(await health())
    except Exception:  # noqa: BLE001 - whatever a check raises, the answer is: not ready
        _log.exception("health_check_failed")
        return {}
