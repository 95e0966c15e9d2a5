"""The queue as a file: which sentences ask for it, and the card whose links fetch it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from centre.queue_query import QueueQuery, query_json
from dialogs import casework
from dialogs.cards.export import export_card
from dialogs.input import Scope
from dialogs.queue_words import LONGEST_QUERY, read_query

if TYPE_CHECKING:
    from dialogs.turn import Turn

QUEUE_FILE = "queue-export"
"""The kind of file that its links name."""
VALID = timedelta(minutes=15)
"""Long enough for a telephone call before the press, short enough that a link that got about opens nothing: the
file has names in it, and whoever has the link can fetch it without signing in."""
FILES = ("xlsx", "csv")

_SPREADSHEET = r"xlsx|excel(?:-?(?:fil|ark|file|sheet))?|regneark|spreadsheet"
_CSV = r"csv(?:-?(?:fil|file))?"
_ASKS = re.compile(
    r"(?:(?:(?:kan|må) (?:jeg|vi) få|lav|hent|send|giv|make|get|give)(?: mig| me)? )?(?:en |et |an? )?"
    rf"(?:eksport(?:er|ér)?|export|udtræk|(?P<file>{_SPREADSHEET}|{_CSV})(?=[.!? ]*$| (?:af|over|med|of|with) ))"
    r"(?P<rest>(?:[ :,].*)?)",
    re.IGNORECASE,
)
_AS = re.compile(
    rf"(?<!\w)(?:(?:som|i|til|as|in|to) )?(?:en |et |an? )?(?:(?P<xlsx>{_SPREADSHEET})|(?P<csv>{_CSV}))(?!\w)",
    re.IGNORECASE,
)
_WHAT_IS_SHOWN = re.compile(
    r"(?:(?:af|over|of) )?(?:køen|kø|sagerne|listen|the (?:queue|list|cases))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What a sentence asks for.

    `words` say which cases, "" for those on the list; `file` is "xlsx", "csv" or "" where neither was named.
    """

    words: str
    file: str


def export_asked_in(said: str) -> ExportAsked | None:
    """Read a sentence that asks for the list as a file ("eksport mine demens xlsx"); None for all others."""
    sentence = " ".join(said.split()).rstrip(".!? ")
    asks = _ASKS.fullmatch(sentence) if len(sentence) <= LONGEST_QUERY else None
    if not asks:
        return None
    rest = asks["rest"].lstrip(" :,")
    named = _AS.search(rest) or _AS.fullmatch(asks["file"] or "")
    words = _AS.sub("", rest).strip()
    file = "" if named is None else "csv" if named["csv"] else "xlsx"
    return ExportAsked("" if _WHAT_IS_SHOWN.fullmatch(words) else words, file)


async def offer_asked(turn: Turn, asked: ExportAsked, shown: QueueQuery) -> None:
    """Offer what a sentence asks for: other cases than those shown when it says which."""
    query = read_query(asked.words, turn.today, turn.colleagues).query if asked.words else shown
    await offer_export(turn, query, asked.file)


async def offer_export(turn: Turn, query: QueueQuery, file: str = "") -> None:
    """Offer cases as files, the named type first; in the channel everybody would have the link."""
    if not turn.person.staff:
        casework.refuse(turn)
        return
    if turn.input.scope is Scope.CHANNEL:
        turn.say("export-in-channel")
        return
    total = await turn.work.requests.count(query.criteria(turn.person.id, turn.today))
    if not total:
        turn.say("export-nothing")
        return
    subject = query_json(query)
    links = {
        one: turn.link(QUEUE_FILE, {"query": subject, "file": one}, VALID)
        for one in sorted(FILES, key=lambda one: one != file)
    }
    turn.show(export_card(turn.texts, query, total, links, minutes=VALID // timedelta(minutes=1)))
