"""A purpose agreement (formålsaftale): what one person's place on a course is for, said by them and their leader.

Each answers the same three questions without seeing what the other says, until both have answered or the deadline
has passed; then both confirm. These rules are pure: `centre.agreeing` lets people act by them, and
`centre.purpose_news` begins and ends agreements and tells of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.working_days import working_day_before, working_days_after
from centre.clock import COPENHAGEN
from centre.enrolment_states import Part

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from catalogue.offers import Run

ANSWERED_WITHIN = 10
"""Working days after it began in which both are expected to have answered."""
READY_BEFORE_RUN = 2
"""Working days before the run by which both are expected to have answered, so that they can still talk."""
OPENS_AT = time(12)
REMINDED_BEFORE = 3
"""Working days before the deadline at which who has not answered is reminded."""
REMINDED_AT = time(9)
SHORTEST_TIME = timedelta(hours=2)
"""So much time to answer there is at least, unless the run itself begins earlier."""
RUN_BEGINS_AT = time(8)
"""When a run begins whose hours are not known."""
LONGEST_ANSWER = 500
"""Characters of one answer: three of each side fit on one card, and nobody reads more."""


class Side(StrEnum):
    """Who answers. The leader's side is whoever leads the person today, or stands in for them."""

    PERSON = "person"
    LEADER = "leader"


OTHER = {Side.PERSON: Side.LEADER, Side.LEADER: Side.PERSON}


class Act(StrEnum):
    """What somebody can do to an agreement."""

    ANSWER = "answer"
    CONFIRM = "confirm"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Answers:
    """What should change in practice, for which citizens or tasks, and how it will be seen; "" for not said."""

    practice: str = ""
    whom: str = ""
    sign: str = ""

    @property
    def complete(self) -> bool:
        """Whether all three were said."""
        return bool(self.practice and self.whom and self.sign)


@dataclass(frozen=True, slots=True)
class Half:
    """One side of an agreement.

    `by_id` and `by_name` are who answered: leaders change, and stand-ins answer for them. `shares` is whether this
    side lets the centre read the text.
    """

    answers: Answers = Answers()
    answered_at: datetime | None = None
    confirmed_at: datetime | None = None
    shares: bool = False
    by_id: str = ""
    by_name: str = ""

    @property
    def answered(self) -> bool:
        """Whether this side has said its part."""
        return self.answered_at is not None


@dataclass(frozen=True, slots=True)
class Purpose:
    """The purpose agreement of one enrolment.

    `deadline` is when each sees what the other said, even when not both have answered. `edition` counts how often
    answers changed, so that nobody confirms what they have not seen. `closed_at` is when the person lost or left
    their place. `version` counts the changes of the row.
    """

    enrolment_id: str
    tenant: str
    begun_at: datetime
    deadline: datetime
    person: Half = Half()
    leader: Half = Half()
    edition: int = 0
    closed_at: datetime | None = None
    version: int = 1

    def half(self, side: Side) -> Half:
        """Return what one side has said."""
        return self.person if side is Side.PERSON else self.leader

    @property
    def both_answered(self) -> bool:
        """Whether both have said their part."""
        return self.person.answered and self.leader.answered

    @property
    def agreed(self) -> bool:
        """Whether both have confirmed what is there now."""
        return self.person.confirmed_at is not None and self.leader.confirmed_at is not None

    @property
    def shared(self) -> bool:
        """Whether both let the centre read the text."""
        return self.both_answered and self.person.shares and self.leader.shares

    def is_open(self, now: datetime) -> bool:
        """Whether each may see what the other said."""
        return self.closed_at is None and (self.both_answered or now >= self.deadline)


class PurposeMovedOnError(Exception):
    """It cannot be done any more: the run has begun, the place is gone, or the answers are others by now."""

    def __init__(self, purpose: Purpose) -> None:
        super().__init__(purpose.enrolment_id)
        self.purpose = purpose


class AnswersMissingError(Exception):
    """Not all three questions were answered."""


class AnswerTooLongError(Exception):
    """An answer is longer than `LONGEST_ANSWER`."""


def begins(run: Run) -> datetime:
    """Return the moment at which a run begins; nothing that was answered changes after it."""
    return datetime.combine(run.starts, run.begins_at or RUN_BEGINS_AT, COPENHAGEN)


def deadline_of(run: Run, begun_at: datetime) -> datetime:
    """Return until when both have time to answer in an agreement that begins now."""
    begun = begun_at.astimezone(COPENHAGEN)
    day = working_days_after(begun.date(), ANSWERED_WITHIN)
    wanted = _noon(min(day, _working_days_before(run.starts, READY_BEFORE_RUN)))
    return min(max(wanted, begun + SHORTEST_TIME), begins(run))


def sides_of(parts: Collection[Part]) -> frozenset[Side]:
    """Return the sides that somebody is on by what they are to the enrolment."""
    return frozenset(Side(part.value) for part in parts if part in {Part.PERSON, Part.LEADER})


