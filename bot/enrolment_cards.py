"""The card of an enrolment that the centre decides on: posted once in the main channel, and updated in place.

It shows how things stand when it is sent, so that an older notice never shows an older state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channel_posts import update_or_post
from bot.digests import NothingToTellError
from bot.insist import insist
from bot.references import NoWayToReaderError, reference_to
from bot.speech import card_message
from centre.participants import awaits_centre
from dialogs.cards.enrolment_case import enrolment_case_card
from dialogs.enrolment_cases import case_of
from dialogs.texts import DEFAULT, texts_in
from storage.cards import ChannelCard

if TYPE_CHECKING:
    from bot.catalogues import Catalogues
    from bot.connector import Connector
    from bot.delivery import Sent
    from storage.database import Database
    from storage.outbox import Claimed


class EnrolmentCards:
    """Keeps one card of every enrolment that was the centre's to decide on."""

    def __init__(self, database: Database, connector: Connector, catalogues: Catalogues) -> None:
        self._database = database
        self._connector = connector
        self._catalogues = catalogues

    async def send(self, claimed: Claimed) -> Sent:
        """Update the enrolment's card in the channel, or post it where there is none (any more).

        Raises:
            NothingToTellError: there is nothing to decide, and no card that says otherwise.
            NoWayToReaderError: there is no queue channel yet, or the bot cannot speak there.
        """
        enrolment_id = claimed.notice.enrolment_id
        index = await self._catalogues.index_of(claimed.tenant)
        async with self._database.read_only(claimed.tenant) as work:
            enrolment = await work.enrolments.get(enrolment_id)
            tallies = await work.enrolments.tallies(code=enrolment.run_code, limit=1) if enrolment else []
            if enrolment is None or not tallies:
                raise NothingToTellError("no such enrolment")
            channel = await work.channels.queue()
            conversation = await work.conversations.get(channel.channel_id) if channel else None
            card = await work.channel_cards.of(enrolment_id)
            case = await case_of(work, enrolment, tallies[0], index)
        if card is None and not awaits_centre(enrolment):
            raise NothingToTellError("it was decided before its card was posted")
        if channel is None or conversation is None:
            raise NoWayToReaderError
        shown = enrolment_case_card(texts_in(DEFAULT), case)
        here = card if card and card.conversation_id == channel.channel_id else None
        activity = card_message(shown.json(), shown.summary)
        sent, is_new = await update_or_post(self._connector, reference_to(conversation), here, activity)
        if is_new:
            posted = ChannelCard(channel.channel_id, sent.activity_id)
            await insist(lambda: self._keep(claimed.tenant, enrolment_id, posted))
        return sent

    async def _keep(self, tenant: str, enrolment_id: str, posted: ChannelCard) -> None:
        async with self._database.unit_of_work(tenant) as work:
            await work.channel_cards.put(enrolment_id, posted)
            await work.commit()
