"""The demo's stage: one newcomer plays the leader, the employee and the consultant, in one browser.

Whoever uses the Playground is themselves until they say "jeg er …"; then they act as the sample person of that
part, with that person's rights and memory. In the centre's channel they are always the consultant. Only the
demo has a stage; elsewhere a person is who Teams says.

Where several browsers are open, each as somebody else, who came as themselves is reached in their own chat, also
while another browser plays them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.demo.people import EVERYBODY, PARTS, STAFF
from centre.cases import Colleague
from dialogs.input import Scope
from storage.states import StateKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.inbound import Inbound
    from centre.people import Person
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

_ROOM = "demo:stage"


class DemoStage:
    """Knows who plays whom. Which part somebody plays is kept in the database, so a restart keeps it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._played_by: dict[str, str] = {}

    async def cast(self, inbound: Inbound) -> Inbound:
        """Return what happened as done by the person that is played."""
        if inbound.input.scope is Scope.CHANNEL:
            persona = inbound.person_id if inbound.person_id in STAFF else PARTS["staff"].id
        else:
            async with self._database.read_only(inbound.tenant) as work:
                persona = await self.plays(work, inbound.person_id)
        if self._played_by.get(persona) != persona:
            self._played_by[persona] = inbound.person_id
        name = inbound.person_name if persona == inbound.person_id else ""
        return replace(inbound, person_id=persona, person_name=name)

    async def plays(self, work: UnitOfWork, real_id: str) -> str:
        """Return the id of the person that somebody plays in their personal chat."""
        stored = await work.states.load(StateKey(_ROOM, real_id))
        return str(stored.data["plays"]) if stored else real_id

    def is_staff(self, person_id: str) -> bool:
        """Whether a sample person is of the centre's staff."""
        return person_id in STAFF

    def colleagues(self) -> Sequence[Colleague]:
        """Return the sample people of the centre's team."""
        return [Colleague(person.id, person.name) for person in EVERYBODY if person.id in STAFF]

    def real_id(self, person_id: str) -> str:
        """Return who plays this person, and so in whose chat they are reached."""
        return self._played_by.get(person_id, person_id)

    def for_person(self, work: UnitOfWork, real_id: str) -> _Part:
        """Return the stage as one turn sees it."""
        return _Part(work, real_id)


@dataclass(frozen=True, slots=True)
class _Part:
    """Implements `dialogs.turn.Stage`."""

    work: UnitOfWork
    real_id: str

    async def play(self, part: str) -> Person:
        """Become the sample person of a part."""
        person = PARTS[part]
        key = StateKey(_ROOM, self.real_id)
        stored = await self.work.states.load(key)
        await self.work.states.save(key, {"plays": person.id}, stored.version if stored else None)
        known = await self.work.people.get(person.id) or person
        return replace(known, staff=person.id in STAFF)
