"""The SDK's adapter, made fit for one municipality in Teams: who may enter, how replies leave, what errors become.

`CloudAdapter` builds a REST client and a token client for every turn; here both are replaced by the one
`Connector` of the application, so a reply in a turn and a notice outside of one take the same way.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.authentication import AnonymousChecker, Caller, RefusedError, SigningKeys, TokenChecker
from bot.config import Settings
from bot.connector import Connector
from bot.credentials import SCOPE, credentials_for
from bot.delivery import ConnectorError, Outcome, Sent
from bot.logs import current_reference, logger
from bot.service_url import ServiceUrls

OnTurn = Callable[[TurnContext], Awaitable[None]]
ErrorText = Callable[[str | None, str], str]
"""Makes the sentence that a person reads after an error, from their locale and the reference id."""

CARD_ACTION = "adaptiveCard/action"
_LOGGED_TENANT = re.compile(r"[0-9a-f-]{1,40}")

_log = logger("adapter")


class TurnFailedError(Exception):
    """A turn failed, and its person could not be told."""


class TeamsAdapter(CloudAdapter):  # type: ignore[misc] # the SDK ships no types
    """Runs turns for requests that were let in, and carries their replies to Teams."""

    def __init__(
        self,
        *,
        checker: TokenChecker | AnonymousChecker,
        connector: Connector,
        service_urls: ServiceUrls,
        allowed_tenants: frozenset[str],
        error_text: ErrorText,
    ) -> None:
        """Compose the adapter.

        Args:
            checker: Looks at the `Authorization` header.
            connector: Carries replies.
            service_urls: Service URLs that a request may name.
            allowed_tenants: Tenants whose people are answered; empty means any, which only an anonymous bot has.
            error_text: What a person reads after an error.
        """
        super().__init__(_ApplicationConnector(connector))
        self.connector = connector
        self._checker = checker
        self._service_urls = service_urls
        self._allowed_tenants = allowed_tenants
        self._error_text = error_text
        self.on_turn_error = self._turn_failed

    async def check_header(self, header: str | None) -> Caller:
        """Check a request's token, before its body is read.

        Raises:
            RefusedError: 401 without a valid token, 503 when Microsoft's keys cannot be had.
        """
        return await self._checker.check(header)

    async def run_turn(self, caller: Caller, activity: Activity, on_turn: OnTurn) -> InvokeResponse | None:
        """Run one turn for an activity.

        Args:
            caller: From `check_header`.
            activity: The request's body.
            on_turn: The turn itself.

        Returns:
            What an invoke is answered with; None for everything else.

        Raises:
            RefusedError: 401 or 403; the turn was not run.
            TurnFailedError: The turn raised, and the person could not be told.
        """
        self._check_activity(caller, activity)
        # The SDK of this version fails on its own answer to `expectReplies`; replies are sent as usual instead.
        activity.delivery_mode = None
        admitted = AuthenticateRequestResult()
        admitted.claims_identity = ClaimsIdentity(dict(caller.claims), is_authenticated=True)
        admitted.audience = SCOPE
        admitted.connector_factory = self.bot_framework_authentication.create_connector_factory(
            admitted.claims_identity
        )
        answer: InvokeResponse | None = await self.process_activity(admitted, activity, on_turn)
        return answer

    def _check_activity(self, caller: Caller, activity: Activity) -> None:
        """Compare what the activity says of itself with what its token says, and with who may enter."""
        if caller.claims and caller.claims.get("serviceurl") != activity.service_url:
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "service url differs from the token")
        if caller.endorsements and activity.channel_id not in caller.endorsements:
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "signing key not meant for this channel")
        if not self._service_urls.trusts(activity.service_url):
            raise RefusedError(HTTPStatus.FORBIDDEN, "service url not trusted")
        if not self._allowed_tenants:
            return
        tenants = {tenant for tenant in _tenants(caller, activity) if tenant}
        if not tenants:
            raise RefusedError(HTTPStatus.FORBIDDEN, "tenant missing")
        if foreign := tenants - self._allowed_tenants:
            named = [tenant if _LOGGED_TENANT.fullmatch(tenant) else "malformed" for tenant in sorted(foreign)]
            _log.warning("foreign_tenant", tenants=named)
            raise RefusedError(HTTPStatus.FORBIDDEN, "tenant not allowed")

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Send a turn's replies, in order. See the SDK's `BotAdapter`.

        Raises:
            ConnectorError: A reply could not be delivered; the ones after it were not tried.
        """
        responses = []
        for activity in activities:
            response = ResourceResponse(id="")
            if activity.type == ActivityTypes.invoke_response:
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            elif activity.type != ActivityTypes.trace:
                sent = await self.connector.send(_reference(context), activity)
                response = ResourceResponse(id=_delivered(sent).activity_id)
            responses.append(response)
        return responses

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace an activity in place. See `send_activities` for what is raised."""
        sent = await self.connector.update(_reference(context), activity.id, activity)
        return ResourceResponse(id=_delivered(sent).activity_id or activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Remove an activity. See `send_activities` for what is raised."""
        _delivered(await self.connector.delete(_reference(context), reference.activity_id))

    async def _turn_failed(self, context: TurnContext, error: Exception) -> None:
        """Log an error with the reference id, and tell the person what to quote."""
        reference = current_reference()
        activity = context.activity
        _log.error("turn_failed", activity_type=activity.type, exc_info=error)
        text = self._error_text(activity.locale, reference)
        if activity.type == ActivityTypes.invoke:
            answer = _card_error(text) if activity.name == CARD_ACTION else _invoke_error(text, reference)
            context.turn_state[self._INVOKE_RESPONSE_KEY] = Activity(
                type=ActivityTypes.invoke_response, value=answer
            )
            return
        if activity.type != ActivityTypes.message:
            raise TurnFailedError from error
        try:
            await context.send_activity(text)
        except ConnectorError as unsent:
            raise TurnFailedError from unsent


