"""Working on a case: everything that staff and the leader can do to it, in one shape.

`act` looks the step up in the table of `centre.states`, changes the request, writes the audit line and says who
must hear of it: all in the caller's transaction. What the chat needs to word it comes back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from centre.filing import NotFoundError
from centre.leaders import confirm_other_cases, settle_leader
from centre.learning import learn_choice
from centre.requests import OUTSIDE, Event, EventKind, Option, Priority, Request, Status
from centre.routing import lane_for
from centre.states import Needs, NotAllowedError, is_for, step
from centre.telling import card_notice, event_notice, tell
from centre.timers import reminders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date, datetime

    from catalogue.offers import Area
    from centre.people import Person
    from centre.ports import UnitOfWork
    from centre.queue_query import Criteria


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the centre's team."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives with an action; `words` are a question, answer, reason or note."""

    words: str = ""
    option: Option | None = None
    colleague: Colleague | None = None
    priority: Priority | None = None
    day: date | None = None
    area: Area | None = None

    @property
    def needs(self) -> frozenset[Needs]:
        """Return what is there."""
        there = {
            Needs.WORDS: self.words,
            Needs.REASON: self.words,
            Needs.OFFER: self.option,
            Needs.COLLEAGUE: self.colleague,
            Needs.PRIORITY: self.priority,
            Needs.DAY: self.day,
            Needs.AREA: self.area,
        }
        return frozenset(name for name, value in there.items() if value)

    def detail(self) -> dict[str, str]:
        """Return it as the audit trail keeps it."""
        detail = {
            "words": self.words,
            "offer": self.option.offer_code if self.option else "",
            "title": self.option.title if self.option else "",
            "run": self.option.run_code if self.option else "",
            "colleague": self.colleague.name if self.colleague else "",
            "priority": self.priority.value if self.priority else "",
            "due": self.day.isoformat() if self.day else "",
            "area": self.area.value if self.area else "",
        }
        return {name: value for name, value in detail.items() if value}


@dataclass(frozen=True, slots=True)
class Acted:
    """The request as it is now, and whether this action changed it (a second `Tag sagen` does not)."""

    request: Request
    changed: bool


NOTHING_GIVEN = Given()


async def act(
    work: UnitOfWork, person: Person, request_id: str, kind: EventKind, now: datetime, given: Given = NOTHING_GIVEN
) -> Acted:
    """Do one thing to a case.

    Raises:
        NotFoundError: there is no such case, or it is not this person's to see.
        NotAllowedError: it is not this person's to do.
        TooLateError: the case has moved on.
        MissingError: a reason, an offer, a colleague … is missing.
    """
    if not is_for(person, kind):
        raise NotAllowedError
    request = await find_case(work, person, request_id)
    after = step(request, person, kind, given.needs)
    if not await _changes_anything(work, request, person, kind, given):
        return Acted(request, changed=False)
    changed = _applied(replace(request, status=after, changed_at=now), person, kind, given, now)
    saved = await work.requests.save(changed)
    event = Event(saved.id, now, person.id, person.name, kind, request.status, after, given.detail())
    event = replace(event, id=await work.requests.record(event))
    lane = await lane_for(work, saved.wish)
    await work.notices.add(card_notice(saved, event.id, lane))
    if kind in _TELL_THREAD:
        await work.notices.add(event_notice(saved, event.id, lane))
    if kind is EventKind.PLANNED and saved.option and saved.option.offer_code != OUTSIDE:
        await learn_choice(work, replace(saved.wish, offer_code=saved.option.offer_code))
    if kind is EventKind.LEADER_CONFIRMED:
        await confirm_other_cases(work, person, saved, now)
    await tell(work, saved, event, await _readers(work, kind, request, saved), now)
    for timer in reminders(request, saved, event, now):
        await work.notices.add(timer)
    return Acted(saved, changed=True)


async def _changes_anything(
    work: UnitOfWork, request: Request, person: Person, kind: EventKind, given: Given
) -> bool:
    """Whether it is not so already: somebody has the case, the leader is settled, the area is the same."""
    match kind:
        case EventKind.TAKEN if request.assignee_id:
            return request.assignee_id == person.id and request.status is Status.NEW
        case EventKind.LEADER_CONFIRMED | EventKind.LEADER_REFUSED:
            return await settle_leader(work, request, kind)
        case EventKind.MOVED:
            return given.area is not request.wish.area
        case _:
            return True


