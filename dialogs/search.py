"""What courses are there: an employee's (or anybody's) question, a list to page, refine and open."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from catalogue.course_query import (
    CourseQuery,
    UnreadableCourseQueryError,
    course_query_from_json,
    course_query_json,
)
from catalogue.course_search import (
    CourseList,
    cheaper_than,
    cheapest_of,
    find_courses,
    longer_than,
    longest_of,
    shorter_than,
    shortest_of,
    ways_on,
)
from centre.interest import Want
from dialogs.asking_words import (
    Lead,
    Part,
    Question,
    Whole,
    pattern_of,
    question_in,
    whole_meaning,
    without_switch,
)
from dialogs.cards.course_filters import length_words
from dialogs.cards.elements import bare_submit
from dialogs.cards.interest import subject_buttons
from dialogs.cards.offer import MOST_RUNS, has_runs, offer_card
from dialogs.cards.runs import sign_up_buttons
from dialogs.cards.search import SHOWN, Before, SearchPage, search_card
from dialogs.course_words import CourseReading, asks_for_news, query_of_need, read_courses
from dialogs.drafts import need_from_json
from dialogs.intents import Intent, intent_of, picked_number
from dialogs.offer_answers import answer_about, numbered_question
from dialogs.offer_titles import offers_named
from dialogs.replies import Say
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from microsoft_teams.cards import Action

    from catalogue.offers import Offer, Run
    from dialogs.input import Click
    from dialogs.memory import Frame
    from dialogs.turn import Turn

FURTHEST = 10_000
"""No list is longer; a made-up number must not be counted with."""
MOST_BEFORE = 10
"""How many changes "tilbage" can take back."""
MOST_NAMED = 5
_QUESTION = re.compile(
    r"^\W*(hvilke|hvilket|hvad (er|har|findes)|findes der|er der|har i|kan i tilbyde|vis|find|søg"
    r"|which|what|are there|do you have|show|find|search)\b",
    re.IGNORECASE,
)
_COURSES = re.compile(
    r"^\W*(kurser|uddannelser|forløb|temadage|courses)\s+(om|i|inden for|indenfor|til|med|about|on|in|for)\b",
    re.IGNORECASE,
)
_SWITCH = re.compile(r"^\W*(hvad|what) (med|about)\b", re.IGNORECASE)


def asks_for_list(text: str) -> bool:
    """Whether a sentence asks what there is, or what is new, rather than telling what is needed."""
    return bool(_QUESTION.match(text)) or asks_for_news(text)


def names_courses(text: str) -> bool:
    """Whether a sentence is what one types into a search: "kurser om demens". A number makes it a need."""
    return bool(_COURSES.match(text)) and not any(letter.isdecimal() for letter in text)


def asks_about_topic(text: str, today: date) -> bool:
    """Whether a question names its own topic: "hvad har I om stress?" does, "har I noget online?" narrows."""
    asked = bool(_QUESTION.match(text)) and not _SWITCH.match(text)
    return asked and bool(read_courses(_QUESTION.sub("", text), today, onto=CourseQuery()).query.topic)


class SearchDialog(Dialog):
    """Looking for courses.

    > Hvilke kurser er der om demens i foråret?
    < Det fandt jeg. Du søgte: demens · i foråret. 12 forløb  [✕ i foråret]
      1 … 2 … 3 … 4 … 5 …  [Læs mere] under each  [Vis flere]
    > højst én dag, og gerne noget billigere
    < 4 af 12 forløb passer: højst 1 dag · højst 600 kr.  [✕ i foråret | ✕ højst 1 dag | ✕ højst 600 kr. | …]
    > fjern prisen
    < Nu 7 forløb (før 4), uden: højst 600 kr.
    > den om svære situationer
    < (the offer with all its runs)
    > er der ledige pladser?
    < Ja, der er 8 ledige pladser mandag den 8. marts. Tilmelding senest …
    > tilbage
    < (the list)
    > hvad med konflikthåndtering?
    < Det fandt jeg. Du søgte: konflikthåndtering · i foråret · højst 1 dag
    """

    id: ClassVar[str] = "search"

    @property
    def steps(self) -> Mapping[str, Step]:
        """One list that every answer refines."""
        return {"list": Step(self._ask_list, self._hear_list)}

    def readable(self, frame: Frame) -> bool:
        """A query and a page; an older release kept a need instead of the query."""
        try:
            _query_in(frame)
            _list_before(frame)
            return 0 <= int(frame.values["page"]) <= FURTHEST
        except (KeyError, TypeError, ValueError):
            return False

    def begin(self, turn: Turn, text: str) -> str:
        """Make a question the topic under way; return the step to ask."""
        query = CourseQuery()
        if intent_of(text) is not Intent.FIND_COURSE:
            query = read_courses(text, turn.today, turn.index.places).query
        turn.begin(self.id, "list", query=course_query_json(query), page=0)
        return "list"

    def begin_listed(self, turn: Turn, click: Click) -> None:
        """Make the list that a button carries the topic under way; it may be a change of the one there is."""
        query, first = _clicked(click)
        topic = turn.memory.topic
        if topic and topic.dialog == self.id:
            topic.values.pop("alone", None)
            _change(topic, query, first)
        else:
            turn.begin(self.id, "list", query=course_query_json(query), page=first)

    def open_clicked(self, turn: Turn, click: Click) -> None:
        """Open the offer that a button names; without a topic under way it becomes one, to be asked about."""
        code = click.fields.get("code", "")
        topic = turn.memory.topic
        if topic and topic.dialog == self.id:
            topic.values["opened"] = code
            topic.values["first"] = _number(click, "first")
        elif topic is None:
            turn.begin(self.id, "list", query={}, page=0, opened=code, alone=True)
        show_offer(turn, code, _number(click, "first"))

    def begin_with(self, turn: Turn, offer: Offer) -> None:
        """Make what resembles one offer the topic under way, with that offer open."""
        query = read_courses(offer.title, turn.today, turn.index.places).query
        turn.begin(self.id, "list", query=course_query_json(query), page=0, opened=offer.code)

    async def _ask_list(self, turn: Turn, frame: Frame) -> None:
        if frame.values.get("alone"):
            show_offer(turn, str(frame.values.get("opened", "")))
            return
        turn.show(search_card(turn.texts, _page_of(turn, frame), frame.nonce, may_file=turn.person.may_file))

    async def _hear_list(self, turn: Turn, frame: Frame) -> Next:
        if turn.input.click:
            return self._hear_click(turn, frame, turn.input.click)
        if frame.values.get("alone"):
            return _hear_about_offer(turn, frame) or _hear_more_runs(turn, frame) or Heard.NOT_FOR_ME
        for hear in (_hear_about_offer, _hear_whole, _hear_intent, _hear_title):
            heard = hear(turn, frame)
            if heard is not None:
                return heard
        return _hear_refinement(turn, frame)

    def _hear_click(self, turn: Turn, frame: Frame, click: Click) -> Next:
        match click.verb:
            case "search.more":
                return _next_page(turn, frame)
            case "search.need" if turn.person.may_file:
                query = _query_in(frame)
                turn.carried_on = query.text or query.topic
                return Heard.DONE if turn.carried_on else Heard.NOT_FOR_ME
            case _:
                return Heard.NOT_FOR_ME


def show_offer(turn: Turn, code: str, first: int = 0) -> None:
    """Show one offer with its runs; kindly say so when it has left the catalogue."""
    offer = turn.index.offer(code)
    if offer is None:
        turn.say("offer-gone")
        return
    runs = turn.index.runs_of(code)
    turn.show(
        offer_card(
            turn.texts,
            offer,
            runs,
            turn.today,
            may_file=turn.person.may_file,
            first=first,
            page=turn.page_of(code),
            sign_up=lambda run: sign_up_buttons(turn.texts, run, turn.today, leads=turn.person.leads),
            more=_interest_buttons(turn, offer, runs),
        )
    )


def _interest_buttons(turn: Turn, offer: Offer, runs: Sequence[Run]) -> Sequence[Action]:
    """Where nobody can get a seat: to be told of the next run, or to wish; for the centre, how many wait."""
    if turn.person.staff:
        return [bare_submit(turn.texts("button-interest-see"), "interest.demand", code=offer.code)]
    if turn.person.may_file or any(run.open_for_sign_up(turn.today) for run in runs):
        return []
    return subject_buttons(turn.texts, Want(offer.code), wait=has_runs(offer))


# --- The list ----------------------------------------------------------------------------------------------


def _query_in(frame: Frame) -> CourseQuery:
    if "query" in frame.values:
        return course_query_from_json(frame.values["query"])
    return query_of_need(need_from_json(frame.values["need"]))


def _list_before(frame: Frame) -> list[CourseQuery]:
    return [course_query_from_json(kept) for kept in frame.values.get("before", [])]


def _page_of(turn: Turn, frame: Frame) -> SearchPage:
    query = _query_in(frame)
    found = find_courses(turn.index, query, turn.today)
    before = None
    if frame.values.get("changed") and (kept := _list_before(frame)):
        before = Before(kept[-1], find_courses(turn.index, kept[-1], turn.today).sure)
    page = SearchPage(query, found, int(frame.values["page"]), before)
    return page if found.matches else replace(page, ways_on=ways_on(turn.index, query, turn.today))


def _change(frame: Frame, query: CourseQuery, first: int = 0) -> None:
    """Show another list, or another page of it; what it was before can be gone back to."""
    old, kept = _query_in(frame), list(frame.values.get("before", []))
    changed = old != query
    if changed:
        kept = [*kept, course_query_json(old)][-MOST_BEFORE:]
    frame.values = {"query": course_query_json(query), "page": first, "before": kept, "changed": changed}


def _clicked(click: Click) -> tuple[CourseQuery, int]:
    """Read the query and page that a button carries; one that does not read is the whole catalogue."""
    try:
        data: dict[str, Any] = json.loads(click.fields.get("query") or "{}")
        return course_query_from_json(data), _number(click, "first")
    except (UnreadableCourseQueryError, ValueError):
        return CourseQuery(), 0


def _number(click: Click, name: str) -> int:
    value = click.fields.get(name, "0")
    return min(int(value), FURTHEST) if value.isdecimal() and value.isascii() else 0


def _next_page(turn: Turn, frame: Frame) -> Next:
    page = _page_of(turn, frame)
    if not page.more:
        turn.say("search-no-more")
        return Heard.STAY
    _change(frame, page.query, page.first + SHOWN)
    return "list"


def _previous_page(turn: Turn, frame: Frame) -> Next:
    first = int(frame.values["page"])
    if not first:
        turn.say("asking-first-page")
        return Heard.STAY
    _change(frame, _query_in(frame), max(0, first - SHOWN))
    return "list"


def _back(turn: Turn, frame: Frame) -> Next:
    """Go back from an offer to the list, from a page to the one before, from a change to what was before it."""
    if "opened" in frame.values:
        frame.values = {name: value for name, value in frame.values.items() if name not in {"opened", "first"}}
        return "list"
    if int(frame.values["page"]):
        return _previous_page(turn, frame)
    kept = list(frame.values.get("before", []))
    if not kept:
        return Heard.NOT_FOR_ME
    frame.values = {"query": kept[-1], "page": 0, "before": kept[:-1], "changed": False}
    return "list"


# --- Opening, and asking about an offer ---------------------------------------------------------------------


def _open(turn: Turn, frame: Frame, number: int) -> Next:
    listed = _page_of(turn, frame).listed
    if not 0 < number <= len(listed):
        turn.say("search-no-such-number", most=len(listed))
    else:
        frame.values["opened"] = listed[number - 1].offer.code
        frame.values.pop("first", None)
        show_offer(turn, frame.values["opened"])
    return Heard.STAY


def _hear_about_offer(turn: Turn, frame: Frame) -> Next | None:
    """Answer what is asked about the open offer, about one by its number, or about the only one there is."""
    numbered = None if frame.values.get("alone") else numbered_question(turn.input.text)
    if numbered:
        question, number = numbered
        listed = _page_of(turn, frame).listed
        if not 0 < number <= len(listed):
            turn.say("search-no-such-number", most=len(listed))
            return Heard.STAY
        frame.values["opened"] = listed[number - 1].offer.code
        return _answer(turn, frame, question, frame.values["opened"])
    question_asked = question_in(turn.input.text)
    if question_asked is None:
        return None
    if "opened" in frame.values:
        return _answer(turn, frame, question_asked, str(frame.values["opened"]))
    if question_asked is Question.SEATS:
        return None
    listed = _page_of(turn, frame).listed
    if len(listed) == 1:
        return _answer(turn, frame, question_asked, listed[0].offer.code)
    if listed:
        turn.say("asking-which")
        return Heard.STAY
    return None


def _answer(turn: Turn, frame: Frame, question: Question, code: str) -> Next:
    offer = turn.index.offer(code)
    if offer is None:
        turn.say("offer-gone")
    else:
        frame.values["opened"] = code
        turn.replies.append(Say(answer_about(turn, offer, question)))
    return Heard.STAY


def _more_runs(turn: Turn, frame: Frame) -> Next:
    """Show the next page of the open offer's runs."""
    code = str(frame.values.get("opened", ""))
    first = int(frame.values.get("first", 0)) + MOST_RUNS
    coming = [run for run in turn.index.runs_of(code) if run.starts >= turn.today]
    if first < len(coming):
        frame.values["first"] = first
        show_offer(turn, code, first)
    else:
        turn.say("asking-no-more-runs")
    return Heard.STAY


