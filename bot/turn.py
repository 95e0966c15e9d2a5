"""One turn: lock, one transaction, commit, then speak.

A turn is a function of what is stored and what was said: old memory and rows in, new memory, rows and replies
out. Business rows, memory, inbox and outbox are one transaction; a conflict rolls all of it back, nothing was
said yet, and the turn runs again. What was committed but never spoken (the process died in between) is spoken
when Teams sends the same activity again.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from botbuilder.schema import Activity, ActivityTypes

from bot.addresses import Addresses
from bot.delivery import ConnectorError
from bot.inbound import is_removal, read_inbound
from bot.logs import current_reference, logger
from bot.references import conversation_of
from bot.speech import speak
from bot.spoken import Spoken
from centre.notices import QUEUE
from centre.ports import ConflictError
from dialogs.input import Happening, Scope
from dialogs.memory import Memory, UnreadableMemoryError, decode, encode
from dialogs.replies import Reply, Say, Whisper, from_json, to_json
from dialogs.texts import texts_in
from dialogs.turn import Turn
from storage.errors import DatabaseUnavailableError
from storage.states import StateKey

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from botbuilder.core import TurnContext

    from bot.catalogues import Catalogues
    from bot.demo.stage import DemoStage
    from bot.inbound import Inbound
    from bot.who_is_who import WhoIsWho
    from catalogue.matching import MatchIndex
    from centre.cases import Colleague
    from centre.ports import Clock
    from dialogs.conversation import Conversation
    from dialogs.turn import Links
    from storage.database import Database
    from storage.outbox import Outbox

MOST_RUNS = 3
"""Times a turn is run when others change the same rows meanwhile."""
TYPING_AFTER_SECONDS = 0.8
"""A moment: longer than nearly every turn, short enough that nobody wonders."""

_log = logger("turn")


class Ended(StrEnum):
    """How a turn ended, for whoever counts them."""

    ANSWERED = "answered"
    SILENT = "silent"
    """Nothing was to be said."""
    BUSY = "busy"
    """The database was gone, or others were always first; the person was told so."""
    UNSPOKEN = "unspoken"
    """Done and kept, but Teams did not take the answer."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found out before the transaction."""

    staff: bool
    colleagues: Sequence[Colleague]
    email: str
    index: MatchIndex


