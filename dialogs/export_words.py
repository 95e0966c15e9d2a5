"""How to get the queue as a file: somebody with access to the server writes it; the chat says with which words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from centre.queue_query import QueueQuery, Whose
from centre.requests import CLOSED_STATUSES

if TYPE_CHECKING:
    from dialogs.turn import Turn

_EXPORT = re.compile(
    r"(?:(?:kan (?:jeg|vi) få|lav|hent|send|giv mig|make|get) )?(?:en |et |an )?"
    r"(?:eksport(?:er|ér)?|export|excel|csv|regneark|udtræk)"
    r"(?: (?:af )?(?:køen|kø|sagerne|listen|the queue))?[.!?]?",
    re.IGNORECASE,
)
COMMAND = "python app.py requests export"


def asks_for_export(said: str) -> bool:
    """Whether a sentence asks for the list as a file."""
    return bool(_EXPORT.fullmatch(said.strip()))


def say_export(turn: Turn, query: QueueQuery) -> None:
    """Say how to get what is on the list as a file."""
    turn.say("queue-export", command=" ".join((COMMAND, *_options(turn, query), "sager.xlsx")))


def _options(turn: Turn, query: QueueQuery) -> list[str]:
    """Return the query as options of the command; today's days stand for relative ones."""
    options: list[str] = []
    if query.statuses:
        closed = set(query.statuses) == CLOSED_STATUSES
        options += ["--closed"] if closed else [f"--status {status.value}" for status in query.statuses]
    else:
        options.append("--open")
    if query.whose is Whose.NOBODY:
        options.append("--unassigned")
    elif query.whose is not Whose.ANYBODY:
        name = turn.person.name if query.whose is Whose.MINE else query.colleague_name
        options.append(f"--assignee {_quoted(name)}")
    if query.area:
        options.append(f"--area {query.area.value}")
    if query.older_than is not None:
        options.append(f"--older-than {query.older_than}")
    due = query.criteria("", turn.today).due_before
    if due:
        options.append(f"--due-before {due.isoformat()}")
    if query.priority:
        options.append(f"--priority {query.priority.value}")
    if query.requester:
        options.append(f"--requester {_quoted(query.requester)}")
    if query.text:
        options.append(f"--text {_quoted(query.text)}")
    return options


def _quoted(words: str) -> str:
    """Quote for a command line; what a shell could take for more than a word is left out."""
    return '"' + re.sub(r'["$`\\!\n]', "", words) + '"'
