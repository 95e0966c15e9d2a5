"""The notices of `benchmarks.chaos_delivery`: cards and threads in the channel, and events told to people.

Every message can be told apart at the receiver: an event's words are "besked 00017", a card names its case. A lane
is what one reader gets, in the order in which it was written.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.references import stored_conversation
from catalogue.working_days import working_days_after
from centre.notices import QUEUE, Notice, NoticeKind
from centre.people import Person
from centre.ports import Channel
from centre.requests import Event, EventKind, Kle, Request, Status, Wish
from storage import Database

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

TENANT = "11111111-1111-4111-8111-111111111111"
TEAM = "19:centre@thread.tacv2"
CHANNEL = "19:queue@thread.tacv2"
LEADER = Person(TENANT, "leader", "Lene Leder")
IN_THE_CHANNEL = 0.06
"""The channel's share of all notices: it is one lane, and Teams takes at most two a second of it."""
MOST_PEOPLE = 95
AT_A_TIME = 100

_WORDS = re.compile(r"besked (\d{5})")
_CASE = re.compile(r"KV-\d{4}-\d{4}")


def identity(conversation: str, body: str) -> str:
    """Return which notice a message is; "" for one that is none of ours."""
    found = (_CASE if conversation == CHANNEL else _WORDS).search(body)
    return found.group() if found else ""


async def write_notices(url: str, service_url: str, count: int) -> dict[str, list[str]]:
    """Fill an empty database with notices that are due; return the messages of each lane, in order."""
    database = await Database.open(url)
    writer = _Writer(service_url, count)
    try:
        while writer.left:
            async with database.unit_of_work(TENANT) as work:
                await writer.write_some(work)
                await work.commit()
    finally:
        await database.close()
    return writer.lanes


class _Writer:
    def __init__(self, service_url: str, count: int) -> None:
        self._service_url = service_url
        self._in_channel = max(2, round(count * IN_THE_CHANNEL))
        self._people = min(MOST_PEOPLE, max(5, count // 20))
        self.left = count
        self.lanes: dict[str, list[str]] = {}
        self._requests: list[Request] = []

    async def write_some(self, work: UnitOfWork) -> None:
        """Write the conversations first, then the channel's notices among those of the people."""
        if not self.lanes:
            await self._write_conversations(work)
        for _ in range(min(AT_A_TIME, self.left)):
            number = self.left
            self.left -= 1
            in_channel = len(self.lanes.get(QUEUE, ()))
            if in_channel < self._in_channel or not self._requests:
                await self._to_channel(work, number, in_channel)
            else:
                await self._to_person(work, number)

    async def _write_conversations(self, work: UnitOfWork) -> None:
        await work.people.save(LEADER)
        await work.channels.choose_queue(Channel(TENANT, TEAM, CHANNEL, "Køen"))
        chats = [(CHANNEL, ""), *((f"a:{person}", person) for person in self._names())]
        for conversation_id, person_id in chats:
            await work.conversations.remember(
                stored_conversation(
                    conversation_id, self._service_url, bot_id="28:bot", bot_name="Bot", person_id=person_id
                )
            )

    def _names(self) -> list[str]:
        return [f"person-{number:02}" for number in range(self._people)]

    async def _to_channel(self, work: UnitOfWork, number: int, in_channel: int) -> None:
        """A new case's card, and every second time a message in the thread below it."""
        if in_channel % 2 == 0:
            request = await self._file(work)
            key = f"{NoticeKind.REQUEST_CARD}:{number}"
            await work.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, request.id, key))
            self.lanes.setdefault(QUEUE, []).append(str(request.number))
        else:
            await self._tell(work, QUEUE, number)

    async def _to_person(self, work: UnitOfWork, number: int) -> None:
        await self._tell(work, self._names()[number % self._people], number)

    async def _tell(self, work: UnitOfWork, lane: str, number: int) -> None:
        request = self._requests[-1 if lane == QUEUE else number % len(self._requests)]
        words = f"besked {number:05}"
        event = Event(
            request.id,
            request.filed_at,
            LEADER.id,
            LEADER.name,
            EventKind.WROTE,
            request.status,
            request.status,
            {"words": words},
        )
        event_id = await work.requests.record(event)
        key = f"{NoticeKind.CASE_EVENT}:{event_id}:{lane}"
        await work.notices.add(Notice(NoticeKind.CASE_EVENT, lane, request.id, key, event_id=event_id))
        self.lanes.setdefault(lane, []).append(words)

    async def _file(self, work: UnitOfWork) -> Request:
        now = datetime.now(UTC)
        number = await work.requests.next_number(now.year)
        request = Request(
            id=f"case-{number.serial}",
            tenant=TENANT,
            number=number,
            status=Status.NEW,
            wish=Wish(need="Vi vil gerne lære mere om demens", topic="demens"),
            kle=Kle.INTERNAL,
            requester_id=LEADER.id,
            requester_name=LEADER.name,
            requester_confirmed=True,
            filed_at=now,
            changed_at=now,
            answer_due=working_days_after(now.date(), 5),
        )
        await work.requests.add(request)
        self._requests.append(request)
        return request