class TurnRunner:
    """Runs turns; given to the server as its `OnTurn`. Its `spoken` is to be run beside it."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        conversation: Conversation,
        catalogues: Catalogues,
        who: WhoIsWho,
        clock: Clock,
        links: Links,
        stage: DemoStage | None = None,
        addresses: Addresses | None = None,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._conversation = conversation
        self._catalogues = catalogues
        self._who = who
        self._clock = clock
        self._links = links
        self._stage = stage
        self.spoken = Spoken(database)
        self._addresses = addresses or Addresses("", "", "")
        self._locks: WeakValueDictionary[tuple[str, str, str], asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, context: TurnContext) -> Ended:
        """Run the turn of an activity; return how it ended."""
        activity: Activity = context.activity
        inbound = read_inbound(activity)
        if inbound is None:
            if is_removal(activity):
                await self._forget(activity)
            return Ended.SILENT
        key = (inbound.tenant, inbound.conversation_id, inbound.person_id)
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            return await self._take_turn(context, inbound)

    async def _take_turn(self, context: TurnContext, inbound: Inbound) -> Ended:
        try:
            async with _typing_when_slow(context):
                replies = await self._decide(context.activity, inbound)
        except (ConflictError, DatabaseUnavailableError) as error:
            _log.error("turn_given_up", exc_info=error)
            await _speak_busy(context, inbound)
            return Ended.BUSY
        # An invoke that needs no words is answered all the same, or Teams shows it as failed.
        if not replies and context.activity.type != ActivityTypes.invoke:
            return Ended.SILENT
        try:
            await speak(context, replies)
        except ConnectorError as error:
            # Committed and kept in the inbox: said again when Teams or the person repeats it.
            _log.error("replies_not_spoken", outcome=error.sent.outcome, status=error.sent.status)
            return Ended.UNSPOKEN
        if replies:
            self.spoken.add(inbound)
        return Ended.ANSWERED

    async def _decide(self, activity: Activity, inbound: Inbound) -> Sequence[Reply]:
        """Run the transaction, again if somebody else was first; return what is to be said."""
        if self._stage:
            inbound = await self._stage.cast(inbound)
        known = await self._find_out(activity, inbound)
        for run in range(1, MOST_RUNS + 1):
            try:
                replies = await self._transact(activity, inbound, known)
            except ConflictError:
                if run == MOST_RUNS:
                    raise
                _log.info("turn_runs_again", run=run)
            else:
                with suppress(ConflictError, DatabaseUnavailableError):  # what waited is looked at again anyway
                    await self._after_commit(inbound)
                return replies
        raise AssertionError("the last run returns or raises")

    async def _find_out(self, activity: Activity, inbound: Inbound) -> _Known:
        """Ask what needs Teams or time, before the transaction."""
        index = await self._catalogues.index_of(inbound.tenant)
        if self._stage:
            return _Known(self._stage.is_staff(inbound.person_id), self._stage.colleagues(), "", index)
        staff = await self._who.is_staff(inbound.tenant, inbound.person_id)
        email = await self._who.email_of_newcomer(inbound, activity.service_url)
        colleagues = await self._who.colleagues(inbound.tenant) if staff else ()
        return _Known(staff, colleagues, email, index)

    async def _transact(self, activity: Activity, inbound: Inbound, known: _Known) -> Sequence[Reply]:
        async with self._database.unit_of_work(inbound.tenant) as work:
            now = self._clock.now()
            real_id = self._stage.real_id(inbound.person_id) if self._stage else inbound.person_id
            conversation = conversation_of(activity, inbound, real_id)
            opened = await work.opening.read(
                inbound.conversation_id,
                conversation.conversation_id,
                inbound.activity_id,
                inbound.person_id,
                now.date(),
            )
            if opened.seen:
                return [] if inbound in self.spoken else [from_json(data) for data in opened.seen.replies or []]
            person = await self._who.person(work, inbound, opened.person, known.email, staff=known.staff)
            person = replace(person, stands_in_for=opened.stands_in_for)
            await work.conversations.remember(conversation, opened.conversation)
            memory, lost = _read_memory(opened.state.data if opened.state else None)
            turn = Turn(
                input=inbound.input,
                person=person,
                memory=memory,
                work=work,
                index=known.index,
                colleagues=known.colleagues,
                texts=texts_in(person.locale or ("da" if self._stage else inbound.locale)),
                now=now,
                links=self._links,
                stage=self._stage.for_person(work, real_id) if self._stage else None,
                page_of=partial(self._addresses.page, inbound.tenant),
            )
            if lost:
                turn.say("lost-thread")
            await self._conversation.respond(turn)
            key = StateKey(inbound.conversation_id, person.id)
            await work.states.save(key, encode(turn.memory), opened.state.version if opened.state else None)
            await work.inbox.close(
                inbound.conversation_id, inbound.activity_id, [to_json(reply) for reply in turn.replies]
            )
            await work.commit()
            return turn.replies

    async def _after_commit(self, inbound: Inbound) -> None:
        """Deliver at once what waited for an installation or for a queue channel."""
        if inbound.input.scope is Scope.CHANNEL:
            if _may_choose_channel(inbound):
                self._who.forget_roster(inbound.tenant)
            for lane in (QUEUE, f"{QUEUE}:{inbound.channel_conversation}"):
                await self._outbox.wake_lane(inbound.tenant, lane)
        elif inbound.input.happening is Happening.INSTALLED:
            await self._outbox.wake_lane(inbound.tenant, inbound.person_id)

    async def _forget(self, activity: Activity) -> None:
        """The bot was removed: nothing more can be said there."""
        channel_data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
        tenant = str((channel_data.get("tenant") or {}).get("id") or "").lower()
        async with self._database.unit_of_work(tenant) as work:
            await work.conversations.forget(activity.conversation.id.partition(";")[0])
            await work.commit()


def _read_memory(data: dict[str, object] | None) -> tuple[Memory, bool]:
    """Return the memory, and whether one was there that this release cannot read."""
    if data is None:
        return Memory(), False
    try:
        return decode(data), False
    except UnreadableMemoryError:
        return Memory(), True


def _may_choose_channel(inbound: Inbound) -> bool:
    """Whether the queue may be elsewhere now: by its button, or by words, which are not read again here."""
    click = inbound.input.click
    return click is None or click.verb == "channel.use"


async def _speak_busy(context: TurnContext, inbound: Inbound) -> None:
    texts = texts_in(inbound.locale)
    text = texts("busy", reference=current_reference())
    await speak(context, [Whisper(text) if context.activity.type == ActivityTypes.invoke else Say(text)])


@asynccontextmanager
async def _typing_when_slow(context: TurnContext) -> AsyncIterator[None]:
    """Show that the bot is typing when it takes longer than a moment."""
    if context.activity.type != ActivityTypes.message:
        yield
        return

    loop = asyncio.get_running_loop()
    typing: list[asyncio.Task[None]] = []
    moment = loop.call_later(TYPING_AFTER_SECONDS, lambda: typing.append(loop.create_task(_show_typing(context))))
    try:
        yield
    finally:
        moment.cancel()
        for task in typing:
            task.cancel()
            await asyncio.wait([task])


async def _show_typing(context: TurnContext) -> None:
    with suppress(ConnectorError):  # it was a courtesy
        await context.send_activity(Activity(type=ActivityTypes.typing))
