"""A municipality behind real HTTP: the server, tokens, turns and notifier as they run, beside a fake Teams.

    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.says("Jeg har 12 …")
        await lene.presses("Vælg")
        assert "Klar til at sende?" in lene.heard()

What a person hears is read from what the fake Teams was sent, in the shape in which Teams would show it.
"""

from __future__ import annotations

import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from aiohttp import web
from botbuilder.schema import Activity

from bot.invokes import Invokes
from bot.links import Links
from bot.message_extension import MessageExtension
from bot.notifier import Notifier
from bot.postman import Postman
from bot.turn import TurnRunner
from bot.who_is_who import WhoIsWho
from catalogue.matching import MatchIndex
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run
from centre.people import Person, Role
from dialogs.conversation import Conversation
from storage.errors import DatabaseUnavailableError
from storage.outbox import Outbox
from tests.bot.fake_teams import APP_ID, TENANT, fake_teams, running_bot
from tests.chat import Catalogue, Message, StoppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from botbuilder.core import TurnContext

    from storage import Database
    from tests.bot.fake_teams import FakeTeams, RunningBot

COMPLETE = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"
TEAM = "19:centre@thread.tacv2"
CHANNEL = "19:queue@thread.tacv2"

_DEMENTIA = Offer(
    "DEM-1", "Mødet med borgere med demens", "Om at møde borgere med demens", "Skabe ro om borgeren", ("demens",),
    (Area.SENIOR,), ("SOSU-assistenter",), OfferKind.OWN_COURSE, "2 dage", 0, PriceUnit.PERSON,
    "Kompetencecentret", "Rådhuset", online=False, seats=20,
    link="https://kurser.example.dk/dem-1/", language="da",
)  # fmt: skip
_RUN = Run("DEM-1-A", "DEM-1", date(2027, 3, 2), date(2027, 3, 3), "Rådhuset", False, 20, 0, None)
LINKS = Links("https://kompetencebot.example.dk", f"28:{APP_ID}", TENANT)
SMALL_INDEX = MatchIndex.build([_DEMENTIA], [_RUN])


@dataclass
class TownInTeams:
    """The running bot, its people, and what Teams was sent."""

    bot: RunningBot
    teams: FakeTeams
    database: Database
    tenant: str = TENANT
    clock: StoppedClock = field(default_factory=StoppedClock)
    signed: bool = True
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    refused: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        connector = self.bot.adapter.connector
        self.outbox = Outbox(self.database, pace=None)
        self.who = WhoIsWho(self.database, connector, clock=self.bot.clock)
        self.turns = TurnRunner(
            database=self.database,
            outbox=self.outbox,
            conversation=Conversation(),
            catalogues=Catalogue(SMALL_INDEX),  # type: ignore[arg-type] # the part that turns use
            who=self.who,
            clock=self.clock,
            links=LINKS,
        )
        catalogue = Catalogue(SMALL_INDEX)
        extension = MessageExtension(self.database, catalogue, LINKS, self.clock)  # type: ignore[arg-type]
        self.on_turn = Invokes(self._turn, extension.answers)
        self.postman = Postman(self.database, connector, catalogue, self.who, self.clock)  # type: ignore[arg-type]
        self.notifier = Notifier(self.database, self.outbox, self.postman)

    async def _turn(self, context: TurnContext) -> None:
        await self.turns(context)

    async def deliver(self) -> None:
        """Let the notifier work until nothing is due."""
        while await self.notifier.deliver_due():
            pass

    async def settle(self, name: str, role: Role = Role.EMPLOYEE, tenant: str = "", **about: Any) -> PersonInTeams:
        """Let somebody be known from the municipality's list."""
        key = name.casefold().replace(" ", ".")
        tenant = tenant or self.tenant
        async with self.database.unit_of_work(tenant) as work:
            await work.people.save(Person(tenant, key, name, f"{key}@kommunen.example", role, **about))
            await work.commit()
        return PersonInTeams(self, key, name, tenant)

    async def leader(self, name: str = "Lene Holm", **about: Any) -> PersonInTeams:
        """A leader whom the list knows."""
        about = {"area": Area.SENIOR, "department": "Plejecenter Solgården", **about}
        return await self.settle(name, Role.LEADER, **about)

    async def consultant(self, name: str = "Kirsten Bang") -> PersonInTeams:
        """A member of the centre's team, which chooses its channel when the first one comes."""
        person = await self.settle(name)
        self.teams.members.append({"id": f"29:{person.id}", "aadObjectId": person.id, "name": name})
        self.who.forget_roster(self.tenant)
        async with self.database.read_only(self.tenant) as work:
            chosen = await work.channels.queue()
        if not chosen:
            await person.executes("channel.use")
        return person

    def teams_answers(self, *answers: Any) -> None:
        """Let Teams answer the next requests of the bot with these; what it refuses is shown to nobody."""
        self.teams.answers = list(answers)
        for number, answer in enumerate(answers, len(self.teams.received) + 1):
            if not isinstance(answer, web.Response) or answer.status >= 300:
                self.refused.add(number)

    def messages(self, conversation: str) -> list[Message]:
        """What stands in a conversation now: messages in order, updates in place."""
        shown: dict[str, Message] = {}
        for number, entry in enumerate(self.teams.received, 1):
            parts = [unquote(part) for part in entry.path.strip("/").split("/")]
            elsewhere = parts[:2] != ["v3", "conversations"] or parts[2].partition(";")[0] != conversation
            if elsewhere or number in self.refused:
                continue
            body = Activity().deserialize(entry.body)
            if entry.method == "POST" and parts[3] == "activities" and body.type == "message":
                shown[f"sent-{number}"] = Message(f"sent-{number}", body)
            elif entry.method == "PUT" and parts[4] in shown:
                shown[parts[4]].activity = body
        return list(shown.values())

    @property
    def cases(self) -> list[Message]:
        """The cards of cases in the centre's channel."""
        return [message for message in self.messages(CHANNEL) if "Sag KV-" in message.words]

    async def requests(self, tenant: str = "") -> list[Any]:
        """Every open request there is."""
        async with self.database.read_only(tenant or self.tenant) as work:
            return list(await work.requests.open_ones(1000))


