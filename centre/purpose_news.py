"""When a purpose agreement begins and ends, and who is told what of it: never who did it.

A notice names the enrolment only. Whoever it is worded for sees no more than they may see at that moment.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus, key_of
from centre.leading import leader_today
from centre.notices import HOUSE_LANE, Notice, NoticeKind
from centre.purpose import (
    SHORTEST_TIME,
    Purpose,
    Side,
    begins,
    begun_again,
    deadline_of,
    reminded_at,
)
from centre.settings import PersonSettings, audible_from
from centre.telling import heard_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from catalogue.offers import Run
    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.people import Person
    from centre.ports import UnitOfWork

Kind = NoticeKind
TOLD = frozenset(
    {
        Kind.PURPOSE_ASKED,
        Kind.PURPOSE_REMINDER,
        Kind.PURPOSE_OPENED,
        Kind.PURPOSE_CHANGED,
        Kind.PURPOSE_CONFIRMED,
        Kind.PURPOSE_AGREED,
    }
)
"""What people are told."""
DONE_BY_HOUSE = frozenset({Kind.PURPOSE_NEARLY_DUE, Kind.PURPOSE_DEADLINE})
"""Timers at which the house acts."""


class NoLeaderError(Exception):
    """Nobody is known to lead the person, so there is nobody to agree with."""


async def follow(
    work: UnitOfWork, enrolment: Enrolment, event: EnrolmentEvent, run: Run | None, now: datetime
) -> None:
    """Let the agreement follow its enrolment, in the same transaction.

    It begins by itself when somebody gets a place that had to be approved, and closes when the place is gone. A
    run that moves takes the deadline along.
    """
    if not enrolment.is_live:
        await _close(work, enrolment, now)
    elif enrolment.status is EnrolmentStatus.ATTENDING and event.before is not EnrolmentStatus.ATTENDING:
        approved = await work.purposes.sign_up_of(enrolment.offer_code) in {SignUp.LEADER, SignUp.CENTRE}
        if approved and run and now < begins(run) and await _other_leader(work, enrolment):
            await begin(work, enrolment, run, now)
    elif event.kind is EnrolmentEventKind.RUN_CHANGED and run:
        await _move(work, enrolment, run, now)


async def begin(
    work: UnitOfWork, enrolment: Enrolment, run: Run, now: datetime, by: Person | None = None
) -> Purpose:
    """Begin an agreement, or open the closed one again, and ask both sides; `by` sees the questions at once.

    Raises:
        NoLeaderError: there is nobody to agree with.
    """
    if await _other_leader(work, enrolment) is None:
        raise NoLeaderError
    known = await work.purposes.get(enrolment.id)
    if known and known.closed_at is None:
        return known
    if known:
        purpose = await work.purposes.save(begun_again(known, run, now))
    else:
        deadline = deadline_of(run, now)
        purpose = await work.purposes.add(Purpose(enrolment.id, enrolment.tenant, now, deadline))
    told_already = key_of(by) if by else ""
    for side in Side:
        await tell(work, enrolment, purpose, side, Kind.PURPOSE_ASKED, now, told_already)
    await _set_timers(work, purpose, now)
    return purpose


async def tell(
    work: UnitOfWork,
    enrolment: Enrolment,
    purpose: Purpose,
    side: Side,
    kind: NoticeKind,
    now: datetime,
    actor_id: str = "",
) -> None:
    """Write a notice for a side, and for who stands in for a leader who is away; never for the actor."""
    for reader, settings in (await _readers(work, enrolment, side, now)).items():
        if reader == actor_id:
            continue
        at = audible_from(settings, now)
        key = f"{kind}:{purpose.enrolment_id}:{purpose.version}:{reader}"
        await work.notices.add(Notice(kind, reader, "", key, at if at > now else None, 0, purpose.enrolment_id))


async def act_when_due(work: UnitOfWork, timer: Notice, now: datetime) -> None:
    """Do what a timer of the house is for: remind who has not answered, or show each what the other said.

    A timer whose agreement is closed, answered or has another deadline by now does nothing.
    """
    purpose = await work.purposes.get(timer.enrolment_id)
    enrolment = await work.enrolments.get(timer.enrolment_id)
    if purpose is None or enrolment is None or enrolment.status is not EnrolmentStatus.ATTENDING:
        return
    if purpose.closed_at or purpose.both_answered:
        return
    if timer.dedup_key != timer_key(timer.kind, purpose):
        return
    for side in Side:
        if timer.kind is Kind.PURPOSE_DEADLINE:
            await tell(work, enrolment, purpose, side, Kind.PURPOSE_OPENED, now)
        elif not purpose.half(side).answered:
            await tell(work, enrolment, purpose, side, Kind.PURPOSE_REMINDER, now)


def timer_key(kind: NoticeKind, purpose: Purpose) -> str:
    """Return the key of an agreement's timer: another deadline, or beginning again, makes another timer."""
    return f"{kind}:{purpose.enrolment_id}:{_second(purpose.begun_at)}:{_second(purpose.deadline)}"


async def _readers(
    work: UnitOfWork, enrolment: Enrolment, side: Side, now: datetime
) -> Mapping[str, PersonSettings]:
    """Return who hears what a side is told; an employee's agreement is nobody else's while they are away."""
    if side is Side.PERSON:
        own = enrolment.person_id
        return {own: (await work.settings.of({own})).get(own, PersonSettings(own))}
    leader = await _other_leader(work, enrolment)
    heard = await heard_by(work, {key_of(leader)}, now) if leader else {}
    return {reader: settings for reader, settings in heard.items() if reader != enrolment.person_id}


async def _other_leader(work: UnitOfWork, enrolment: Enrolment) -> Person | None:
    """Return who leads the person today; nobody agrees with themselves."""
    leader = await leader_today(work, enrolment)
    return leader if leader and key_of(leader) != enrolment.person_id else None


async def _set_timers(work: UnitOfWork, purpose: Purpose, now: datetime) -> None:
    dues = {Kind.PURPOSE_NEARLY_DUE: reminded_at(purpose), Kind.PURPOSE_DEADLINE: purpose.deadline}
    for kind, due in dues.items():
        if due > now or kind is Kind.PURPOSE_DEADLINE:
            key = timer_key(kind, purpose)
            await work.notices.add(Notice(kind, HOUSE_LANE, "", key, due, 0, purpose.enrolment_id))


async def _close(work: UnitOfWork, enrolment: Enrolment, now: datetime) -> None:
    purpose = await work.purposes.get(enrolment.id)
    if purpose and purpose.closed_at is None:
        await work.purposes.save(replace(purpose, closed_at=now))


async def _move(work: UnitOfWork, enrolment: Enrolment, run: Run, now: datetime) -> None:
    """Take the deadline along with the run; what each has seen already stays seen."""
    purpose = await work.purposes.get(enrolment.id)
    if purpose is None or purpose.closed_at or purpose.is_open(now):
        return
    deadline = max(deadline_of(run, purpose.begun_at), min(now + SHORTEST_TIME, begins(run)))
    if deadline != purpose.deadline:
        await _set_timers(work, await work.purposes.save(replace(purpose, deadline=deadline)), now)


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
