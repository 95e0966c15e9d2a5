"""What may follow what: the one table of a request's life, by whom, and with what.

Nothing else in the house changes a request's status. `step` answers "may this person do that now, and where does
it lead"; use cases in `centre/` do the rest in the same transaction (audit line, notices, who has it).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from centre.requests import CLOSED_STATUSES, OPEN_STATUSES, UNPLANNED_STATUSES, EventKind, Request, Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from centre.people import Person


class By(StrEnum):
    """Who may do it."""

    REQUESTER = "requester"
    STAFF = "staff"


class Needs(StrEnum):
    """What it takes beside the press of a button."""

    REASON = "reason"
    OFFER = "offer"  # an offer or a run
    COLLEAGUE = "colleague"
    WORDS = "words"
    PRIORITY = "priority"
    DAY = "day"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: from `before`, `by` may make `kind` happen with `needs`; then it is `after` (None: as before)."""

    kind: EventKind
    before: frozenset[Status]
    after: Status | None
    by: By
    needs: frozenset[Needs] = frozenset()


_BEGUN = OPEN_STATUSES - {Status.NEW}
_ELSEWHERE = OPEN_STATUSES - {Status.AWAITING_LEADER}

RULES = (
    Rule(EventKind.EDITED, frozenset({Status.NEW}), None, By.REQUESTER),
    Rule(EventKind.WITHDRAWN, UNPLANNED_STATUSES, Status.WITHDRAWN, By.REQUESTER),
    Rule(EventKind.RESTORED, frozenset({Status.WITHDRAWN}), None, By.REQUESTER),
    Rule(EventKind.TAKEN, frozenset({Status.NEW}), Status.CLARIFYING, By.STAFF),
    Rule(EventKind.TAKEN, _BEGUN, None, By.STAFF),
    Rule(
        EventKind.HANDED_OVER, frozenset({Status.NEW}), Status.CLARIFYING, By.STAFF, frozenset({Needs.COLLEAGUE})
    ),
    Rule(EventKind.HANDED_OVER, _BEGUN, None, By.STAFF, frozenset({Needs.COLLEAGUE})),
    Rule(EventKind.RELEASED, OPEN_STATUSES, None, By.STAFF),
    Rule(EventKind.ASKED, UNPLANNED_STATUSES, Status.AWAITING_LEADER, By.STAFF, frozenset({Needs.WORDS})),
    Rule(
        EventKind.ANSWERED,
        frozenset({Status.AWAITING_LEADER}),
        Status.CLARIFYING,
        By.REQUESTER,
        frozenset({Needs.WORDS}),
    ),
    Rule(EventKind.SOURCING, UNPLANNED_STATUSES, Status.SOURCING, By.STAFF),
    Rule(EventKind.PROPOSED, UNPLANNED_STATUSES, Status.AWAITING_LEADER, By.STAFF, frozenset({Needs.OFFER})),
    Rule(EventKind.ACCEPTED, frozenset({Status.AWAITING_LEADER}), Status.SOURCING, By.REQUESTER),
    Rule(EventKind.DECLINED, frozenset({Status.AWAITING_LEADER}), Status.CLARIFYING, By.REQUESTER),
    Rule(EventKind.CALL_WANTED, frozenset({Status.AWAITING_LEADER}), Status.CLARIFYING, By.REQUESTER),
    Rule(EventKind.CALL_WANTED, _ELSEWHERE | {Status.REJECTED}, None, By.REQUESTER),
    Rule(EventKind.POOLED, UNPLANNED_STATUSES, Status.POOLED, By.STAFF),
    Rule(EventKind.PLANNED, OPEN_STATUSES, Status.PLANNED, By.STAFF, frozenset({Needs.OFFER})),
    Rule(EventKind.COMPLETED, frozenset({Status.PLANNED}), Status.COMPLETED, By.STAFF),
    Rule(EventKind.EVALUATED, frozenset({Status.COMPLETED}), Status.EVALUATED, By.STAFF),
    Rule(EventKind.REJECTED, OPEN_STATUSES, Status.REJECTED, By.STAFF, frozenset({Needs.REASON})),
    Rule(EventKind.NOTED, frozenset(Status), None, By.STAFF, frozenset({Needs.WORDS})),
    Rule(EventKind.PRIORITISED, OPEN_STATUSES, None, By.STAFF, frozenset({Needs.PRIORITY})),
    Rule(EventKind.DUE_SET, OPEN_STATUSES, None, By.STAFF, frozenset({Needs.DAY})),
    Rule(
        EventKind.WROTE, frozenset(Status) - {Status.AWAITING_LEADER}, None, By.REQUESTER, frozenset({Needs.WORDS})
    ),
    Rule(EventKind.LEADER_CONFIRMED, frozenset(Status), None, By.STAFF),
    Rule(EventKind.LEADER_REFUSED, frozenset(Status), None, By.STAFF),
    Rule(EventKind.MOVED, OPEN_STATUSES, None, By.STAFF, frozenset({Needs.AREA})),
    Rule(EventKind.REOPENED, CLOSED_STATUSES, Status.CLARIFYING, By.STAFF, frozenset({Needs.REASON})),
)


class NotAllowedError(Exception):
    """This person may not do this."""


class TooLateError(Exception):
    """The request has moved on (or was never there yet); `request` is how it stands."""

    def __init__(self, request: Request) -> None:
        super().__init__(str(request.number))
        self.request = request


class MissingError(Exception):
    """Something that the action takes was not given; `needs` names it."""

    def __init__(self, needs: frozenset[Needs]) -> None:
        super().__init__(", ".join(sorted(needs)))
        self.needs = needs


def step(request: Request, person: Person, kind: EventKind, given: Collection[Needs] = ()) -> Status:
    """Return where a request stands after an action.

    Raises:
        NotAllowedError: the action is not this person's, whatever the status.
        TooLateError: nobody may do it from where the request stands.
        MissingError: it takes more than was given.
    """
    mine = [rule for rule in RULES if rule.kind is kind and _may(rule, request, person)]
    if not mine:
        raise NotAllowedError
    rule = next((rule for rule in mine if request.status in rule.before), None)
    if rule is None:
        raise TooLateError(request)
    if missing := rule.needs.difference(given):
        raise MissingError(missing)
    return rule.after or request.status


def is_for(person: Person, kind: EventKind) -> bool:
    """Whether an event is of a kind that this person could ever make happen, whatever the case."""
    return person.staff or any(rule.kind is kind and rule.by is By.REQUESTER for rule in RULES)


def possible(request: Request, person: Person) -> frozenset[EventKind]:
    """Return what a person may do to a request now; a card's buttons are drawn from it."""
    return frozenset(rule.kind for rule in RULES if request.status in rule.before and _may(rule, request, person))


def _may(rule: Rule, request: Request, person: Person) -> bool:
    if rule.by is By.STAFF:
        return person.staff
    return person.speaks_for(request.requester_id)
