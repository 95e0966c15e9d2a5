"""Cards of what comes by itself: digests of a channel and of a person, reminders, and news for a stand-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from centre.requests import CaseNumber, EventKind, Status
from dialogs.cards.case_news import for_stand_in
from dialogs.cards.digests import (
    Morning,
    Part,
    answer_overdue_card,
    answer_reminder_card,
    due_reminder_card,
    morning_card,
    own_digest_card,
)
from dialogs.untold import Untold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from centre.requests import Event, Request
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

DAY = date(2026, 11, 23)


def digest_cards(
    texts: Texts,
    words: Callable[[str, str], str],
    request: Request,
    taken: Request,
    event: Callable[[EventKind], Event],
) -> dict[str, Card]:
    """Return the cards by the names of their pictures."""
    new, begun = _several(request, 7), _several(taken, 9)
    question = event(EventKind.ASKED)
    full = Morning(
        new=Part(7, new[:5]),
        overdue=Part(2, begun[:2]),
        due_today=Part(1, begun[2:3]),
        unanswered=Part(1, [replace(begun[3], status=Status.AWAITING_LEADER)]),
        undelivered=2,
        untold=[
            Untold("KV-2026-0042", words("name", "Lene Holm"), waits=True),
            Untold("KV-2026-0044", words("name", "Søren Østergaard"), waits=False),
        ],
    )
    said = [event(kind) for kind in (EventKind.TAKEN, EventKind.NOTED, EventKind.ANSWERED, EventKind.POOLED)]
    reminder = answer_reminder_card(texts, taken, question)
    return {
        "morning": morning_card(texts, DAY, full),
        "morning_one_thing": morning_card(texts, DAY, Morning(Part(1, new[:1]), Part(), Part(), Part())),
        "own_digest_leader": own_digest_card(texts, {taken.requester_id}, [(taken, said[:1])]),
        "own_digest_staff": own_digest_card(texts, set(), [(case, said) for case in begun[:7]]),
        "reminder_answer": reminder,
        "reminder_answer_for_stand_in": for_stand_in(texts, reminder, words("name", "Lene Holm")),
        "reminder_overdue": answer_overdue_card(texts, taken, question),
        "reminder_due": due_reminder_card(texts, taken, DAY + timedelta(days=1), DAY),
        "reminder_due_today": due_reminder_card(texts, taken, DAY, DAY),
    }


def _several(request: Request, count: int) -> Sequence[Request]:
    return [
        replace(request, id=f"{request.id}-{serial}", number=CaseNumber(2026, serial))
        for serial in range(42, 42 + count)
    ]
