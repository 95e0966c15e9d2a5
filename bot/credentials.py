"""The access token with which the bot speaks to Teams: fetched off the event loop, kept until near its end.

MSAL knows all the ways in which Azure hands out such tokens, but its calls block and take a network round trip.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

import msal
import requests
from requests.adapters import HTTPAdapter

from bot.config import Settings
from bot.logs import logger

SCOPE = "https://api.botframework.com"
AUTHORITY = "https://login.microsoftonline.com/"

_RENEW_BEFORE_END_SECONDS = 300.0
_ANSWER_SECONDS = 10.0

_log = logger("credentials")


class NoAccessTokenError(Exception):
    """Entra gave no token: a wrong or expired secret, a missing identity, or no network."""


class Credentials(Protocol):
    """What a request to Teams is signed with."""

    async def token(self) -> str | None:
        """Return an access token, or None where none is used.

        Raises:
            NoAccessTokenError: No token could be had.
        """
        ...

    def forget(self, token: str) -> None:
        """Drop a token that Teams did not accept, so that the next request fetches a new one."""
        ...


class NoCredentials:
    """For anonymous mode: nothing is signed."""

    async def token(self) -> str | None:
        """Return no token."""
        return None

    def forget(self, token: str) -> None:
        """Do nothing."""


class EntraCredentials:
    """Tokens of the bot's app registration or managed identity."""

    def __init__(
        self, fetch: Callable[[], dict[str, Any]], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep the function that gets a token.

        Args:
            fetch: A blocking call that returns an OAuth 2 token answer (`access_token`, `expires_in`, or `error`).
            clock: Seconds that never go backwards.
        """
        self._fetch = fetch
        self._clock = clock
        self._token = ""
        self._renew_at = 0.0
        self._fetching = asyncio.Lock()

    async def token(self) -> str | None:
        """Return a token that is valid for some minutes more. See `Credentials.token`."""
        if not self._is_usable():
            async with self._fetching:
                if not self._is_usable():
                    await self._renew()
        return self._token

    def forget(self, token: str) -> None:
        """See `Credentials.forget`."""
        if token == self._token:
            self._token = ""

    def _is_usable(self) -> bool:
        return bool(self._token) and self._clock() < self._renew_at

    async def _renew(self) -> None:
        try:
            answer = await asyncio.to_thread(self._fetch)
        # MSAL lets errors of requests, of JSON and of its own through; all of them mean: no token.
        except Exception as error:
            _log.exception("access_token_not_fetched")
            raise NoAccessTokenError from error
        token = answer.get("access_token")
        if not isinstance(token, str):
            # `error` is a fixed OAuth 2 word such as invalid_client; the description may quote the request.
            _log.error("access_token_refused", error_code=answer.get("error"))
            raise NoAccessTokenError
        self._token = token
        lifetime = float(answer.get("expires_in", 0))
        self._renew_at = self._clock() + max(lifetime - _RENEW_BEFORE_END_SECONDS, lifetime / 2)


def credentials_for(
    settings: Settings,
    *,
    http_client: requests.Session | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Credentials:
    """Choose the credentials that the settings describe.

    Args:
        settings: Checked settings.
        http_client: Only tests give one, to answer in Entra's place; no setting reaches this parameter.
        clock: Seconds that never go backwards.
    """
    if settings.anonymous:
        return NoCredentials()
    return EntraCredentials(lambda: ask_for_token(settings, http_client), clock=clock)


def ask_for_token(settings: Settings, http_client: requests.Session | None = None) -> dict[str, Any]:
    """Ask Entra, or the machine's managed identity, once; blocks.

    Returns:
        An OAuth 2 token answer: `access_token` and `expires_in`, or `error`.

    Raises:
        Exception: Errors of MSAL, of JSON and of the network come through as they are.
    """
    ask = _managed_identity_token if settings.app_type == "UserAssignedMSI" else _client_secret_token
    return ask(settings, http_client or http_client_for_entra())


class _Impatient(HTTPAdapter):
    """Gives up on an answer that does not come; requests itself would wait for ever."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        return super().send(request, *args, **{**kwargs, "timeout": kwargs.get("timeout") or _ANSWER_SECONDS})


def http_client_for_entra() -> requests.Session:
    """Return what MSAL makes its requests with. It takes proxies from the environment."""
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Impatient())
    return session


def _client_secret_token(settings: Settings, http_client: requests.Session) -> dict[str, Any]:
    # A new application each time, about once an hour, so that MSAL's cache cannot return a token that was refused.
    application = msal.ConfidentialClientApplication(
        settings.app_id,
        client_credential=settings.app_password.get_secret_value(),
        authority=AUTHORITY + settings.tenant_id,
        http_client=http_client,
    )
    answer: dict[str, Any] = application.acquire_token_for_client([f"{SCOPE}/.default"])
    return answer


def _managed_identity_token(settings: Settings, http_client: requests.Session) -> dict[str, Any]:
    identity = msal.ManagedIdentityClient(
        msal.UserAssignedManagedIdentity(client_id=settings.app_id),
        http_client=http_client,
    )
    answer: dict[str, Any] = identity.acquire_token_for_client(resource=SCOPE)
    return answer
