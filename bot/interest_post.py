"""What is told of interest and wishes: worded when it is sent, from who may see it at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.digests import NothingToTellError
from centre.filing import NotFoundError
from centre.interest import find_wish
from centre.leading import leader_today, person_with
from centre.notices import NoticeKind
from dialogs.cards.interest import run_planned_card, wish_answered_card, wish_card

if TYPE_CHECKING:
    from datetime import datetime

    from centre.interest import Interest
    from centre.notices import Notice
    from centre.ports import UnitOfWork
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts


async def interest_news(work: UnitOfWork, texts: Texts, notice: Notice, now: datetime) -> Card:
    """Word a notice about somebody's interest for its reader.

    Raises:
        NothingToTellError: it was taken back, its reason has gone, or it is not the reader's any more.
    """
    interest = await work.interests.get(notice.interest_id)
    if interest is None:
        raise NothingToTellError("it was taken back")
    person = await person_with(work, interest.person_id)
    if person is None or person.left:
        raise NothingToTellError("who waited has left")
    match notice.kind:
        case NoticeKind.WISH_SENT:
            wish = await _wish_for(work, notice, now)
            return wish_card(texts, wish, person.name)
        case NoticeKind.WISH_ANSWERED:
            leader = await leader_today(work, interest)
            if interest.answered_at is None or leader is None:
                raise NothingToTellError("it was wished for again, or the leader is no more")
            return wish_answered_card(texts, interest, leader.name)
        case _:
            runs = await work.interests.coming_runs(interest.offer_code, now.date())
            if interest.told_at is None or not runs:
                raise NothingToTellError("the person waits for another, or the run has gone")
            return run_planned_card(texts, interest, runs)


async def _wish_for(work: UnitOfWork, notice: Notice, now: datetime) -> Interest:
    reader = await work.people.get(notice.audience)
    if reader is None:
        raise NothingToTellError("nobody knows the reader")
    try:
        wish = await find_wish(work, reader, notice.interest_id, now)
    except NotFoundError as error:
        raise NothingToTellError("not the reader's any more") from error
    if not wish.is_open_wish:
        raise NothingToTellError("it was answered")
    return wish