def _hear_more_runs(turn: Turn, frame: Frame) -> Next | None:
    return _more_runs(turn, frame) if whole_meaning(turn.input.text) is Whole.MORE_RUNS else None


def _hear_title(turn: Turn, frame: Frame) -> Next | None:
    """Open what words of a title name: "den om nattevagter"."""
    page = _page_of(turn, frame)
    numbers = offers_named(turn.input.text, page.listed, page.first, SHOWN)
    if not numbers:
        return None
    if len(numbers) == 1:
        return _open(turn, frame, numbers[0])
    turn.say("asking-which-of", numbers=", ".join(f"nr. {number}" for number in numbers[:MOST_NAMED]))
    return Heard.STAY


# --- Refining ----------------------------------------------------------------------------------------------


def _hear_whole(turn: Turn, frame: Frame) -> Next | None:
    match whole_meaning(turn.input.text):
        case Whole.EVERYTHING:
            query = _query_in(frame)
            _change(frame, query.without(*query.filters))
            return "list"
        case Whole.OTHER:
            return _next_page(turn, frame)
        case Whole.PREVIOUS:
            return _back(turn, frame) if "opened" in frame.values else _previous_page(turn, frame)
        case Whole.LIST_AGAIN:
            frame.values.pop("opened", None)
            return "list"
        case Whole.MORE_RUNS if "opened" in frame.values:
            return _more_runs(turn, frame)
        case _:
            return None


