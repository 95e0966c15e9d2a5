"""Speaking to Teams: the one place where the bot sends, with the retries that Teams asks for.

The SDK's connector client is not used for this. It is built anew for every turn, sends with `requests` in a
thread, fetches tokens on the event loop and never retries. Here one pool of kept connections serves all service
URLs, in a turn and outside of one alike.

Sending is not exactly-once and cannot be: Teams takes no idempotency key, so a connection that breaks after Teams
took the message makes a second message. What may double is harmless by design (cards are updated in place).

Every request waits for its turn in `bot/pace.py`, attempts of the same message included.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import quote, urlencode

import aiohttp
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, ConversationReference
from yarl import URL

from bot.activity_json import written
from bot.credentials import Credentials, NoAccessTokenError
from bot.delivery import (
    RETRIED_STATUSES,
    SENDING,
    Answer,
    Backoff,
    ConnectorError,
    Outcome,
    Sending,
    Sent,
    failure_of,
    no_answer,
    retry_after_seconds,
)
from bot.logs import logger
from bot.outgoing import proxy_for
from bot.pace import Pace, TooFastError
from bot.service_url import ServiceUrls

_MOST_CONNECTIONS = 100
_MOST_CONNECTIONS_PER_HOST = 20
_KEEP_ALIVE_SECONDS = 60
ATTEMPT_SECONDS = 10.0
_MEMBERS_PER_PAGE = 500  # the most that Teams gives
_MOST_PAGES = 50  # a team has at most 25,000 members

_log = logger("connector")


@dataclass(frozen=True)
class Member:
    """A person in a team or conversation, as Teams describes them.

    Attributes:
        id: The person's id towards this bot (`29:...`).
        object_id: The person's Entra object id.
        name: Display name.
        email: E-mail address; may be empty.
        user_principal_name: Sign-in name; may be empty.
        tenant_id: The person's tenant.
    """

    id: str
    object_id: str
    name: str
    email: str
    user_principal_name: str
    tenant_id: str


class Connector:
    """Requests to the Bot Connector service. Open it once, use it everywhere, close it with the application."""

    def __init__(
        self,
        credentials: Credentials,
        service_urls: ServiceUrls,
        *,
        backoff: Backoff | None = None,
        attempt_seconds: float = ATTEMPT_SECONDS,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Keep what requests are made with; connections are opened by `open`.

        Args:
            credentials: What requests are signed with.
            service_urls: Where a token may be sent.
            backoff: How often and how long to try.
            attempt_seconds: How long to wait for an answer.
            pace: Other limits than Teams' own; only benchmarks give one.
            sleep: Waits between attempts.
            clock: Seconds that never go backwards, for the time budget.
            now: The time of day, for `Retry-After` dates.
        """
        self._credentials = credentials
        self._service_urls = service_urls
        self._backoff = backoff or Backoff()
        self._timeout = aiohttp.ClientTimeout(total=attempt_seconds, connect=attempt_seconds / 2)
        self._pace = pace or Pace(clock=clock, sleep=sleep)
        self._sleep = sleep
        self._clock = clock
        self._now = now
        self._session: aiohttp.ClientSession | None = None
        self.on_retry: Callable[[int], None] = lambda _status: None
        """Called with the status (0: no answer) before a request is made again."""

    async def open(self) -> None:
        """Make the pool of connections. Needs the running event loop."""
        if self._session is None:
            pool = aiohttp.TCPConnector(
                limit=_MOST_CONNECTIONS,
                limit_per_host=_MOST_CONNECTIONS_PER_HOST,
                keepalive_timeout=_KEEP_ALIVE_SECONDS,
            )
            self._session = aiohttp.ClientSession(
                connector=pool,
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "Kompetencebot"},
            )

    async def close(self) -> None:
        """Close every connection. Requests fail from now on."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def send(self, reference: ConversationReference, activity: Activity) -> Sent:
        """Send an activity into a conversation; a channel's id as conversation id starts a new thread there.

        Args:
            reference: Needs the service URL and the conversation; the bot as sender if it is known.
            activity: What to send. It is not changed.

        Returns:
            What became of it. Never raises for an answer of Teams or for a network that fails.
        """
        path = f"v3/conversations/{_segment(reference.conversation.id)}/activities"
        if activity.reply_to_id:
            path += f"/{_segment(activity.reply_to_id)}"
        return await self._deliver("POST", reference, path, _addressed(activity, reference))

    async def update(self, reference: ConversationReference, activity_id: str, activity: Activity) -> Sent:
        """Replace an activity that was sent before, in place. See `send` for arguments and result."""
        path = f"v3/conversations/{_segment(reference.conversation.id)}/activities/{_segment(activity_id)}"
        return await self._deliver("PUT", reference, path, {**_addressed(activity, reference), "id": activity_id})

    async def delete(self, reference: ConversationReference, activity_id: str) -> Sent:
        """Remove an activity that was sent before. See `send` for the result."""
        path = f"v3/conversations/{_segment(reference.conversation.id)}/activities/{_segment(activity_id)}"
        return await self._deliver("DELETE", reference, path, None)

    async def create_personal_conversation(
        self, service_url: str, *, bot_id: str, tenant_id: str, person_id: str
    ) -> ConversationReference:
        """Find or make the personal chat between the bot and a person, who must have the app installed.

        Args:
            service_url: A service URL seen in the same tenant.
            bot_id: `28:` and the app id.
            tenant_id: The person's tenant.
            person_id: The person's Entra object id, or their `29:` id.

        Returns:
            A reference to send to.

        Raises:
            ConnectorError: Teams did not make it; `NOT_INSTALLED` where the person lacks the app.
        """
        body = {
            "isGroup": False,
            "bot": {"id": bot_id},
            "members": [{"id": person_id}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        conversation_id = (await self._ask("POST", service_url, "v3/conversations", body)).get("id")
        if not isinstance(conversation_id, str) or not conversation_id:
            raise ConnectorError(no_answer("no conversation id"))
        return ConversationReference(
            bot=ChannelAccount(id=bot_id),
            user=ChannelAccount(id=person_id),
            conversation=ConversationAccount(
                id=conversation_id, conversation_type="personal", tenant_id=tenant_id
            ),
            channel_id="msteams",
            service_url=service_url,
        )

    async def members(self, service_url: str, conversation_id: str) -> list[Member]:
        """Return everybody in a team (by the team's id) or conversation, page by page.

        Raises:
            ConnectorError: Teams did not answer, or the bot is not in there.
        """
        members: list[Member] = []
        token = ""
        for _ in range(_MOST_PAGES):
            query = {"pageSize": str(_MEMBERS_PER_PAGE), **({"continuationToken": token} if token else {})}
            path = f"v3/conversations/{_segment(conversation_id)}/pagedmembers?{urlencode(query)}"
            page = await self._ask("GET", service_url, path, None)
            entries = page.get("members")
            members += [_member(entry) for entry in entries or [] if isinstance(entry, dict)]
            token = _text(page, "continuationToken")
            if not token:
                break
        return members

    async def member(self, service_url: str, conversation_id: str, person_id: str) -> Member | None:
        """Return one person of a team or conversation, or None where they are not in it.

        Raises:
            ConnectorError: Teams did not answer, or the bot is not in there.
        """
        path = f"v3/conversations/{_segment(conversation_id)}/members/{_segment(person_id)}"
        try:
            return _member(await self._ask("GET", service_url, path, None))
        except ConnectorError as error:
            if error.sent.outcome is Outcome.GONE:
                return None
            raise

    async def _deliver(
        self, method: str, reference: ConversationReference, path: str, body: dict[str, Any] | None
    ) -> Sent:
        result = await self._request(method, reference.service_url, path, body, reference.conversation.id)
        if isinstance(result, Sent):
            return result
        activity_id = _text(result.json(), "id")
        return Sent(Outcome.DELIVERED, activity_id=activity_id, status=result.status, requests=result.requests)

    async def _ask(self, method: str, service_url: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        result = await self._request(method, service_url, path, body)
        if isinstance(result, Sent):
            raise ConnectorError(result)
        return result.json()

    async def _request(
        self, method: str, service_url: str, path: str, body: dict[str, Any] | None, conversation: str = ""
    ) -> Answer | Sent:
        """Make a request until it succeeds, is refused, or its time is over; a Sent is a failure."""
        if not self._service_urls.trusts(service_url):
            _log.error("service_url_not_trusted")
            return Sent(Outcome.REFUSED, code="service url not trusted", requests=0)
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        place = conversation.partition(";")[0]  # the threads of a channel count together, to be on the safe side
        sending = SENDING.get() or Sending()
        ends_at = self._clock() + self._backoff.budget
        for attempt in range(1, self._backoff.attempts + 1):
            try:
                patience = 0.0 if sending.hurried else ends_at - self._clock()
                async with self._pace.request(place, patience):
                    answer = await self._answer(method, url, body, sending)
            except TooFastError as full:
                return _own_pace(full.seconds, attempt - 1)
            except NoAccessTokenError:
                return no_answer("no access token")
            failure = answer if isinstance(answer, Sent) else failure_of(answer, self._now())
            if isinstance(answer, Answer):
                if answer.is_success:
                    return replace(answer, requests=attempt)
                if answer.status not in RETRIED_STATUSES:
                    break
            asked = None if isinstance(answer, Sent) else retry_after_seconds(answer.retry_after, self._now())
            if asked and failure.status == HTTPStatus.TOO_MANY_REQUESTS:
                self._pace.hold(place, asked)
            pause = self._backoff.pause(attempt, asked)
            if attempt == self._backoff.attempts or self._clock() + pause >= ends_at or sending.hurried:
                break
            _log.info("teams_retry", method=method, attempt=attempt, status=failure.status, pause=round(pause, 2))
            self.on_retry(failure.status)
            await self._sleep(pause)
        _log.warning(
            "teams_failed", method=method, outcome=failure.outcome, status=failure.status, code=failure.code
        )
        return replace(failure, requests=attempt)

    async def _answer(self, method: str, url: URL, body: dict[str, Any] | None, sending: Sending) -> Answer | Sent:
        """Make one request; a Sent says that there was no answer."""
        try:
            return await self._attempt(method, url, body, sending)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return no_answer(type(error).__name__)

    async def _attempt(self, method: str, url: URL, body: dict[str, Any] | None, sending: Sending) -> Answer:
        if self._session is None:
            raise RuntimeError("the connector is not open")
        token = await self._credentials.token()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        sending.at_teams = method != "GET"
        # A redirect would carry the token to a host that nobody checked.
        async with self._session.request(
            method, url, json=body, headers=headers, allow_redirects=False, proxy=proxy_for(url)
        ) as response:
            answer = Answer(response.status, response.headers.get("Retry-After", ""), await response.read())
        sending.at_teams = sending.at_teams and answer.is_success
        if answer.status == HTTPStatus.UNAUTHORIZED and token:
            self._credentials.forget(token)
        return answer


def _own_pace(seconds: float, requests: int) -> Sent:
    """Describe a delivery that was not made (again), because Teams would have been asked too often."""
    return Sent(
        Outcome.RETRY_LATER,
        retry_after=seconds,
        status=HTTPStatus.TOO_MANY_REQUESTS,
        code="own pace",
        requests=requests,
    )


def _segment(text: str) -> str:
    """Escape an id of Teams (`19:...@thread.tacv2;messageid=...`) for use between two slashes."""
    return quote(text, safe="")


def _addressed(activity: Activity, reference: ConversationReference) -> dict[str, Any]:
    """Return the activity as JSON, with the conversation and the sender filled in where it has none."""
    body: dict[str, Any] = written(activity)
    body.setdefault("type", "message")
    body.setdefault("channelId", reference.channel_id or "msteams")
    body.setdefault("conversation", written(reference.conversation))
    if reference.bot is not None:
        body.setdefault("from", written(reference.bot))
    if reference.user is not None:
        body.setdefault("recipient", written(reference.user))
    return body


def _member(entry: dict[str, Any]) -> Member:
    return Member(
        id=_text(entry, "id"),
        object_id=_text(entry, "aadObjectId") or _text(entry, "objectId"),
        name=_text(entry, "name"),
        email=_text(entry, "email"),
        user_principal_name=_text(entry, "userPrincipalName"),
        tenant_id=_text(entry, "tenantId"),
    )


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
