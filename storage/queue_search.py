"""Looking for requests the way the centre's queue does: conditions, order, and the words they are found by.

The words are kept folded (`catalogue.text.fold`: "Ældre" is "aeldre"), because neither database compares Danish
letters without regard to case in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.text import fold
from centre.requests import OPEN_STATUSES, CaseNumber, Priority
from storage.models import RequestRow, is_open

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import InstrumentedAttribute

    from centre.queue_query import Criteria
    from centre.requests import Request

URGENCIES = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}
"""Priorities as the computed column `urgency` has them."""
MOST_WORDS = 6
"""Words of a search that count; every one of them must be there."""
_ESCAPE = "\\"


def matching(criteria: Criteria) -> list[ColumnElement[bool]]:
    """Return the conditions for the rows that are wanted."""
    row = RequestRow
    conditions = [
        *_statuses(criteria),
        *_text(criteria.text),
        *_contains(row.search_requester, criteria.requester),
    ]
    if criteria.assignee_id is not None:
        conditions.append(row.assignee_id == criteria.assignee_id)
    if criteria.area:
        conditions.append(row.area == criteria.area)
    if criteria.filed_before:
        conditions.append(row.filed_at < criteria.filed_before)
    if criteria.due_from:
        conditions.append(row.act_by >= criteria.due_from)
    if criteria.due_before:
        conditions.append(row.act_by < criteria.due_before)
    if criteria.priority:
        conditions.append(row.urgency == URGENCIES[criteria.priority])
    return conditions


def in_order(query: Select[RequestRow]) -> Select[RequestRow]:
    """Order requests as they are to be got to: by priority, then by due day, then by number.

    Both databases then walk down an index that has them in this order, and stop when a page is full.
    """
    return query.order_by(RequestRow.urgency, RequestRow.act_by, RequestRow.year, RequestRow.serial)


def few_in_order(query: Select[RequestRow]) -> Select[RequestRow]:
    """Order requests likewise, after they were found: the sum keeps databases off the queue's own index."""
    return query.order_by(RequestRow.urgency + 0, RequestRow.act_by, RequestRow.year, RequestRow.serial)


def searched_words(criteria: Criteria) -> list[str]:
    """Return the words that every request wanted has in its text, folded; a case number is looked up instead."""
    words = [] if CaseNumber.parse(criteria.text) else _words(criteria.text)
    return words + _words(criteria.requester)


def search_text(request: Request) -> str:
    """Return what a request is found by."""
    wish = request.wish
    return fold(
        " ".join(
            (
                str(request.number),
                wish.topic,
                wish.need,
                wish.department,
                wish.on_behalf_of,
                wish.offer_title,
                request.requester_name,
            )
        )
    )


def search_requester(request: Request) -> str:
    """Return the names of who asked."""
    return fold(f"{request.requester_name} {request.wish.department} {request.wish.on_behalf_of}")


def _statuses(criteria: Criteria) -> list[ColumnElement[bool]]:
    """Ask for statuses in the words of the index that has the rows in order.

    Each index of a person's or an area's cases, and of all, has the open ones only; a single status has its own.
    """
    wanted = sorted(criteria.statuses)
    alone = len(wanted) == 1 and criteria.assignee_id is None and criteria.area is None
    conditions = [is_open(RequestRow.status)] if criteria.statuses <= OPEN_STATUSES and not alone else []
    if len(wanted) == 1:
        conditions.append(RequestRow.status == wanted[0])
    elif criteria.statuses != OPEN_STATUSES:
        conditions.append(RequestRow.status.in_(wanted))
    return conditions


def _text(words: str) -> list[ColumnElement[bool]]:
    """A case number is looked up; all else is looked for."""
    number = CaseNumber.parse(words)
    if number:
        return [RequestRow.year == number.year, RequestRow.serial == number.serial]
    return _contains(RequestRow.search_text, words)


def _contains(column: InstrumentedAttribute[str], words: str) -> list[ColumnElement[bool]]:
    return [column.like(f"%{_escaped(word)}%", escape=_ESCAPE) for word in _words(words)]


def _words(searched: str) -> list[str]:
    return fold(searched).split()[:MOST_WORDS]


def _escaped(word: str) -> str:
    for special in (_ESCAPE, "%", "_"):
        word = word.replace(special, _ESCAPE + special)
    return word