def _hear_intent(turn: Turn, frame: Frame) -> Next | None:
    intent = intent_of(turn.input.text)
    if intent is Intent.MORE:
        return _next_page(turn, frame)
    if intent is Intent.BACK:
        return _back(turn, frame)
    if number := picked_number(turn.input.text) or picked_number(without_switch(turn.input.text)):
        return _open(turn, frame, number)
    return Heard.NOT_FOR_ME if intent or not turn.input.text else None


def _hear_refinement(turn: Turn, frame: Frame) -> Next:
    said, query = turn.input.text, _query_in(frame)
    if asks_about_topic(said, turn.today):
        _change(frame, read_courses(said, turn.today, turn.index.places).query)
        return "list"
    reading = read_courses(said, turn.today, turn.index.places, query)
    if turn.person.may_file and _tells_a_need(said, reading):
        return Heard.NOT_FOR_ME
    if not reading.understood:
        turn.say("asking-not-understood")
        return Heard.STAY
    refined = reading.query
    for part in reading.relative:
        narrowed = _RELATIVE[part](turn, frame, refined)
        if narrowed is None and len(reading.relative) == 1 and refined == query:
            return Heard.STAY
        refined = narrowed or refined
    _change(frame, refined)
    return "list"


def _tells_a_need(said: str, reading: CourseReading) -> bool:
    """Whether a leader tells what people need to learn, rather than what the list should be."""
    if asks_for_list(said) or not (reading.topic or reading.people):
        return False
    return reading.people or bool(pattern_of("lead", Lead.NEED).match(said.strip().lower()))


