"""The centre's side: which channel holds the queue, and who has a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from centre.filing import NotAllowedError, NotFoundError, TooLateError, card_notice
from centre.notices import Notice, NoticeKind
from centre.requests import OPEN_STATUSES, Event, EventKind, Request, Status

if TYPE_CHECKING:
    from datetime import datetime

    from centre.people import Person
    from centre.ports import Channel, UnitOfWork


@dataclass(frozen=True, slots=True)
class Taken:
    """Who has the case now, and whether this press changed that."""

    request: Request
    changed: bool


async def choose_channel(work: UnitOfWork, person: Person, channel: Channel) -> None:
    """Make a channel the queue. The first one is anybody's to choose who is in the team; then staff decide.

    Raises:
        NotAllowedError: there is a queue already and this person is not of its team.
    """
    if await work.channels.queue() and not person.staff:
        raise NotAllowedError
    await work.channels.choose_queue(channel)


async def see_case(work: UnitOfWork, person: Person, request_id: str) -> Request:
    """Return a case for somebody of the centre.

    Raises:
        NotAllowedError: this person is not of the centre's staff.
        NotFoundError: there is no such case.
    """
    if not person.staff:
        raise NotAllowedError
    request = await work.requests.get(request_id)
    if request is None:
        raise NotFoundError
    return request


async def take_case(work: UnitOfWork, person: Person, request_id: str, now: datetime) -> Taken:
    """Take a case: the first press has it, a later one is told who was first.

    Raises:
        NotAllowedError: this person is not of the centre's staff.
        NotFoundError: there is no such case.
        TooLateError: the case is closed.
    """
    request = await see_case(work, person, request_id)
    if request.assignee_id:
        return Taken(request, changed=False)
    if request.status not in OPEN_STATUSES:
        raise TooLateError(request)
    status = Status.CLARIFYING if request.status is Status.NEW else request.status
    saved = await work.requests.save(
        replace(request, status=status, assignee_id=person.id, assignee_name=person.name, changed_at=now)
    )
    await work.requests.record(
        Event(request.id, now, person.id, person.name, EventKind.TAKEN, request.status, status)
    )
    await work.notices.add(card_notice(saved))
    if saved.requester_id != person.id:
        await work.notices.add(
            Notice(
                NoticeKind.CASE_TAKEN,
                saved.requester_id,
                saved.id,
                f"{NoticeKind.CASE_TAKEN}:{saved.id}:{person.id}",
            )
        )
    return Taken(saved, changed=True)
