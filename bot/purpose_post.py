"""What is told of purpose agreements: worded when it is sent, from what the reader may see at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.digests import NothingToTellError
from centre.agreeing import see
from centre.filing import NotFoundError
from centre.leading import person_with
from centre.notices import NoticeKind
from centre.purpose import Side
from dialogs.cards.purpose import agreement_card, form_card

if TYPE_CHECKING:
    from datetime import datetime

    from centre.agreeing import Seen
    from centre.notices import Notice
    from centre.ports import UnitOfWork
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

Kind = NoticeKind


async def purpose_news(work: UnitOfWork, texts: Texts, notice: Notice, now: datetime) -> Card:
    """Word a notice about a purpose agreement for its reader.

    Raises:
        NothingToTellError: its reason has gone, or the reader is no side of it any more.
    """
    reader = await person_with(work, notice.audience)
    if reader is None:
        raise NothingToTellError("nobody knows the reader")
    try:
        seen = await see(work, reader, notice.enrolment_id, now)
    except NotFoundError as error:
        raise NothingToTellError("not the reader's any more") from error
    if seen.closed or not _still_news(seen, notice.kind):
        raise NothingToTellError("it has moved on")
    words = _words(texts, seen, notice.kind)
    if seen.changeable and not seen.own.answered:
        return form_card(texts, seen, seen.own.answers, news=words)
    return agreement_card(texts, seen, words)


def _still_news(seen: Seen, kind: NoticeKind) -> bool:
    match kind:
        case Kind.PURPOSE_ASKED | Kind.PURPOSE_REMINDER:
            return seen.changeable and not seen.own.answered
        case Kind.PURPOSE_CONFIRMED:
            confirmed = seen.other is not None and seen.other.confirmed_at is not None
            return confirmed and seen.own.confirmed_at is None
        case Kind.PURPOSE_AGREED:
            return seen.agreed
        case _:
            return seen.is_open


def _words(texts: Texts, seen: Seen, kind: NoticeKind) -> str:
    name = seen.other_name
    match kind:
        case Kind.PURPOSE_ASKED:
            return texts("purpose-intro" if seen.side is Side.PERSON else "purpose-intro-leader")
        case Kind.PURPOSE_REMINDER:
            return texts("purpose-reminder")
        case Kind.PURPOSE_OPENED if seen.own.answered and seen.other_answered:
            return texts("purpose-opened", name=name)
        case Kind.PURPOSE_OPENED if seen.own.answered:
            return texts("purpose-opened-without-them", name=name)
        case Kind.PURPOSE_OPENED:
            return texts("purpose-opened-without-you")
        case Kind.PURPOSE_CHANGED:
            return texts("purpose-changed", name=name)
        case Kind.PURPOSE_CONFIRMED:
            return texts("purpose-they-confirmed", name=name)
        case _:
            return texts("purpose-agreed", name=name)