def _shown(turn: Turn, frame: Frame) -> Sequence[Offer]:
    """The offers that "kortere" and "billigere" compare with: the open one, or those of the page."""
    opened = turn.index.offer(str(frame.values.get("opened", "")))
    return [opened] if opened else [match.offer for match in _page_of(turn, frame).shown]


def _found(turn: Turn, query: CourseQuery) -> CourseList:
    return find_courses(turn.index, query, turn.today)


def _shorter(turn: Turn, frame: Frame, query: CourseQuery) -> CourseQuery | None:
    matches = _found(turn, query).matches
    longest = shorter_than(matches, _shown(turn, frame))
    if longest:
        return replace(query, longest=longest)
    shortest = shortest_of(matches)
    turn.say("asking-nothing-shorter", shortest=length_words(turn.texts, shortest) if shortest else "none")
    return None


def _longer(turn: Turn, frame: Frame, query: CourseQuery) -> CourseQuery | None:
    matches = _found(turn, query).matches
    shortest = longer_than(matches, _shown(turn, frame))
    if shortest:
        return replace(query, shortest=shortest)
    longest = longest_of(matches)
    turn.say("asking-nothing-longer", longest=length_words(turn.texts, longest) if longest else "none")
    return None


def _cheaper(turn: Turn, frame: Frame, query: CourseQuery) -> CourseQuery | None:
    matches = _found(turn, query).matches
    dearest = cheaper_than(matches, _shown(turn, frame))
    if dearest is not None:
        return replace(query, dearest=dearest)
    cheapest = cheapest_of(matches)
    price = "none" if cheapest is None else turn.texts("kroner", amount=turn.texts.number(cheapest))
    turn.say("asking-nothing-cheaper", cheapest=price)
    return None


_RELATIVE: Mapping[Part, Callable[[Turn, Frame, CourseQuery], CourseQuery | None]] = {
    Part.SHORTER: _shorter,
    Part.LONGER: _longer,
    Part.CHEAPER: _cheaper,
}
