"""The municipality's list of people, taken in as a whole: who is new, who changed, who left, and their cases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from centre.leaders import note_about_leader, open_cases_of
from centre.requests import EventKind
from centre.telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from centre.people import Person
    from centre.ports import UnitOfWork

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What an import did.

    Of those known from Teams, `left` are who left the list, and `confirmed` the leaders who were not on it (or not
    any more) and are now. `removed` counts who left and was never seen in Teams: nothing of them is kept.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    left: Sequence[Person] = field(default=())
    confirmed: Sequence[Person] = field(default=())


async def import_people(
    work: UnitOfWork,
    listed: Sequence[Person],
    now: datetime,
    *,
    replace_all: bool,
    progress: Progress | None = None,
) -> ListChanges:
    """Make the list count: insert and update by e-mail, and with `replace_all` see off who is not on it.

    Whoever was seen in Teams keeps their Entra object id, their name as Teams has it, and their language. A new
    area or department counts for what is filed from now on. The open cases of a leader who left stay where they
    are; whoever has one is told.

    Args:
        work: The transaction; all of it or nothing is kept.
        listed: The people of the list, each e-mail once.
        now: The time, with time zone Europe/Copenhagen.
        replace_all: Whether the list is the whole truth.
        progress: Called with the people done and the people in all.

    Raises:
        ConflictError: somebody said who they are in the chat at the same moment.
    """
    changes = await work.people.take_list(listed, replace_all=replace_all, progress=progress)
    for leader in changes.left:
        for request in await open_cases_of(work, leader.id):
            saved, event = await note_about_leader(
                work, replace(request, changed_at=now), None, EventKind.LEADER_LEFT
            )
            await tell(work, saved, event, {saved.assignee_id}, now)
    for leader in changes.confirmed:
        for request in await open_cases_of(work, leader.id):
            confirmed = replace(request, requester_confirmed=True, changed_at=now)
            await note_about_leader(work, confirmed, None, EventKind.LEADER_CONFIRMED)
    return changes
