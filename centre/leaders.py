"""Whether somebody who says they are a leader is one: the centre's staff settle it with one click.

It is settled for the person, so that every open case of theirs follows, and what they file from then on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from centre.people import Role
from centre.requests import OPEN_STATUSES, Event, EventKind
from centre.routing import lane_for
from centre.telling import card_notice

if TYPE_CHECKING:
    from datetime import datetime

    from centre.people import Person
    from centre.ports import UnitOfWork
    from centre.requests import Request

THE_LIST = "Kommunens liste"
"""Who the audit trail says did what an import of people did."""
MOST_CASES = 1000
"""More open cases than any leader has."""


async def settle_leader(work: UnitOfWork, request: Request, kind: EventKind) -> bool:
    """Confirm or refuse the leader of a case; False when that was settled before.

    A leader on the municipality's list cannot be refused: there the list is what has to be put right.
    """
    leader = await work.people.get(request.requester_id)
    if kind is EventKind.LEADER_CONFIRMED:
        if leader and not (leader.leads and leader.role_confirmed):
            await work.people.save(replace(leader, role=Role.LEADER, role_confirmed=True))
            return True
        return not request.requester_confirmed
    if leader is None or leader.role_confirmed:
        return False
    await work.people.save(replace(leader, role=Role.EMPLOYEE, role_confirmed=True))
    return True


async def confirm_other_cases(work: UnitOfWork, actor: Person, settled: Request, now: datetime) -> None:
    """Let the leader's other open cases show that the leader is confirmed."""
    for request in await open_cases_of(work, settled.requester_id):
        if request.id == settled.id or request.requester_confirmed:
            continue
        await note_about_leader(
            work, replace(request, requester_confirmed=True, changed_at=now), actor, EventKind.LEADER_CONFIRMED
        )


async def open_cases_of(work: UnitOfWork, person_id: str) -> list[Request]:
    """Return a leader's open cases."""
    own = await work.requests.of_requester(person_id, MOST_CASES)
    return [request for request in own if request.status in OPEN_STATUSES]


async def note_about_leader(
    work: UnitOfWork, request: Request, actor: Person | None, kind: EventKind
) -> tuple[Request, Event]:
    """Save a case whose leader's standing changed, with its audit line and its card; `actor` None is the list."""
    saved = await work.requests.save(request)
    event = Event(
        saved.id,
        saved.changed_at,
        actor.id if actor else "",
        actor.name if actor else THE_LIST,
        kind,
        saved.status,
        saved.status,
    )
    event = replace(event, id=await work.requests.record(event))
    await work.notices.add(card_notice(saved, event.id, await lane_for(work, saved.wish)))
    return saved, event
