"""Wording and sending one notice: a card in the channel, an event told to a person or in the thread of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import digests
from bot.case_cards import CaseCards
from bot.delivery import Outcome, Sent
from bot.digests import NothingToTellError
from bot.enrolment_cards import EnrolmentCards
from bot.enrolment_post import Post, decide_run_reminder, enrolment_news
from bot.interest_post import interest_news
from bot.purpose_post import purpose_news
from bot.references import NoWayToReaderError, reference_to
from bot.speech import card_message, message
from centre.notices import Notice, NoticeKind
from centre.purpose_news import DONE_BY_HOUSE, TOLD, act_when_due
from centre.routing import channel_of, is_lane, lane_for
from centre.signing_up import expire_seat
from dialogs.cards.case_news import for_stand_in, leader_news, staff_news
from dialogs.cards.history import event_words
from dialogs.texts import DEFAULT, texts_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from botbuilder.schema import Activity

    from bot.catalogues import Catalogues
    from bot.connector import Connector
    from bot.demo.stage import DemoStage
    from bot.links import Links
    from bot.who_is_who import WhoIsWho
    from centre.clock import DanishClock
    from centre.requests import Event, Request
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts
    from storage.conversations import Conversation
    from storage.database import Database
    from storage.outbox import Claimed
    from storage.unit_of_work import UnitOfWork


class Postman:
    """Takes one notice to its reader, worded in the reader's language at that moment."""

    def __init__(
        self,
        database: Database,
        connector: Connector,
        catalogues: Catalogues,
        who: WhoIsWho,
        clock: DanishClock,
        links: Links,
        stage: DemoStage | None = None,
    ) -> None:
        self._cards = CaseCards(database, connector, catalogues, who, clock, stage)
        self._enrolment_cards = EnrolmentCards(database, connector, catalogues)
        self._database = database
        self._connector = connector
        self._clock = clock
        self._links = links
        self._stage = stage

    async def send(self, claimed: Claimed, together_with: Sequence[Claimed] = ()) -> Sent:
        """Send a notice, and in the same message those that are told together with it.

        Raises:
            NothingToTellError: its reason has gone.
            NoWayToReaderError: there is no conversation with the reader, or no queue channel, yet.
            DatabaseUnavailableError, ConflictError: what is known of the notice could not be read or kept.
        """
        if claimed.notice.kind is NoticeKind.MORNING_DIGEST:
            return await self._send_morning(claimed)
        if claimed.notice.kind is NoticeKind.SEAT_DEADLINE or claimed.notice.kind in DONE_BY_HOUSE:
            return await self._act_for_house(claimed)
        if claimed.notice.kind is NoticeKind.ENROLMENT_CARD:
            return await self._enrolment_cards.send(claimed)
        if claimed.notice.kind is NoticeKind.REQUEST_CARD:
            return await self._cards.send(claimed)
        if claimed.notice.kind is NoticeKind.CARD_MOVED:
            return await self._cards.point(claimed)
        if is_lane(claimed.notice.audience):
            return await self._send_to_thread(claimed)
        return await self._send_to_person(claimed, together_with)

    async def _send_to_thread(self, claimed: Claimed) -> Sent:
        """Say what the leader did below the case's card, where the centre talks about it."""
        async with self._database.read_only(claimed.tenant) as work:
            event = await work.requests.event(claimed.notice.event_id)
            card = await work.channel_cards.of(claimed.notice.request_id)
            conversation = await work.conversations.get(card.conversation_id) if card else None
        if event is None:
            raise NothingToTellError("no such event")
        if card is None or conversation is None:
            return await self._with_a_new_card(claimed)
        texts = texts_in(DEFAULT)
        words = ": ".join(part for part in (event_words(texts, event), event.detail.get("words", "")) if part)
        thread = f"{card.conversation_id};messageid={card.activity_id}"
        sent = await self._connector.send(reference_to(conversation, thread), message(words))
        return await self._with_a_new_card(claimed) if sent.outcome is Outcome.GONE else sent

    async def _with_a_new_card(self, claimed: Claimed) -> Sent:
        """Post the card of a thread that is gone or never came; it shows what was said last."""
        async with self._database.unit_of_work(claimed.tenant) as work:
            await work.channel_cards.drop(claimed.notice.request_id)
            await work.commit()
        return await self._cards.send(claimed)

    async def _send_morning(self, claimed: Claimed) -> Sent:
        """Say in a channel what its day begins with; one that holds nothing any more has no day."""
        async with self._database.read_only(claimed.tenant) as work:
            channel = await channel_of(work, claimed.notice.audience)
            conversation = await work.conversations.get(channel.channel_id) if channel else None
            card = await digests.morning(work, texts_in(DEFAULT), claimed.notice, self._clock.now())
        if conversation is None:
            raise NoWayToReaderError
        return await self._connector.send(reference_to(conversation), card_message(card.json(), card.summary))

    async def _act_for_house(self, claimed: Claimed) -> Sent:
        """Do what is due by itself: a seat that nobody took goes to the next, a purpose agreement opens."""
        async with self._database.unit_of_work(claimed.tenant) as work:
            if claimed.notice.kind in DONE_BY_HOUSE:
                await act_when_due(work, claimed.notice, self._clock.now())
            else:
                await expire_seat(work, claimed.notice.enrolment_id, self._clock.now())
            await work.commit()
        return Sent(Outcome.DELIVERED, requests=0)

    async def _send_to_person(self, claimed: Claimed, together_with: Sequence[Claimed]) -> Sent:
        reader_id = claimed.notice.audience
        if claimed.notice.kind in digests.REMINDERS:
            async with self._database.unit_of_work(claimed.tenant) as work:
                await digests.decide(work, claimed.notice, self._clock.now())
        if claimed.notice.kind is NoticeKind.RUN_REMINDER:
            async with self._database.unit_of_work(claimed.tenant) as work:
                heard = await decide_run_reminder(work, claimed.notice, self._clock.now())
                await work.commit()
            if not heard:
                raise NothingToTellError("the person wants to hear it later, or not before the run")
        async with self._database.read_only(claimed.tenant) as work:
            person = await work.people.get(reader_id)
            texts = texts_in(person.locale if person else DEFAULT)
            words = await self._words(work, texts, claimed.notice, together_with)
            chat = self._stage.real_id(reader_id) if self._stage else reader_id
            conversation = await work.conversations.personal(chat)
            speaks_to = await self._stage.plays(work, chat) if self._stage else reader_id
        if conversation is None:
            raise NoWayToReaderError
        if person and speaks_to != reader_id:
            await self._connector.send(reference_to(conversation), message(texts("notice-for", name=person.name)))
        sent = await self._connector.send(reference_to(conversation), words)
        if sent.outcome in {Outcome.BLOCKED, Outcome.GONE}:
            await self._forget(claimed.tenant, conversation)
        return sent

    async def _words(
        self, work: UnitOfWork, texts: Texts, notice: Notice, together_with: Sequence[Claimed]
    ) -> Activity:
        """Word what a person is told."""
        if notice.interest_id:
            card = await interest_news(work, texts, notice, self._clock.now())
            return card_message(card.json(), card.summary)
        if notice.kind in TOLD:
            card = await purpose_news(work, texts, notice, self._clock.now())
            return card_message(card.json(), card.summary)
        if notice.enrolment_id:
            post = Post(work, texts, self._links, self._clock.now())
            card = await enrolment_news(post, notice)
            return card_message(card.json(), card.summary)
        now = self._clock.now()
        if together_with:
            notices = [notice, *(other.notice for other in together_with)]
            card = await digests.own_digest(work, texts, notices, now.date())
            return card_message(card.json(), card.summary)
        request = await work.requests.get(notice.request_id)
        event = await work.requests.event(notice.event_id)
        if request is None:
            raise NothingToTellError("no such case")
        absent = await work.settings.stood_in_for_by(notice.audience, now.date())
        if notice.kind in digests.REMINDERS:
            card = digests.reminder(texts, notice, request, event, now)
        elif event is None:
            return _taken(texts, request)
        else:
            card = _news(texts, request, event, {notice.audience, *absent})
        name = _stood_in_for(request, notice.audience, absent)
        card = for_stand_in(texts, card, name) if name else card
        return card_message(card.json(), card.summary)

    async def show_whether_told(self, claimed: Claimed) -> None:
        """Let the cards of all cases that somebody's lane holds be updated: they name who is not told."""
        reader_id = claimed.notice.audience
        if is_lane(reader_id):
            return
        async with self._database.unit_of_work(claimed.tenant) as work:
            cases = {claimed.notice.request_id, *await work.notices.cases_waiting_for(reader_id)}
            for request_id in sorted(cases):
                request = await work.requests.get(request_id)
                if request:
                    lane = await lane_for(work, request.wish)
                    key = f"{NoticeKind.REQUEST_CARD}:{request_id}:told:{claimed.id}:{claimed.token}"
                    await work.notices.add(Notice(NoticeKind.REQUEST_CARD, lane, request_id, key))
            await work.commit()

    async def _forget(self, tenant: str, conversation: Conversation) -> None:
        async with self._database.unit_of_work(tenant) as work:
            await work.conversations.forget(conversation.conversation_id)
            await work.commit()


def _taken(texts: Texts, request: Request) -> Activity:
    """Word a notice of release 0.1, which names no event."""
    return message(
        texts(
            "news-taken",
            name=request.assignee_name,
            number=str(request.number),
            topic=request.wish.topic or texts("no-topic"),
            day=texts.day(request.answer_due),
        )
    )


def _news(texts: Texts, request: Request, event: Event, leaders: Collection[str]) -> Card:
    """Word an event for whoever sees the case as its leader does, or for staff."""
    news = leader_news if request.requester_id in leaders else staff_news
    return news(texts, request, event)


def _stood_in_for(request: Request, reader_id: str, absent: Collection[str]) -> str:
    """Return the name of the absent person for whom a reader is told of a case; "" when it is their own."""
    people = {request.requester_id: request.requester_name, request.assignee_id: request.assignee_name}
    return "" if reader_id in people else next((people[one] for one in people if one in absent), "")
