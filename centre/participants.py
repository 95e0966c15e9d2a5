"""A run's people as the centre sees them: who takes part, who waits, what is to be decided, and who was there.

All of it is for the centre's staff only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.clock import COPENHAGEN
from centre.enrolments import Enrolment, EnrolmentEvent, EnrolmentEventKind, EnrolmentStatus
from centre.filing import NotFoundError
from centre.states import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from catalogue.offers import Run
    from centre.people import Person
    from centre.ports import UnitOfWork

_DATE_LINE = time.min
MOST_RUNS = 100
"""Runs of one offer that are looked at, the latest first."""


class Attendance(StrEnum):
    """What an event of attendance says under "attended" in its detail. Stored: never rename one."""

    WAS_THERE = "yes"
    WAS_NOT = "no"


class NotBegunError(Exception):
    """Nobody can have been there yet; `run` begins later."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.code)
        self.run = run


@dataclass(frozen=True, slots=True)
class RunTally:
    """A run and how many are where: `waiting` are in line without a seat, `to_decide` await the centre's word.

    `applied` await anybody's answer. `held` are the seats kept for people who signed up here.
    """

    run: Run
    title: str
    attending: int
    waiting: int
    applied: int
    to_decide: int
    held: int

    @property
    def free(self) -> int:
        """Seats that nobody has; `run.taken` is what the catalogue says is gone."""
        return max(0, self.run.seats - self.run.taken - self.held)


@dataclass(frozen=True, slots=True)
class RunPeople:
    """A run with everybody who was ever on it; `live` are in the order in which a list shows them."""

    tally: RunTally
    everybody: Sequence[Enrolment]

    @property
    def attending(self) -> Sequence[Enrolment]:
        """Who takes part, by name."""
        return self._by_name(EnrolmentStatus.ATTENDING)

    @property
    def waiting(self) -> Sequence[Enrolment]:
        """Who waits for a seat, applications without one included, in the order of the line."""
        return [one for one in self.everybody if one.is_live and not one.holds_seat]

    @property
    def live(self) -> Sequence[Enrolment]:
        """Who takes part, then whose seat is kept until somebody answers, then who is in line."""
        kept = [
            one
            for one in self.everybody
            if one.is_live and one.holds_seat and one.status is not EnrolmentStatus.ATTENDING
        ]
        return [*self.attending, *kept, *self.waiting]

    def _by_name(self, status: EnrolmentStatus) -> Sequence[Enrolment]:
        return sorted(
            (one for one in self.everybody if one.status is status),
            key=lambda one: (one.person_name.casefold(), one.id),
        )


def awaits_centre(enrolment: Enrolment) -> bool:
    """Whether the centre's word is what an enrolment waits for."""
    applied = enrolment.status is EnrolmentStatus.APPLIED and enrolment.sign_up is SignUp.CENTRE
    return applied or (enrolment.is_live and enrolment.leave_asked_at is not None)


async def see_participants(work: UnitOfWork, actor: Person, run_code: str) -> RunPeople:
    """Return a run's people for somebody of the centre.

    Raises:
        NotAllowedError: it is not for this person.
        NotFoundError: there is no such run.
    """
    if not actor.staff:
        raise NotAllowedError
    tallies = await work.enrolments.tallies(code=run_code, limit=1)
    tally = next((one for one in tallies if one.run.code.casefold() == run_code.casefold()), None)
    if tally is None:
        raise NotFoundError
    return RunPeople(tally, await work.enrolments.of_run(tally.run.code))


async def runs_named(work: UnitOfWork, actor: Person, code: str, today: date) -> Sequence[RunTally]:
    """Return the run of a code, or the runs of an offer: those to come, soonest first, then the latest.

    Raises:
        NotAllowedError: it is not for this person.
    """
    if not actor.staff:
        raise NotAllowedError
    found = await work.enrolments.tallies(code=code, limit=MOST_RUNS)
    exact = [one for one in found if one.run.code.casefold() == code.casefold()]
    if exact:
        return exact
    to_come = [one for one in found if one.run.ends >= today]
    return [*reversed(to_come), *(one for one in found if one.run.ends < today)]


async def coming_runs(
    work: UnitOfWork, actor: Person, today: date, limit: int, offset: int = 0
) -> Sequence[RunTally]:
    """Return the runs with people on them that are not over, soonest first.

    Raises:
        NotAllowedError: it is not for this person.
    """
    if not actor.staff:
        raise NotAllowedError
    return await work.enrolments.tallies(not_over_on=today, limit=limit, offset=offset)


def has_begun(run: Run, now: datetime) -> bool:
    """Whether somebody can have been there: the first day's hour has come."""
    return datetime.combine(run.starts, run.begins_at or _DATE_LINE, COPENHAGEN) <= now


async def mark_attendance(
    work: UnitOfWork,
    actor: Person,
    run_code: str,
    came: Collection[str],
    stayed_away: Collection[str],
    now: datetime,
) -> int:
    """Say of participants whether they were there; return for how many that is new. It may be said again.

    Args:
        work: The transaction.
        actor: Who says it.
        run_code: The run.
        came: The ids of the enrolments of those who were there.
        stayed_away: Likewise of those who were not. Who takes part no more is left out.
        now: The time, with time zone.

    Raises:
        NotAllowedError: it is not for this person.
        NotFoundError: there is no such run.
        NotBegunError: the run has not begun.
    """
    await work.enrolments.hold_run(run_code)
    people = await see_participants(work, actor, run_code)
    if not has_begun(people.tally.run, now):
        raise NotBegunError(people.tally.run)
    new = 0
    for ids, attended in ((came, True), (stayed_away, False)):
        changed = [one for one in people.attending if one.id in ids and one.attended is not attended]
        said = Attendance.WAS_THERE if attended else Attendance.WAS_NOT
        await work.enrolments.mark(
            [
                EnrolmentEvent(
                    one.id,
                    now,
                    actor.id,
                    actor.name,
                    EnrolmentEventKind.MARKED,
                    one.status,
                    one.status,
                    {"attended": said.value},
                )
                for one in changed
            ],
            attended=attended,
        )
        new += len(changed)
    return new
