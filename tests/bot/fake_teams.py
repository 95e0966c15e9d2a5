"""Teams, Entra and the Bot Framework's sign-in on a loopback port, over real HTTP, with real RS256 tokens."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
import requests
from aiohttp import ClientResponse, ClientSession, web
from aiohttp.typedefs import Handler
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from pydantic import SecretStr
from requests.adapters import HTTPAdapter

from bot.adapter import OnTurn, TeamsAdapter
from bot.authentication import ISSUER, AnonymousChecker, SigningKeys, TokenChecker
from bot.config import Settings
from bot.connector import Connector
from bot.credentials import AUTHORITY, credentials_for
from bot.delivery import Backoff
from bot.server import create_app
from bot.service_url import ServiceUrls

APP_ID = "0b0b0b0b-1111-4222-8333-444444444444"
TENANT = "aaaaaaaa-1111-4222-8333-444444444444"
FOREIGN_TENANT = "ffffffff-1111-4222-8333-444444444444"
PERSON = "29:person"
METADATA_SERVICE = "http://169.254.169.254"  # where Azure gives a machine its identity's tokens

_KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3)]


class Clock:
    """A clock that moves only when told, and a sleep that moves it."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@dataclass
class Received:
    """One request that the fake connector took."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    authorization: str


@dataclass
class FakeTeams:
    """The services around a bot. `answers` are used up first in, first out; then everything succeeds."""

    url: str = ""
    published: dict[str, rsa.RSAPrivateKey] = field(default_factory=lambda: {"key-1": _KEYS[0]})
    endorsements: tuple[str, ...] = ("msteams",)
    received: list[Received] = field(default_factory=list)
    answers: list[web.Response | Callable[[], Awaitable[web.Response]]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    page_size: int = 2
    key_fetches: int = 0
    keys_down: bool = False
    tokens_given: int = 0
    token_answer: dict[str, Any] | None = None
    token_headers: dict[str, str] = field(default_factory=dict)
    connections: set[object] = field(default_factory=set)

    @property
    def service_url(self) -> str:
        return f"{self.url}/emea/"

    def sent_texts(self) -> list[str]:
        return [entry.body["text"] for entry in self.received if "text" in entry.body]

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Return a channel token's claims; a change to None leaves the claim out."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": APP_ID, "nbf": now - 60, "exp": now + 3600, "serviceurl": self.service_url}
        return {name: value for name, value in {**claims, **changes}.items() if value is not None}

    def token(self, key_id: str = "key-1", signed_with: int = 0, **changes: Any) -> str:
        return jwt.encode(self.claims(**changes), _KEYS[signed_with], "RS256", headers={"kid": key_id})

    def rotate_keys(self) -> None:
        """Sign with a new key from now on, as Microsoft does now and then."""
        self.published = {"key-2": _KEYS[1]}

    def public_pem(self) -> bytes:
        return (
            _KEYS[0]
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )

    def message(self, text: str = "hej", **changes: Any) -> dict[str, Any]:
        activity = {
            "type": "message",
            "id": "activity-1",
            "text": text,
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "timestamp": "2026-11-22T10:00:00.000Z",
            "locale": "da-DK",
            "from": {"id": PERSON, "name": "Lene Leder", "aadObjectId": "object-1"},
            "recipient": {"id": f"28:{APP_ID}", "name": "Kompetencebot"},
            "conversation": {"id": "a:conversation", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
        }
        return {name: value for name, value in {**activity, **changes}.items() if value is not None}

    async def _openid(self, request: web.Request) -> web.Response:
        self.key_fetches += 1
        if self.keys_down:
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{request.url.origin()}/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        keys = []
        for key_id, key in self.published.items():
            entry = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
            keys.append({**entry, "kid": key_id, "endorsements": list(self.endorsements)})
        return web.json_response({"keys": [{"kty": "EC", "kid": "other"}, *keys]})

    async def _authority(self, request: web.Request) -> web.Response:
        base = f"{AUTHORITY}{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            }
        )

    async def _instances(self, _request: web.Request) -> web.Response:
        return web.json_response({"metadata": []})  # MSAL looks here after a refusal

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert form["grant_type"] == "client_credentials"
        assert form["scope"] == "https://api.botframework.com/.default"
        if self.token_answer is not None:
            return web.json_response(self.token_answer, status=401)
        self.tokens_given += 1
        token = f"token-{self.tokens_given}"
        answer = {"token_type": "Bearer", "access_token": token, "expires_in": 3600}
        return web.json_response(answer, headers=self.token_headers)

    async def _managed_identity(self, request: web.Request) -> web.Response:
        assert request.headers["Metadata"] == "true"
        assert request.query["client_id"] == APP_ID
        assert request.query["resource"] == "https://api.botframework.com"
        return web.json_response(
            {"token_type": "Bearer", "access_token": "identity-token", "expires_in": "86400", "resource": "x"}
        )

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        self.connections.add(request.transport)
        body = await request.json() if request.can_read_body else {}
        self.received.append(
            Received(
                request.method,
                request.raw_path.split("?")[0].removeprefix("/emea"),
                dict(request.query),
                body,
                request.headers.get("Authorization", ""),
            )
        )
        if self.answers:
            answer = self.answers.pop(0)
            return answer if isinstance(answer, web.Response) else await answer()
        return self._success(request)

    def _success(self, request: web.Request) -> web.Response:
        tail = request.match_info["tail"]
        if tail.endswith("pagedmembers"):
            start = int(request.query.get("continuationToken", "0"))
            end = start + self.page_size
            more = {"continuationToken": str(end)} if end < len(self.members) else {}
            return web.json_response({"members": self.members[start:end], **more})
        if "/members/" in tail:
            wanted = tail.rsplit("/", 1)[-1]
            found = [entry for entry in self.members if entry["id"] == wanted]
            return web.json_response(found[0]) if found else error(404, "MemberNotFoundInConversation")
        return web.json_response({"id": f"sent-{len(self.received)}"}, status=201)


def error(status: int, code: str = "Error", **headers: str) -> web.Response:
    """Make an error answer as Teams words them."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response({"error": {"code": code, "message": "..."}}, status=status, headers=names)


