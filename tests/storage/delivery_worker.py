"""A notifier that can be killed: it prints the key of every notice it delivers, and hangs with some in flight.

`python -m tests.storage.delivery_worker URL NUMBER` delivers and acknowledges NUMBER notices, delivers the next
ones without acknowledging them, prints "hanging" and waits for its end.
"""

from __future__ import annotations

import asyncio
import sys

from storage import Database
from storage.outbox import Outbox

AT_ONCE = 5


async def work(url: str, acknowledged: int) -> None:
    """Deliver by printing."""
    outbox = Outbox(await Database.open(url), pace=None)
    done = 0
    while True:
        for claimed in await outbox.claim(AT_ONCE):
            sys.stdout.write(f"{claimed.notice.dedup_key}\n")
            if done < acknowledged:
                await outbox.sent(claimed)
                done += 1
        if done >= acknowledged:
            sys.stdout.write("hanging\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], int(sys.argv[2])))
