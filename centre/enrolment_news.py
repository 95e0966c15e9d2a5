"""Who hears of what happens to an enrolment: never who did it, and a leader's stand-in while they are away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from centre.notices import QUEUE, Notice, NoticeKind
from centre.settings import audible_from
from centre.telling import heard_by

if TYPE_CHECKING:
    from datetime import datetime

    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.ports import UnitOfWork

Kind = EnrolmentEventKind

_TELL_PERSON = frozenset(
    {
        Kind.SIGNED_UP,
        Kind.APPROVED,
        Kind.REFUSED,
        Kind.ASKED,
        Kind.SEAT_OFFERED,
        Kind.SEAT_EXPIRED,
        Kind.LEFT,
        Kind.LEAVE_ASKED,
        Kind.LEAVE_GRANTED,
        Kind.LEAVE_REFUSED,
        Kind.SWAPPED,
        Kind.REMOVED,
        Kind.RUN_CHANGED,
        Kind.RUN_CANCELLED,
    }
)
_TELL_LEADER = frozenset({Kind.ANSWERED, Kind.LEFT, Kind.LEAVE_GRANTED, Kind.RUN_CANCELLED})
_TELL_CENTRE = frozenset(
    {
        Kind.APPROVED,
        Kind.REFUSED,
        Kind.ASKED,
        Kind.ANSWERED,
        Kind.LEFT,
        Kind.SWAPPED,
        Kind.REMOVED,
        Kind.RUN_CANCELLED,
    }
)
"""What changes a card of the channel that may be there."""
_LEAVES = frozenset({Kind.LEAVE_ASKED, Kind.LEAVE_GRANTED, Kind.LEAVE_REFUSED})


async def tell_of(
    work: UnitOfWork, before: Enrolment | None, enrolment: Enrolment, event: EnrolmentEvent, now: datetime
) -> None:
    """Write the notices of an event, in its own transaction.

    Args:
        work: The transaction.
        before: As it was, None where it is new.
        enrolment: As it is now.
        event: What happened, with its id.
        now: The time, with time zone Europe/Copenhagen.
    """
    if _centre_hears(before, enrolment, event):
        await work.notices.add(centre_notice(enrolment, event))
    for reader, settings in (await heard_by(work, _readers(enrolment, event), now)).items():
        if reader != event.actor_id:
            at = audible_from(settings, now)
            await work.notices.add(event_notice(enrolment, event, reader, at if at > now else None))


def event_notice(enrolment: Enrolment, event: EnrolmentEvent, reader: str, due: datetime | None = None) -> Notice:
    """The notice that tells one reader of one event."""
    key = f"{NoticeKind.ENROLMENT_EVENT}:{event.id}:{reader}"
    return Notice(NoticeKind.ENROLMENT_EVENT, reader, "", key, due, event.id, enrolment.id)


def centre_notice(enrolment: Enrolment, event: EnrolmentEvent) -> Notice:
    """The notice that posts or updates the card by which the centre decides on an enrolment."""
    key = f"{NoticeKind.ENROLMENT_CARD}:{enrolment.id}:{event.id}"
    return Notice(NoticeKind.ENROLMENT_CARD, QUEUE, "", key, None, event.id, enrolment.id)


def seat_notice(enrolment: Enrolment) -> Notice:
    """The notice that lets the centre's card say that a seat is kept by now for who applied without one."""
    key = f"{NoticeKind.ENROLMENT_CARD}:{enrolment.id}:seat:{enrolment.version}"
    return Notice(NoticeKind.ENROLMENT_CARD, QUEUE, "", key, None, 0, enrolment.id)


def _readers(enrolment: Enrolment, event: EnrolmentEvent) -> set[str]:
    readers = set()
    if event.kind in _TELL_PERSON:
        readers.add(enrolment.person_id)
    applied = event.kind is Kind.SIGNED_UP and enrolment.status is EnrolmentStatus.APPLIED
    if event.kind in _TELL_LEADER or (applied and enrolment.sign_up is SignUp.LEADER):
        readers.add(enrolment.leader_id)
    return readers - {""}


def _centre_hears(before: Enrolment | None, enrolment: Enrolment, event: EnrolmentEvent) -> bool:
    """The centre's channel has a card for what the centre decides, and for nothing else."""
    wanted_to_leave = before is not None and before.leave_asked_at is not None and not enrolment.leave_asked_at
    if event.kind in _LEAVES or wanted_to_leave:
        return True
    decides = enrolment.sign_up is SignUp.CENTRE
    applied = event.kind is Kind.SIGNED_UP and enrolment.status is EnrolmentStatus.APPLIED
    return decides and (applied or event.kind in _TELL_CENTRE)
