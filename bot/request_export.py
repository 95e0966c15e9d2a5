"""Requests as a file for Excel: Danish headings, one row per request."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.sheets import Column, Sheet, write_csv, write_xlsx
from centre.clock import COPENHAGEN
from dialogs.cards.request import kle_words, queue_status_word
from dialogs.cards.wish import form_words, group_words
from dialogs.texts import LOCALES

if TYPE_CHECKING:
    from centre.requests import Request

LANGUAGES = LOCALES
"""Languages that the headings can be in."""

_REQUESTS: Sheet[Request] = Sheet(
    "export-sheet",
    (
        Column("export-number", lambda _, request: str(request.number)),
        Column("export-status", queue_status_word),
        Column("export-priority", lambda texts, request: texts(f"priority-{request.priority.value}")),
        Column("export-assignee", lambda _, request: request.assignee_name),
        Column("export-filed", lambda _, request: request.filed_at.astimezone(COPENHAGEN).date()),
        Column("export-changed", lambda _, request: request.changed_at.astimezone(COPENHAGEN).date()),
        Column("export-due", lambda _, request: request.due or request.answer_due),
        Column("export-topic", lambda _, request: request.wish.topic, wide=True),
        Column("export-need", lambda _, request: request.wish.need, wide=True),
        Column("export-leader", lambda _, request: request.requester_name),
        Column(
            "export-area",
            lambda texts, request: texts(f"area-{request.wish.area.value}") if request.wish.area else "",
        ),
        Column("export-department", lambda _, request: request.wish.department),
        Column("export-behalf", lambda _, request: request.wish.on_behalf_of),
        Column("export-headcount", lambda _, request: request.wish.headcount),
        Column("export-groups", lambda _, request: ", ".join(map(group_words, request.wish.staff_groups))),
        Column("export-when", lambda _, request: request.wish.time_words),
        Column("export-earliest", lambda _, request: request.wish.earliest),
        Column("export-latest", lambda _, request: request.wish.latest),
        Column("export-form", lambda texts, request: form_words(texts, request.wish)),
        Column("export-purpose", lambda _, request: request.wish.purpose, wide=True),
        Column("export-budget", lambda _, request: request.wish.budget_dkk),
        Column("export-chosen", lambda _, request: request.wish.offer_title),
        Column("export-offer", lambda _, request: request.option.title if request.option else "", wide=True),
        Column(
            "export-run", lambda _, request: request.option.run_code if request.option else request.wish.run_code
        ),
        Column("export-kle", kle_words),
    ),
)
WRITERS = {"csv": partial(write_csv, _REQUESTS), "xlsx": partial(write_xlsx, _REQUESTS)}
"""By the ending of the file's name."""
