"""An enrolment (tilmelding): one person's seat, or wish for a seat, on one run; its states and its audit trail.

What may follow what is in `centre.enrolment_states`, what people do in `centre.signing_up`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from catalogue.offers import Area, Run, SignUp
    from centre.people import Person

_A_MOMENT = timedelta(microseconds=1)
"""The least that both databases tell apart."""
UNSEEN = "mail:"
"""What the id of a person begins with who is on the municipality's list and was never seen in Teams."""


class EnrolmentStatus(StrEnum):
    """Where an enrolment stands; the Danish names are in `dialogs/texts`. Stored: never rename one."""

    APPLIED = "applied"
    WAITLISTED = "waitlisted"
    ATTENDING = "attending"
    DECLINED = "declined"
    CANCELLED = "cancelled"


LIVE = frozenset({EnrolmentStatus.APPLIED, EnrolmentStatus.WAITLISTED, EnrolmentStatus.ATTENDING})
"""Those who have a seat or wait for one."""


class EnrolmentEventKind(StrEnum):
    """What happened to an enrolment. The names are stored in the audit trail: never rename one."""

    SIGNED_UP = "signed_up"
    APPROVED = "approved"
    REFUSED = "refused"
    ASKED = "asked"  # the leader wants to know something first
    ANSWERED = "answered"
    SEAT_OFFERED = "seat_offered"  # to the first of the waiting list, until a deadline
    SEAT_TAKEN = "seat_taken"
    SEAT_PASSED = "seat_passed"  # the person said no to it
    SEAT_EXPIRED = "seat_expired"  # or said nothing
    LEFT = "left"
    LEAVE_ASKED = "leave_asked"  # after the deadline, when the centre decides
    LEAVE_GRANTED = "leave_granted"
    LEAVE_REFUSED = "leave_refused"
    SWAPPED = "swapped"  # somebody else came in their place
    REMOVED = "removed"  # by the centre
    RUN_CHANGED = "run_changed"
    RUN_CANCELLED = "run_cancelled"
    MARKED = "marked"  # was there, or was not


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person's enrolment on one run.

    `person_id` is the Entra object id, or `UNSEEN` and the e-mail of who was never seen in Teams. `sign_up` says
    who decides: FREE once nobody needs to. `leader_id` is who led the person then, keyed likewise. `holds_seat`
    is whether a seat is kept: an application keeps one when there was one, an offer from the waiting list
    until `offered_until`. `applied_at` is the place in the line. `leave_asked_at` is set while the centre decides
    on a late leave. `attended` is None until somebody said whether the person was there.
    `version` counts the changes of the row: whoever saves says which version they saw.
    """

    id: str
    tenant: str
    run_code: str
    offer_code: str
    title: str
    person_id: str
    person_name: str
    sign_up: SignUp
    status: EnrolmentStatus
    applied_at: datetime
    changed_at: datetime
    area: Area | None = None
    department: str = ""
    leader_id: str = ""
    leader_name: str = ""
    signed_up_by: str = ""
    holds_seat: bool = False
    offered_until: datetime | None = None
    leave_asked_at: datetime | None = None
    attended: bool | None = None
    version: int = 1

    @property
    def is_live(self) -> bool:
        """Whether the person has a seat or waits for one."""
        return self.status in LIVE


@dataclass(frozen=True, slots=True)
class EnrolmentEvent:
    """One line of an enrolment's audit trail.

    `detail` holds by name: "words", "until", "by", "changed", "attended".
    """

    enrolment_id: str
    at: datetime
    actor_id: str
    actor_name: str
    kind: EnrolmentEventKind
    before: EnrolmentStatus | None
    after: EnrolmentStatus
    detail: dict[str, str] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True, slots=True)
class Seats:
    """A run and how its seats stand, read under the run's lock; `run.taken` is what the catalogue says is gone.

    `held` are the seats kept for people who signed up here, `waiting` those in line without one. `latest` is when
    the last of them applied.
    """

    run: Run
    held: int
    waiting: int
    latest: datetime | None = None

    @property
    def free(self) -> int:
        """Seats that nobody has."""
        return max(0, self.run.seats - self.run.taken - self.held)

    def last_in_line(self, now: datetime) -> datetime:
        """Return when somebody applies who holds the lock now: after everybody who held it before them.

        The turn's own time was read before the lock was had. Whoever pressed a moment earlier and got the lock a
        moment later would stand before people who were told their place already.
        """
        return now if self.latest is None else max(now, self.latest.astimezone(now.tzinfo) + _A_MOMENT)


def had_seat(events: Sequence[EnrolmentEvent]) -> bool:
    """Whether a person took part at any time, by their audit trail, and so may have the run in their calendar."""
    return any(event.after is EnrolmentStatus.ATTENDING for event in events)


def key_of(person: Person) -> str:
    """Return what a person's enrolments are kept under."""
    return person.id or f"{UNSEEN}{person.email.strip().lower()}"


def enrolment_id(run_code: str, person_key: str) -> str:
    """Return the id of a person's enrolment on a run: always the same, so that it is inserted once.

    It is of letters only, because every field of a click is searched for CPR numbers.
    """
    digest = hashlib.sha256(f"{run_code}\n{person_key}".encode()).digest()
    return "".join(chr(ord("a") + byte % 16) for byte in digest[:24])
