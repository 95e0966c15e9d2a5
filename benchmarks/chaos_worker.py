"""One process that delivers, made to be killed: the bot's own notifier, postman and connector, and no web server.

`python -m benchmarks.chaos_worker DATABASE_URL LEASE_SECONDS` delivers until its end. With the product's lease of
60 seconds an attempt waits 10 seconds and a delivery 20, as in the product; a shorter lease shortens all alike.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

from bot.catalogues import Catalogues
from bot.config import Settings
from bot.connector import ATTEMPT_SECONDS, Connector
from bot.credentials import NoCredentials
from bot.delivery import Backoff
from bot.links import links_for
from bot.logs import set_up_logging
from bot.notifier import Notifier
from bot.postman import Postman
from bot.service_url import ServiceUrls
from bot.who_is_who import WhoIsWho
from centre.clock import DanishClock
from storage import Database
from storage.outbox import LEASE, Outbox


async def deliver(url: str, lease_seconds: float) -> None:
    """Deliver until killed."""
    scale = lease_seconds / LEASE.total_seconds()
    backoff = Backoff(budget=Backoff().budget * scale)
    database = await Database.open(url)
    async with Connector(
        NoCredentials(),
        ServiceUrls(anonymous=True),
        backoff=backoff,
        attempt_seconds=ATTEMPT_SECONDS * scale,
    ) as connector:
        who = WhoIsWho(database, connector)
        clock = DanishClock()
        links = links_for(Settings(anonymous=True, host="127.0.0.1"), clock)
        postman = Postman(database, connector, Catalogues(database), who, clock, links)
        outbox = Outbox(database, lease=timedelta(seconds=lease_seconds))
        await Notifier(database, outbox, postman).run()


if __name__ == "__main__":
    set_up_logging("ERROR", "text")
    asyncio.run(deliver(sys.argv[1], float(sys.argv[2])))
