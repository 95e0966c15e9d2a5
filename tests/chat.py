"""A municipality in a test, where conversations read as chats.

    lene = await town.leader()
    await lene.user("Jeg har 12 …")
    lene.bot("Det her passer godt", "[Vælg | Vis flere | Ingen af dem passer | Ret]")
    await lene.clicks("Vælg")

Everything but Teams itself is real: the turn, the conversation, rows in a database file, the outbox. Activities
go in through the SDK's `TestAdapter` as Teams shapes them, and what comes out is what Teams would be sent.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botbuilder.core import TurnContext
from botbuilder.core.adapters import TestAdapter
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    Attachment,
    ChannelAccount,
    ConversationAccount,
)

from bot.connector import Member
from bot.delivery import Outcome, Sent
from bot.demo.sample import read_sample
from bot.links import Links
from bot.notifier import Notifier
from bot.postman import Postman
from bot.turn import TurnRunner
from bot.who_is_who import WhoIsWho
from catalogue.offers import Area
from centre.clock import COPENHAGEN
from centre.people import Listing, Person, Role
from dialogs.conversation import Conversation
from storage import Database
from storage.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from botbuilder.schema import ConversationReference

    from catalogue.matching import MatchIndex

TENANT = "11111111-1111-4111-8111-111111111111"
TEAM = "19:centre@thread.tacv2"
CHANNEL = "19:queue@thread.tacv2"
PUBLIC = "https://bot.kommunen.example"
LINK_KEY = "a key that only tests know"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"
A_SUNDAY_MORNING = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)


@dataclass
class StoppedClock:
    """A clock that tests set."""

    time: datetime = A_SUNDAY_MORNING

    def now(self) -> datetime:
        return self.time

    @property
    def today(self) -> date:
        return self.time.date()


@dataclass
class Message:
    """A message as somebody sees it: its words, its buttons and its input fields."""

    id: str
    activity: Activity

    @property
    def card(self) -> dict[str, Any]:
        attachments = self.activity.attachments or []
        return attachments[0].content if attachments else {}

    @property
    def words(self) -> str:
        return "\n".join([self.activity.text or "", *_words(self.card.get("body", []))]).strip()

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [*_buttons(self.card.get("body", [])), *self.card.get("actions", [])]

    @property
    def all_buttons(self) -> list[dict[str, Any]]:
        """The buttons with those of the small forms that unfold below the card."""
        forms = [button["card"] for button in self.buttons if button["type"] == "Action.ShowCard"]
        return [*self.buttons, *(action for form in forms for action in form.get("actions", []))]

    @property
    def inputs(self) -> dict[str, str]:
        return {item["id"]: str(item.get("value") or "") for item in _inputs(self.card.get("body", []))}


@dataclass
class Teams:
    """What Teams knows: messages by conversation, and who is in the centre's team."""

    messages: dict[str, list[Message]] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    answers: list[Outcome] = field(default_factory=list)
    """What the next proactive sends are answered with; delivered when empty."""
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def post(self, conversation: str, activity: Activity) -> str:
        message = Message(f"m{next(self.numbers)}", activity)
        self.messages.setdefault(conversation, []).append(message)
        return message.id

    def replace(self, conversation: str, activity_id: str, activity: Activity) -> bool:
        for message in self.messages.get(conversation, []):
            if message.id == activity_id:
                message.activity = activity
                return True
        return False

    # The parts of bot.connector.Connector that the notifier and who-is-who use.
    async def send(self, reference: ConversationReference, activity: Activity) -> Sent:
        outcome = self.answers.pop(0) if self.answers else Outcome.DELIVERED
        if outcome is not Outcome.DELIVERED:
            return Sent(outcome)
        return Sent(outcome, activity_id=self.post(reference.conversation.id, activity))

    async def update(self, reference: ConversationReference, activity_id: str, activity: Activity) -> Sent:
        found = self.replace(reference.conversation.id, activity_id, activity)
        return Sent(Outcome.DELIVERED if found else Outcome.GONE, activity_id=activity_id)

    async def members(self, service_url: str, conversation_id: str) -> list[Member]:
        return [Member(f"29:{key}", key, name, "", "", TENANT) for key, name in self.staff.items()]

    async def member(self, service_url: str, conversation_id: str, person_id: str) -> Member | None:
        name = person_id.removeprefix("29:")
        return Member(person_id, name, name, f"{name}@kommunen.example", "", TENANT)


