"""Who may speak to the bot: the signed token of a request, checked before anything else of it is looked at.

Teams signs every request with a token of the Bot Framework (issuer, audience = app id, service URL, validity),
also for a single-tenant bot. The SDK can check such tokens, but not as this bot needs it: 4.17.1 fetches the
signing keys with a blocking call, raises `IndexError` on a key that it has not seen (so a rotation of Microsoft's
keys locks the bot out for up to a day), answers malformed tokens with 500, and also accepts tokens of the Bot
Framework Emulator without looking at their audience or service URL. So the bot checks tokens itself, with PyJWT
and one rule: a token of the channel, or no entry.

Rules: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from yarl import URL

from bot.logs import logger
from bot.outgoing import proxy_for

ISSUER = "https://api.botframework.com"
OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"

_LEEWAY_SECONDS = 300  # the clock skew that the Bot Framework's documentation allows
_KEYS_FRESH_SECONDS = 24 * 3600.0  # the documentation asks to fetch the keys once a day
_KEYS_USABLE_SECONDS = 5 * 24 * 3600.0  # keys are announced at least five days before they are used
_PAUSE_BETWEEN_FETCHES_SECONDS = 60.0  # made-up key ids must not make the bot hammer Microsoft
_PAUSE_WITHOUT_KEYS_SECONDS = 5.0
_FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10)

_log = logger("authentication")


class RefusedError(Exception):
    """The request is turned away.

    Attributes:
        status: HTTP status of the answer.
        reason: A fixed word for the log; says nothing about people.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class Caller:
    """Who sent a request, as far as a valid token says.

    Attributes:
        claims: The token's claims; empty in anonymous mode.
        endorsements: Channels that the signing key may speak for; empty means that the key names none.
    """

    claims: Mapping[str, Any]
    endorsements: frozenset[str]


@dataclass(frozen=True)
class _SigningKey:
    key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """The public keys that the Bot Framework signs with, fetched when needed and kept."""

    def __init__(
        self, metadata_url: str = OPENID_METADATA_URL, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Name the OpenID metadata document.

        Args:
            metadata_url: Only tests give another one than Microsoft's; no setting reaches this parameter.
            clock: Seconds that never go backwards.
        """
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, _SigningKey] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._fetching = asyncio.Lock()

    async def find(self, key_id: str) -> _SigningKey | None:
        """Return the key with this id, fetching the list when it is old or does not know the id.

        Raises:
            RefusedError: 503 when the keys cannot be fetched and none are left that may still be used.
        """
        # Whoever comes while the list is on its way waits for it, or is turned away for a key that is in it.
        if self._wants_fetch(key_id) or (self._fetching.locked() and key_id not in self._keys):
            async with self._fetching:
                if self._wants_fetch(key_id):
                    await self._fetch()
        if self._age(self._fetched_at) > _KEYS_USABLE_SECONDS:
            raise RefusedError(503, "signing keys unavailable")
        return self._keys.get(key_id)

    def _age(self, moment: float | None) -> float:
        return float("inf") if moment is None else self._clock() - moment

    def _wants_fetch(self, key_id: str) -> bool:
        pause = _PAUSE_BETWEEN_FETCHES_SECONDS if self._keys else _PAUSE_WITHOUT_KEYS_SECONDS
        if self._age(self._tried_at) < pause:
            return False
        return key_id not in self._keys or self._age(self._fetched_at) > _KEYS_FRESH_SECONDS

    async def _fetch(self) -> None:
        self._tried_at = self._clock()
        try:
            async with aiohttp.ClientSession(timeout=_FETCH_TIMEOUT) as session:
                metadata = await _get_json(session, self._metadata_url)
                key_set = await _get_json(session, str(metadata["jwks_uri"]))
            keys = _read_keys(key_set)
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            _log.warning("signing_keys_not_fetched", exc_info=True)
            return
        self._keys = keys
        self._fetched_at = self._clock()
        _log.info("signing_keys_fetched", keys=len(keys))


async def _get_json(session: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    async with session.get(url, raise_for_status=True, proxy=proxy_for(URL(url))) as response:
        document = json.loads(await response.read())
    if not isinstance(document, dict):
        raise TypeError("expected a JSON object")
    return document


def _read_keys(key_set: Mapping[str, Any]) -> dict[str, _SigningKey]:
    keys: dict[str, _SigningKey] = {}
    for entry in key_set["keys"]:
        if entry.get("kty") != "RSA" or "kid" not in entry:
            continue
        key = RSAAlgorithm.from_jwk(entry)
        if isinstance(key, RSAPublicKey):
            keys[entry["kid"]] = _SigningKey(key, frozenset(entry.get("endorsements") or ()))
    if not keys:
        raise ValueError("no RSA key in the key set")
    return keys


class TokenChecker:
    """Checks the `Authorization` header of requests."""

    def __init__(self, app_id: str, keys: SigningKeys) -> None:
        self._app_id = app_id
        self._keys = keys

    async def check(self, header: str | None) -> Caller:
        """Return who sent the request.

        Args:
            header: The value of the `Authorization` header.

        Raises:
            RefusedError: 401 for anything but a valid token of the channel for this bot; 503 when Microsoft's
                keys cannot be had.
        """
        token = _bearer_token(header)
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise RefusedError(401, "unknown signing key")
        try:
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud", "serviceurl"], "strict_aud": True},
            )
        except jwt.ExpiredSignatureError as error:
            raise RefusedError(401, "token expired") from error
        except jwt.InvalidAudienceError as error:
            raise RefusedError(401, "token for another app") from error
        except jwt.InvalidIssuerError as error:
            raise RefusedError(401, "token of another issuer") from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise RefusedError(401, "invalid token") from error
        return Caller(claims, key.endorsements)


class AnonymousChecker:
    """Lets everybody in: for a bot on a loopback address, which the settings make sure of."""

    async def check(self, _header: str | None) -> Caller:
        """Return a caller of whom nothing is known."""
        return Caller({}, frozenset())


def _bearer_token(header: str | None) -> str:
    scheme, _, token = (header or "").partition(" ")
    token = token.strip()
    if not token:
        raise RefusedError(401, "token missing")
    if scheme.lower() != "bearer":
        raise RefusedError(401, "not a bearer token")
    return token


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise RefusedError(401, "malformed token") from error
    key_id = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(key_id, str):
        raise RefusedError(401, "wrong signing algorithm")
    return key_id
