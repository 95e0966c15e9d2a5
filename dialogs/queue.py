"""Working the queue: a list that words and buttons narrow, page and open, in a personal chat or the channel."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, ClassVar

from catalogue.need import read_need
from centre.queue_query import QueueQuery, UnreadableQueryError, query_from_json, query_json
from centre.requests import EventKind
from dialogs import casework
from dialogs.cards.queue import QueuePage, queue_card
from dialogs.input import Scope
from dialogs.intents import Intent, intent_of, picked_number
from dialogs.queue_words import read_query
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dialogs.input import Click
    from dialogs.memory import Frame
    from dialogs.turn import Turn

SHOWN = 5
FURTHEST_PAGE = 10_000
"""No queue is longer; a made-up page number must not reach the database's limits."""
MOST_WORDS_LEFT = 3
"""A sentence with more words that are no filter is about something else."""
_ABOUT_COURSES = re.compile(r"\b(?:kurs(?:er|us|et|erne)|forløb|hold|courses?)\b", re.IGNORECASE)


class QueueDialog(Dialog):
    """Working the queue.

    > kø nye Handicap
    < Køen. Viser: Ny · Handicap. 7 sager  [Mine | Nye | Uden ansvarlig | Over 14 dage]
      1. KV-2026-0041 · demens … 5. …  [Åbn sagen] under each  [Vis flere | Hele køen | Vælg flere]
    > kun over 14 dage
    < Viser: Ny · Handicap · over 14 dage. 2 sager
    > nr. 2
    < (the case)
    > gem som »handicap der venter«
    < »handicap der venter« er gemt.
    """

    id: ClassVar[str] = "queue"

    @property
    def steps(self) -> Mapping[str, Step]:
        """One list that every answer narrows."""
        return {"list": Step(self._ask_list, self._hear_list)}

    def readable(self, frame: Frame) -> bool:
        """A query and a page."""
        try:
            query_from_json(frame.values["query"])
            return 0 <= int(frame.values["page"]) <= FURTHEST_PAGE
        except (KeyError, TypeError, ValueError):
            return False

    def begin(self, turn: Turn, query: QueueQuery, page: int = 0) -> str:
        """Make a list the topic under way; return the step to ask."""
        turn.begin(self.id, "list", query=query_json(query), page=page)
        return "list"

    async def _ask_list(self, turn: Turn, frame: Frame) -> None:
        page = await find_page(turn, query_from_json(frame.values["query"]), int(frame.values["page"]))
        frame.values["shown"] = [request.id for request in page.requests]
        turn.show(queue_card(turn.texts, page))

    async def _hear_list(self, turn: Turn, frame: Frame) -> Next:
        said, intent = turn.input.text, intent_of(turn.input.text)
        if turn.input.click or not turn.person.staff:
            return Heard.NOT_FOR_ME
        if intent is Intent.MORE:
            return await _next_page(turn, frame)
        if intent is Intent.TAKE and "opened" in frame.values:
            opened = str(frame.values["opened"])
            await casework.do(turn, opened, EventKind.TAKEN, casework.given_by(turn, EventKind.TAKEN, {}))
            return Heard.STAY
        if number := picked_number(said):
            return await _open(turn, frame, number)
        if intent or not said or _ABOUT_COURSES.search(said):
            return Heard.NOT_FOR_ME
        query = query_from_json(frame.values["query"])
        reading = read_query(said, turn.today, turn.colleagues, query)
        if reading.left > MOST_WORDS_LEFT or (reading.left and read_need(said, turn.today).headcount):
            return Heard.NOT_FOR_ME
        frame.values = {"query": query_json(reading.query), "page": 0}
        return "list"


async def find_page(turn: Turn, query: QueueQuery, page: int) -> QueuePage:
    """Find a page of cases."""
    criteria = query.criteria(turn.person.id, turn.today)
    requests = await turn.work.requests.find(criteria, SHOWN, page * SHOWN)
    total = await turn.work.requests.count(criteria)
    private = turn.input.scope is Scope.PERSONAL
    return QueuePage(query, requests, page * SHOWN + 1, total, page, turn.today, turn.colleagues, private)


async def show_in_channel(turn: Turn, query: QueueQuery, page: int = 0) -> None:
    """Show a page where everybody sees it; there is no topic there, the card's buttons carry the query."""
    turn.show(queue_card(turn.texts, await find_page(turn, query, page)))


def clicked_query(click: Click) -> tuple[QueueQuery, int]:
    """Read the query and page that a button carries; one that does not read is the whole queue."""
    page = click.fields.get("page", "0")
    number = min(int(page), FURTHEST_PAGE) if page.isdecimal() and page.isascii() else 0
    try:
        data = json.loads(click.fields.get("query") or "{}")
        return query_from_json(data), number
    except (UnreadableQueryError, ValueError):
        return QueueQuery(), number


async def refresh(turn: Turn, click: Click) -> None:
    """Show the clicked list as it is now; in the channel it is everybody's and stays as it was asked for."""
    if turn.input.scope is Scope.PERSONAL:
        turn.retire(queue_card(turn.texts, await find_page(turn, *clicked_query(click))))


async def _next_page(turn: Turn, frame: Frame) -> Next:
    page = await find_page(turn, query_from_json(frame.values["query"]), int(frame.values["page"]) + 1)
    if not page.requests or page.number > FURTHEST_PAGE:
        turn.say("queue-no-more")
        return Heard.STAY
    frame.values = {**frame.values, "page": page.number}
    return "list"


async def _open(turn: Turn, frame: Frame, number: int) -> Next:
    """Open the case that has this number on the list as the person saw it, or further down as it is now."""
    shown = list(frame.values.get("shown", []))
    place = number - 1 - int(frame.values["page"]) * SHOWN
    if 0 <= place < len(shown):
        opened = str(shown[place])
    else:
        criteria = query_from_json(frame.values["query"]).criteria(turn.person.id, turn.today)
        found = await turn.work.requests.find(criteria, 1, number - 1)
        opened = found[0].id if found else ""
    if opened:
        frame.values["opened"] = opened
        await casework.show_case(turn, opened)
    else:
        turn.say("queue-no-such-number", number=number)
    return Heard.STAY
