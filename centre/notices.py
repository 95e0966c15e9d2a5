"""Who must hear of what. A notice carries ids only; it is worded in the reader's language when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class NoticeKind(StrEnum):
    """What a notice tells."""

    REQUEST_CARD = "request_card"  # the channel's card of a request: posted, or updated in place
    CARD_MOVED = "card_moved"  # to the channel a card was moved from: what is left of it says where it is
    CASE_TAKEN = "case_taken"  # of release 0.1: to the leader, somebody has your case now
    CASE_EVENT = "case_event"  # to one reader: this happened to a case of yours
    CASE_DIGEST = "case_digest"  # the same, told in one message with all of the kind that is due by then
    DUE_REMINDER = "due_reminder"  # to who has a case: it is due on the next working day
    ANSWER_REMINDER = "answer_reminder"  # to a leader: what you were asked in a case waits for you
    ANSWER_OVERDUE = "answer_overdue"  # to who has a case: its leader has not answered
    MORNING_DIGEST = "morning_digest"  # to a channel of the queue: what the day begins with
    ENROLMENT_EVENT = "enrolment_event"  # to one reader: this happened to an enrolment of yours, or of your people
    ENROLMENT_CARD = "enrolment_card"  # the channel's card of an enrolment that the centre decides on
    DECISION_REMINDER = "decision_reminder"  # to a leader: somebody's application waits for you
    SEAT_DEADLINE = "seat_deadline"  # to the house: a seat that was offered goes to the next
    RUN_REMINDER = "run_reminder"  # to a participant: the run begins soon
    PURPOSE_ASKED = "purpose_asked"  # to an employee or leader: what is the course for, to you?
    PURPOSE_REMINDER = "purpose_reminder"  # the same, when it was not answered
    PURPOSE_OPENED = "purpose_opened"  # to both: you can see what the other said now
    PURPOSE_CHANGED = "purpose_changed"  # to one: the other has changed what they said
    PURPOSE_CONFIRMED = "purpose_confirmed"  # to one: the other has confirmed, you have not
    PURPOSE_AGREED = "purpose_agreed"  # to one: the other has confirmed too
    PURPOSE_NEARLY_DUE = "purpose_nearly_due"  # to the house: remind who has not answered
    PURPOSE_DEADLINE = "purpose_deadline"  # to the house: let each see what the other said
    RUN_PLANNED = "run_planned"  # to who waits for an offer: there is a run now
    WISH_SENT = "wish_sent"  # to a leader: somebody wishes to learn this
    WISH_ANSWERED = "wish_answered"  # to who wished: not now


QUEUE = "queue"
HOUSE_LANE = "house"
"""The audience of timers at which the bot does something itself instead of telling somebody."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one reader must hear.

    `audience` is a person's id, or `QUEUE` for the centre's channel. `dedup_key` makes the same notice twice
    one row. `event_id` names the line of the audit trail that it tells of (0: none). `due` in the future makes
    it a timer; None is at once. What tells of an enrolment names it instead of a request; `event_id` is then a
    line of its audit trail. What tells of somebody's interest names only that.
    """

    kind: NoticeKind
    audience: str
    request_id: str
    dedup_key: str
    due: datetime | None = None
    event_id: int = 0
    enrolment_id: str = ""
    interest_id: str = ""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A notice that its reader did not get; `waits`: until the bot is installed, otherwise it failed for good."""

    audience: str
    request_id: str
    waits: bool
