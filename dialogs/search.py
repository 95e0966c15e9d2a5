"""What courses are there: an employee's (or anybody's) question, a list to page, refine and open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from catalogue.need import read_need, revise_need
from dialogs.cards.offer import offer_card
from dialogs.cards.search import search_card
from dialogs.drafts import need_from_json, need_json
from dialogs.intents import Intent, intent_of, picked_number
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from catalogue.matching import Answer
    from catalogue.need import Need
    from catalogue.offers import Offer
    from dialogs.memory import Frame
    from dialogs.turn import Turn

SHOWN = 5
DEEPEST = 50
_QUESTION = re.compile(
    r"^\W*(hvilke|hvilket|hvad (er|har|findes)|findes der|er der|har i|kan i tilbyde|vis|find|søg"
    r"|which|what|are there|do you have|show|find|search)\b",
    re.IGNORECASE,
)


def asks_for_list(text: str) -> bool:
    """Whether a sentence asks what there is, rather than telling what is needed."""
    return bool(_QUESTION.match(text))


def asks_about_topic(text: str, today: date) -> bool:
    """Whether a question names its own topic: "hvad har I om stress?" does, "har I noget online?" narrows."""
    return asks_for_list(text) and bool(read_need(_QUESTION.sub("", text), today).topic)


class SearchDialog(Dialog):
    """Looking for courses.

    > Hvilke kurser er der om demens i foråret?
    < Jeg fandt 8 forløb om demens · i foråret
      1 … 2 … 3 … 4 … 5 …  [Læs mere] under each  [Vis flere]
    > kun online
    < Jeg fandt 2 forløb om demens · i foråret · online
    > nr. 2
    < (the offer with all its runs)
    """

    id: ClassVar[str] = "search"

    @property
    def steps(self) -> Mapping[str, Step]:
        """One list that every answer refines."""
        return {"list": Step(self._ask_list, self._hear_list)}

    def readable(self, frame: Frame) -> bool:
        """A need and a page."""
        try:
            need_from_json(frame.values["need"])
            return int(frame.values["page"]) >= 0
        except (KeyError, TypeError, ValueError):
            return False

    def begin(self, turn: Turn, text: str) -> str:
        """Make a question the topic under way; return the step to ask."""
        need = (
            read_need(text, turn.today) if intent_of(text) is not Intent.FIND_COURSE else read_need("", turn.today)
        )
        turn.begin(self.id, "list", need=need_json(need), page=0)
        return "list"

    def begin_with(self, turn: Turn, offer: Offer) -> None:
        """Make what resembles one offer the topic under way, with that offer open."""
        turn.begin(self.id, "list", need=need_json(read_need(offer.title, turn.today)), page=0, opened=offer.code)

    async def _ask_list(self, turn: Turn, frame: Frame) -> None:
        need = need_from_json(frame.values["need"])
        page = int(frame.values["page"])
        answer = _find(turn, need)
        shown = answer.matches[page : page + SHOWN]
        more = len(answer.matches) > page + SHOWN
        turn.show(search_card(turn.texts, need, answer, shown, page, frame.nonce, more=more))

    async def _hear_list(self, turn: Turn, frame: Frame) -> Next:
        need = need_from_json(frame.values["need"])
        click = turn.input.click
        if click:
            return _next_page(turn, frame, need) if click.verb == "search.more" else Heard.NOT_FOR_ME
        said = turn.input.text
        if intent_of(said) is Intent.MORE:
            return _next_page(turn, frame, need)
        number = picked_number(said)
        if number:
            return _open(turn, frame, need, number)
        if not said or intent_of(said):
            return Heard.NOT_FOR_ME
        new = asks_about_topic(said, turn.today)
        refined = read_need(said, turn.today) if new else revise_need(need, said, turn.today)
        if refined == need or (turn.person.may_file and refined.headcount and not asks_for_list(said)):
            return Heard.NOT_FOR_ME
        frame.values = {"need": need_json(refined), "page": 0}
        return "list"


def _find(turn: Turn, need: Need) -> Answer:
    if not need.text:
        return turn.index.coming(need, turn.today)
    return turn.index.match(need, turn.today, DEEPEST).worth_showing()


def _next_page(turn: Turn, frame: Frame, need: Need) -> Next:
    page = int(frame.values["page"]) + SHOWN
    if page >= len(_find(turn, need).matches):
        turn.say("search-no-more")
        return Heard.STAY
    frame.values = {**frame.values, "page": page}
    return "list"


def _open(turn: Turn, frame: Frame, need: Need, number: int) -> Next:
    matches = _find(turn, need).matches
    if number > len(matches):
        turn.say("search-no-such-number", most=len(matches))
    else:
        frame.values["opened"] = matches[number - 1].offer.code
        show_offer(turn, frame.values["opened"])
    return Heard.STAY


def show_offer(turn: Turn, code: str) -> None:
    """Show one offer with its runs; kindly say so when it has left the catalogue."""
    offer = turn.index.offer(code)
    if offer is None:
        turn.say("offer-gone")
        return
    may_file, page = turn.person.may_file, turn.page_of(code)
    turn.show(offer_card(turn.texts, offer, turn.index.runs_of(code), turn.today, may_file=may_file, page=page))
