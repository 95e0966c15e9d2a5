"""Leaders who file while things break, as Teams and people would: `benchmarks.chaos` disturbs them.

Teams sends an activity again, under the same id, when it gets no answer. A person repeats a sentence when the bot
says nothing, or that it is busy, and reads on when it answers. What is to be true in the end is judged by the
database and by what arrived at Teams, never by what the bot says of itself.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from benchmarks.chaos_teams import ANSWER_LOST, RETRY_AFTER_SECONDS, TAKEN, Fate
from benchmarks.turn_town import CHANNEL, Signature, chat_of, sent_by

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence

    from benchmarks.turn_town import Activity

TEAMS_WAITS_SECONDS = 15.0
"""How long Teams waits for an answer before it sends an activity again."""
TEAMS_TRIES = 4
TEAMS_PAUSES_SECONDS = 0.5
PERSON_WAITS_SECONDS = 8.0
"""How long somebody looks at a chat in which nothing happens before they write it again."""
PERSON_TRIES = 60
SILENT_SECONDS = 12.0
"""Longer than the bot waits for an answer of Teams."""
_BUSY = ("travlt lige nu", "Noget gik galt")
_STEPS = (("", "Ingen af dem"), ("ingen af dem", "Send til centret"), ("send", " er sendt"))
_NUMBER = re.compile(r"Sag (KV-\d{4}-\d{4})")


@dataclass(frozen=True, slots=True)
class Post:
    """A message that reached Teams: when (monotonic seconds), where, what, and what became of it."""

    at: float
    method: str
    conversation: str
    body: str
    fate: Fate


@dataclass(slots=True)
class Judgement:
    """What became of a run: counts of filings, and of what must not be."""

    filed: int
    lost: int
    doubled: int
    stuck: int
    cards_repeated: int = 0
    """Cards that came twice where that cannot be helped: the answer, or the process that got it, was gone."""


class StormyTeams:
    """A Teams that takes everything, unless `weather` says otherwise."""

    def __init__(self, staff: Sequence[str]) -> None:
        self.signature = Signature()
        self.posts: list[Post] = []
        self.url = ""
        self.weather: Callable[[], Fate] = lambda: Fate.ANSWERED
        self._staff = staff
        self._arrived = asyncio.Condition()

    @property
    def service_url(self) -> str:
        """Where the bot answers."""
        return f"{self.url}/teams/"

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve on a free port."""
        app = web.Application(client_max_size=4 << 20)
        app.router.add_get("/{name:openidconfiguration|keys}", self._document)
        app.router.add_get("/teams/v3/conversations/{conversation}/pagedmembers", self._roster)
        app.router.add_get("/teams/v3/conversations/{conversation}/members/{member}", self._nobody)
        app.router.add_route("*", "/teams/v3/conversations/{conversation}/activities{tail:.*}", self._message)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield
        finally:
            await runner.cleanup()

    def taken(self, conversation: str) -> list[Post]:
        """What stands in a conversation, in the order in which it came."""
        return [post for post in self.posts if post.conversation == conversation and post.fate in TAKEN]

    async def more_than(self, conversation: str, number: int, seconds: float) -> bool:
        """Wait until more than so many messages were taken there; False when none came in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._arrived:
                await self._arrived.wait_for(lambda: len(self.taken(conversation)) > number)
                return True
        return False

    async def _document(self, request: web.Request) -> web.Response:
        document = self.signature.documents(self.url)[request.match_info["name"]]
        return web.Response(body=document, content_type="application/json")

    async def _roster(self, _request: web.Request) -> web.Response:
        members = [{"id": f"29:{who}", "aadObjectId": who, "name": who.title()} for who in self._staff]
        return web.json_response({"members": members})

    async def _nobody(self, _request: web.Request) -> web.Response:
        return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)

    async def _message(self, request: web.Request) -> web.Response:
        body, fate = await request.text(), self.weather()
        conversation = unquote(request.match_info["conversation"]).partition(";")[0]
        post = Post(time.monotonic(), request.method, conversation, body, fate)
        if fate is Fate.ANSWERED and (request.transport is None or request.transport.is_closing()):
            post = replace(post, fate=Fate.CUT_AFTER)  # the caller is gone
        async with self._arrived:
            self.posts.append(post)
            self._arrived.notify_all()
        match fate:
            case Fate.ANSWERED:
                return web.json_response({"id": f"m{len(self.posts)}"}, status=201)
            case Fate.SLOWED:
                return web.json_response({}, status=429, headers={"Retry-After": str(RETRY_AFTER_SECONDS[0])})
            case Fate.FAILED:
                return web.Response(status=random.choice((412, 500, 502, 503, 504)))  # noqa: S311 - no secret
            case Fate.SILENT | Fate.SILENT_AFTER:
                await asyncio.sleep(SILENT_SECONDS)
        if request.transport:
            request.transport.abort()
        return web.Response()


@dataclass(slots=True)
class Replicas:
    """Where the load balancer sends requests: to any of the processes, whoever is there."""

    ports: list[int]
    copies: tuple[int, int] = (1, 1)
    """How many times each activity is sent at once, from and to."""

    async def deliver(self, http: ClientSession, activity: Activity, headers: Mapping[str, str]) -> bool:
        """Send an activity as Teams does, again and again under the same id; False when nobody took it."""
        for _ in range(TEAMS_TRIES):
            number = random.randint(*self.copies)  # noqa: S311 - no secret
            ports = [random.choice(self.ports) for _ in range(number)]  # noqa: S311
            if any(await asyncio.gather(*(_post(http, port, activity, headers) for port in ports))):
                return True
            await asyncio.sleep(TEAMS_PAUSES_SECONDS)
        return False


async def _post(http: ClientSession, port: int, activity: Activity, headers: Mapping[str, str]) -> bool:
    try:
        url = f"http://127.0.0.1:{port}/api/messages"
        async with http.post(url, data=json.dumps(activity), headers=headers) as response:
            await response.read()
            return response.status < 300  # noqa: PLR2004 - every kind of success
    except (ClientError, TimeoutError):
        return False


@dataclass(slots=True)
class Town:
    """The leaders and what they have been told."""

    teams: StormyTeams
    replicas: Replicas
    http: ClientSession
    thinks_seconds: tuple[float, float] = (0.0, 0.0)
    filed: list[str] = field(default_factory=list)
    """What the needs are known by whose receipt was read."""
    stuck: int = 0

    async def file(self, leader: str, number: int) -> None:
        """File so many needs, one after the other; stop when the bot does not answer any more."""
        for serial in range(number):
            key = f"mærke{leader}x{serial}".replace("-", "q")
            need = f"12 pædagoger skal lære om low arousal, {key}"
            for words, answer in _STEPS:
                await asyncio.sleep(random.uniform(*self.thinks_seconds))  # noqa: S311 - no secret
                if not await self.say(leader, words or need, answer):
                    self.stuck += 1
                    return
            self.filed.append(key)

    async def say(self, leader: str, words: str, answer: str) -> bool:
        """Say something until the bot has answered it so; what was answered already is answered again."""
        chat = chat_of(leader)
        for _ in range(PERSON_TRIES):
            heard = len(self.teams.taken(chat))
            activity, headers = sent_by(self.teams.signature, self.teams.service_url, leader, words)
            await self.replicas.deliver(self.http, activity, headers)
            while await self.teams.more_than(chat, heard, PERSON_WAITS_SECONDS):
                new = self.teams.taken(chat)[heard:]
                heard += len(new)
                if any(answer in _words(post) for post in new):
                    return True
                if any(busy in _words(post) for post in new for busy in _BUSY):
                    await asyncio.sleep(TEAMS_PAUSES_SECONDS)
                    break
                if words == "send" and any("KV-" in _words(post) for post in new):
                    return True  # it was sent, and the receipt was lost
        return False


def _words(post: Post) -> str:
    return json.dumps(json.loads(post.body), ensure_ascii=False)


def judge(
    town: Town, requests: Iterable[tuple[str, str]], broken: Sequence[float], unfinished: int, *, silent: int
) -> Judgement:
    """Judge a run.

    Args:
        town: The leaders; `filed` is what they were told is sent.
        requests: (case number, need) of everything in the database.
        broken: When a process or the database went down.
        unfinished: Notices that never were delivered.
        silent: Leaders whom the bot does not answer when all is calm again.
    """
    stored = Counter(re.findall(r"mærke\w+", need)[0] for _, need in requests)
    cards = _cards(town.teams.taken(CHANNEL))
    numbers = [number for number, _ in requests]
    again = [post for posts in cards.values() for post in posts[:-1]]
    helpless = [post for post in again if _may_be_repeated(post, broken)]
    return Judgement(
        filed=len(town.filed),
        lost=sum(stored[key] == 0 for key in town.filed) + sum(number not in cards for number in numbers),
        doubled=sum(times - 1 for times in stored.values()) + len(again) - len(helpless),
        stuck=town.stuck + silent + unfinished,
        cards_repeated=len(helpless),
    )


def _cards(posts: Iterable[Post]) -> dict[str, list[Post]]:
    """Return the new cards of the channel by case number."""
    cards: dict[str, list[Post]] = {}
    for post in posts:
        if post.method == "POST" and (found := _NUMBER.search(_words(post))):
            cards.setdefault(found[1], []).append(post)
    return cards


def _may_be_repeated(post: Post, broken: Sequence[float]) -> bool:
    """Whether a card had to come again: its answer was lost, or whoever got it died before noting so."""
    return post.fate in ANSWER_LOST or any(post.at - 1 <= moment <= post.at + SILENT_SECONDS for moment in broken)


def session() -> ClientSession:
    """Return Teams' own client."""
    return ClientSession(timeout=ClientTimeout(total=TEAMS_WAITS_SECONDS))
