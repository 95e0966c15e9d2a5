"""What an enrolment sets off for later: reminders to who decides and who takes part, the end of an offered seat.

A timer is a notice with a due time, under a key that says what it is for. Whether its reason still holds is asked
when it is due. Times are clock times in Denmark, right across changes to daylight saving.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from catalogue.working_days import working_days_after
from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from centre.notices import HOUSE_LANE, Notice, NoticeKind
from centre.purpose import begins
from centre.settings import PersonSettings, audible_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalogue.offers import Run
    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.ports import UnitOfWork

DECISION_EXPECTED_WITHIN = 3
"""Working days a leader has before an application is shown again."""
REPLY_EXPECTED_WITHIN = 2
"""Working days somebody on the waiting list has to take a seat that came free."""
REPLY_UNTIL = time(16)
SHORTEST_REPLY = timedelta(hours=2)
"""So much time there is at least, even on the evening before the run."""
REMINDED_AT = time(9)
REMINDED_DAYS_BEFORE = (7, 1)


def timers_for(enrolment: Enrolment, event: EnrolmentEvent, run: Run | None, now: datetime) -> Iterator[Notice]:
    """Yield the timers that an event sets off.

    Args:
        enrolment: As it is now.
        event: What happened, with its id.
        run: The run it is on.
        now: The time, with time zone.
    """
    if event.kind is EnrolmentEventKind.SIGNED_UP and waits_for_leader(enrolment):
        day = working_days_after(now.astimezone(COPENHAGEN).date(), DECISION_EXPECTED_WITHIN)
        yield _timer(NoticeKind.DECISION_REMINDER, enrolment, event, enrolment.leader_id, _at(day, REMINDED_AT))
    if event.kind is EnrolmentEventKind.SEAT_OFFERED and enrolment.offered_until:
        yield _timer(NoticeKind.SEAT_DEADLINE, enrolment, event, HOUSE_LANE, enrolment.offered_until)
    if enrolment.status is EnrolmentStatus.ATTENDING and run:
        yield from run_reminders(enrolment, run, now)


def run_reminders(enrolment: Enrolment, run: Run, now: datetime) -> Iterator[Notice]:
    """Yield the reminders of a run that are still to come; one that began to hold too late is left out."""
    for days in REMINDED_DAYS_BEFORE:
        due = _at(run.starts - timedelta(days=days), REMINDED_AT)
        if due > now:
            key = f"{NoticeKind.RUN_REMINDER}:{enrolment.id}:{run.starts}:{days}"
            yield Notice(NoticeKind.RUN_REMINDER, enrolment.person_id, "", key, due, 0, enrolment.id)


def waits_for_leader(enrolment: Enrolment) -> bool:
    """Whether a leader is to say yes or no."""
    return enrolment.status is EnrolmentStatus.APPLIED and enrolment.sign_up is SignUp.LEADER


def reminder_holds(timer: Notice, enrolment: Enrolment, run: Run | None, now: datetime) -> bool:
    """Whether a reminder of a run still has its reason.

    It has while the person takes part, and the run begins on the day it did and has not begun.
    """
    attends = enrolment.status is EnrolmentStatus.ATTENDING
    return attends and run is not None and f":{run.starts}:" in timer.dedup_key and now < begins(run)


async def is_reminded_now(work: UnitOfWork, timer: Notice, enrolment: Enrolment, run: Run, now: datetime) -> bool:
    """Whether a participant hears a reminder that is due now; False when later, or not at all.

    Pauses and quiet hours are those of this moment. Whoever wants to hear it later is given another reminder; one
    that would come after the run began is dropped.

    Args:
        work: The transaction in which the other reminder is written.
        timer: What is due.
        enrolment: As it is now.
        run: Its run.
        now: The time, with time zone Europe/Copenhagen.
    """
    own = enrolment.person_id
    settings = (await work.settings.of({own})).get(own, PersonSettings(own))
    heard = audible_from(settings, now)
    if now < heard < begins(run):
        await work.notices.add(replace(timer, dedup_key=f"{timer.dedup_key}:{heard:%Y%m%d%H%M}", due=heard))
    return heard <= now


def decision_holds(enrolment: Enrolment, event: EnrolmentEvent | None) -> bool:
    """Whether an application still waits for the answer that a reminder asks for."""
    return waits_for_leader(enrolment) and event is not None and event.at == enrolment.applied_at


def reply_deadline(run: Run, now: datetime) -> datetime:
    """Return until when a seat is kept for who was offered it: two working days, but not into the run itself."""
    local = now.astimezone(COPENHAGEN)
    wanted = _at(working_days_after(local.date(), REPLY_EXPECTED_WITHIN), REPLY_UNTIL)
    latest = _at(run.starts - timedelta(days=1), REPLY_UNTIL)
    return max(min(wanted, latest), local + SHORTEST_REPLY)


def _timer(kind: NoticeKind, enrolment: Enrolment, event: EnrolmentEvent, audience: str, due: datetime) -> Notice:
    return Notice(kind, audience, "", f"{kind}:{event.id}", due, event.id, enrolment.id)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, COPENHAGEN)