@dataclass
class PersonInTeams:
    """Somebody's Teams: a personal chat with the bot, and the centre's channel."""

    town: TownInTeams
    id: str
    name: str
    tenant: str
    read: int = 0

    @property
    def conversation(self) -> str:
        """The id of the personal chat."""
        return f"a:{self.id}"

    @property
    def messages(self) -> list[Message]:
        """Everything in the personal chat."""
        return self.town.messages(self.conversation)

    def heard(self) -> str:
        """The words since the person last did something."""
        return "\n".join(message.words for message in self.messages[self.read :])

    def activity(self, **what: Any) -> dict[str, Any]:
        """Return an activity of this person, as Teams sends it."""
        return self.town.teams.message(
            **{
                "text": None,
                "id": f"activity-{next(self.town.numbers)}",
                "from": {"id": f"29:{self.id}", "aadObjectId": self.id, "name": self.name},
                "conversation": {
                    "id": self.conversation,
                    "conversationType": "personal",
                    "tenantId": self.tenant,
                },
                "channelData": {"tenant": {"id": self.tenant}},
                **what,
            }
        )

    def in_channel(self, **what: Any) -> dict[str, Any]:
        """Return an activity in the centre's channel."""
        place = {"tenant": {"id": self.tenant}, "team": {"id": TEAM}, "channel": {"id": CHANNEL, "name": "Køen"}}
        conversation = {"id": f"{CHANNEL};messageid=1", "conversationType": "channel", "isGroup": True}
        return self.activity(conversation=conversation, channelData=place, **what)

    async def sends(self, activity: dict[str, Any]) -> tuple[int, Any]:
        """Send an activity; return the status and the body of the answer."""
        self.read = len(self.messages)
        return await self.repeats(activity)

    async def repeats(self, activity: dict[str, Any]) -> tuple[int, Any]:
        """Send an activity and go on hearing what came since the one before."""
        token = self.town.teams.token() if self.town.signed else None
        response, body = await self.town.bot.post(activity, token)
        return response.status, body

    async def says(self, text: str, **more: Any) -> tuple[int, Any]:
        """Write something."""
        return await self.sends(self.activity(text=text, **more))

    def press(self, title: str, **typed: str) -> dict[str, Any]:
        """Return what a press on the newest button of this name sends."""
        message = [m for m in self.messages if any(b["title"] == title for b in m.buttons)][-1]
        button = next(b for b in message.buttons if b["title"] == title)
        inputs = {} if button.get("associatedInputs") == "none" else {**message.inputs, **typed}
        return self.activity(value={**button["data"], **inputs}, replyToId=message.id)

    async def presses(self, title: str, **typed: str) -> tuple[int, Any]:
        """Press a button in the personal chat."""
        return await self.sends(self.press(title, **typed))

    def execution(self, verb: str, **data: Any) -> dict[str, Any]:
        """Return what a press in the channel sends."""
        return self.in_channel(
            type="invoke",
            name="adaptiveCard/action",
            value={"action": {"type": "Action.Execute", "verb": verb, "data": {"verb": verb, **data}}},
        )

    async def executes(self, verb: str, **data: Any) -> tuple[int, Any]:
        """Press a button in the channel."""
        return await self.sends(self.execution(verb, **data))

    async def takes(self, case: Message) -> str:
        """Press `Tag sagen`; return what is told to this person only."""
        [button] = [button for button in case.buttons if button["title"] == "Tag sagen"]
        _, answer = await self.sends(self.execution(**button["data"]))
        words: str = answer["value"]
        return words

    async def files(self, need: str = COMPLETE) -> None:
        """Send a need to the centre, by words."""
        for sentence in (need, "ingen af dem", "send"):
            await self.says(sentence)


@asynccontextmanager
async def town_in_teams(database: Database, *, signed: bool = True) -> AsyncIterator[TownInTeams]:
    """Run a bot on a database, with tokens or (for two tenants) without."""
    async with fake_teams() as teams, second_bot(teams, database, signed=signed) as town:
        yield town


@asynccontextmanager
async def second_bot(teams: FakeTeams, database: Database, *, signed: bool = True) -> AsyncIterator[TownInTeams]:
    """Run a bot beside the others of the same Teams: another replica, or the same one after a restart."""
    towns: list[TownInTeams] = []

    async def on_turn(context: TurnContext) -> None:
        await towns[0].on_turn(context)

    async def health() -> dict[str, bool]:
        try:
            await database.ping()
        except DatabaseUnavailableError:
            return {"database": False}
        return {"database": True}

    async with running_bot(teams, on_turn, anonymous=not signed, health=health) as bot:
        towns.append(TownInTeams(bot, teams, database, signed=signed))
        yield towns[0]