def readable(purpose: Purpose, parts: Collection[Part], now: datetime) -> frozenset[Side]:
    """Return whose answers somebody may read: the one rule about it, asked wherever answers are shown."""
    sides = sides_of(parts)
    if sides and purpose.is_open(now):
        return frozenset(Side)
    shared = Part.STAFF in parts and purpose.shared and purpose.closed_at is None
    return frozenset(Side) if shared else sides


def possible(purpose: Purpose, side: Side, now: datetime, begin: datetime) -> frozenset[Act]:
    """Return what a side may do now; a card's buttons are drawn from it."""
    half = purpose.half(side)
    if purpose.closed_at:
        return frozenset()
    acts = set()
    if now < begin:
        acts.add(Act.ANSWER)
    if purpose.both_answered and half.confirmed_at is None:
        acts.add(Act.CONFIRM)
    if half.answered:
        acts.add(Act.SHARE)
    return frozenset(acts)


def answered(
    purpose: Purpose, side: Side, answers: Answers, by: tuple[str, str], now: datetime, begin: datetime
) -> Purpose:
    """Return the agreement with what a side says now; what is said again as it was changes nothing.

    Whoever changes their answers takes back both confirmations. A leader who answers in place of another has not
    said yet whether the centre may read it.

    Args:
        purpose: As it is.
        side: Whose answers they are.
        answers: All three.
        by: The id and the name of who says it.
        now: The time.
        begin: When the run begins.

    Raises:
        PurposeMovedOnError: the run has begun, or the place is gone.
        AnswersMissingError: not all three were answered.
        AnswerTooLongError: one of them is too long.
    """
    if Act.ANSWER not in possible(purpose, side, now, begin):
        raise PurposeMovedOnError(purpose)
    if not answers.complete:
        raise AnswersMissingError
    if max(map(len, (answers.practice, answers.whom, answers.sign))) > LONGEST_ANSWER:
        raise AnswerTooLongError
    before = purpose.half(side)
    if before.answered and before.answers == answers:
        return purpose
    keeps = before.shares and before.by_id == by[0]
    after = Half(answers, now, None, keeps, *by)
    other = replace(purpose.half(OTHER[side]), confirmed_at=None)
    return replace(_with(_with(purpose, side, after), OTHER[side], other), edition=purpose.edition + 1)


def confirmed(purpose: Purpose, side: Side, edition: int | None, now: datetime, begin: datetime) -> Purpose:
    """Return the agreement confirmed by a side; a second time changes nothing.

    Args:
        purpose: As it is.
        side: Who confirms.
        edition: The edition that they have seen; None for the one that is there.
        now: The time.
        begin: When the run begins.

    Raises:
        PurposeMovedOnError: there is nothing to confirm, or they have seen an earlier edition.
    """
    if edition not in {None, purpose.edition}:
        raise PurposeMovedOnError(purpose)
    if purpose.half(side).confirmed_at and not purpose.closed_at:
        return purpose
    if Act.CONFIRM not in possible(purpose, side, now, begin):
        raise PurposeMovedOnError(purpose)
    return _with(purpose, side, replace(purpose.half(side), confirmed_at=now))


def sharing(purpose: Purpose, side: Side, *, shares: bool, now: datetime, begin: datetime) -> Purpose:
    """Return the agreement with what a side lets the centre read.

    Raises:
        PurposeMovedOnError: this side has not answered, or the place is gone.
    """
    if Act.SHARE not in possible(purpose, side, now, begin):
        raise PurposeMovedOnError(purpose)
    return _with(purpose, side, replace(purpose.half(side), shares=shares))


def begun_again(purpose: Purpose, run: Run, now: datetime) -> Purpose:
    """Return a closed agreement opened for who has a place again: what was said stays, nothing is confirmed."""
    person, leader = (replace(half, confirmed_at=None, shares=False) for half in (purpose.person, purpose.leader))
    return replace(
        purpose, begun_at=now, deadline=deadline_of(run, now), person=person, leader=leader, closed_at=None
    )


def reminded_at(purpose: Purpose) -> datetime:
    """Return when who has not answered is reminded: three working days before the deadline, as the day begins."""
    day = _working_days_before(purpose.deadline.astimezone(COPENHAGEN).date(), REMINDED_BEFORE)
    return datetime.combine(day, REMINDED_AT, COPENHAGEN)


def _with(purpose: Purpose, side: Side, half: Half) -> Purpose:
    return replace(purpose, person=half) if side is Side.PERSON else replace(purpose, leader=half)


def _working_days_before(day: date, count: int) -> date:
    for _ in range(count):
        day = working_day_before(day)
    return day


def _noon(day: date) -> datetime:
    return datetime.combine(day, OPENS_AT, COPENHAGEN)