class _Door(TestAdapter):  # type: ignore[misc] # the SDK ships no types
    """The SDK's test adapter, handing replies to our Teams."""

    def __init__(self, teams: Teams) -> None:
        super().__init__()
        self._teams = teams
        self.invoke_answer: dict[str, Any] | None = None
        self.fail_next_send = False

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[Any]:
        for activity in activities:
            if self.fail_next_send:
                self.fail_next_send = False
                raise ConnectionAbortedError("the process died here")
            if activity.type == ActivityTypes.invoke_response:
                self.invoke_answer = activity.value.body
            elif activity.type == ActivityTypes.message:
                self._teams.post(context.activity.conversation.id.partition(";")[0], activity)
        return await super().send_activities(context, activities)

    async def update_activity(self, context: TurnContext, activity: Activity) -> Any:
        self._teams.replace(context.activity.conversation.id.partition(";")[0], activity.id, activity)
        return await super().update_activity(context, activity)


class Catalogue:
    """A catalogue whose index is there already."""

    def __init__(self, index: MatchIndex) -> None:
        self._index = index

    async def index_of(self, tenant: str) -> MatchIndex:
        return self._index


class Town:
    """A municipality: its people, the centre's channel, a clock, and a bot that can be restarted."""

    def __init__(self, url: str, index: MatchIndex) -> None:
        self.clock = StoppedClock()
        self.teams = Teams()
        self.links = Links(PUBLIC, [LINK_KEY], self.clock)
        self._url = url
        self._index = index
        self._numbers = itertools.count(1)

    async def open(self) -> None:
        self.database = await Database.open(self._url)
        self.database.clock_offset = self.clock.time - datetime.now(UTC)
        self.outbox = Outbox(self.database, pace=None)
        who = WhoIsWho(self.database, self.teams)  # type: ignore[arg-type] # the parts it uses
        self.turns = TurnRunner(
            database=self.database,
            outbox=self.outbox,
            conversation=Conversation(),
            catalogues=Catalogue(self._index),  # type: ignore[arg-type]
            who=who,
            clock=self.clock,
            links=self.links,
        )
        catalogue = Catalogue(self._index)
        postman = Postman(self.database, self.teams, catalogue, who, self.clock, self.links)  # type: ignore[arg-type]
        self.notifier = Notifier(self.database, self.outbox, postman)
        self.door = _Door(self.teams)

    async def close(self) -> None:
        await self.database.close()

    async def restart(self) -> None:
        """Stop the process and start it again: only what is in the database is left."""
        await self.close()
        await self.open()

    async def deliver(self) -> None:
        """Let the notifier work until nothing is due."""
        while await self.notifier.deliver_due():
            pass

    async def leader(self, name: str = "Lene Holm", **about: Any) -> Chat:
        """A leader whom the municipality's list knows."""
        about = {"area": Area.SENIOR, "department": "Plejecenter Solgården", **about}
        return await self._settle(name, Role.LEADER, **about)

    async def employee(self, name: str = "Mads Kjær", **about: Any) -> Chat:
        """An employee."""
        return await self._settle(name, Role.EMPLOYEE, **about)

    async def listed(self, name: str, **about: Any) -> None:
        """Somebody on the municipality's list who was never seen in Teams."""
        email = f"{name.casefold().replace(' ', '.')}@kommunen.example"
        async with self.database.unit_of_work(TENANT) as work:
            await work.people.save(Person(TENANT, "", name, email, listing=Listing.LISTED, **about))
            await work.commit()

    def newcomer(self, name: str) -> Chat:
        """Somebody who opens the bot for the first time; Teams knows their e-mail."""
        return Chat(self, name.casefold().replace(" ", "."), name)

    async def consultant(self, name: str = "Kirsten Bang") -> Chat:
        """Somebody of the centre: a member of its team."""
        person = await self._settle(name, Role.EMPLOYEE)
        self.teams.staff[person.person_id] = name
        self.turns._who.forget_roster(TENANT)
        return person

    async def with_queue(self) -> Town:
        """Have the centre's channel chosen as the queue, the way it is done in Teams."""
        grethe = await self.consultant("Grethe Lund")
        await grethe.clicks_in_channel("channel.use")
        return self

    async def with_catalogue(self) -> Town:
        """Have the sample catalogue in the database too, where people sign up for its runs."""
        offers, runs = read_sample(self.clock.today)
        async with self.database.unit_of_work(TENANT) as work:
            await work.catalogue.import_offers(offers, runs, replace_offers=False, replace_runs=False)
            await work.commit()
        return self

    async def it_is(self, moment: datetime) -> None:
        """Let it be that time, for the town and its database, and let the notifier do what is due."""
        self.clock.time = moment
        self.database.clock_offset = moment - datetime.now(UTC)
        await self.deliver()

    async def _settle(self, name: str, role: Role, **about: Any) -> Chat:
        key = name.casefold().replace(" ", ".")
        async with self.database.unit_of_work(TENANT) as work:
            await work.people.save(Person(TENANT, key, name, f"{key}@kommunen.example", role, **about))
            await work.commit()
        return Chat(self, key, name)

    async def receive(self, activity: Activity) -> None:
        context = TurnContext(self.door, activity)
        await self.turns(context)

    def new_id(self) -> str:
        return f"a{next(self._numbers)}"

    @property
    def cases(self) -> Sequence[Message]:
        """The cards of cases that stand in the centre's channel."""
        return [message for message in self.teams.messages.get(CHANNEL, []) if "Sag KV-" in message.words]


