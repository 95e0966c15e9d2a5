"""The card of a request in its channel: posted, updated in place, and moved with its request to another channel.

Each channel has a lane of its own, and what is sent to a channel is sent in its lane. So a card is posted by the
lane of the channel that it belongs to by now. The lane that it left gets a notice of its own, which turns the old
card into a pointer after whatever that lane still had under way. A notice in the wrong lane is passed on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.channel_posts import update_or_post
from bot.delivery import Outcome, Sent
from bot.insist import insist
from bot.references import NoWayToReaderError, reference_to
from bot.speech import card_message
from centre.notices import Notice, NoticeKind
from centre.routing import channel_of, conversation_of_lane, lane_for, lane_of_conversation, passed_on
from dialogs.cards.case import case_card
from dialogs.cards.routing import moved_card
from dialogs.casework import view_of
from dialogs.texts import DEFAULT, texts_in
from storage.cards import ChannelCard

if TYPE_CHECKING:
    from bot.catalogues import Catalogues
    from bot.connector import Connector
    from bot.demo.stage import DemoStage
    from bot.who_is_who import WhoIsWho
    from centre.clock import DanishClock
    from storage.database import Database
    from storage.outbox import Claimed
    from storage.unit_of_work import UnitOfWork


class CaseCards:
    """Keeps one card of every request in the channel that it belongs to."""

    def __init__(
        self,
        database: Database,
        connector: Connector,
        catalogues: Catalogues,
        who: WhoIsWho,
        clock: DanishClock,
        stage: DemoStage | None = None,
    ) -> None:
        self._database = database
        self._connector = connector
        self._catalogues = catalogues
        self._who = who
        self._clock = clock
        self._stage = stage

    async def send(self, claimed: Claimed) -> Sent:
        """Update the request's card in the channel, or post it where there is none (any more).

        Raises:
            NoWayToReaderError: there is no queue channel yet, or the bot cannot speak there.
        """
        index = await self._catalogues.index_of(claimed.tenant)
        colleagues = self._stage.colleagues() if self._stage else await self._who.colleagues(claimed.tenant)
        async with self._database.read_only(claimed.tenant) as work:
            request = await work.requests.get(claimed.notice.request_id)
            if request is None:
                raise NoWayToReaderError
            lane = await lane_for(work, request.wish)
            channel = await channel_of(work, lane)
            conversation = await work.conversations.get(channel.channel_id) if channel else None
            card = await work.channel_cards.of(request.id)
            view = await view_of(work, request, index, colleagues, self._clock.now().date())
        if lane != claimed.notice.audience:
            return await self._pass_on(claimed, passed_on(request, lane, claimed.notice))
        if channel is None or conversation is None:
            raise NoWayToReaderError
        shown = case_card(texts_in(DEFAULT), view)
        activity = card_message(shown.json(), shown.summary)
        reference = reference_to(conversation)
        here = card if card and card.conversation_id == channel.channel_id else None
        sent, is_new = await update_or_post(self._connector, reference, here, activity)
        if is_new:
            posted = ChannelCard(channel.channel_id, sent.activity_id)
            await insist(lambda: self._keep(claimed, posted))
        return sent

    async def point(self, claimed: Claimed) -> Sent:
        """Let what is left of a card in this lane's channel say where its request is now."""
        async with self._database.read_only(claimed.tenant) as work:
            request = await work.requests.get(claimed.notice.request_id)
            channel = await channel_of(work, await lane_for(work, request.wish)) if request else None
            here = await conversation_of_lane(work, claimed.notice.audience)
            conversation = await work.conversations.get(here)
            cards = await work.channel_cards.moved_from(claimed.notice.request_id, here)
        if request is None or channel is None or conversation is None:
            return Sent(Outcome.DELIVERED, requests=0)
        shown = moved_card(texts_in(DEFAULT), request, channel)
        requests = 0
        for card in cards:
            sent = await self._connector.update(
                reference_to(conversation), card.activity_id, card_message(shown.json(), shown.summary)
            )
            requests += sent.requests
            if sent.outcome not in {Outcome.DELIVERED, Outcome.GONE}:
                return replace(sent, requests=requests)
            await insist(lambda card=card: self._forget(claimed, card))  # type: ignore[misc] # bound now, not later
        return Sent(Outcome.DELIVERED, requests=requests)

    async def _pass_on(self, claimed: Claimed, notice: Notice) -> Sent:
        async with self._database.unit_of_work(claimed.tenant) as work:
            await work.notices.add(notice)
            await work.commit()
        return Sent(Outcome.DELIVERED, requests=0)

    async def _keep(self, claimed: Claimed, posted: ChannelCard) -> None:
        """Remember the card; one that stood in another channel, and one that is too late here, become pointers."""
        request_id = claimed.notice.request_id
        async with self._database.unit_of_work(claimed.tenant) as work:
            request = await work.requests.get(request_id)
            before = await work.channel_cards.of(request_id)
            belongs_here = request is None or await lane_for(work, request.wish) == claimed.notice.audience
            if belongs_here:
                await work.channel_cards.put(request_id, posted)
                if before and before.conversation_id != posted.conversation_id:
                    await self._leave_behind(work, request_id, before)
            else:
                await self._leave_behind(work, request_id, posted)
            await work.commit()

    async def _leave_behind(self, work: UnitOfWork, request_id: str, card: ChannelCard) -> None:
        await work.channel_cards.left_behind(request_id, card)
        lane = await lane_of_conversation(work, card.conversation_id)
        key = f"{NoticeKind.CARD_MOVED}:{request_id}:{card.activity_id}"
        await work.notices.add(Notice(NoticeKind.CARD_MOVED, lane, request_id, key))

    async def _forget(self, claimed: Claimed, card: ChannelCard) -> None:
        async with self._database.unit_of_work(claimed.tenant) as work:
            await work.channel_cards.points(claimed.notice.request_id, card)
            await work.commit()
