# ruff: noqa: PLC0415 - each process loads one engine and no other
"""The three peers as servers for `benchmarks.turn`, each a bare echo as its own documentation builds one.

`python -m benchmarks.turn_peers ENGINE PORT TEAMS_PORT`. Each checks the token of every request with its own code
against the same keys as ours, and sends its reply with an access token that is there already.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.turn_town import ACCESS_TOKEN, APP_ID, TENANT

if TYPE_CHECKING:
    from collections.abc import Callable


def stock_botbuilder(port: int, teams: str) -> None:
    """`CloudAdapter` of botbuilder-integration-aiohttp, with an `ActivityHandler`."""
    from aiohttp import web
    from botbuilder.core import ActivityHandler, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter
    from botframework.connector.auth import (
        AppCredentials,
        BotFrameworkAuthenticationFactory,
        ChannelValidation,
        PasswordServiceClientCredentialFactory,
    )

    class HasToken(AppCredentials):
        def get_access_token(self, force_refresh: bool = False) -> str:  # noqa: ARG002 - the SDK's shape
            return ACCESS_TOKEN

    class GivesToken(PasswordServiceClientCredentialFactory):
        async def create_credentials(self, app_id: str, *_: object, **__: object) -> AppCredentials:
            return HasToken(app_id, TENANT)

    class Echo(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(turn_context.activity.text)

    ChannelValidation.open_id_metadata_endpoint = f"{teams}/openidconfiguration"
    adapter = CloudAdapter(
        BotFrameworkAuthenticationFactory.create(credential_factory=GivesToken(APP_ID, "secret", tenant_id=TENANT))
    )
    bot = Echo()

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


def agents_sdk(port: int, teams: str) -> None:
    """`CloudAdapter` of microsoft-agents-hosting-aiohttp with its token middleware, and an `ActivityHandler`."""
    from aiohttp import web
    from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
    from microsoft_agents.hosting.core import ActivityHandler, AgentAuthConfiguration, TurnContext
    from microsoft_agents.hosting.core.authorization import AnonymousTokenProvider, ConnectionManager
    from microsoft_agents.hosting.core.authorization._entra_issuers import (
        BOTFRAMEWORK_JWKS_URIS,
        BOTFRAMEWORK_PUBLIC_ISSUER,
    )

    class HasToken(AnonymousTokenProvider):
        async def get_access_token(self, *_: object, **__: object) -> str:
            return ACCESS_TOKEN

    class Echo(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(turn_context.activity.text)

    BOTFRAMEWORK_JWKS_URIS[BOTFRAMEWORK_PUBLIC_ISSUER] = f"{teams}/keys"
    configuration = AgentAuthConfiguration(client_id=APP_ID, tenant_id=TENANT, client_secret="secret")  # noqa: S106 - no secret
    connections = ConnectionManager(lambda _: HasToken(), {"SERVICE_CONNECTION": configuration})
    adapter = CloudAdapter(connection_manager=connections)
    bot = Echo()

    async def messages(request: web.Request) -> web.Response | None:
        return await adapter.process(request, bot)

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app["agent_configuration"] = configuration
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


def teams_sdk(port: int, teams: str) -> None:
    """`App` of microsoft-teams-apps on its own server: FastAPI on uvicorn, which takes uvloop where it is."""
    from microsoft_teams.api import MessageActivity  # noqa: TC002 - read when the handler is registered
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
    from microsoft_teams.apps import ActivityContext, App

    app = App(
        client_id=APP_ID,
        tenant_id=TENANT,
        token=lambda *_: ACCESS_TOKEN,
        cloud=with_overrides(PUBLIC, openid_metadata_url=f"{teams}/openidconfiguration"),
    )

    @app.on_message
    async def echo(context: ActivityContext[MessageActivity]) -> None:
        await context.send(context.activity.text)

    asyncio.run(app.start(port))


ENGINES: dict[str, Callable[[int, str], Any]] = {
    "stock-botbuilder": stock_botbuilder,
    "agents-sdk": agents_sdk,
    "teams-sdk": teams_sdk,
}

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    ENGINES[sys.argv[1]](int(sys.argv[2]), f"http://127.0.0.1:{sys.argv[3]}")