def adapter_for(settings: Settings, error_text: ErrorText) -> TeamsAdapter:
    """Build the adapter that the settings describe, towards Microsoft's own services."""
    service_urls = ServiceUrls(anonymous=settings.anonymous)
    checker = AnonymousChecker() if settings.anonymous else TokenChecker(settings.app_id, SigningKeys())
    return TeamsAdapter(
        checker=checker,
        connector=Connector(credentials_for(settings), service_urls),
        service_urls=service_urls,
        allowed_tenants=settings.allowed_tenants,
        error_text=error_text,
    )


def _tenants(caller: Caller, activity: Activity) -> Iterable[str]:
    """Every tenant that a request names: all of them must be allowed."""
    channel_data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    tenant = channel_data.get("tenant")
    yield str(tenant.get("id") or "").lower() if isinstance(tenant, dict) else ""
    # The SDK misspells this property (`tenantID`), so what Teams sends lands among the unknown ones.
    yield str(activity.conversation.additional_properties.get("tenantId") or "").lower()
    yield str(caller.claims.get("tid") or "").lower()


def _reference(context: TurnContext) -> ConversationReference:
    return TurnContext.get_conversation_reference(context.activity)


def _delivered(sent: Sent) -> Sent:
    if sent.outcome is not Outcome.DELIVERED:
        raise ConnectorError(sent)
    return sent


def _card_error(text: str) -> InvokeResponse:
    """Answer an `Action.Execute` so that Teams shows the text at the card (Universal Actions, error response)."""
    body = {
        "statusCode": int(HTTPStatus.INTERNAL_SERVER_ERROR),
        "type": "application/vnd.microsoft.error",
        "value": {"code": "InternalServerError", "message": text},
    }
    return InvokeResponse(status=int(HTTPStatus.OK), body=body)


def _invoke_error(text: str, reference: str) -> InvokeResponse:
    return InvokeResponse(
        status=int(HTTPStatus.INTERNAL_SERVER_ERROR), body={"error": text, "reference": reference}
    )


class _ApplicationConnector(BotFrameworkAuthentication, ConnectorFactory):  # type: ignore[misc] # see above
    """Gives the SDK the application's connector wherever it would build a client of its own.

    Tokens are checked by `TokenChecker` before the SDK sees a request, so nothing here authenticates.
    """

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    def create_connector_factory(self, _claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return self

    async def create(self, _service_url: str, _audience: str | None = None) -> Connector:
        return self._connector

    async def create_user_token_client(self, _claims_identity: ClaimsIdentity) -> None:
        """Return nothing: this bot signs nobody in."""

    def get_originating_audience(self) -> str:
        return SCOPE

    async def authenticate_request(self, _activity: Activity, _auth_header: str) -> AuthenticateRequestResult:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "not by this way")

    async def authenticate_streaming_request(
        self, _auth_header: str, _channel_id_header: str
    ) -> AuthenticateRequestResult:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "no streaming")

    def create_bot_framework_client(self) -> Any:
        raise NotImplementedError("this bot calls no other bots")
