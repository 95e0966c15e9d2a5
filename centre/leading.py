"""Who leads whom: by the municipality's list, or by the person's own word where the list says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from centre.enrolments import UNSEEN, key_of

if TYPE_CHECKING:
    from datetime import datetime

    from centre.people import Person
    from centre.ports import UnitOfWork


class Led(Protocol):
    """What is a person's own and of their leader's concern: an enrolment, a wish. Both ids are keys."""

    @property
    def person_id(self) -> str:
        """Whose it is."""

    @property
    def leader_id(self) -> str:
        """Who led them then, "" where nobody was known to."""


async def leader_of(work: UnitOfWork, person: Person) -> Person | None:
    """Return who leads a person by the list; None where the list does not say, or that one leads no more."""
    if not person.leader_email:
        return None
    leader = await work.people.holder_of(person.leader_email)
    return leader if leader and leader.leads else None


async def leads(work: UnitOfWork, actor: Person, person: Person, now: datetime) -> bool:
    """Whether somebody leads a person now, or stands in for who does."""
    leader = await leader_of(work, person)
    return leader is not None and await _is_or_stands_in_for(work, actor, key_of(leader), now)


async def stands_for_leader(work: UnitOfWork, actor: Person, led: Led, now: datetime) -> bool:
    """Whether somebody decides as the leader of whose it is: the list of today goes before that of then."""
    leader = await leader_today(work, led)
    return leader is not None and await _is_or_stands_in_for(work, actor, key_of(leader), now)


async def leader_today(work: UnitOfWork, led: Led) -> Person | None:
    """Return who leads the person whose it is: by the list of today, or whom they named where it is silent."""
    person = await person_with(work, led.person_id)
    if person and person.leader_email:
        return await leader_of(work, person)
    named = await person_with(work, led.leader_id) if led.leader_id else None
    return named if named and named.leads else None


async def person_with(work: UnitOfWork, key: str) -> Person | None:
    """Return the person whose enrolments are kept under a key (`centre.enrolments.key_of`)."""
    if key.startswith(UNSEEN):
        return await work.people.holder_of(key.removeprefix(UNSEEN))
    return await work.people.get(key)


async def _is_or_stands_in_for(work: UnitOfWork, actor: Person, leader_key: str, now: datetime) -> bool:
    if actor.left:
        return False
    if key_of(actor) == leader_key:
        return actor.leads
    settings = (await work.settings.of({leader_key})).get(leader_key)
    return settings is not None and settings.stand_in_id == actor.id and settings.is_away(now.date())
