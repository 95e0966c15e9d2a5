"""How Teams answers a request of the bot, what that means, and when to try again.

The table of answers: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability and
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

import json
import random
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

RETRIED_STATUSES = frozenset({412, 429, 502, 503, 504})

_LONGEST_WAIT_SECONDS = 3600.0
_WAIT_AFTER_FAILURE_SECONDS = 30.0
_WAIT_AFTER_BAD_CREDENTIALS_SECONDS = 300.0


class Outcome(StrEnum):
    """What became of a request to Teams, as the outbox needs to know it."""

    DELIVERED = "delivered"
    RETRY_LATER = "retry_later"
    """Nothing is wrong with the message; try again after `retry_after` seconds."""
    NOT_INSTALLED = "not_installed"
    """The bot is not in this conversation (any more, or yet): wait for `installationUpdate`."""
    BLOCKED = "blocked"
    """The person blocked the bot: drop the reference."""
    GONE = "gone"
    """The conversation, activity or person does not exist."""
    REFUSED = "refused"
    """Teams will never take this message: malformed, too large, or not allowed."""


_FORBIDDEN = {
    "ConversationBlockedByUser": Outcome.BLOCKED,
    "ForbiddenOperationException": Outcome.NOT_INSTALLED,
    "BotNotInConversationRoster": Outcome.NOT_INSTALLED,
    "BotDisabledByAdmin": Outcome.NOT_INSTALLED,
}


@dataclass(frozen=True)
class Sent:
    """The end of a delivery, retries included.

    Attributes:
        outcome: What became of it.
        activity_id: Id that Teams gave the activity; empty unless delivered, and for what has no id (typing).
        retry_after: Seconds to wait before another attempt; 0 unless the outcome is RETRY_LATER.
        status: HTTP status of the last answer; 0 when there was none.
        code: Teams' word for the error, such as `ConversationNotFound`.
        requests: How many requests it took.
    """

    outcome: Outcome
    activity_id: str = ""
    retry_after: float = 0.0
    status: int = 0
    code: str = ""
    requests: int = field(default=1, compare=False)


@dataclass(slots=True)
class Sending:
    """How far the current delivery is, for whoever may have to break it off.

    Attributes:
        begun: The task runs; one that does not yet would not notice that it is cancelled.
        at_teams: Teams may have the message: it was sent, and the answer is out or was yes.
        hurried: Nothing is waited for any more, neither the own pace nor a pause between attempts.
    """

    begun: bool = False
    at_teams: bool = False
    hurried: bool = False


SENDING: ContextVar[Sending | None] = ContextVar("sending", default=None)
"""Set by a task that delivers and may be broken off; the connector notes in it what it does."""


class ConnectorError(Exception):
    """A request to Teams did not succeed, retries included.

    Attributes:
        sent: What became of it.
    """

    def __init__(self, sent: Sent) -> None:
        super().__init__(f"{sent.outcome} ({sent.status} {sent.code})")
        self.sent = sent


@dataclass(frozen=True)
class Answer:
    """One HTTP answer of Teams.

    Attributes:
        status: HTTP status.
        retry_after: The `Retry-After` header, raw; empty if there was none.
        body: The whole body.
        requests: How many requests it took.
    """

    status: int
    retry_after: str
    body: bytes
    requests: int = 1

    @property
    def is_success(self) -> bool:
        """Whether Teams did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def json(self) -> dict[str, object]:
        """Return the body's JSON object; an empty one where the body is none."""
        try:
            document = json.loads(self.body) if self.body else {}
        except (ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}

    def error_code(self) -> str:
        """Return Teams' word for the error, or an empty string."""
        error = self.json().get("error")
        code = error.get("code") if isinstance(error, dict) else None
        return code[:80] if isinstance(code, str) else ""


def failure_of(answer: Answer, now: datetime) -> Sent:
    """Classify an answer that is no success."""
    code = answer.error_code()
    if answer.status == HTTPStatus.UNAUTHORIZED:
        # The bot's own credentials are at fault, not the message: keep it until they are mended.
        return Sent(
            Outcome.RETRY_LATER, retry_after=_WAIT_AFTER_BAD_CREDENTIALS_SECONDS, status=answer.status, code=code
        )
    if answer.status in RETRIED_STATUSES or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        wait = retry_after_seconds(answer.retry_after, now)
        wait = _WAIT_AFTER_FAILURE_SECONDS if wait is None else wait
        return Sent(Outcome.RETRY_LATER, retry_after=wait, status=answer.status, code=code)
    if answer.status == HTTPStatus.NOT_FOUND:
        return Sent(Outcome.GONE, status=answer.status, code=code)
    if answer.status == HTTPStatus.FORBIDDEN:
        return Sent(_FORBIDDEN.get(code, Outcome.REFUSED), status=answer.status, code=code)
    return Sent(Outcome.REFUSED, status=answer.status, code=code)


def no_answer(code: str, wait: float = _WAIT_AFTER_FAILURE_SECONDS) -> Sent:
    """Describe a delivery that got no answer: no connection, no token, or no time left."""
    return Sent(Outcome.RETRY_LATER, retry_after=wait, code=code)


def retry_after_seconds(header: str, now: datetime) -> float | None:
    """Read a `Retry-After` header (RFC 9110, 10.2.3): seconds, or an HTTP date.

    Returns:
        Seconds from now, at most one hour, or None where the header says nothing usable.
    """
    text = header.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST_WAIT_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_WAIT_SECONDS)


@dataclass(frozen=True)
class Backoff:
    """Pauses between attempts where Teams names none: doubling, with jitter so that replicas do not march in step.

    Attributes:
        first: Seconds before the second attempt.
        longest: No pause is longer than this many seconds.
        attempts: Attempts in all.
        budget: Seconds that a delivery may take, pauses included. A longer `Retry-After` is left to the caller.
        jitter: Returns a number from 0 up to 1.
    """

    first: float = 0.5
    longest: float = 8.0
    attempts: int = 5
    budget: float = 20.0
    jitter: Callable[[], float] = random.random

    def pause(self, attempt: int, asked: float | None) -> float:
        """Return the seconds to wait after the given attempt (1 for the first).

        A pause that Teams asked for is never shortened; jitter comes on top of it.
        """
        own = min(self.first * 2.0 ** (attempt - 1), self.longest) * (0.5 + self.jitter() / 2)
        return own if asked is None else max(own, asked + self.first * self.jitter())
