"""Telling people of an event in a case: each when they want to hear it, and their stand-in while they are away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from centre.notices import Notice, NoticeKind
from centre.settings import PersonSettings, when_to_tell

if TYPE_CHECKING:
    from collections.abc import Collection
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
    known = await work.settings.of(set(readers) - {""})
    stand_ins = {one.stand_in_id for one in known.values() if one.is_away(now.date())}
    known = {**await work.settings.of(stand_ins - {""} - known.keys()), **known}
    for reader in sorted(set(readers) | stand_ins):
        if reader in {"", event.actor_id}:
            continue
        told = when_to_tell(known.get(reader, PersonSettings(reader)), event.kind, now)
        notice = event_notice(request, event.id, reader, told.at if told.at > now else None)
        await work.notices.add(replace(notice, kind=NoticeKind.CASE_DIGEST) if told.digest else notice)


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