class Chat:
    """One person's chat with the bot, and what they do in the centre's channel."""

    def __init__(self, town: Town, person_id: str, name: str, tenant: str = TENANT) -> None:
        self.town = town
        self.person_id = person_id
        self.name = name
        self.tenant = tenant
        self.whispered = ""
        self._read = 0

    @property
    def _conversation(self) -> str:
        elsewhere = "" if self.tenant == TENANT else f"-{self.tenant}"
        return f"a:personal-{self.person_id}{elsewhere}"

    @property
    def messages(self) -> list[Message]:
        """Everything the bot has said here."""
        return self.town.teams.messages.get(self._conversation, [])

    @property
    def news(self) -> list[Message]:
        """What the bot said since the person last did something."""
        return self.messages[self._read :]

    async def user(self, text: str, **more: Any) -> None:
        """Say something."""
        self._read = len(self.messages)
        await self.town.receive(self.activity(type=ActivityTypes.message, text=text, **more))

    async def sends(self, content_type: str, content: Any = None) -> None:
        """Send something that is not words."""
        await self.user("", attachments=[Attachment(content_type=content_type, content=content)])

    async def installs(self) -> None:
        """Add the app."""
        self._read = len(self.messages)
        await self.town.receive(self.activity(type=ActivityTypes.installation_update, action="add"))

    def bot(self, *expected: str) -> None:
        """Check what the bot said since: words that are there, and `[A | B]` for the last card's buttons."""
        words = "\n".join(message.words for message in self.news)
        for part in expected:
            if part.startswith("["):
                buttons = [button["title"] for message in self.news for button in message.buttons]
                wanted = [title.strip() for title in part.strip("[]").split("|")]
                assert [title for title in buttons if title in wanted] == wanted, (buttons, words)
            else:
                assert part in words, f"{part!r} is not in:\n{words}"

    def bot_did_not_say(self, *unexpected: str) -> None:
        """Check that words are not there."""
        words = "\n".join(message.words for message in self.news)
        for part in unexpected:
            assert part not in words, words

    async def clicks(self, title: str, number: int = 1, *, newest: bool = True, **typed: str) -> None:
        """Press a button of the newest (or oldest) card that has it; `number` among alike, `typed` the inputs."""
        cards = [m for m in self.messages if any(b["title"] == title for b in m.buttons)]
        assert cards, f"no card has the button {title!r}: {[b['title'] for m in self.messages for b in m.buttons]}"
        await self.presses(cards[-1 if newest else 0], title, number, **typed)

    async def presses(self, message: Message, title: str, number: int = 1, **typed: str) -> None:
        """Press a button of this card."""
        self._read = len(self.messages)
        await self.town.receive(self.click(message, title, number, **typed))

    def click(self, message: Message, title: str, number: int = 1, **typed: str) -> Activity:
        """Return the activity that a press makes, to send it as often as one likes."""
        button = [b for b in message.buttons if b["title"] == title][number - 1]
        assert set(typed) <= set(message.inputs), f"inputs are {list(message.inputs)}"
        inputs = {} if button.get("associatedInputs") == "none" else {**message.inputs, **typed}
        value = {**button["data"], **{name: text for name, text in inputs.items() if text or name in typed}}
        if button["type"] == "Action.Submit":
            return self.activity(type=ActivityTypes.message, value=value, reply_to_id=message.id)
        return self.activity(
            type=ActivityTypes.invoke,
            name="adaptiveCard/action",
            value={"action": {"type": "Action.Execute", "verb": button["verb"], "data": value}},
            reply_to_id=message.id,
        )

    async def executes(self, message: Message, title: str) -> None:
        """Press a button that answers privately."""
        self._read = len(self.messages)
        await self.town.receive(self.click(message, title))
        self.hear_whisper()

    async def presses_verb(self, verb: str, **data: str) -> None:
        """Press a button that a card may have had, whoever it was sent to."""
        self._read = len(self.messages)
        value = {"verb": verb, "nonce": "", **data}
        await self.town.receive(self.activity(type=ActivityTypes.message, value=value))

    async def clicks_in_channel(self, verb: str, message: Message | None = None, **data: str) -> None:
        """Press a button in the centre's channel."""
        button = next((b["data"] for b in message.all_buttons if b.get("verb") == verb), {}) if message else {}
        data = {**button, **data}
        await self.in_channel(
            type=ActivityTypes.invoke,
            name="adaptiveCard/action",
            value={"action": {"type": "Action.Execute", "verb": verb, "data": data}},
            reply_to_id=message.id if message else None,
        )
        self.hear_whisper()

    async def in_channel(self, **what: Any) -> None:
        """Do something in the centre's channel."""
        activity = self.activity(**what)
        activity.conversation = ConversationAccount(
            id=f"{CHANNEL};messageid=1", conversation_type="channel", is_group=True
        )
        activity.channel_data |= {"team": {"id": TEAM}, "channel": {"id": CHANNEL, "name": "Køen"}}
        await self.town.receive(activity)

    def hear_whisper(self) -> None:
        """Take what was said to this person only."""
        answer = self.town.door.invoke_answer or {}
        self.whispered = str(answer.get("value", ""))
        self.town.door.invoke_answer = None

    def activity(self, **what: Any) -> Activity:
        """Return an activity of this person as Teams shapes it."""
        return Activity(
            **{"id": self.town.new_id(), **what},
            channel_id="msteams",
            service_url=SERVICE_URL,
            from_property=ChannelAccount(id=f"29:{self.person_id}", aad_object_id=self.person_id, name=self.name),
            recipient=ChannelAccount(id="28:bot", name="Kompetencebot"),
            conversation=ConversationAccount(id=self._conversation, conversation_type="personal"),
            channel_data={"tenant": {"id": self.tenant}},
            locale="da-DK",
        )

    async def waits(self, days: int) -> None:
        """Let time pass."""
        self.town.clock.time += timedelta(days=days)
        self.town.database.clock_offset += timedelta(days=days)


def _words(items: Sequence[dict[str, Any]]) -> list[str]:
    """Read a card's body as somebody would: one line per block."""
    lines: list[str] = []
    for item in items:
        if "inlines" in item:
            lines.append("".join(run["text"] for run in item["inlines"]))
        elif item.get("type", "").startswith("Input."):
            lines.append(item.get("label", ""))
        elif "text" in item:
            lines.append(item["text"])
        lines += _words(item.get("items", []))
    return lines


def _buttons(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [button for item in items for button in (*item.get("actions", []), *_buttons(item.get("items", [])))]


def _inputs(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        found
        for item in items
        for found in ([item] if item.get("type", "").startswith("Input.") else _inputs(item.get("items", [])))
    ]


def case_numbers(chat: Chat) -> list[str]:
    """Return the case numbers in everything the bot said, in order, each once."""
    return list(dict.fromkeys(re.findall(r"KV-\d{4}-\d{4}", "\n".join(m.words for m in chat.messages))))
