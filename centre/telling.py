"""Telling people of a case: each when they want to hear it, and their stand-in while they are away.

Of an event this is decided when it happens, of a reminder when it is due: a pause may have begun in between.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from centre.notices import Notice, NoticeKind
from centre.settings import PersonSettings, audible_from, when_to_tell
from centre.timers import meant_for, passed_to, put_off

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from centre.ports import UnitOfWork
    from centre.requests import Event, Request


async def tell(work: UnitOfWork, request: Request, event: Event, readers: Collection[str], now: datetime) -> None:
    """Write a notice for every reader of an event but the one who did it.

    Args:
        work: The transaction of the event itself.
        request: The case as it is now.
        event: What happened, with its id.
        readers: The ids of people; "" is nobody.
        now: The time, with time zone Europe/Copenhagen.
    """
    for reader, settings in (await heard_by(work, readers, now)).items():
        if reader == event.actor_id:
            continue
        told = when_to_tell(settings, event.kind, now)
        notice = event_notice(request, event.id, reader, told.at if told.at > now else None)
        await work.notices.add(replace(notice, kind=NoticeKind.CASE_DIGEST) if told.digest else notice)


async def is_told_now(work: UnitOfWork, reminder: Notice, request: Request, now: datetime) -> bool:
    """Whether the reader of a reminder that is due hears it now; False when later, or when it is not theirs.

    Whoever hears it too while somebody is away, or later, is given a reminder of their own, decided about when
    that is due.

    Args:
        work: The transaction in which the others are written.
        reminder: What is due.
        request: The case now.
        now: The time, with time zone Europe/Copenhagen.
    """
    now = max(now, reminder.due or now).astimezone(now.tzinfo)
    person = meant_for(reminder.kind, request)
    times = {
        reader: audible_from(settings, now) for reader, settings in (await heard_by(work, {person}, now)).items()
    }
    if reminder.audience == person:
        for reader in times.keys() - {person}:
            await work.notices.add(passed_to(reminder, reader, times[reader]))
    told_at = times.get(reminder.audience)
    if told_at and told_at > now:
        await work.notices.add(put_off(reminder, told_at))
    return told_at == now


async def heard_by(work: UnitOfWork, people: Collection[str], now: datetime) -> Mapping[str, PersonSettings]:
    """Return who hears what is meant for these people, with their settings: stand-ins of who is away hear it too.

    Args:
        work: A transaction.
        people: The ids of people; "" is nobody.
        now: The time, with time zone Europe/Copenhagen.
    """
    named = set(people) - {""}
    known = await work.settings.of(named)
    stand_ins = {one.stand_in_id for one in known.values() if one.is_away(now.date())} - {""}
    known = {**await work.settings.of(stand_ins - known.keys()), **known}
    return {reader: known.get(reader, PersonSettings(reader)) for reader in sorted(named | stand_ins)}


async def stand_in_for(work: UnitOfWork, person_id: str, person_name: str, now: datetime) -> tuple[str, str]:
    """Return the id and name of who looks after a person's cases today: their stand-in, or they themselves."""
    settings = (await work.settings.of({person_id})).get(person_id)
    if settings and settings.is_away(now.date()) and settings.stand_in_id:
        return settings.stand_in_id, settings.stand_in_name
    return person_id, person_name


def event_notice(request: Request, event_id: int, reader: str, due: datetime | None = None) -> Notice:
    """The notice that tells one reader of one event."""
    key = f"{NoticeKind.CASE_EVENT}:{event_id}:{reader}"
    return Notice(NoticeKind.CASE_EVENT, reader, request.id, key, due, event_id)


def card_notice(request: Request, event_id: int, lane: str) -> Notice:
    """The notice that posts or updates the request's card in its channel; one per event."""
    return Notice(NoticeKind.REQUEST_CARD, lane, request.id, f"{NoticeKind.REQUEST_CARD}:{request.id}:{event_id}")
