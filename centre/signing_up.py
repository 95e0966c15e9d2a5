"""Signing up for a run, and everything that can be done to an enrolment afterwards.

Each use case takes the run's lock first (`Enrolments.hold_run`), so that seats are never oversold and the waiting
list is served in order, however many press at once on however many replicas. A free seat never waits for a
newcomer while somebody is in line: whoever frees one hands it on in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.enrolment_news import seat_notice, tell_of
from centre.enrolment_states import EnrolmentMovedOnError, Part, check
from centre.enrolment_timers import reply_deadline, timers_for
from centre.enrolments import (
    Enrolment,
    EnrolmentEvent,
    EnrolmentEventKind,
    EnrolmentStatus,
    key_of,
)
from centre.enrolments import enrolment_id as enrolment_id_of
from centre.filing import AUTOMATIC, NotFoundError
from centre.leading import leads, stands_for_leader
from centre.people import Person
from centre.purpose_news import follow
from centre.states import NotAllowedError

if TYPE_CHECKING:
    from datetime import datetime

    from catalogue.offers import Offer, Run
    from centre.enrolments import Seats
    from centre.ports import UnitOfWork

HOUSE = Person(tenant="", id="", name=AUTOMATIC)
"""Who the audit trail says did what nobody did by hand."""


class RunClosedError(Exception):
    """Nobody can sign up for the run any more: it has begun, is past its deadline or was taken off."""

    def __init__(self, run: Run | None) -> None:
        super().__init__(run.code if run else "")
        self.run = run


@dataclass(frozen=True, slots=True)
class SignedUp:
    """An enrolment after an action, whether the action changed it, and its place in line (0: not in line)."""

    enrolment: Enrolment
    changed: bool
    place: int = 0


async def sign_up(
    work: UnitOfWork,
    actor: Person,
    person: Person,
    offer: Offer,
    run_code: str,
    now: datetime,
    leader: Person | None,
) -> SignedUp:
    """Sign a person up for a run; who is signed up already stays as they are.

    Args:
        work: The transaction.
        actor: Who does it: the person, somebody who leads them, or staff.
        person: Who is to take part.
        offer: The run's offer.
        run_code: The run.
        now: The time, with time zone Europe/Copenhagen.
        leader: Who leads the person (`centre.leading.leader_of`); None where nobody is known to.

    Raises:
        NotAllowedError: the person has left, or is not the actor's to sign up.
        RunClosedError: the run takes nobody any more.
    """
    own = key_of(actor) == key_of(person)
    if person.left or not (own or actor.staff or await leads(work, actor, person, now)):
        raise NotAllowedError
    seats = await work.enrolments.hold_run(run_code)
    known = await work.enrolments.of_person_on(run_code, key_of(person))
    if known and known.is_live:
        return SignedUp(known, changed=False, place=await place_in_line(work, known))
    if seats is None or not _takes_people(seats.run, actor, now):
        raise RunClosedError(seats.run if seats else None)
    now = seats.last_in_line(now)
    decides = _who_decides(offer, actor, person, leader, own=own)
    has_seat = seats.free > 0 and not seats.waiting
    wanted = Enrolment(
        id=known.id if known else enrolment_id_of(run_code, key_of(person)),
        tenant=work.tenant,
        run_code=run_code,
        offer_code=offer.code,
        title=offer.title,
        person_id=key_of(person),
        person_name=person.name,
        sign_up=decides,
        status=_status(decides, has_seat=has_seat),
        applied_at=now,
        changed_at=now,
        area=person.area,
        department=person.department,
        leader_id=key_of(leader) if leader else "",
        leader_name=leader.name if leader else "",
        signed_up_by=key_of(actor),
        holds_seat=has_seat,
        version=known.version if known else 1,
    )
    saved = await work.enrolments.save(wanted) if known else await work.enrolments.add(wanted)
    detail = {} if own else {"by": actor.name}
    await _record(work, actor, EnrolmentEventKind.SIGNED_UP, known, saved, now, detail)
    await _make_seats_known(work, seats, 1 if has_seat else 0)
    return SignedUp(saved, changed=True, place=await place_in_line(work, saved))


async def change(
    work: UnitOfWork, actor: Person, enrolment_id: str, kind: EnrolmentEventKind, now: datetime, words: str = ""
) -> SignedUp:
    """Do one thing to an enrolment.

    A leave after the run's deadline becomes a question to the centre.

    Raises:
        NotFoundError: there is no such enrolment for this person to see.
        NotAllowedError: it is not theirs to do.
        EnrolmentMovedOnError: the enrolment has moved on.
        WordsMissingError: a reason, a question or an answer is missing.
    """
    enrolment, parts = await find_enrolment(work, actor, enrolment_id, now)
    seats = await work.enrolments.hold_run(enrolment.run_code)
    if kind is EnrolmentEventKind.LEFT and _leaves_late(enrolment, seats, parts, now):
        kind = EnrolmentEventKind.LEAVE_ASKED
    check(enrolment, parts, kind, words)
    return await _apply(work, actor, enrolment, kind, now, {"words": words} if words else {}, seats)


async def swap(
    work: UnitOfWork, actor: Person, enrolment_id: str, other: Person, now: datetime
) -> tuple[Enrolment, Enrolment]:
    """Let somebody else take a person's seat, or their place in line; return both enrolments as they are now.

    Raises:
        NotFoundError: there is no such enrolment for the actor to see.
        NotAllowedError: one of the two people is not theirs to sign up.
        EnrolmentMovedOnError: there is no seat or place to take any more; or the other has one already.
        RunClosedError: the run has begun, or was taken off.
    """
    enrolment, parts = await find_enrolment(work, actor, enrolment_id, now)
    if other.left or not (actor.staff or await leads(work, actor, other, now)):
        raise NotAllowedError
    seats = await work.enrolments.hold_run(enrolment.run_code)
    check(enrolment, parts, EnrolmentEventKind.SWAPPED)
    if seats is None or now.date() > seats.run.starts:
        raise RunClosedError(seats.run if seats else None)
    known = await work.enrolments.of_person_on(enrolment.run_code, key_of(other))
    if known and known.is_live:
        raise EnrolmentMovedOnError(known)
    left = await work.enrolments.save(_changed(enrolment, EnrolmentEventKind.SWAPPED, now))
    await _record(work, actor, EnrolmentEventKind.SWAPPED, enrolment, left, now, {"by": other.name})
    came = replace(
        enrolment,
        id=known.id if known else enrolment_id_of(enrolment.run_code, key_of(other)),
        person_id=key_of(other),
        person_name=other.name,
        area=other.area,
        department=other.department,
        signed_up_by=key_of(actor),
        changed_at=now,
        leave_asked_at=None,
        version=known.version if known else 1,
    )
    saved = await work.enrolments.save(came) if known else await work.enrolments.add(came)
    await _record(work, actor, EnrolmentEventKind.SIGNED_UP, known, saved, now, {"by": actor.name})
    return left, saved


async def find_enrolment(
    work: UnitOfWork, actor: Person, enrolment_id: str, now: datetime
) -> tuple[Enrolment, frozenset[Part]]:
    """Return an enrolment and what somebody is to it; to anybody else it is not there.

    Raises:
        NotFoundError: there is none for this person.
    """
    enrolment = await work.enrolments.get(enrolment_id)
    parts = await parts_of(work, actor, enrolment, now) if enrolment else frozenset()
    if enrolment is None or not parts:
        raise NotFoundError
    return enrolment, parts


async def parts_of(work: UnitOfWork, actor: Person, enrolment: Enrolment, now: datetime) -> frozenset[Part]:
    """Return what somebody is to an enrolment today: a former leader is nothing to it."""
    parts = set()
    if actor.staff:
        parts.add(Part.STAFF)
    if not actor.left:
        if key_of(actor) == enrolment.person_id:
            parts.add(Part.PERSON)
        elif await stands_for_leader(work, actor, enrolment, now):
            parts.add(Part.LEADER)
    return frozenset(parts)


async def place_in_line(work: UnitOfWork, enrolment: Enrolment) -> int:
    """Return the place in line of who has no seat, counted from 1."""
    if not enrolment.is_live or enrolment.holds_seat:
        return 0
    return 1 + await work.enrolments.ahead_in_line(enrolment)


async def expire_seat(work: UnitOfWork, enrolment_id: str, now: datetime) -> None:
    """Let a seat that was offered and not taken in time go to the next in line; in any other case do nothing."""
    enrolment = await work.enrolments.get(enrolment_id)
    if enrolment is None or enrolment.offered_until is None or enrolment.offered_until > now:
        return
    seats = await work.enrolments.hold_run(enrolment.run_code)
    await _apply(work, HOUSE, enrolment, EnrolmentEventKind.SEAT_EXPIRED, now, {}, seats)


async def change_by_house(
    work: UnitOfWork,
    enrolment: Enrolment,
    kind: EnrolmentEventKind,
    now: datetime,
    detail: dict[str, str],
    seats: Seats | None,
) -> None:
    """Let the catalogue do something to an enrolment; the caller has the run's lock.

    Raises:
        EnrolmentMovedOnError: it has no seat and waits for none.
    """
    check(enrolment, {Part.HOUSE}, kind)
    await _apply(work, HOUSE, enrolment, kind, now, detail, seats)


async def hand_on_seats(work: UnitOfWork, run_code: str, now: datetime) -> None:
    """Give free seats to who waits, first come, first served.

    A seat is kept for an application that still awaits an answer; who has one is offered the seat until a
    deadline. Nothing is offered of a run that has begun.
    """
    while (seats := await work.enrolments.hold_run(run_code)) and seats.free and seats.run.starts > now.date():
        waiting = await work.enrolments.first_in_line(run_code)
        if waiting is None:
            return
        if waiting.status is EnrolmentStatus.APPLIED:
            kept = await work.enrolments.save(replace(waiting, holds_seat=True, changed_at=now))
            if kept.sign_up is SignUp.CENTRE:
                await work.notices.add(seat_notice(kept))
        else:
            until = reply_deadline(seats.run, now)
            offered = await work.enrolments.save(
                replace(waiting, holds_seat=True, offered_until=until, changed_at=now)
            )
            await _record(
                work, HOUSE, EnrolmentEventKind.SEAT_OFFERED, waiting, offered, now, {"until": until.isoformat()}
            )


async def _apply(
    work: UnitOfWork,
    actor: Person,
    enrolment: Enrolment,
    kind: EnrolmentEventKind,
    now: datetime,
    detail: dict[str, str],
    seats: Seats | None,
) -> SignedUp:
    saved = await work.enrolments.save(_changed(enrolment, kind, now))
    await _record(work, actor, kind, enrolment, saved, now, detail)
    if enrolment.holds_seat and not saved.holds_seat:
        await hand_on_seats(work, saved.run_code, now)
        if seats:
            left = await work.enrolments.hold_run(saved.run_code)
            await _make_seats_known(work, seats, left.held - seats.held if left else 0)
    return SignedUp(saved, changed=True, place=await place_in_line(work, saved))


def _changed(enrolment: Enrolment, kind: EnrolmentEventKind, now: datetime) -> Enrolment:
    changed = replace(enrolment, changed_at=now)
    match kind:
        case EnrolmentEventKind.APPROVED:
            after = EnrolmentStatus.ATTENDING if enrolment.holds_seat else EnrolmentStatus.WAITLISTED
            return replace(changed, status=after)
        case EnrolmentEventKind.REFUSED:
            return replace(changed, status=EnrolmentStatus.DECLINED, holds_seat=False)
        case EnrolmentEventKind.SEAT_TAKEN:
            return replace(changed, status=EnrolmentStatus.ATTENDING, offered_until=None)
        case EnrolmentEventKind.LEAVE_ASKED:
            return replace(changed, leave_asked_at=now)
        case EnrolmentEventKind.LEAVE_REFUSED:
            return replace(changed, leave_asked_at=None)
        case (
            EnrolmentEventKind.SEAT_PASSED
            | EnrolmentEventKind.SEAT_EXPIRED
            | EnrolmentEventKind.LEFT
            | EnrolmentEventKind.LEAVE_GRANTED
            | EnrolmentEventKind.SWAPPED
            | EnrolmentEventKind.REMOVED
            | EnrolmentEventKind.RUN_CANCELLED
        ):
            return replace(
                changed,
                status=EnrolmentStatus.CANCELLED,
                holds_seat=False,
                offered_until=None,
                leave_asked_at=None,
            )
        case _:
            return changed


async def _record(
    work: UnitOfWork,
    actor: Person,
    kind: EnrolmentEventKind,
    before: Enrolment | None,
    after: Enrolment,
    now: datetime,
    detail: dict[str, str],
) -> EnrolmentEvent:
    """Write the audit line, say who must hear of it, and set the timers that it starts."""
    event = EnrolmentEvent(
        after.id, now, actor.id, actor.name, kind, before.status if before else None, after.status, detail
    )
    event = replace(event, id=await work.enrolments.record(event))
    await tell_of(work, before, after, event, now)
    run = (await work.enrolments.runs([after.run_code])).get(after.run_code)
    for timer in timers_for(after, event, run, now):
        await work.notices.add(timer)
    await follow(work, after, event, run, now)
    return event


def _who_decides(offer: Offer, actor: Person, person: Person, leader: Person | None, *, own: bool) -> SignUp:
    """Return who must still say yes; FREE when nobody must. Where no leader is known, the centre decides."""
    if offer.sign_up is SignUp.FREE or actor.staff:
        return SignUp.FREE
    if offer.sign_up is SignUp.CENTRE:
        return SignUp.CENTRE
    if not own or (leader is None and person.leads and person.role_confirmed):
        return SignUp.FREE
    return SignUp.LEADER if leader else SignUp.CENTRE


def _status(decides: SignUp, *, has_seat: bool) -> EnrolmentStatus:
    if decides is not SignUp.FREE:
        return EnrolmentStatus.APPLIED
    return EnrolmentStatus.ATTENDING if has_seat else EnrolmentStatus.WAITLISTED


def _takes_people(run: Run, actor: Person, now: datetime) -> bool:
    """Until the deadline anybody signs up; the centre does until the run begins."""
    return now.date() <= (run.starts if actor.staff else run.last_day)


def _leaves_late(enrolment: Enrolment, seats: Seats | None, parts: frozenset[Part], now: datetime) -> bool:
    """Whether a leave is the centre's to decide: a seat is given up after the deadline."""
    late = seats is not None and now.date() > seats.run.last_day
    return late and enrolment.status is EnrolmentStatus.ATTENDING and Part.STAFF not in parts


async def _make_seats_known(work: UnitOfWork, before: Seats, more: int) -> None:
    """Let the search know when a run has become full, or has free seats again."""
    if (before.free > 0) != (before.free - more > 0):
        await work.enrolments.make_seats_known()
