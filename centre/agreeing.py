"""What people do with purpose agreements: begin one, answer, confirm, and let the centre read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from centre.enrolment_states import Part
from centre.enrolments import EnrolmentStatus, key_of
from centre.filing import NotFoundError
from centre.notices import NoticeKind
from centre.purpose import (
    OTHER,
    Act,
    Half,
    Purpose,
    Side,
    answered,
    begins,
    confirmed,
    possible,
    readable,
    sharing,
    sides_of,
)
from centre.purpose_news import begin, tell
from centre.signing_up import find_enrolment, parts_of
from centre.states import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from catalogue.offers import Run
    from centre.enrolments import Enrolment
    from centre.people import Person
    from centre.ports import UnitOfWork
    from centre.purpose import Answers


@dataclass(frozen=True, slots=True)
class Seen:
    """An agreement as one side sees it now: what they may not read is not in it.

    `other` is None while it is hidden. `other_name` is who is on the other side, and `changeable` whether the run
    has not begun.
    """

    enrolment: Enrolment
    run: Run
    side: Side
    own: Half
    other: Half | None
    other_name: str
    other_answered: bool
    deadline: datetime
    edition: int
    may: frozenset[Act]
    is_open: bool
    agreed: bool
    shared: bool
    closed: bool

    @property
    def changeable(self) -> bool:
        """Whether this side can still say something else."""
        return Act.ANSWER in self.may

    @property
    def waits(self) -> bool:
        """Whether something is left for this side to do: to answer, or to confirm."""
        return Act.CONFIRM in self.may or (self.changeable and not self.own.answered)


async def see(work: UnitOfWork, actor: Person, enrolment_id: str, now: datetime) -> Seen:
    """Return an agreement as somebody sees it who is a side of it today.

    Raises:
        NotFoundError: there is none for this person.
    """
    return await _found(work, actor, enrolment_id, now)


async def can_begin(work: UnitOfWork, actor: Person, enrolment_id: str, now: datetime) -> tuple[Enrolment, Run]:
    """Return somebody's own place on a run that has not begun, for which they may begin an agreement.

    Raises:
        NotFoundError: it is nothing of this person's.
        NotAllowedError: only who takes part begins one, before the run does.
    """
    enrolment, parts = await find_enrolment(work, actor, enrolment_id, now)
    run = await _run(work, enrolment)
    if Part.PERSON not in parts or not _attends(enrolment) or now >= begins(run):
        raise NotAllowedError
    return enrolment, run


async def begin_own(work: UnitOfWork, actor: Person, enrolment_id: str, now: datetime) -> Seen:
    """Begin the agreement of one's own place that has none, and ask the leader; one that is there is shown.

    Raises:
        NotFoundError: it is nothing of this person's.
        NotAllowedError: only who takes part begins one, before the run does.
        NoLeaderError: nobody is known to lead this person.
    """
    purpose = await work.purposes.get(enrolment_id)
    if purpose is None or purpose.closed_at:
        enrolment, run = await can_begin(work, actor, enrolment_id, now)
        await begin(work, enrolment, run, now, actor)
    return await _found(work, actor, enrolment_id, now)


async def answer(
    work: UnitOfWork, actor: Person, enrolment_id: str, answers: Answers, now: datetime
) -> tuple[Seen, bool]:
    """Say one's part of an agreement, or say it anew; return how it stands and whether that changed anything.

    Raises:
        NotFoundError: there is none for this person.
        PurposeMovedOnError: the run has begun, or the place is gone.
        AnswersMissingError: not all three were answered.
        AnswerTooLongError: one of them is too long.
    """
    before, seen = await _purpose(work, actor, enrolment_id, now)
    by = (key_of(actor), actor.name)
    after = answered(before, seen.side, answers, by, now, begins(seen.run))
    if after is before:
        return seen, False
    after = await work.purposes.save(after)
    if after.both_answered and not before.both_answered:
        for side in Side:
            await tell(work, seen.enrolment, after, side, NoticeKind.PURPOSE_OPENED, now, actor.id)
    elif before.is_open(now):
        await tell(work, seen.enrolment, after, OTHER[seen.side], NoticeKind.PURPOSE_CHANGED, now, actor.id)
    return await _found(work, actor, enrolment_id, now), True


async def confirm(
    work: UnitOfWork, actor: Person, enrolment_id: str, edition: int | None, now: datetime
) -> tuple[Seen, bool]:
    """Confirm an agreement; return how it stands and whether that changed anything.

    Raises:
        NotFoundError: there is none for this person.
        PurposeMovedOnError: not both have answered, or what they have seen is not what is there now.
    """
    before, seen = await _purpose(work, actor, enrolment_id, now)
    after = confirmed(before, seen.side, edition, now, begins(seen.run))
    if after is before:
        return seen, False
    after = await work.purposes.save(after)
    kind = NoticeKind.PURPOSE_AGREED if after.agreed else NoticeKind.PURPOSE_CONFIRMED
    await tell(work, seen.enrolment, after, OTHER[seen.side], kind, now, actor.id)
    return await _found(work, actor, enrolment_id, now), True


async def share(work: UnitOfWork, actor: Person, enrolment_id: str, now: datetime, *, shares: bool) -> Seen:
    """Let the centre read the text of an agreement, or no longer; it reads nothing until both sides do.

    Raises:
        NotFoundError: there is none for this person.
        PurposeMovedOnError: this side has not answered, or the place is gone.
    """
    before, seen = await _purpose(work, actor, enrolment_id, now)
    if seen.own.shares == shares:
        return seen
    await work.purposes.save(sharing(before, seen.side, shares=shares, now=now, begin=begins(seen.run)))
    return await _found(work, actor, enrolment_id, now)


async def own_places(work: UnitOfWork, actor: Person, now: datetime) -> list[tuple[Enrolment, Seen | None]]:
    """Return the places somebody has on runs to come, the soonest first, with the agreements that there are."""
    places = [one for one in await work.enrolments.of_person(key_of(actor)) if _attends(one)]
    runs = await work.enrolments.runs({one.run_code for one in places})
    coming = [one for one in places if one.run_code in runs and runs[one.run_code].ends >= now.date()]
    return [(one, await _seen_if_open(work, actor, one, now)) for one in coming[::-1]]


async def of_own_people(work: UnitOfWork, actor: Person, now: datetime) -> Sequence[Seen]:
    """Return the agreements that a leader is a side of today, as a stand-in too, the soonest run first."""
    leaders = [actor]
    for absent in await work.settings.stood_in_for_by(actor.id, now.date()):
        person = await work.people.get(absent)
        leaders += [person] if person else []
    keys = {key_of(one) for one in leaders}
    people = {key_of(led) for one in leaders if one.email for led in await work.people.led_by(one.email)}
    found = [await _seen_if_open(work, actor, one, now) for one in await work.purposes.led(keys, people)]
    return [seen for seen in found if seen and seen.side is Side.LEADER]


async def _seen_if_open(work: UnitOfWork, actor: Person, enrolment: Enrolment, now: datetime) -> Seen | None:
    try:
        seen = await _found(work, actor, enrolment.id, now)
    except NotFoundError:
        return None
    return None if seen.closed else seen


async def _found(work: UnitOfWork, actor: Person, enrolment_id: str, now: datetime) -> Seen:
    return (await _purpose(work, actor, enrolment_id, now))[1]


async def _purpose(work: UnitOfWork, actor: Person, enrolment_id: str, now: datetime) -> tuple[Purpose, Seen]:
    enrolment = await work.enrolments.get(enrolment_id)
    purpose = await work.purposes.get(enrolment_id) if enrolment else None
    if enrolment is None or purpose is None:
        raise NotFoundError
    if not _attends(enrolment):
        purpose = replace(purpose, closed_at=purpose.closed_at or enrolment.changed_at)
    parts = await parts_of(work, actor, enrolment, now)
    sides = sides_of(parts)
    if not sides:
        raise NotFoundError
    side = next(iter(sides))
    return purpose, seen_by(purpose, enrolment, await _run(work, enrolment), side, now)


def seen_by(purpose: Purpose, enrolment: Enrolment, run: Run, side: Side, now: datetime) -> Seen:
    """Return what one side sees of an agreement."""
    other = purpose.half(OTHER[side])
    shown = OTHER[side] in readable(purpose, {Part(side.value)}, now)
    name = enrolment.person_name if side is Side.LEADER else other.by_name or enrolment.leader_name
    return Seen(
        enrolment=enrolment,
        run=run,
        side=side,
        own=purpose.half(side),
        other=other if shown else None,
        other_name=name,
        other_answered=other.answered,
        deadline=purpose.deadline,
        edition=purpose.edition,
        may=possible(purpose, side, now, begins(run)),
        is_open=purpose.is_open(now),
        agreed=purpose.agreed,
        shared=purpose.shared,
        closed=purpose.closed_at is not None,
    )


async def _run(work: UnitOfWork, enrolment: Enrolment) -> Run:
    return (await work.enrolments.runs([enrolment.run_code]))[enrolment.run_code]


def _attends(enrolment: Enrolment) -> bool:
    return enrolment.status is EnrolmentStatus.ATTENDING
