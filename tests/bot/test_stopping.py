"""SIGTERM to a real process: what still runs, what is handed over, and how long it all takes."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientError, ClientSession, web

from bot import stopping
from bot.authentication import RefusedError
from bot.demo.people import TENANT as DEMO_TENANT
from bot.notifier import Notifier
from bot.stopping import Stop
from centre.notices import QUEUE, Notice, NoticeKind
from centre.queue_query import Criteria
from storage import Database
from storage.outbox import Outbox
from tests.bot.fake_teams import TENANT
from tests.bot.processes import ROOT, Serving, playground, post, serving
from tests.bot.town_in_teams import town_in_teams

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from tests.databases import PostgresServer

LIMIT_SECONDS = 20


async def stopped(bot: Serving, since: float) -> float:
    """Wait for the end of a process that was told to stop; return the seconds it took."""
    async with asyncio.timeout(60):
        assert await bot.process.wait() == 0, bot.lines[-20:]
    return time.monotonic() - since


async def test_a_stopping_bot_says_so_first_and_serves_until_proxies_have_seen_it(tmp_path: Path) -> None:
    async with (
        playground() as ground,
        ClientSession() as http,
        serving(tmp_path / "notice.sqlite", ground.port, STOP_NOTICE_SECONDS=3) as bot,
    ):
        assert await post(http, bot, ground.message("hej", 1))
        since = time.monotonic()
        bot.process.send_signal(signal.SIGTERM)
        await bot.stopping.wait()
        async with http.get(f"{bot.url}/readyz") as response:
            assert (response.status, response.headers["Connection"]) == (503, "close")
            assert await response.json() == {"ready": False, "checks": {"stopping": False}}
        async with http.get(f"{bot.url}/healthz") as response:
            assert response.status == 200
        before = len(ground.said())
        assert await post(http, bot, ground.message("hej", 2))
        assert len(ground.said()) > before
        assert await stopped(bot, since) < LIMIT_SECONDS


async def test_a_turn_that_teams_keeps_waiting_is_cut_and_its_answer_given_after_the_restart(
    tmp_path: Path,
) -> None:
    file = tmp_path / "cut.sqlite"
    async with playground() as ground, ClientSession() as http:
        speaking = asyncio.Event()

        async def never_answers(_tail: str) -> None:
            speaking.set()
            await asyncio.Event().wait()

        async with serving(file, ground.port) as bot:
            ground.reached = never_answers
            activity = ground.message("8 pædagoger skal lære om low arousal", 1)
            sending = asyncio.create_task(http.post(f"{bot.url}/api/messages", json=activity))
            await speaking.wait()
            since = time.monotonic()
            bot.process.send_signal(signal.SIGTERM)
            response = await sending
            assert response.status == 503
            assert await stopped(bot, since) < LIMIT_SECONDS
            assert '"turn_cut"' in "".join(bot.lines)
        ground.reached = None
        ground.teams.received.clear()
        async with serving(file, ground.port) as bot:
            assert await post(http, bot, activity)
            assert "low arousal" in " ".join(ground.said())


async def test_what_a_stopping_replica_holds_without_having_sent_it_is_delivered_by_the_other_at_once(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    url = postgres_server.create(postgres_server.template).replace("postgresql://", "postgresql+psycopg://")
    arrived, refused = asyncio.Event(), asyncio.Event()

    async def reached(tail: str) -> None:
        if "kompetencekoeen" in tail:
            arrived.set()

    class Refusal(web.Response):
        async def prepare(self, request: web.BaseRequest) -> web.StreamWriter | None:  # type: ignore[name-defined]
            refused.set()
            return await super().prepare(request)

    async with playground() as ground, ClientSession() as http, AsyncExitStack() as replicas:
        ground.reached = reached
        ground.to_channel = [Refusal(status=429, headers={"Retry-After": "15"})]
        one = await replicas.enter_async_context(serving(tmp_path, ground.port, DATABASE_URL=url))
        for number, words in enumerate(("8 pædagoger skal lære om low arousal", "ingen af dem", "send")):
            assert await post(http, one, ground.message(words, number))
        async with asyncio.timeout(30):
            await refused.wait()  # now the notifier waits 15 seconds for Teams, with a lease of 60
        await replicas.enter_async_context(serving(tmp_path, ground.port, DATABASE_URL=url))
        assert not arrived.is_set()
        since = time.monotonic()
        one.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            await arrived.wait()
        assert await stopped(one, since) < LIMIT_SECONDS
        assert "Sag KV-" in ground.in_channel()
    postgres_server.drop(url)


@dataclass
class Proxy:
    """What a proxy does: sends to a replica that says it is ready, and elsewhere what was not taken there."""

    http: ClientSession
    replicas: list[Serving] = field(default_factory=list)

    async def send(self, activity: dict[str, Any]) -> None:
        for bot in list(self.replicas):
            if await post(self.http, bot, activity):
                return
        pytest.fail("no replica took it")

    async def until_left(self, bot: Serving) -> None:
        """Look at a replica until it is not ready."""
        while True:
            try:
                async with self.http.get(f"{bot.url}/readyz") as response:
                    if response.status != 200:
                        break
            except ClientError:
                break
        self.replicas.remove(bot)


async def test_replicas_that_are_replaced_one_by_one_lose_and_double_nothing(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    url = postgres_server.create(postgres_server.template).replace("postgresql://", "postgresql+psycopg://")
    settings = {"DATABASE_URL": url, "STOP_NOTICE_SECONDS": 1}
    numbers = range(2, 22)
    async with playground() as ground, ClientSession() as http, AsyncExitStack() as started:

        async def start() -> Serving:
            return await started.enter_async_context(serving(tmp_path, ground.port, **settings))

        async def file(headcounts: Iterable[int]) -> None:
            for headcount in headcounts:
                need = f"{headcount} pædagoger skal lære om low arousal"
                for place, words in enumerate((need, "ingen af dem", "send")):
                    proxy.replicas.reverse()
                    await proxy.send(ground.message(words, headcount * 10 + place))

        proxy = Proxy(http, [await start(), await start()])
        for old, headcounts in zip(list(proxy.replicas), (numbers[:10], numbers[10:]), strict=True):
            proxy.replicas.append(await start())
            old.process.send_signal(signal.SIGTERM)
            await asyncio.gather(file(headcounts), proxy.until_left(old))
            await stopped(old, time.monotonic())
        assert len(proxy.replicas) == 2
        await delivered(url)
        database = await Database.open(url)
        async with database.read_only(DEMO_TENANT) as work:
            requests = await work.requests.find(Criteria(), 100)
        await database.close()
    posted = Counter(
        re.findall(r"Sag (KV-\d{4}-\d{4})", str(it.body))[0]
        for it in ground.teams.received
        if it.method == "POST" and "kompetencekoeen" in it.path and "Sag KV-" in str(it.body)
    )
    assert sorted(request.wish.headcount or 0 for request in requests) == list(numbers)
    acknowledged = set(re.findall(r"(KV-\d{4}-\d{4}) er sendt", " ".join(ground.said())))
    assert acknowledged == {str(request.number) for request in requests}
    assert posted == Counter(acknowledged)
    postgres_server.drop(url)


async def test_what_is_on_its_way_is_ended_and_what_waits_is_given_back(database: Database) -> None:
    async with town_in_teams(database) as town:
        on_its_way, may_end = asyncio.Event(), asyncio.Event()
        lene = await town.leader()
        await town.consultant()
        await lene.files()

        async def slow() -> web.Response:
            on_its_way.set()
            await may_end.wait()
            return web.json_response({"id": "sent"}, status=201)

        town.teams_answers(slow)
        running = asyncio.create_task(town.notifier.run())
        await on_its_way.wait()
        town.notifier.take_no_more()
        assert (await town.outbox.depth()).due == 1
        may_end.set()
        await town.notifier.let_deliveries_end(60)
        await running
        assert (await town.outbox.depth()).due == 0


async def delivered(url: str) -> None:
    """Wait until nothing is due any more."""
    database = await Database.open(url)
    outbox = Outbox(database)
    async with asyncio.timeout(60):
        while (await outbox.depth()).due:
            pass  # another process delivers
    await database.close()


class Held:
    """A postman who stands at the door and has sent nothing."""

    def __init__(self) -> None:
        self.at_the_door = asyncio.Event()

    async def send(self, *_: object) -> object:
        self.at_the_door.set()
        return await asyncio.Event().wait()


@pytest.mark.parametrize("end", [Notifier.take_no_more, None])
async def test_a_notice_that_was_claimed_and_not_sent_can_be_claimed_at_once(
    database: Database, end: Callable[[Notifier], None] | None
) -> None:
    async with town_in_teams(database) as town:
        async with database.unit_of_work(TENANT) as work:
            await work.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, "request", "key"))
            await work.commit()
        held = Held()
        notifier = Notifier(database, town.outbox, held)  # type: ignore[arg-type] # the part that is used
        running = asyncio.create_task(notifier.run())
        await held.at_the_door.wait()
        if end:
            end(notifier)
            await running
            await notifier.let_deliveries_end(60)
        else:
            running.cancel()
            await asyncio.wait([running])
        [again] = await town.outbox.claim(10)
        assert (again.notice.dedup_key, again.attempts) == ("key", 1)


async def test_a_notice_claimed_while_the_bot_began_to_stop_is_given_back(database: Database) -> None:
    async with town_in_teams(database) as town:
        async with database.unit_of_work(TENANT) as work:
            await work.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, "request", "key"))
            await work.commit()
        held = Held()
        notifier = Notifier(database, town.outbox, held)  # type: ignore[arg-type] # the part that is used
        claim: Callable[[int], Awaitable[object]] = town.outbox.claim

        async def claim_and_stop(limit: int) -> object:
            claimed = await claim(limit)
            notifier.take_no_more()
            return claimed

        town.outbox.claim = claim_and_stop  # type: ignore[method-assign,assignment]
        await notifier.run()
        await notifier.let_deliveries_end(60)
        assert not held.at_the_door.is_set()
        assert len(await claim(10)) == 1  # type: ignore[arg-type]


async def test_a_turn_that_comes_after_the_notice_is_refused_and_one_that_times_out_by_itself_is_not() -> None:
    stop = Stop()
    with pytest.raises(TimeoutError):
        async with stop.turn():
            raise TimeoutError
    stop.begin()
    await stop.give_notice()
    with pytest.raises(RefusedError) as refused:
        async with stop.turn():
            pytest.fail("no turn is taken any more")
    assert refused.value.status == 503


async def test_a_process_that_hangs_is_ended_by_force_without_saying_what_it_had_in_hand() -> None:
    program = (
        "import time, bot.stopping as s\n"
        "s.FORCE_SECONDS = 0.2\n"
        "words = 'Lene Holm'\n"
        "s.end_by_force_later()\n"
        "while True: time.sleep(0.01)"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program), cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    assert b"most recent call first" in said
    assert b"Lene" not in said
    assert stopping.FORCE_SECONDS < LIMIT_SECONDS


def test_the_limits_leave_time_for_what_comes_after_the_turns() -> None:
    assert stopping.TURNS_SECONDS + stopping.HAND_OVER_SECONDS < stopping.FORCE_SECONDS < LIMIT_SECONDS
