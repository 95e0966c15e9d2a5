"""What somebody of the centre wants to see of the queue: a question that can be kept, paged and asked again.

A `QueueQuery` says it the way people do ("mine", "older than 14 days"), so that it stays true when it is kept as
a saved view or behind a button that somebody else presses. `criteria` is what it comes to for one reader today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from catalogue.offers import Area
from centre.clock import COPENHAGEN
from centre.requests import OPEN_STATUSES, Priority, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WORDS = 80
"""Characters of a text or name to look for; what is longer finds nothing that its beginning does not."""
MOST_DAYS = 3650
"""Ten years; a date further off is a slip of the keyboard."""

MOST_COUNTED = 1000
"""Where counting ends: a longer queue is "1,000 or more" to everybody."""


class Whose(StrEnum):
    """Who has the case."""

    ANYBODY = "anybody"
    MINE = "mine"
    NOBODY = "nobody"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which cases are wanted; what is left at its default does not narrow the queue.

    `statuses` is empty for all open ones. `older_than` is in days. `due_within` counts days from the day of
    asking (0: due today or before, -1: overdue), `due_before` is a day that stays the same; either is the
    centre's own day, or the promised answer where none is set. `text` is looked for word by word in topic, need,
    department, people and case number, `requester` in the names of the leader and the department.
    """

    whose: Whose = Whose.ANYBODY
    colleague_id: str = ""
    colleague_name: str = ""
    statuses: tuple[Status, ...] = ()
    area: Area | None = None
    older_than: int | None = None
    due_within: int | None = None
    due_before: date | None = None
    priority: Priority | None = None
    text: str = ""
    requester: str = ""

    def criteria(self, reader_id: str, today: date) -> Criteria:
        """Return what it comes to for a reader on a day."""
        assignees = {Whose.MINE: reader_id, Whose.NOBODY: "", Whose.COLLEAGUE: self.colleague_id}
        days = [self.due_before] if self.due_before else []
        if self.due_within is not None:
            days.append(today + timedelta(days=self.due_within + 1))
        return Criteria(
            assignee_id=assignees.get(self.whose),
            statuses=frozenset(self.statuses) or OPEN_STATUSES,
            area=self.area,
            filed_before=None if self.older_than is None else _midnight(today - timedelta(days=self.older_than)),
            due_before=min(days, default=None),
            priority=self.priority,
            text=self.text,
            requester=self.requester,
        )


@dataclass(frozen=True, slots=True)
class Criteria:
    """What storage looks for. `assignee_id` is None for anybody's and "" for nobody's cases."""

    assignee_id: str | None = None
    statuses: frozenset[Status] = OPEN_STATUSES
    area: Area | None = None
    filed_before: datetime | None = None
    due_from: date | None = None
    due_before: date | None = None
    priority: Priority | None = None
    text: str = ""
    requester: str = ""


class UnreadableQueryError(ValueError):
    """A kept query is not what this release writes."""


def query_json(query: QueueQuery) -> dict[str, Any]:
    """Return the query as plain JSON, without what does not narrow."""
    written = {
        "whose": "" if query.whose is Whose.ANYBODY else query.whose.value,
        "colleague": query.colleague_id,
        "name": query.colleague_name,
        "statuses": [status.value for status in query.statuses],
        "area": query.area.value if query.area else "",
        "older": query.older_than,
        "within": query.due_within,
        "before": query.due_before.isoformat() if query.due_before else "",
        "priority": query.priority.value if query.priority else "",
        "text": query.text,
        "requester": query.requester,
    }
    return {name: value for name, value in written.items() if value not in ("", [], None)}


def query_from_json(data: Mapping[str, Any]) -> QueueQuery:
    """Read what `query_json` wrote; it may come back from a card, so nothing in it is taken on trust.

    Raises:
        UnreadableQueryError: a value is not one of ours.
    """
    try:
        return QueueQuery(
            whose=Whose(data.get("whose", Whose.ANYBODY)),
            colleague_id=_words(data, "colleague"),
            colleague_name=_words(data, "name"),
            statuses=tuple(Status(status) for status in data.get("statuses", [])),
            area=Area(data["area"]) if "area" in data else None,
            older_than=_days(data, "older"),
            due_within=_days(data, "within"),
            due_before=date.fromisoformat(data["before"]) if "before" in data else None,
            priority=Priority(data["priority"]) if "priority" in data else None,
            text=_words(data, "text"),
            requester=_words(data, "requester"),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadableQueryError(str(error)) from error


def _words(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value[:LONGEST_WORDS]


def _days(data: Mapping[str, Any], name: str) -> int | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or not -1 <= value <= MOST_DAYS:
        raise ValueError(f"{name} is no number of days")
    return value


def _midnight(day: date) -> datetime:
    """Return when a day begins in Denmark."""
    return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)
