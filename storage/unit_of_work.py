"""One transaction over one tenant's rows, with a door to each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.cards import ChannelCards
from storage.catalogue import StoredCatalogue
from storage.catalogue_version import CatalogueVersion
from storage.channels import StoredChannels
from storage.choices import StoredChoices
from storage.conversations import Conversations
from storage.dead_letters import DeadLetters
from storage.enrolments import StoredEnrolments
from storage.inbox import Inbox
from storage.interests import StoredInterests
from storage.notices import StoredNotices
from storage.opening import Opening
from storage.own_data import StoredOwnData
from storage.people import StoredPeople
from storage.purposes import StoredPurposes
from storage.requests import StoredRequests
from storage.retention import Retention
from storage.saved_views import StoredViews
from storage.search_index import SearchIndex
from storage.settings import StoredSettings
from storage.states import States
from storage.synonyms import StoredSynonyms
from storage.wake import announce

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.ext.asyncio import AsyncSession

    from centre.ports import (
        Channels,
        Choices,
        Enrolments,
        Interests,
        Notices,
        People,
        PeoplesData,
        PeoplesSettings,
        Purposes,
        Requests,
        SavedViews,
        Synonyms,
    )


class UnitOfWork:
    """Implements `centre.ports.UnitOfWork`; the attributes below the gap are for `bot/` and `app.py`.

    `Database.unit_of_work` makes them. What was changed is rolled back unless `commit` is called, and nothing
    can be read or written through it afterwards.
    """

    def __init__(
        self,
        session: AsyncSession,
        tenant: str,
        *,
        release: Callable[[], Awaitable[None]],
        wake: Callable[[], None],
    ) -> None:
        notices = StoredNotices(session, tenant)
        version = CatalogueVersion(session, tenant)
        self.tenant = tenant
        self.people: People = StoredPeople(session, tenant)
        self.settings: PeoplesSettings = StoredSettings(session, tenant)
        self.requests: Requests = StoredRequests(session, tenant)
        self.enrolments: Enrolments = StoredEnrolments(session, tenant, version)
        self.purposes: Purposes = StoredPurposes(session, tenant)
        self.interests: Interests = StoredInterests(session, tenant)
        self.channels: Channels = StoredChannels(session, tenant)
        self.notices: Notices = notices
        self.synonyms: Synonyms = StoredSynonyms(session, tenant, version)
        self.choices: Choices = StoredChoices(session, tenant, version)
        self.saved_views: SavedViews = StoredViews(session, tenant)

        self.states = States(session, tenant)
        self.opening = Opening(session, tenant, self.states)
        self.inbox = Inbox(session, tenant)
        self.conversations = Conversations(session, tenant)
        self.dead_letters = DeadLetters(session, tenant)
        self.channel_cards = ChannelCards(session, tenant)
        self.catalogue = StoredCatalogue(session, tenant, version)
        self.search_index = SearchIndex(session, tenant)
        self.retention = Retention(session, tenant)
        self.own_data: PeoplesData = StoredOwnData(session, tenant, self.retention)

        self._session = session
        self._written = notices
        self._release = release
        self._wake = wake

    async def commit(self) -> None:
        """Make everything permanent at once, let go of the database, and wake the notifier if it has work.

        Raises:
            ConflictError: somebody else was first; nothing was kept.
            DatabaseUnavailableError: the database is gone; nothing was kept, or its answer got lost.
        """
        if self._written.added:
            await announce(self._session)
        await self._session.commit()
        await self._release()
        if self._written.added:
            self._wake()
