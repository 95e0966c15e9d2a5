"""How much one person, and one municipality, may ask of a replica: a stuck client holds up nobody else.

Every message and every click counts. Whoever is too fast is told once, kindly, that the last one was not dealt
with; what follows is passed over until there is room again. Other replicas count for themselves, so that nothing
has to be asked before a turn; a proxy that shares turns out evenly thereby allows as many times more.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes

from bot.inbound import CARD_ACTION, tenant_of
from bot.logs import current_reference, logger
from bot.speech import speak
from dialogs.replies import Say, Whisper
from dialogs.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from botbuilder.core import TurnContext

    from bot.adapter import OnTurn
    from bot.config import Settings
    from bot.metrics import Metrics

BURST_SECONDS = 15.0
"""What a quarter of a minute may bring is taken at once: people click quickly, and Teams may be late."""
MOST_REMEMBERED = 50_000
"""Callers that are remembered; beyond that, those who are silent are forgotten."""

_COUNTED = frozenset({ActivityTypes.message, ActivityTypes.invoke})

_log = logger("limits")


class Verdict(Enum):
    """What becomes of a message or click."""

    TAKEN = "taken"
    TOLD = "told"
    """Too fast, and to be told so: the first one of a flood."""
    PASSED_OVER = "passed over"


@dataclass(slots=True)
class _Caller:
    """When this caller's account is empty again, in seconds of the clock, and whether they were told."""

    clear_at: float
    told: bool = False


class Limit:
    """A rate per caller with room for a burst: the generic cell rate algorithm, one number a caller."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a limit.

        Args:
            per_minute: How much each caller may send; 0 for any number.
            clock: Seconds that never go backwards.
        """
        self._each = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._callers: dict[Hashable, _Caller] = {}

    def ask(self, caller: Hashable) -> Verdict:
        """Count one more of this caller's, if there is room for it."""
        now = self._clock()
        known = self._callers.get(caller)
        if known is None:
            known = self._remember(caller, now)
        clear_at = max(known.clear_at, now)
        if clear_at + self._each > now + max(BURST_SECONDS, self._each):
            told, known.told = known.told, True
            return Verdict.PASSED_OVER if told else Verdict.TOLD
        known.clear_at = clear_at + self._each
        known.told = False
        return Verdict.TAKEN

    def __len__(self) -> int:
        return len(self._callers)

    def _remember(self, caller: Hashable, now: float) -> _Caller:
        if len(self._callers) >= MOST_REMEMBERED:
            self._callers = {who: one for who, one in self._callers.items() if one.clear_at > now}
        if len(self._callers) >= MOST_REMEMBERED:
            self._callers.clear()  # too many at once to tell them apart; the tenant's limit still holds
        return self._callers.setdefault(caller, _Caller(now))


def limits_of(settings: Settings) -> tuple[Limit, Limit]:
    """Return the limits of a person and of a tenant."""
    return Limit(settings.person_per_minute), Limit(settings.tenant_per_minute)


class LimitedTurns:
    """Passes turns on within the limits; given to the server as its `OnTurn`."""

    def __init__(self, turns: OnTurn, person: Limit, tenant: Limit, metrics: Metrics) -> None:
        self._turns = turns
        self._person = person
        self._tenant = tenant
        self._metrics = metrics

    async def __call__(self, context: TurnContext) -> None:
        """Run the turn of an activity, or say that it came too fast."""
        activity = context.activity
        verdict = self._judge(activity) if activity.type in _COUNTED else Verdict.TAKEN
        if verdict is Verdict.TAKEN:
            await self._turns(context)
        elif activity.type == ActivityTypes.invoke and activity.name != CARD_ACTION:
            await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=_later(activity)))
        elif activity.type == ActivityTypes.invoke:
            await speak(context, [Whisper(_words(activity))])
        elif verdict is Verdict.TOLD:
            await speak(context, [Say(_words(activity))])

    def _judge(self, activity: Activity) -> Verdict:
        tenant, sender = tenant_of(activity), activity.from_property
        person = (sender.aad_object_id or sender.id) if sender else ""
        for name, limit, caller in (("person", self._person, (tenant, person)), ("tenant", self._tenant, tenant)):
            verdict = limit.ask(caller)
            if verdict is not Verdict.TAKEN:
                self._metrics.refused.labels(f"{name}-too-fast").inc()
                _log.warning("too_fast", of=name)
                return verdict
        return Verdict.TAKEN


def _words(activity: Activity) -> str:
    return texts_in(activity.locale or "")("too-fast")


def _later(activity: Activity) -> InvokeResponse:
    body = {"error": _words(activity), "reference": current_reference()}
    return InvokeResponse(status=int(HTTPStatus.TOO_MANY_REQUESTS), body=body)
