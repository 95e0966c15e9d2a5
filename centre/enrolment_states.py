"""What may follow what in an enrolment's life: the one table, by whom, and with what.

Nothing else in the house changes an enrolment's status. Where a row leads depends on the seats in two cases only:
who signs up or is approved attends when a seat is kept for them, and waits in line otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.enrolments import LIVE, Enrolment, EnrolmentEventKind, EnrolmentStatus
from centre.states import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Collection

Kind = EnrolmentEventKind
_S = EnrolmentStatus


class Part(StrEnum):
    """What somebody is to an enrolment. Nobody is several at once without having all their rights."""

    PERSON = "person"  # whose it is
    LEADER = "leader"  # who leads that person now, or stands in for them
    STAFF = "staff"
    HOUSE = "house"  # the bot itself: deadlines, the waiting list, the catalogue


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: from `before`, each of `by` may make `kind` happen; then it is `after` (None: as the seats say).

    `words` is whether a reason, question or answer must be given.
    """

    kind: EnrolmentEventKind
    before: frozenset[EnrolmentStatus]
    after: EnrolmentStatus | None
    by: frozenset[Part]
    words: bool = False


_DECISIONS = frozenset({Kind.APPROVED, Kind.REFUSED, Kind.ASKED})
_DECIDES = frozenset({Part.LEADER, Part.STAFF})
_PERSON = frozenset({Part.PERSON})
_STAFF = frozenset({Part.STAFF})
_HOUSE = frozenset({Part.HOUSE})
_APPLIED = frozenset({_S.APPLIED})
_WAITLISTED = frozenset({_S.WAITLISTED})
_ATTENDING = frozenset({_S.ATTENDING})

RULES = (
    Rule(Kind.APPROVED, _APPLIED, None, _DECIDES),
    Rule(Kind.REFUSED, _APPLIED, _S.DECLINED, _DECIDES, words=True),
    Rule(Kind.ASKED, _APPLIED, _S.APPLIED, _DECIDES, words=True),
    Rule(Kind.ANSWERED, _APPLIED, _S.APPLIED, _PERSON, words=True),
    Rule(Kind.SEAT_OFFERED, _WAITLISTED, _S.WAITLISTED, _HOUSE),
    Rule(Kind.SEAT_TAKEN, _WAITLISTED, _S.ATTENDING, _PERSON),
    Rule(Kind.SEAT_PASSED, _WAITLISTED, _S.CANCELLED, _PERSON),
    Rule(Kind.SEAT_EXPIRED, _WAITLISTED, _S.CANCELLED, _HOUSE),
    Rule(Kind.LEFT, LIVE, _S.CANCELLED, frozenset({Part.PERSON, Part.LEADER})),
    Rule(Kind.LEAVE_ASKED, _ATTENDING, _S.ATTENDING, frozenset({Part.PERSON, Part.LEADER})),
    Rule(Kind.LEAVE_GRANTED, _ATTENDING, _S.CANCELLED, _STAFF),
    Rule(Kind.LEAVE_REFUSED, _ATTENDING, _S.ATTENDING, _STAFF, words=True),
    Rule(Kind.SWAPPED, LIVE, _S.CANCELLED, _DECIDES),
    Rule(Kind.REMOVED, LIVE, _S.CANCELLED, _STAFF, words=True),
    Rule(Kind.RUN_CHANGED, LIVE, None, _HOUSE),
    Rule(Kind.RUN_CANCELLED, LIVE, _S.CANCELLED, _HOUSE),
    Rule(Kind.MARKED, _ATTENDING, _S.ATTENDING, _STAFF),
)


class EnrolmentMovedOnError(Exception):
    """It is not possible any more from where the enrolment stands; `enrolment` is how it stands."""

    def __init__(self, enrolment: Enrolment) -> None:
        super().__init__(enrolment.id)
        self.enrolment = enrolment


class WordsMissingError(Exception):
    """A reason, a question or an answer is missing."""


def check(enrolment: Enrolment, parts: Collection[Part], kind: EnrolmentEventKind, words: str = "") -> Rule:
    """Return the row of the table by which somebody may do something to an enrolment now.

    Raises:
        NotAllowedError: it is not theirs to do, however the enrolment stands.
        EnrolmentMovedOnError: nobody may do it from where it stands.
        WordsMissingError: a reason, a question or an answer is missing.
    """
    mine = [rule for rule in RULES if rule.kind is kind and not _by(rule, enrolment).isdisjoint(parts)]
    if not mine:
        raise NotAllowedError
    rule = next((rule for rule in mine if enrolment.status in rule.before), None)
    if rule is None or not _fits(enrolment, kind):
        raise EnrolmentMovedOnError(enrolment)
    if rule.words and not words:
        raise WordsMissingError
    return rule


def possible(enrolment: Enrolment, parts: Collection[Part]) -> frozenset[EnrolmentEventKind]:
    """Return what somebody may do to an enrolment now; a card's buttons are drawn from it."""
    return frozenset(
        rule.kind
        for rule in RULES
        if enrolment.status in rule.before
        and not _by(rule, enrolment).isdisjoint(parts)
        and _fits(enrolment, rule.kind)
    )


def _by(rule: Rule, enrolment: Enrolment) -> frozenset[Part]:
    """Return who may make it happen: an answer that is the centre's to give is not a leader's."""
    return _STAFF if rule.kind in _DECISIONS and enrolment.sign_up is SignUp.CENTRE else rule.by


def _fits(enrolment: Enrolment, kind: EnrolmentEventKind) -> bool:
    """Whether what the status does not say allows it: a seat is offered, a leave is asked for."""
    match kind:
        case Kind.SEAT_TAKEN | Kind.SEAT_PASSED | Kind.SEAT_EXPIRED:
            return enrolment.offered_until is not None
        case Kind.SEAT_OFFERED:
            return not enrolment.holds_seat
        case Kind.LEAVE_GRANTED | Kind.LEAVE_REFUSED:
            return enrolment.leave_asked_at is not None
        case Kind.LEAVE_ASKED:
            return enrolment.leave_asked_at is None
        case _:
            return True
