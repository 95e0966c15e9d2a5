"""`python app.py serve` as a process of its own: killed, stopped, wrongly configured."""

from __future__ import annotations

import asyncio
import re
import signal
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from bot.catalogues import Catalogues
from bot.config import Settings
from bot.connector import Connector
from bot.credentials import credentials_for
from bot.demo.people import CHANNEL_ID, TENANT
from bot.demo.stage import DemoStage
from bot.links import links_for
from bot.notifier import Notifier
from bot.postman import Postman
from bot.service_url import ServiceUrls
from bot.who_is_who import WhoIsWho
from centre.clock import DanishClock
from centre.queue_query import Criteria
from storage import Database
from storage.outbox import LEASE, Outbox
from tests.bot.processes import Playground, Serving, free_port, playground, post, run, serving

if TYPE_CHECKING:
    from pathlib import Path

KILLS: tuple[tuple[str, int], ...] = (
    ("card", 1),
    ("send", 0),
    ("speak", 1),
    ("send", 15),
    ("speak", 2),
    ("send", 40),
)
"""Moments: milliseconds after a message was sent, or the how-manieth answer or card that Teams is being sent.

The card comes first: a dead process holds the channel's lane for as long as its lease.
"""


class Killer:
    """Kills the bot at a moment; which one is told apart by what reaches Teams."""

    def __init__(self, bot: Serving, ground: Playground, moment: str, how_many: int) -> None:
        self._bot, self._moment, self._how_many = bot, moment, how_many
        self.killed = False
        ground.reached = self.reached

    async def reached(self, tail: str) -> None:
        is_card = CHANNEL_ID.partition(":")[2] in tail
        if self._moment == ("card" if is_card else "speak"):
            self._how_many -= 1
            if self._how_many == 0:
                self.kill()

    async def after_sending(self) -> None:
        if self._moment == "send":
            # Not a wait for something: the moments are meant to fall all over a turn.
            await asyncio.sleep(self._how_many / 1000)
            self.kill()

    def kill(self) -> None:
        if not self.killed:
            self.killed = True
            self._bot.process.send_signal(signal.SIGKILL)


async def test_whenever_the_process_is_killed_each_request_is_there_once_and_in_the_channel(
    tmp_path: Path,
) -> None:
    file = tmp_path / "killed.sqlite"
    sentences = [
        words
        for number in range(len(KILLS) * 2)
        for words in (f"{number + 2} pædagoger skal lære om low arousal", "ingen af dem", "send")
    ]
    activities = iter(enumerate(sentences))
    number, words = next(activities)
    async with playground() as ground, ClientSession() as http:
        for moment, how_many in (*KILLS, ("never", 0)):
            async with serving(file, ground.port) as bot:
                killer = Killer(bot, ground, moment, how_many)
                for _ in range(8):  # enough sentences for the moment to come
                    sending = asyncio.create_task(post(http, bot, ground.message(words, number)))
                    if words == "send":
                        await killer.after_sending()
                    if not await sending:
                        break
                    number, words = next(activities, (number, words))
                while moment == "never" and number < len(sentences) - 1:
                    assert await post(http, bot, ground.message(words, number))
                    number, words = next(activities)
                if moment == "never":
                    assert await post(http, bot, ground.message(words, number))
                assert killer.killed == (moment != "never"), bot.lines[-5:]
                ground.reached = None
        await deliver_the_rest(file)
        await check(file, ground, len(KILLS) * 2)


async def deliver_the_rest(file: Path) -> None:
    """Let what a dead process had in its hands be delivered, without waiting a minute for its lease."""
    database = await Database.open(f"sqlite:///{file}")
    database.clock_offset = LEASE + timedelta(seconds=1)
    urls = ServiceUrls(anonymous=True)
    async with Connector(credentials_for(Settings(anonymous=True, host="127.0.0.1")), urls) as connector:
        stage, who = DemoStage(database), WhoIsWho(database, connector)
        clock = DanishClock()
        links = links_for(Settings(anonymous=True, host="127.0.0.1"), clock)
        postman = Postman(database, connector, Catalogues(database), who, clock, links, stage)
        notifier = Notifier(database, Outbox(database, pace=None), postman)
        while await notifier.deliver_due():
            pass
    depth = await Outbox(database).depth()
    await database.close()
    assert (depth.due, depth.waiting, depth.dead) == (0, 0, 0)
    assert depth.later <= 2  # the digests of this morning, while it is night, and of the coming one


