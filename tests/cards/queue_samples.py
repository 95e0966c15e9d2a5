"""The cards of the queue, filled in the way a Tuesday fills them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from catalogue.offers import Area
from centre.cases import Colleague
from centre.queue_query import MOST_COUNTED, QueueQuery, Whose
from centre.requests import CaseNumber, Priority, Status
from centre.saved_views import SavedView
from dialogs.cards.export import export_card
from dialogs.cards.queue import QueuePage, queue_card, views_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from centre.requests import Request
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

COLLEAGUES = (Colleague("kirsten.bang", "Kirsten Bang"), Colleague("grethe.lund", "Grethe Lund"))

LINKS = {file: f"https://bot.kommunen.example/hent/{file}" for file in ("xlsx", "csv")}


def queue_cards(
    texts: Texts, words: Callable[[str, str], str], new: Request, taken: Request, today: date
) -> dict[str, Card]:
    """Return the queue's cards by name: full, narrowed, without end, empty, in the channel, and as a file."""
    urgent = replace(
        taken,
        id="urgent",
        number=CaseNumber(2026, 38),
        status=Status.AWAITING_LEADER,
        priority=Priority.HIGH,
        filed_at=taken.filed_at - timedelta(days=17),
        due=today - timedelta(days=2),
    )
    also = [replace(new, id=f"also{serial}", number=CaseNumber(2026, serial)) for serial in (44, 45)]
    narrow = QueueQuery(
        whose=Whose.COLLEAGUE,
        colleague_id="grethe.lund",
        colleague_name=words("name", "Grethe Lund")[:80],
        statuses=(Status.NEW, Status.AWAITING_LEADER),
        area=Area.DISABILITY,
        older_than=14,
        due_within=-1,
        priority=Priority.HIGH,
        text=words("query", "demens")[:80],
        requester=words("name", "Lene")[:80],
    )
    views = [
        SavedView(words("view", "Mine nye"), QueueQuery(whose=Whose.MINE, statuses=(Status.NEW,))),
        SavedView("Handicap", replace(narrow, whose=Whose.NOBODY)),
    ]
    return {
        "queue": queue_card(
            texts, QueuePage(QueueQuery(), [urgent, taken, new, *also], 1, 12, 0, today, COLLEAGUES)
        ),
        "queue_narrowed": queue_card(texts, QueuePage(narrow, [urgent], 6, 6, 1, today, COLLEAGUES)),
        "queue_without_end": queue_card(
            texts, QueuePage(QueueQuery(area=Area.SENIOR), [new], 1, MOST_COUNTED, 0, today, COLLEAGUES)
        ),
        "queue_nothing": queue_card(texts, QueuePage(narrow, [], 1, 0, 0, today)),
        "queue_empty": queue_card(texts, QueuePage(QueueQuery(), [], 1, 0, 0, today)),
        "queue_in_channel": queue_card(
            texts, QueuePage(QueueQuery(), [new], 1, 1, 0, today, COLLEAGUES, private=False)
        ),
        "views": views_card(texts, views),
        "export": export_card(texts, QueueQuery(), 12, LINKS, minutes=15),
        "export_narrowed": export_card(texts, narrow, MOST_COUNTED, dict(reversed(LINKS.items())), minutes=15),
    }
