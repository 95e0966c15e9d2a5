"""Our bot as a server for `benchmarks.turn`: the service as it runs, with keys and connector on this machine.

`python -m benchmarks.turn_ours PORT TEAMS_PORT [DATABASE_URL]`; without a database the adapter echoes alone.
Two things differ from `app.py serve`. An access token is there already, as it is for an hour after Entra gave one.
And the limits that Teams sets to what a bot sends (`bot/pace.py`) are counted, but never reached.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from pydantic import SecretStr

from benchmarks.turn_town import ACCESS_TOKEN, APP_ID, TENANT
from bot.adapter import TeamsAdapter
from bot.authentication import SigningKeys, TokenChecker
from bot.config import Settings
from bot.connector import Connector
from bot.credentials import EntraCredentials
from bot.logs import set_up_logging
from bot.pace import Pace
from bot.server import create_app, serve
from bot.service import error_text, run_service
from bot.service_url import ServiceUrls
from bot.stopping import Stop

if TYPE_CHECKING:
    from botbuilder.core import TurnContext

UNREACHED = ((10**9, 1.0),)


async def echo(context: TurnContext) -> None:
    """Say the same again."""
    await context.send_activity(context.activity.text)


async def healthy() -> dict[str, bool]:
    """Nothing is needed."""
    return {"database": True}


def adapter_to(teams: str) -> TeamsAdapter:
    """Return the adapter of the product, beside a Teams on this machine."""
    urls = ServiceUrls(also=frozenset({teams}))
    credentials = EntraCredentials(lambda: {"access_token": ACCESS_TOKEN, "expires_in": 86_400})
    return TeamsAdapter(
        checker=TokenChecker(APP_ID, SigningKeys(f"{teams}/openidconfiguration")),
        connector=Connector(credentials, urls, pace=Pace(per_conversation=UNREACHED, per_tenant=UNREACHED)),
        service_urls=urls,
        allowed_tenants=frozenset({TENANT}),
        error_text=error_text,
    )


async def run(port: int, teams_port: int, database_url: str) -> None:
    """Serve until SIGTERM."""
    settings = Settings(
        app_id=APP_ID,
        app_password=SecretStr("no secret"),
        tenant_id=TENANT,
        allowed_tenants=frozenset({TENANT}),
        host="127.0.0.1",
        port=port,
        database_url=database_url,
    )
    set_up_logging(settings.log_level, settings.log_format)
    adapter = adapter_to(f"http://127.0.0.1:{teams_port}")
    if database_url:
        await run_service(settings, adapter)
    else:
        stop = Stop()
        app = create_app(settings, adapter, echo, health=healthy, stop=stop)
        await serve(app, settings.host, settings.port, stop)


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:])))
