"""A request (anmodning): a leader's need as the centre received it, its states and its case number."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.matching import Verdict
from catalogue.offers import OfferKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from catalogue.need import Form
    from catalogue.offers import Area


class Status(StrEnum):
    """Where a request stands; the Danish names are in `dialogs/texts`."""

    NEW = "new"
    CLARIFYING = "clarifying"
    AWAITING_LEADER = "awaiting_leader"
    SOURCING = "sourcing"
    POOLED = "pooled"
    PLANNED = "planned"
    COMPLETED = "completed"
    EVALUATED = "evaluated"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN_STATUSES = frozenset(
    {Status.NEW, Status.CLARIFYING, Status.AWAITING_LEADER, Status.SOURCING, Status.POOLED, Status.PLANNED}
)
UNPLANNED_STATUSES = OPEN_STATUSES - {Status.PLANNED}
CLOSED_STATUSES = frozenset(Status) - OPEN_STATUSES


class Kle(StrEnum):
    """The KLE subject (kommunernes emnesystematik, group 81.39 competence development) a case is kept under."""

    EXTERNAL = "81.39.10"
    INTERNAL = "81.39.15"


def kle_subject(kind: OfferKind | None) -> Kle:
    """Bought training is external; all else, and what is not settled yet, is internal until it is bought."""
    return Kle.EXTERNAL if kind is OfferKind.BOUGHT_COURSE else Kle.INTERNAL


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """A case number, gapless per tenant and year: KV-2026-0001."""

    year: int
    serial: int

    def __str__(self) -> str:
        return f"KV-{self.year}-{self.serial:04d}"

    @classmethod
    def parse(cls, text: str) -> CaseNumber | None:
        """Read "KV-2026-0001" in any letter case; None when it is something else."""
        prefix, _, rest = text.strip().upper().partition("-")
        year, _, serial = rest.partition("-")
        if prefix == "KV" and year.isdecimal() and serial.isdecimal() and year.isascii() and serial.isascii():
            return cls(int(year), int(serial))
        return None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the part of a request that its leader may still edit while it is new.

    `need` is the leader's own words (CPR numbers masked), `topic` what it is about in short. `time_words`,
    `earliest` and `latest` say when. `offer_code` and `run_code` name what was chosen, "" when nothing
    fitted; `offer_title` is how it was called then.
    """

    need: str
    topic: str = ""
    headcount: int | None = None
    staff_groups: tuple[str, ...] = ()
    time_words: str = ""
    earliest: date | None = None
    latest: date | None = None
    form: Form | None = None
    purpose: str = ""
    budget_dkk: int | None = None
    on_behalf_of: str = ""
    area: Area | None = None
    department: str = ""
    offer_code: str = ""
    offer_title: str = ""
    run_code: str = ""
    verdict: Verdict = Verdict.NONE


class Priority(StrEnum):
    """How soon the centre wants to get to a case."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


OUTSIDE = "-"
"""The offer code of what is not in the catalogue."""


@dataclass(frozen=True, slots=True)
class Option:
    """An offer, and perhaps a run of it, that is proposed or planned; `title` is how it was called then."""

    offer_code: str
    title: str
    run_code: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A filed request. `id` is the draft's id, so that filing the same draft twice finds the first one.

    `due` is the centre's own day to get to it, which begins as `answer_due`. `option` is what was last proposed
    or planned, `asked_at` when the leader was last asked something they have not answered.
    `version` counts the changes of the row: whoever saves says which version they saw.
    """

    id: str
    tenant: str
    number: CaseNumber
    status: Status
    wish: Wish
    kle: Kle
    requester_id: str
    requester_name: str
    requester_confirmed: bool
    filed_at: datetime
    changed_at: datetime
    answer_due: date
    assignee_id: str = ""
    assignee_name: str = ""
    priority: Priority = Priority.NORMAL
    due: date | None = None
    option: Option | None = None
    asked_at: datetime | None = None
    version: int = 1


class EventKind(StrEnum):
    """What happened to a request. The names are stored in the audit trail: never rename one."""

    FILED = "filed"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    WROTE = "wrote"  # the leader wrote to the case
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    RELEASED = "released"
    ASKED = "asked"
    ANSWERED = "answered"
    SOURCING = "sourcing"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CALL_WANTED = "call_wanted"
    POOLED = "pooled"
    PLANNED = "planned"
    COMPLETED = "completed"
    EVALUATED = "evaluated"
    REJECTED = "rejected"
    REOPENED = "reopened"
    NOTED = "noted"  # an internal note
    PRIORITISED = "prioritised"
    DUE_SET = "due_set"
    LEADER_CONFIRMED = "leader_confirmed"
    LEADER_REFUSED = "leader_refused"  # who said they were a leader is none
    LEADER_LEFT = "leader_left"  # the leader is no longer on the municipality's list
    MOVED = "moved"  # to another area


INTERNAL_EVENTS = frozenset(
    {
        EventKind.NOTED,
        EventKind.PRIORITISED,
        EventKind.DUE_SET,
        EventKind.RELEASED,
        EventKind.LEADER_CONFIRMED,
        EventKind.LEADER_REFUSED,
        EventKind.LEADER_LEFT,
        EventKind.MOVED,
    }
)
"""What stays inside the centre; a leader's view of the case leaves these out."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a request's audit trail: who did what when; `before` and `after` are its status.

    `detail` holds what was said or chosen, by name: "words", "offer", "title", "run",
    "colleague", "priority", "due", "area".
    `id` is 0 until it is recorded.
    """

    request_id: str
    at: datetime
    actor_id: str
    actor_name: str
    kind: EventKind
    before: Status | None
    after: Status
    detail: dict[str, str] = field(default_factory=dict)
    id: int = 0
