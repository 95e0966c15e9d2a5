"""A leader's side of a request: file it, change it while it is new, withdraw it and think better of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from catalogue.working_days import working_days_after
from centre.learning import learn_choice
from centre.requests import Event, EventKind, Request, Status, Wish, kle_subject
from centre.routing import best, lane_for
from centre.similar import similar_requests
from centre.states import NotAllowedError, step
from centre.telling import card_notice, stand_in_for, tell
from centre.timers import reminders

if TYPE_CHECKING:
    from datetime import datetime

    from catalogue.offers import OfferKind
    from centre.people import Person
    from centre.ports import UnitOfWork

ANSWER_WITHIN = 5
"""Working days until the leader hears from the centre: the service goal that the receipt promises."""
AUTOMATIC = "Kompetencebot"
"""Who the audit trail says did what nobody did by hand."""
_ASKS_ANEW = frozenset({EventKind.FILED, EventKind.EDITED, EventKind.RESTORED})
"""After these the cards of similar requests name this one."""


class NotFoundError(Exception):
    """There is no such request, or it is not this person's to see."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed request, and whether this draft had been filed before."""

    request: Request
    already: bool


async def file_request(
    work: UnitOfWork, person: Person, draft_id: str, wish: Wish, kind: OfferKind | None, now: datetime
) -> Filed:
    """File a draft once: the same draft again returns the request it became.

    Raises:
        NotAllowedError: the person is neither a leader nor staff, or the draft is someone else's.
    """
    if not person.may_file:
        raise NotAllowedError
    known = await work.requests.get(draft_id)
    if known:
        if known.requester_id != person.id:
            raise NotAllowedError
        return Filed(known, already=True)
    request = Request(
        id=draft_id,
        tenant=work.tenant,
        number=await work.requests.next_number(now.year),
        status=Status.NEW,
        wish=wish,
        kle=kle_subject(kind),
        requester_id=person.id,
        requester_name=person.name,
        requester_confirmed=person.staff or person.role_confirmed,
        filed_at=now,
        changed_at=now,
        answer_due=working_days_after(now.date(), ANSWER_WITHIN),
    )
    await work.requests.add(request)
    await _record(work, person, EventKind.FILED, None, request)
    await learn_choice(work, wish)
    return Filed(await _hand_to_caretaker(work, request, now), already=False)


async def _hand_to_caretaker(work: UnitOfWork, request: Request, now: datetime) -> Request:
    """Give a new case to who looks after its subject. It stays new: its leader may still edit it."""
    caretaker = best(await work.channels.caretakers(), request.wish)
    if caretaker is None:
        return request
    person_id, name = await stand_in_for(work, caretaker.person_id, caretaker.person_name, now)
    saved = await work.requests.save(replace(request, assignee_id=person_id, assignee_name=name))
    event = Event(
        saved.id, now, "", AUTOMATIC, EventKind.HANDED_OVER, saved.status, saved.status, {"colleague": name}
    )
    event = replace(event, id=await work.requests.record(event))
    await work.notices.add(card_notice(saved, event.id, await lane_for(work, saved.wish)))
    await tell(work, saved, event, {person_id}, now)
    for timer in reminders(request, saved, event, now):
        await work.notices.add(timer)
    return saved


async def own_request(work: UnitOfWork, person: Person, request_id: str) -> Request:
    """Return one of the person's own requests, or of whom they stand in for.

    Raises:
        NotFoundError: there is none, or it is somebody else's (which is not told apart).
    """
    request = await work.requests.get(request_id)
    if request is None or not person.speaks_for(request.requester_id):
        raise NotFoundError
    return request


async def edit_request(
    work: UnitOfWork, person: Person, request_id: str, wish: Wish, kind: OfferKind | None, now: datetime
) -> Request:
    """Change what is asked for, while nobody at the centre has begun on it.

    Raises:
        NotFoundError: it is not this person's request.
        TooLateError: it is no longer new.
    """
    request = await own_request(work, person, request_id)
    step(request, person, EventKind.EDITED)
    return await _change(
        work, person, EventKind.EDITED, request, replace(request, wish=wish, kle=kle_subject(kind), changed_at=now)
    )


async def withdraw_request(work: UnitOfWork, person: Person, request_id: str, now: datetime) -> Request:
    """Take a request back; once withdrawn it stays so, and asking again changes nothing.

    Raises:
        NotFoundError: it is not this person's request.
        TooLateError: it is planned or finished.
    """
    request = await own_request(work, person, request_id)
    if request.status is Status.WITHDRAWN:
        return request
    after = step(request, person, EventKind.WITHDRAWN)
    return await _change(
        work, person, EventKind.WITHDRAWN, request, replace(request, status=after, changed_at=now)
    )


async def restore_request(work: UnitOfWork, person: Person, request_id: str, now: datetime) -> Request:
    """Undo a withdrawal: the request stands again where it stood.

    Raises:
        NotFoundError: it is not this person's request.
    """
    request = await own_request(work, person, request_id)
    if request.status is not Status.WITHDRAWN:
        return request
    withdrawals = [event for event in await work.requests.events(request_id) if event.kind is EventKind.WITHDRAWN]
    before = withdrawals[-1].before or Status.NEW
    return await _change(
        work, person, EventKind.RESTORED, request, replace(request, status=before, changed_at=now)
    )


async def _change(work: UnitOfWork, person: Person, kind: EventKind, before: Request, after: Request) -> Request:
    saved = await work.requests.save(after)
    await _record(work, person, kind, before.status, saved)
    return saved


async def _record(
    work: UnitOfWork, person: Person, kind: EventKind, before: Status | None, request: Request
) -> None:
    """Write the audit line, have the channel's card follow (and those of similar ones), tell who has the case."""
    event = Event(request.id, request.changed_at, person.id, person.name, kind, before, request.status)
    event = replace(event, id=await work.requests.record(event))
    await work.notices.add(card_notice(request, event.id, await lane_for(work, request.wish)))
    if kind in _ASKS_ANEW:
        for other in await similar_requests(work, request):
            await work.notices.add(card_notice(other, event.id, await lane_for(work, other.wish)))
    await tell(work, request, event, {request.assignee_id}, request.changed_at)