async def hang_up() -> web.Response:
    """Break the connection instead of answering."""
    raise ConnectionResetError


@asynccontextmanager
async def fake_teams() -> AsyncIterator[FakeTeams]:
    """Run the services on a free port."""
    teams = FakeTeams()

    @web.middleware
    async def hanging_up(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ConnectionResetError:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

    app = web.Application(middlewares=[hanging_up], client_max_size=4 * 1024 * 1024)
    app.router.add_get("/openid", teams._openid)
    app.router.add_get("/keys", teams._keys)
    app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", teams._authority)
    app.router.add_get("/common/discovery/instance", teams._instances)
    app.router.add_post("/{tenant}/oauth2/v2.0/token", teams._token)
    app.router.add_get("/metadata/identity/oauth2/token", teams._managed_identity)
    app.router.add_route("*", "/emea/{tail:.*}", teams._connector)
    async with _served(app) as teams.url:
        yield teams


@asynccontextmanager
async def _served(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


class _ToFakeEntra(HTTPAdapter):
    """Carries MSAL's requests for Microsoft's sign-in to the fake one; MSAL itself takes only https addresses."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        assert request.url is not None
        for real in (AUTHORITY.rstrip("/"), METADATA_SERVICE):
            request.url = request.url.replace(real, self._url, 1)
        return super().send(request, *args, **kwargs)


def entra_at(teams: FakeTeams) -> requests.Session:
    """Return an HTTP client for MSAL that reaches the fake Entra."""
    session = requests.Session()
    session.mount("https://", _ToFakeEntra(teams.url))
    session.mount(METADATA_SERVICE, _ToFakeEntra(teams.url))
    return session


def teams_settings(**changes: Any) -> Settings:
    """Return the settings of a bot with an app registration."""
    values = {"app_id": APP_ID, "tenant_id": TENANT, "allowed_tenants": frozenset({TENANT})}
    return Settings(**{**values, "app_password": SecretStr("secret"), **changes})


def connector_to(teams: FakeTeams, clock: Clock, **backoff: Any) -> Connector:
    """Return a connector with real credentials that never really waits."""
    return Connector(
        credentials_for(teams_settings(), http_client=entra_at(teams)),
        ServiceUrls(also=frozenset({teams.url})),
        backoff=Backoff(jitter=lambda: 0.0, **backoff),
        sleep=clock.sleep,
        clock=clock,
    )


@dataclass
class RunningBot:
    """A bot behind a real socket."""

    url: str
    adapter: TeamsAdapter
    teams: FakeTeams
    clock: Clock
    http: ClientSession

    async def post(self, activity: Any, token: str | None = None, **headers: str) -> tuple[ClientResponse, Any]:
        """Post a JSON document; return the answer and its JSON body (None where it has none)."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return await self.post_raw(json.dumps(activity).encode(), **headers)

    async def post_raw(self, body: bytes, **headers: str) -> tuple[ClientResponse, Any]:
        headers = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        async with self.http.post(f"{self.url}/api/messages", data=body, headers=headers) as response:
            text = await response.text()
            return response, json.loads(text) if text else None


@asynccontextmanager
async def running_bot(
    teams: FakeTeams, on_turn: OnTurn, *, anonymous: bool = False, health: Any = None, download: Any = None
) -> AsyncIterator[RunningBot]:
    """Run the real server and adapter, pointed at the fake services."""
    clock = Clock()
    if anonymous:
        settings = Settings(anonymous=True, host="127.0.0.1")
        service_urls = ServiceUrls(anonymous=True)
        connector = Connector(credentials_for(settings), service_urls, sleep=clock.sleep, clock=clock)
        checker: TokenChecker | AnonymousChecker = AnonymousChecker()
    else:
        settings = teams_settings()
        service_urls = ServiceUrls(also=frozenset({teams.url}))
        connector = connector_to(teams, clock)
        checker = TokenChecker(APP_ID, SigningKeys(f"{teams.url}/openid", clock=clock))
    adapter = TeamsAdapter(
        checker=checker,
        connector=connector,
        service_urls=service_urls,
        allowed_tenants=settings.allowed_tenants,
        error_text=lambda locale, reference: f"[{locale}] noget gik galt: {reference}",
    )

    async def healthy() -> dict[str, bool]:
        return {"database": True}

    app = create_app(settings, adapter, on_turn, health=health or healthy, download=download)
    async with _served(app) as url, ClientSession() as http:
        yield RunningBot(url, adapter, teams, clock, http)
