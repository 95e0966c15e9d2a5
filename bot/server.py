"""The HTTP side of the bot: `/api/messages` for Teams, `/healthz` and `/readyz` for whoever runs it.

The order of checks is the order of trust. A request without a valid token is turned away before its body is
read; then size, then JSON, then the activity, then its tenant; only then a turn runs. Every answer that is no
success says in one sentence why, with the reference id that stands in the log.
"""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
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
from bot.logs import current_reference, logger, new_reference

MOST_BODY_BYTES = 256 * 1024
"""Teams' own limit for a message is about 100 KB, its pictures and files come as links."""

Health = Callable[[], Awaitable[Mapping[str, bool]]]
"""Says for each thing the bot depends on (`database`) whether it works."""

_BODY_SECONDS = 10
_HEALTH_SECONDS = 5
_DRAIN_SECONDS = 30.0

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
    503: "The bot cannot check tokens right now. Try again shortly.",
}

_log = logger("server")


def create_app(settings: Settings, adapter: TeamsAdapter, on_turn: OnTurn, *, health: Health) -> web.Application:
    """Build the web application.

    Args:
        settings: Checked settings.
        adapter: Lets requests in and carries replies; its connector is opened and closed with the application.
        on_turn: The turn. It may run for several people at once.
        health: Asked by `/readyz`.
    """
    app = web.Application(middlewares=[_answer_in_sentences], client_max_size=MOST_BODY_BYTES)

    async def messages(request: web.Request) -> web.Response:
        if settings.anonymous:
            _refuse_from_outside(request)
        caller = await adapter.check_header(request.headers.get("Authorization"))
        activity = read_activity(await _body(request))
        return _to_http(await adapter.run_turn(caller, activity, on_turn))

    async def ready(_request: web.Request) -> web.Response:
        checks = await _ask_health(health)
        works = bool(checks) and all(checks.values())
        return web.json_response({"ready": works, "checks": checks}, status=200 if works else 503)

    async def connections(_app: web.Application) -> AsyncIterator[None]:
        await adapter.connector.open()
        yield
        await adapter.connector.close()

    app.router.add_post("/api/messages", messages)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", ready)
    app.cleanup_ctx.append(connections)
    return app


async def serve(
    app: web.Application, host: str, port: int, stop: asyncio.Event, *, drain_seconds: float = _DRAIN_SECONDS
) -> None:
    """Serve until `stop` is set; then take no new requests, let running turns end, and close everything.

    Args:
        app: From `create_app`.
        host: Address to listen on.
        port: Port to listen on.
        stop: Set by `stopping_on_signals`, or by whoever else ends the process.
        drain_seconds: How long running turns may take before they are cancelled.

    Raises:
        OSError: The address is taken.
    """
    runner = web.AppRunner(
        app, access_log=None, handle_signals=False, shutdown_timeout=drain_seconds, keepalive_timeout=75
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        _log.info("listening", host=host, port=port)
        await stop.wait()
        _log.info("stopping")
    finally:
        await runner.cleanup()
        _log.info("stopped")


@contextmanager
def stopping_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGTERM and SIGINT while the block runs. Needs the running event loop of the main thread."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


@web.middleware
async def _answer_in_sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give each request a reference id, one log line, and an answer that says what is wrong."""
    clear_contextvars()
    reference = new_reference()
    started = time.perf_counter()
    response = await _handled(request, handler)
    response.headers["X-Reference"] = reference
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
        _log.warning("request_refused", status=error.status, reason=error.reason)
        return _refusal(error.status)
    except BodyError as error:
        _log.warning("request_refused", status=400, reason=str(error))
        return _refusal(400, str(error))
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        _log.warning("request_refused", status=error.status, reason=error.reason)
        return _refusal(error.status, headers={k: v for k, v in error.headers.items() if k == "Allow"})
    except Exception:  # noqa: BLE001 - nothing may leave without a reference id
        _log.exception("request_failed")
        return _refusal(500)


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
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        raise RefusedError(HTTPStatus.FORBIDDEN, "anonymous request through a proxy")
    if not is_loopback(request.url.host or "") or not is_loopback(request.remote or ""):
        raise RefusedError(HTTPStatus.FORBIDDEN, "anonymous request from outside")


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


def _to_http(answer: InvokeResponse | None) -> web.Response:
    if answer is None:
        return web.Response(status=200)
    if answer.body is None:
        return web.Response(status=answer.status)
    text = json.dumps(answer.body, default=written, ensure_ascii=False)
    return web.json_response(text=text, status=answer.status)


async def _alive(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def _ask_health(health: Health) -> dict[str, bool]:
    try:
        async with asyncio.timeout(_HEALTH_SECONDS):
            return dict(await health())
    except Exception:  # noqa: BLE001 - whatever a check raises, the answer is: not ready
        _log.exception("health_check_failed")
        return {}