async def find_case(work: UnitOfWork, person: Person, request_id: str) -> Request:
    """Return a case to staff, or to the leader whose it is (or their stand-in); to anybody else it is not there.

    Raises:
        NotFoundError: there is none for this person.
    """
    request = await work.requests.get(request_id)
    own = request is not None and person.speaks_for(request.requester_id)
    if request is None or not (person.staff or own):
        raise NotFoundError
    return request


async def see_case(work: UnitOfWork, person: Person, request_id: str) -> Request:
    """Return a case for somebody of the centre.

    Raises:
        NotAllowedError: this person is not of the centre's staff.
        NotFoundError: there is no such case.
    """
    if not person.staff:
        raise NotAllowedError
    return await find_case(work, person, request_id)


def see_cases(work: UnitOfWork, person: Person, criteria: Criteria) -> AsyncIterator[Request]:
    """Return all cases that somebody of the centre looks for, in the order of the queue.

    Raises:
        NotAllowedError: this person is not of the centre's staff.
    """
    if not person.staff:
        raise NotAllowedError
    return work.requests.each(criteria)


def _applied(  # noqa: C901 - one line per kind of event
    request: Request, person: Person, kind: EventKind, given: Given, now: datetime
) -> Request:
    """Return the request with what the action changes beside its status."""
    match kind:
        case EventKind.TAKEN:
            return replace(request, assignee_id=person.id, assignee_name=person.name)
        case EventKind.HANDED_OVER if given.colleague:
            return replace(request, assignee_id=given.colleague.id, assignee_name=given.colleague.name)
        case EventKind.RELEASED:
            return replace(request, assignee_id="", assignee_name="")
        case EventKind.ASKED | EventKind.PROPOSED:
            return replace(_owned(request, person), asked_at=now, option=given.option or request.option)
        case (
            EventKind.ANSWERED
            | EventKind.ACCEPTED
            | EventKind.DECLINED
            | EventKind.CALL_WANTED
            | EventKind.REOPENED
        ):
            return replace(request, asked_at=None)
        case EventKind.PLANNED:
            return replace(_owned(request, person), asked_at=None, option=given.option)
        case EventKind.REJECTED | EventKind.SOURCING | EventKind.POOLED:
            return replace(_owned(request, person), asked_at=None)
        case EventKind.PRIORITISED if given.priority:
            return replace(request, priority=given.priority)
        case EventKind.DUE_SET:
            return replace(request, due=given.day)
        case EventKind.LEADER_CONFIRMED:
            return replace(request, requester_confirmed=True)
        case EventKind.MOVED:
            return replace(request, wish=replace(request.wish, area=given.area))
        case _:
            return request


def _owned(request: Request, person: Person) -> Request:
    """Who does something to a case that nobody has, has it from then on."""
    if request.assignee_id:
        return request
    return replace(request, assignee_id=person.id, assignee_name=person.name)


_TELL_LEADER = frozenset(
    {
        EventKind.TAKEN,
        EventKind.HANDED_OVER,
        EventKind.ASKED,
        EventKind.PROPOSED,
        EventKind.POOLED,
        EventKind.PLANNED,
        EventKind.COMPLETED,
        EventKind.REJECTED,
        EventKind.REOPENED,
        EventKind.LEADER_CONFIRMED,
        EventKind.LEADER_REFUSED,
    }
)
_TELL_ASSIGNEE = frozenset(
    {
        EventKind.EDITED,
        EventKind.WITHDRAWN,
        EventKind.RESTORED,
        EventKind.WROTE,
        EventKind.ANSWERED,
        EventKind.ACCEPTED,
        EventKind.DECLINED,
        EventKind.CALL_WANTED,
        EventKind.NOTED,
        EventKind.HANDED_OVER,
        EventKind.RELEASED,
        EventKind.PRIORITISED,
        EventKind.DUE_SET,
        EventKind.REJECTED,
        EventKind.PLANNED,
        EventKind.MOVED,
    }
)


_TELL_THREAD = frozenset(
    {
        EventKind.WROTE,
        EventKind.ANSWERED,
        EventKind.ACCEPTED,
        EventKind.DECLINED,
        EventKind.CALL_WANTED,
        EventKind.ASKED,
        EventKind.PROPOSED,
    }
)
"""What is said between the leader and the centre is read in the channel too, below the case's card."""


async def _readers(work: UnitOfWork, kind: EventKind, before: Request, after: Request) -> set[str]:
    """Who must hear of it: the leader (unless they left), who has the case, and who had it."""
    readers = set()
    if kind in _TELL_LEADER:
        leader = await work.people.get(after.requester_id)
        readers |= set() if leader and leader.left else {after.requester_id}
    if kind in _TELL_ASSIGNEE:
        readers |= {before.assignee_id, after.assignee_id}
    return readers
