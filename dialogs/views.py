"""Saved views of the queue: "gem som »mine nye«", "vis »mine nye«", "mine visninger", "slet visningen …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from centre.queue_query import QueueQuery, query_from_json
from centre.saved_views import (
    LONGEST_NAME,
    MOST_VIEWS,
    SavedView,
    TooManyViewsError,
    delete_view,
    own_views,
    save_view,
    view_key,
)
from dialogs import casework
from dialogs.cards.queue import filter_words, views_card
from dialogs.queue import QueueDialog

if TYPE_CHECKING:
    from dialogs.turn import Turn

_QUOTES = "»«„“”\"'"
_NAME = rf"[{_QUOTES}]*(?P<name>[^{_QUOTES}\n]{{1,{LONGEST_NAME}}})[{_QUOTES}]*[.!]?"
_SAVE = re.compile(
    r"(?:gem(?: (?:den|det|dette|visningen|listen|køen|filteret))? som|save(?: (?:this|it|the view))? as):? "
    rf"{_NAME}",
    re.IGNORECASE,
)
_SHOW = re.compile(
    rf"(?:vis|åbn|show|open)(?: (?P<view>visningen?|min visning|the view|view))? {_NAME}", re.IGNORECASE
)
_DELETE = re.compile(
    rf"(?:slet|fjern|delete|remove)(?: (?:min|my|the))? (?:visningen?|view) {_NAME}", re.IGNORECASE
)
_LIST = re.compile(
    r"(?:vis |show )?(?:mine|gemte|my|saved) (?:gemte |saved )?(?:visninger|views)[.!?]?", re.IGNORECASE
)


async def view_asked_for(turn: Turn, said: str) -> QueueQuery | None:
    """Return the query of the saved view that a sentence names; None when it names none of the person's."""
    found = _SHOW.fullmatch(said.strip())
    if not found or not turn.person.staff:
        return None
    views = {view.key: view for view in await own_views(turn.work, turn.person)}
    view = views.get(view_key(found["name"].strip()))
    return view.query if view else None


async def said(turn: Turn, text: str) -> bool:
    """Save, list or delete views as a sentence says; False when it says no such thing."""
    words = text.strip()
    if not turn.person.staff:
        if any(pattern.fullmatch(words) for pattern in (_LIST, _DELETE)):
            casework.refuse(turn)
            return True
        return False
    if saving := _SAVE.fullmatch(words):
        await _save(turn, saving["name"].strip())
    elif deleting := _DELETE.fullmatch(words):
        name = deleting["name"].strip()
        gone = await delete_view(turn.work, turn.person, name)
        turn.say("view-deleted" if gone else "view-unknown", name=name)
    elif _LIST.fullmatch(words):
        await _list(turn)
    elif (showing := _SHOW.fullmatch(words)) and (showing["view"] or any(quote in words for quote in '»«„“”"')):
        turn.say("view-unknown", name=showing["name"].strip())
    else:
        return False
    return True


async def _save(turn: Turn, name: str) -> None:
    topic = turn.memory.topic
    if topic is None or topic.dialog != QueueDialog.id:
        turn.say("view-nothing-to-save")
        return
    query = query_from_json(topic.values["query"])
    try:
        await save_view(turn.work, turn.person, SavedView(name, query))
    except TooManyViewsError:
        turn.say("view-too-many", most=MOST_VIEWS)
    else:
        turn.say("view-saved", name=name, filters=filter_words(turn.texts, query) or turn.texts("queue-whole"))


async def _list(turn: Turn) -> None:
    views = await own_views(turn.work, turn.person)
    if views:
        turn.show(views_card(turn.texts, views))
    else:
        turn.say("view-none")