async def check(file: Path, ground: Playground, number: int) -> None:
    """Compare what was said, what is stored and what stands in the channel."""
    database = await Database.open(f"sqlite:///{file}")
    async with database.read_only(TENANT) as work:
        requests = await work.requests.find(Criteria(), 1000)
    await database.close()
    numbers = [str(request.number) for request in requests]
    assert sorted(numbers) == [f"KV-{requests[0].number.year}-{serial:04d}" for serial in range(1, number + 1)]
    assert sorted(request.wish.headcount or 0 for request in requests) == list(range(2, number + 2))
    acknowledged = set(re.findall(r"KV-\d{4}-\d{4} er sendt", " ".join(ground.said())))
    assert acknowledged == {f"{it} er sendt" for it in numbers}
    assert set(re.findall(r"Sag (KV-\d{4}-\d{4})", ground.in_channel())) == set(numbers)


async def test_the_link_that_the_chat_gives_opens_the_file(tmp_path: Path) -> None:
    said = ("12 pædagoger skal lære om low arousal", "ingen af dem", "send", "jeg er konsulent", "eksport csv")
    async with (
        playground() as ground,
        ClientSession() as http,
        serving(tmp_path / "file.sqlite", ground.port) as bot,
    ):
        for number, words in enumerate(said):
            assert await post(http, bot, ground.message(words, number))
        [link, *_] = re.findall(r"http://localhost:\d+/hent/[\w-]+", ground.said()[-1])
        async with http.get(link) as answer:
            content = await answer.text()
        assert answer.status == 200, content
        assert "12 pædagoger skal lære om low arousal" in content
        assert link.rpartition("/")[2] not in "".join(bot.lines)


async def test_a_stopped_bot_finishes_what_it_is_saying_and_takes_nothing_new(tmp_path: Path) -> None:
    async with (
        playground() as ground,
        ClientSession() as http,
        serving(tmp_path / "stop.sqlite", ground.port) as bot,
    ):
        async with http.get(f"{bot.url}/readyz") as response:
            assert await response.json() == {"ready": True, "checks": {"database": True}}
        speaking, go_on = asyncio.Event(), asyncio.Event()

        async def hold(_tail: str) -> None:
            speaking.set()
            await go_on.wait()

        ground.reached = hold
        answer = asyncio.create_task(post(http, bot, ground.message("hej", 1)))
        await speaking.wait()
        bot.process.send_signal(signal.SIGTERM)
        await bot.stopping.wait()
        go_on.set()
        assert await answer
        async with asyncio.timeout(60):
            assert await bot.process.wait() == 0
        assert '"stopped"' in "".join(bot.lines)
        async with ClientSession() as other:
            assert not await post(other, bot, ground.message("hej", 2))


TENANT_OF_OURS = "aaaaaaaa-1111-4222-8333-444444444444"


async def test_every_wrong_setting_is_named_at_once() -> None:
    wrong = {"APP_ID": "x", "TENANT_ID": "y", "PORT": "70000", "DATABASE_URL": "mysql://root:hunter2@db/x"}
    code, said = await run("serve", **wrong)
    assert code == 2
    for name in (*wrong, "APP_PASSWORD"):
        assert f"KOMPETENCEBOT_{name} " in said
    assert "hunter2" not in said
    assert "Traceback" not in said


async def test_a_bot_without_settings_says_what_is_missing() -> None:
    code, said = await run("serve")
    assert code == 2
    assert [line.split()[0] for line in said.splitlines()] == [
        "KOMPETENCEBOT_APP_ID", "KOMPETENCEBOT_TENANT_ID", "KOMPETENCEBOT_APP_PASSWORD",
        "KOMPETENCEBOT_PUBLIC_HOST",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["new.sqlite", "folder/new.sqlite"])
async def test_a_database_without_tables_is_one_sentence(tmp_path: Path, name: str) -> None:
    code, said = await run(
        "serve",
        APP_ID=TENANT_OF_OURS,
        APP_PASSWORD="x",
        TENANT_ID=TENANT_OF_OURS,
        PUBLIC_HOST="bot.kommunen.example",
        PORT=free_port(),
        DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / name}",
    )
    assert (code, len(said.splitlines())) == (1, 1)
    assert "python app.py db upgrade" in said
    assert not (tmp_path / name).exists()


async def test_a_taken_port_and_a_taken_file_are_one_sentence_each(tmp_path: Path) -> None:
    file = tmp_path / "taken.sqlite"
    async with playground() as ground, serving(file, ground.port) as bot:
        url = f"sqlite+aiosqlite:///{file}"
        code, said = await run("serve", DEMO="true", DATABASE_URL=url, PORT=free_port())
        assert (code, len(said.splitlines())) == (1, 1)
        assert "taken.sqlite is open in another process" in said
        url = f"sqlite+aiosqlite:///{tmp_path / 'other.sqlite'}"
        code, said = await run("serve", DEMO="true", DATABASE_URL=url, PORT=bot.port)
        assert code == 1
        assert "KOMPETENCEBOT_PORT" in said.splitlines()[-1]
        assert "Traceback" not in said
