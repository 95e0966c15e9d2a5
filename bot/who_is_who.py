"""Who somebody is: known by Entra object id, met once through Teams, staff by the rosters of the queue's teams."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.delivery import ConnectorError
from bot.logs import logger
from centre.cases import Colleague
from centre.people import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.connector import Connector
    from bot.inbound import Inbound
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

ROSTER_SECONDS = 300.0
"""How long a team's roster is believed: a new colleague can work after five minutes at the latest."""
ROSTER_RETRY_SECONDS = 20.0
"""How soon a roster that could not be had is asked for again."""
MOST_MET = 50_000

_log = logger("who_is_who")


@dataclass(frozen=True, slots=True)
class _Roster:
    """The staff of a tenant with their names, and until when (monotonic seconds) that is believed."""

    people: Mapping[str, str]
    until: float


class WhoIsWho:
    """Knows people. What needs Teams is asked before the turn's transaction, never inside it."""

    def __init__(
        self, database: Database, connector: Connector, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._connector = connector
        self._clock = clock
        self._rosters: dict[str, _Roster] = {}
        self._asking: dict[str, asyncio.Lock] = {}
        self._met: set[tuple[str, str]] = set()

    async def email_of_newcomer(self, inbound: Inbound, service_url: str) -> str:
        """Ask Teams for an e-mail not known yet (a newcomer's, or Teams did not answer then), "" otherwise."""
        if (inbound.tenant, inbound.person_id) in self._met:
            return ""
        async with self._database.read_only(inbound.tenant) as work:
            known = await work.people.get(inbound.person_id)
        if known and known.email:
            self._remember_met(inbound)
            return ""
        try:
            member = await self._connector.member(service_url, inbound.conversation_id, inbound.teams_id)
        except ConnectorError:
            return ""
        email = (member.email or member.user_principal_name) if member else ""
        if known and not email:
            self._remember_met(inbound)  # Teams has none either
        return email

    async def person(
        self, work: UnitOfWork, inbound: Inbound, known: Person | None, email: str, *, staff: bool
    ) -> Person:
        """Return the person, inside the turn's transaction; a newcomer is bound to the imported list or added."""
        if known is None or (email and not known.email):
            imported = await work.people.by_email(email) if email else None
            before = known or Person(work.tenant, inbound.person_id, inbound.person_name)
            listed = imported or before
            known = replace(
                listed,
                id=inbound.person_id,
                name=inbound.person_name or listed.name,
                email=email,
                locale=before.locale,
            )
            await work.people.save(known)
        elif inbound.person_name and inbound.person_name != known.name:
            known = replace(known, name=inbound.person_name)
            await work.people.save(known)
        return replace(known, staff=staff)

    async def is_staff(self, tenant: str, person_id: str) -> bool:
        """Whether somebody is in a team that holds a channel of the queue, as Teams says."""
        roster = self._rosters.get(tenant)
        if roster is None or roster.until <= self._clock():
            async with self._asking.setdefault(tenant, asyncio.Lock()):
                roster = self._rosters.get(tenant)
                if roster is None or roster.until <= self._clock():
                    roster = await self._ask_roster(tenant, roster)
                    self._rosters[tenant] = roster
        return person_id in roster.people

    async def colleagues(self, tenant: str) -> Sequence[Colleague]:
        """Return the people of the centre's teams, by name."""
        await self.is_staff(tenant, "")
        names = self._rosters[tenant].people
        return sorted((Colleague(person_id, name) for person_id, name in names.items()), key=lambda who: who.name)

    def forget_roster(self, tenant: str) -> None:
        """Ask again next time: the queue has moved to another team."""
        self._rosters.pop(tenant, None)

    def _remember_met(self, inbound: Inbound) -> None:
        """Keep who is known already, so that only the first turn of a person looks; forgetting is harmless."""
        if len(self._met) >= MOST_MET:
            self._met.clear()
        self._met.add((inbound.tenant, inbound.person_id))

    async def _ask_roster(self, tenant: str, known: _Roster | None) -> _Roster:
        """Ask who is in the teams that hold a channel of the queue; no answer does not mean nobody."""
        async with self._database.read_only(tenant) as work:
            main = await work.channels.queue()
            channels = [main, *(route.channel for route in await work.channels.routes())]
            teams = {channel.team_id: channel.channel_id for channel in reversed(channels) if channel}
            found = {team: await work.conversations.get(channel) for team, channel in teams.items()}
        conversations = {team: conversation for team, conversation in found.items() if conversation}
        if not conversations:
            return _Roster({}, self._clock() + ROSTER_RETRY_SECONDS)
        people: dict[str, str] = {}
        believed = ROSTER_SECONDS
        for team, conversation in conversations.items():
            try:
                members = await self._connector.members(conversation.service_url, team)
            except ConnectorError:
                _log.warning("roster_not_had")
                people |= known.people if known else {}
                believed = ROSTER_RETRY_SECONDS
            else:
                people |= {member.object_id or member.id: member.name for member in members}
        return _Roster(people, self._clock() + believed)
