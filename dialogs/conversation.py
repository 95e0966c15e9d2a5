"""The root of the conversation: one input in, replies and a changed memory out.

Order: a click finds its question; a whole utterance that means the same anywhere (help, cancel, back …)
interrupts; then the topic under way hears; then the utterance starts a topic; and what nobody knew becomes a
leader's need or an employee's search, so that every sentence leads somewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from catalogue.need import read_need
from centre.cases import Given
from centre.people import Role
from centre.queue_query import QueueQuery, query_from_json
from centre.requests import EventKind, Status
from dialogs import (
    casework,
    enrolment_cases,
    enrolments,
    interest,
    my_requests,
    own_data,
    participants,
    purpose,
    routing,
    settings,
    several_cases,
    team,
    views,
)
from dialogs.answer import AnswerDialog, awaiting, kind_for, own_open_ones
from dialogs.cards.routing import channel_card
from dialogs.cards.welcome import help_card, welcome_card
from dialogs.case_words import read_case_command, words_to_the_case
from dialogs.enrolment_words import wants_to_join
from dialogs.export_words import export_asked_in, offer_asked, offer_export
from dialogs.input import Click, Happening, Scope, UserInput
from dialogs.intents import LONGEST_UTTERANCE, Intent, case_number_in, draft_number_in, intent_of, normalise
from dialogs.interest import WishDialog
from dialogs.interest_words import Wanted, read_interest_command
from dialogs.my_requests import EditRequestDialog
from dialogs.named_offer import offer_asked_for, offer_mentioned
from dialogs.need import NeedDialog
from dialogs.own_calendar import show_calendar
from dialogs.participants import ParticipantsDialog
from dialogs.profile import ProfileDialog
from dialogs.questions import question_in
from dialogs.queue import QueueDialog, clicked_query, show_in_channel
from dialogs.queue_words import queue_words_in, read_query
from dialogs.search import SearchDialog, asks_about_topic, asks_for_list, names_courses, show_offer
from dialogs.sign_up import SignUpDialog, course_named
from dialogs.texts import texts_in
from dialogs.topics import Topics

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from centre.agreeing import Seen
    from centre.interest import Want
    from centre.purpose import Answers
    from dialogs.memory import Frame
    from dialogs.turn import Turn

LONGEST_SENTENCE = 4000
"""Characters of one message that are read; a longer one is answered with how to put it shorter."""

FURTHEST_PAGE = 10_000
"""No list is longer; a made-up page number must not reach the database's limits."""

INTERRUPTIONS = frozenset(
    {
        Intent.HELP,
        Intent.CANCEL,
        Intent.BACK,
        Intent.RESTART,
        Intent.DANISH,
        Intent.ENGLISH,
        Intent.MY_REQUESTS,
        Intent.QUEUE,
        Intent.MY_COURSES,
        Intent.PAST_COURSES,
        Intent.CALENDAR,
        Intent.APPLICATIONS,
        Intent.TEAM,
        Intent.PURPOSES,
        Intent.NEW_NEED,
        Intent.RESUME,
        Intent.DRAFTS,
        Intent.DROP_DRAFT,
        Intent.MY_DATA,
        Intent.DELETE_MY_DATA,
        Intent.AM_LEADER,
        Intent.AM_EMPLOYEE,
        Intent.AM_CONSULTANT,
        Intent.GREETING,
        Intent.THANKS,
        Intent.GOODBYE,
        Intent.HOW_ARE_YOU,
        Intent.WHO_ARE_YOU,
        Intent.WANT_HUMAN,
    }
)
"""What is answered whatever the topic under way."""

_SMALL_TALK = {
    Intent.GOODBYE: "talk-goodbye",
    Intent.HOW_ARE_YOU: "talk-how-are-you",
    Intent.WHO_ARE_YOU: "talk-who-are-you",
    Intent.WANT_HUMAN: "talk-want-human",
}
_SENT = {
    Happening.SENT_FILE: "sent-file",
    Happening.SENT_PICTURE: "sent-picture",
    Happening.SENT_VOICE: "sent-voice",
}
_HISTORY = frozenset({"forløbet", "forløb", "historik", "historikken", "history"})
_PARTS = {Intent.AM_LEADER: "leader", Intent.AM_EMPLOYEE: "employee", Intent.AM_CONSULTANT: "staff"}


class Conversation:
    """Answers one turn after another; it keeps nothing itself."""

    def __init__(self) -> None:
        self._need = NeedDialog()
        self._search = SearchDialog()
        self._edit = EditRequestDialog()
        self._profile = ProfileDialog()
        self._answer = AnswerDialog()
        self._queue = QueueDialog()
        self._sign_up = SignUpDialog()
        self._team = team.TeamSignUpDialog()
        self._purpose = purpose.PurposeDialog()
        self._wish = WishDialog()
        self._topics = Topics(
            (
                self._need,
                self._search,
                self._edit,
                self._profile,
                self._answer,
                self._queue,
                self._sign_up,
                ParticipantsDialog(),
                self._team,
                self._purpose,
                self._wish,
            )
        )
        self._buttons: Mapping[str, Callable[[Turn, Click], Awaitable[None]]] = {
            "say": self._said_by_button,
            "request.show": lambda turn, click: my_requests.show_request(turn, click.fields.get("request", "")),
            "request.history": lambda turn, click: my_requests.show_history(turn, click.fields.get("request", "")),
            "request.edit": self._edit_clicked,
            "request.withdraw": lambda turn, click: my_requests.withdraw(turn, click.fields.get("request", "")),
            "request.restore": lambda turn, click: my_requests.restore(turn, click.fields.get("request", "")),
            "requests.list": lambda turn, click: my_requests.list_requests(turn, _page(click)),
            "offer.show": self._offer_clicked,
            "search.list": self._search_clicked,
            "offer.need": self._need_from_offer,
            "enrol.join": self._join_clicked,
            "enrol.others": self._others_clicked,
            "team.show": lambda turn, _: team.show_team(turn),
            "team.swap": team.swap_clicked,
            "enrol.show": lambda turn, click: enrolments.show(turn, click.fields.get("enrolment", "")),
            "enrol.decide": lambda turn, click: enrolments.show(turn, click.fields.get("enrolment", "")),
            "enrol.mine": lambda turn, click: enrolments.show_mine(
                turn, _page(click), past=bool(click.fields.get("past"))
            ),
            **dict.fromkeys(enrolments.BUTTONS, enrolments.clicked),
            **dict.fromkeys(purpose.BUTTONS, lambda turn, click: purpose.clicked(turn, click, self._ask_purpose)),
            **dict.fromkeys(enrolment_cases.BUTTONS, enrolment_cases.clicked),
            "seat.show": enrolment_cases.show_clicked,
            **dict.fromkeys(participants.BUTTONS, self._participants_clicked),
            "interest.add": interest.add_clicked,
            "interest.drop": interest.drop_clicked,
            "interest.wait": interest.wait_clicked,
            "interest.list": interest.list_clicked,
            "interest.demand": interest.demand_clicked,
            "wish.send": self._wish_clicked,
            "wish.need": self._wish_need_clicked,
            "wish.not_now": interest.not_now_clicked,
            "wish.show": interest.wish_clicked,
            "draft.resume": self._topics.resume_clicked,
            "draft.drop": self._topics.drop_clicked,
            "channel.use": routing.clicked,
            "settings.save": settings.save_clicked,
            "settings.unpause": settings.unpause_clicked,
            "settings.back": settings.back_clicked,
            "settings.stand_in": settings.stand_in_clicked,
            "case.history": lambda turn, click: casework.show_history(turn, click.fields.get("request", "")),
            "case.more": casework.clicked,
            "data.ask": own_data.ask_clicked,
            "data.delete": own_data.delete_clicked,
            **dict.fromkeys(casework.BUTTONS, casework.clicked),
            "case.show": lambda turn, click: casework.show_case(turn, click.fields.get("request", "")),
            "queue.list": self._queue_clicked,
            "queue.export": lambda turn, click: offer_export(turn, clicked_query(click)[0]),
            **dict.fromkeys(several_cases.BUTTONS, several_cases.clicked),
        }

    async def respond(self, turn: Turn) -> None:
        """Answer one input. Every input gets an answer."""
        turn.memory.age(turn.now)
        self._topics.forget_unreadable(turn)
        if turn.input.happening is Happening.INSTALLED:
            await self._greet_installation(turn)
        elif turn.input.click:
            await self._clicked(turn, turn.input.click)
        elif turn.input.happening in _SENT and not turn.input.text:
            turn.say(_SENT[turn.input.happening])
            self._topics.remind(turn)
        elif turn.input.scope is Scope.CHANNEL:
            await self._said_in_channel(turn)
        else:
            await self._said(turn)

    async def _greet_installation(self, turn: Turn) -> None:
        if turn.input.scope is Scope.CHANNEL:
            await self._greet_team(turn)
        else:
            turn.show(welcome_card(turn.texts, turn.person, demo=bool(turn.stage)))

    async def _greet_team(self, turn: Turn) -> None:
        """Offer to use a channel; the one that is the queue already needs no words."""
        channels = [await turn.work.channels.queue(), *(one.channel for one in await turn.work.channels.routes())]
        place = turn.input.place
        if not place.channel_id:
            turn.say("group-help")
        elif place.team_id not in {channel.team_id for channel in channels if channel}:
            turn.show(channel_card(turn.texts))

    async def _clicked(self, turn: Turn, click: Click) -> None:
        """A button belongs to the question under way, to a draft set aside, or is good for ever."""
        turn.memory.more = ""
        topic = turn.memory.topic
        if topic and click.nonce and click.nonce == topic.nonce:
            await self._topics.hear(turn, topic)
            await self._carry_on(turn)
            return
        draft = self._topics.draft_of(turn, click.nonce)
        if draft:
            self._topics.take_up(turn, draft)
            await self._topics.hear(turn, draft)
            return
        button = self._buttons.get(click.verb) if not click.nonce else None
        if button:
            await button(turn, click)
        else:
            await self._dead_click(turn, click)

    async def _dead_click(self, turn: Turn, click: Click) -> None:
        """A click on an answered or unknown card has no effect, but an answer."""
        request = (
            await turn.work.requests.get(click.fields.get("draft", "")) if click.verb == "need.send" else None
        )
        if request and request.requester_id == turn.person.id:
            turn.say("already-sent", number=str(request.number), day=turn.texts.day(request.answer_due))
        else:
            turn.say("dead-click-topic" if turn.memory.topic else "dead-click")

    async def _said(self, turn: Turn) -> None:
        said = turn.input.text
        verb, _, page = turn.memory.more.partition(" ")
        turn.memory.more = ""
        if len(said) > LONGEST_SENTENCE:
            turn.say("too-long", most=turn.texts.number(LONGEST_SENTENCE))
            return
        intent = intent_of(said)
        if number := draft_number_in(said):
            await self._topics.resume_numbered(turn, number)
            return
        if intent in INTERRUPTIONS:
            await self._interrupt(turn, intent)
            return
        if intent is Intent.MORE and verb in self._buttons:
            await self._buttons[verb](turn, Click(verb, fields={"page": page}))
            return
        if not normalise(said):
            turn.say("empty")
            self._topics.remind(turn)
            return
        if await self._heard_anywhere(turn, said):
            return
        topic = turn.memory.topic
        if topic and not self._asks_something_else(turn, topic) and await self._topics.hear(turn, topic):
            await self._carry_on(turn)
            return
        if intent:
            await self._start(turn, intent)
        elif turn.memory.topic and not self._starts_anew(turn, said):
            turn.say("unknown-in-topic", said=said[:80])
            self._topics.remind(turn)
        else:
            await self._free_sentence(turn, said)

    async def _heard_anywhere(self, turn: Turn, said: str) -> bool:
        """Do what a sentence says about the queue, a case or one offer, whatever the topic under way."""
        hearers: tuple[Callable[[Turn, str], Awaitable[bool]], ...] = (
            self._question_answered,
            settings.heard,
            lambda turn, said: purpose.said(turn, said, self._ask_purpose),
            self._participants_said,
            interest.said,
            self._wish_said,
            enrolments.said,
            self._join_said,
            team.swaps_in_words,
            lambda turn, said: team.signs_up_in_words(turn, said, self._team),
            routing.heard,
            self._queue_said,
            several_cases.said,
            self._case_done_in_words,
            self._said_to_the_case,
            self._case_said,
            self._offer_said,
        )
        for hear in hearers:
            if await hear(turn, said):
                return True
        return False

    async def _question_answered(self, turn: Turn, said: str) -> bool:
        """Answer a question about the assistant itself."""
        question = question_in(said)
        if question:
            turn.say(f"question-{question}")
            self._topics.remind(turn)
        return bool(question)

    async def _offer_said(self, turn: Turn, said: str) -> bool:
        """Open the offer that a sentence names; to a leader who says for how many, begin the need for it.

        In a draft a mere name is an answer: it chooses among what is shown.
        """
        topic = turn.memory.topic
        in_draft = topic is not None and self._topics.is_draft(topic)
        offer = offer_asked_for(said, turn.index) or (None if in_draft else offer_mentioned(said, turn.index))
        if offer is None:
            return False
        if not in_draft and _tells_of_people(turn, said):
            return await self._offer_needed(turn, offer.code, said)
        if topic is None:
            self._search.begin_with(turn, offer)
        elif topic.dialog == self._search.id:
            topic.values["opened"] = offer.code
        show_offer(turn, offer.code)
        self._topics.remind(turn)
        return True

    async def _offer_needed(self, turn: Turn, code: str, said: str) -> bool:
        """Begin a need for the offer, unless the sentence may be the answer to a question of the centre's."""
        if await awaiting(turn):
            return False
        self._topics.leave(turn)
        self._need.begin_with_offer(turn, code, said)
        await self._topics.ask(turn)
        return True

    async def _carry_on(self, turn: Turn) -> None:
        """Take a sentence that a finished topic found to be a need after all."""
        if turn.carried_on:
            self._need.begin(turn, turn.carried_on)
            await self._topics.ask(turn)

    def _starts_anew(self, turn: Turn, said: str) -> bool:
        """A list that was only looked at gives way to whatever comes next; a draft does not."""
        topic = turn.memory.topic
        return bool(topic and not self._topics.keeps_draft(topic)) or asks_for_list(said)

    def _asks_something_else(self, turn: Turn, topic: Frame) -> bool:
        """A question with a topic of its own sets a draft aside."""
        return self._topics.is_draft(topic) and asks_about_topic(turn.input.text, turn.today)

    async def _free_sentence(self, turn: Turn, said: str) -> None:
        """A leader's sentence is a need, unless it asks for a list; an employee's is a search."""
        self._topics.leave(turn)
        if turn.person.may_file and not asks_for_list(said) and not names_courses(said):
            dialog = self._answer if await awaiting(turn) else self._need
            dialog.begin(turn, said)
        else:
            self._search.begin(turn, said)
        await self._topics.ask(turn)

    async def _interrupt(self, turn: Turn, intent: Intent | None) -> None:  # noqa: C901, PLR0912 - one line per utterance
        match intent:
            case Intent.HELP:
                turn.show(help_card(turn.texts, turn.person, demo=bool(turn.stage)))
                self._topics.remind(turn)
            case Intent.CANCEL:
                self._topics.cancel(turn)
            case Intent.BACK:
                await self._topics.back(turn)
            case Intent.RESTART:
                self._topics.leave(turn)
                turn.show(welcome_card(turn.texts, turn.person, demo=bool(turn.stage)))
            case Intent.DANISH | Intent.ENGLISH:
                await self._speak(turn, "da" if intent is Intent.DANISH else "en")
            case Intent.MY_REQUESTS if _looks_at_queue(turn) and _speaks_of_cases(turn.input.text):
                await self._show_queue(turn, *self._asked(turn, turn.input.text))
            case Intent.MY_REQUESTS:
                await my_requests.list_requests(turn)
            case Intent.QUEUE:
                await self._show_queue(turn, *self._asked(turn, turn.input.text))
            case Intent.MY_COURSES | Intent.PAST_COURSES:
                await enrolments.show_mine(turn, past=intent is Intent.PAST_COURSES)
            case Intent.CALENDAR:
                await show_calendar(turn)
            case Intent.TEAM:
                await team.show_team(turn)
            case Intent.PURPOSES:
                await purpose.show_all(turn, self._ask_purpose)
            case Intent.APPLICATIONS:
                await enrolments.show_applications(turn)
            case Intent.NEW_NEED:
                await self._new_need(turn)
            case Intent.RESUME:
                await self._topics.resume(turn)
            case Intent.DRAFTS:
                self._topics.show_drafts(turn)
            case Intent.DROP_DRAFT:
                self._topics.drop_newest(turn)
            case Intent.MY_DATA | Intent.DELETE_MY_DATA:
                await (own_data.show if intent is Intent.MY_DATA else own_data.ask_to_delete)(turn)
            case Intent.AM_LEADER | Intent.AM_EMPLOYEE | Intent.AM_CONSULTANT:
                await self._introduce(turn, intent)
            case Intent.GREETING:
                self._greet(turn)
            case Intent.THANKS:
                turn.say("talk-thanks")
                self._topics.remind(turn)
            case _:
                assert intent
                turn.say(_SMALL_TALK[intent])
                self._topics.remind(turn)

    async def _start(self, turn: Turn, intent: Intent) -> None:
        """An utterance that the topic under way (if any) had no use for."""
        match intent:
            case Intent.FIND_COURSE:
                self._topics.leave(turn)
                self._search.begin(turn, turn.input.text)
                await self._topics.ask(turn)
            case Intent.WITHDRAW:
                await my_requests.withdraw_latest(turn)
            case Intent.UNDO if await my_requests.restore_latest(turn, _left_at(turn)):
                pass
            case Intent.UNDO if turn.memory.drafts and not turn.memory.topic:
                await self._topics.resume(turn)
            case Intent.NEED_THIS if turn.memory.topic and "opened" in turn.memory.topic.values:
                await self._need_offer(turn, str(turn.memory.topic.values["opened"]))
            case Intent.SEND:
                await self._sent_already(turn)
            case Intent.USE_CHANNEL:
                turn.say("channel-only-in-team")
            case _:
                turn.say("nothing-to-answer")
                self._topics.remind(turn)

    async def _said_in_channel(self, turn: Turn) -> None:
        if not turn.input.place.channel_id:
            turn.say("group-help")
            return
        said = turn.input.text
        intent = intent_of(said)
        number = case_number_in(said, turn.today.year)
        request = await turn.work.requests.by_number(number) if number else None
        if await routing.heard(turn, said) or await self._case_done_in_words(turn, said):
            return
        if await participants.said(turn, said):
            return
        command = read_interest_command(said)
        if command and command.wanted is Wanted.DEMAND:
            await interest.show_demand(turn)
            return
        if intent is Intent.USE_CHANNEL:
            await routing.use_channel(turn, None)
        elif intent is Intent.QUEUE:
            await self._show_queue(turn, *self._asked(turn, said))
        elif await self._queue_said(turn, said):
            pass
        elif request:
            await casework.show_case(turn, request.id)
        elif await turn.work.channels.queue():
            turn.say("channel-help")
        else:
            turn.show(channel_card(turn.texts))

    async def _queue_said(self, turn: Turn, said: str) -> bool:
        """Show what "kø mine", "mine sager i køen" or "vis »mine nye«" asks for; save views; offer files."""
        if (asked := export_asked_in(said)) and (turn.person.staff or not asked.words):
            await offer_asked(turn, asked, _shown_query(turn))
        elif queue_words_in(said) is not None:
            await self._show_queue(turn, *self._asked(turn, said))
        elif (view := await views.view_asked_for(turn, said)) is not None:
            await self._show_queue(turn, view)
        else:
            return await views.said(turn, said)
        return True

    def _asked(self, turn: Turn, said: str) -> tuple[QueueQuery, int]:
        """Read the query of a sentence; it begins at the first page."""
        words = queue_words_in(said)
        return read_query(said if words is None else words, turn.today, turn.colleagues).query, 0

    async def _queue_clicked(self, turn: Turn, click: Click) -> None:
        await self._show_queue(turn, *clicked_query(click))

    async def _show_queue(self, turn: Turn, query: QueueQuery, page: int = 0) -> None:
        """Show cases to somebody of the centre; in the personal chat the list is a topic that words narrow."""
        if not turn.person.staff:
            casework.refuse(turn)
        elif turn.input.scope is Scope.CHANNEL:
            await show_in_channel(turn, query, page)
        else:
            self._topics.leave(turn)
            self._queue.begin(turn, query, page)
            await self._topics.ask(turn)

    async def _case_done_in_words(self, turn: Turn, said: str) -> bool:
        """Do what a sentence says about a case: "giv sag 42 til Grethe", "til sag 42: vi er nu 14"."""
        command = read_case_command(said, turn.today.year)
        if command is None:
            return False
        request = await turn.work.requests.by_number(command.number)
        if request is None or not (turn.person.staff or turn.person.speaks_for(request.requester_id)):
            turn.say("case-not-yours", number=str(command.number))
            return True
        kind = command.kind
        if kind is EventKind.WROTE and not turn.person.speaks_for(request.requester_id):
            kind = EventKind.NOTED
        elif kind is EventKind.WROTE and request.status is Status.AWAITING_LEADER:
            kind = EventKind.ANSWERED
        await casework.do(turn, request.id, kind, command.given(turn.colleagues, turn.index))
        return True

    async def _said_to_the_case(self, turn: Turn, said: str) -> bool:
        """Take "til sagen: …" to the only open case of one's own, or ask which of them is meant."""
        words = words_to_the_case(said)
        if not words:
            return False
        cases = await own_open_ones(turn)
        if len(cases) == 1:
            await casework.do(turn, cases[0].id, kind_for(cases[0]), Given(words))
        elif cases:
            self._topics.leave(turn)
            self._answer.begin(turn, words, anywhere=True)
            await self._topics.ask(turn)
        else:
            turn.say("case-which-number")
        return True

    async def _case_said(self, turn: Turn, said: str) -> bool:
        """Open the case of "KV-2026-0042"; "træk … tilbage" and "ret …" do what their buttons do."""
        number = case_number_in(said, turn.today.year)
        if number is None or len(said) > LONGEST_UTTERANCE:
            return False
        topic = turn.memory.topic
        if topic and topic.dialog == self._answer.id and await self._topics.hear(turn, topic):
            return True
        own = await my_requests.request_numbered(turn, number) or await my_requests.last_years(turn, number)
        verb = normalise(said).partition(" ")[0]
        if own and verb in {"træk", "withdraw"}:
            await my_requests.withdraw(turn, own.id)
        elif own and verb in {"ret", "ændr", "rediger", "edit", "change"}:
            await self._edit_request(turn, own.id)
        elif own and verb in _HISTORY:
            await my_requests.show_history(turn, own.id)
        elif own:
            await my_requests.show_request(turn, own.id)
        elif turn.person.staff and (case := await turn.work.requests.by_number(number)):
            await (casework.show_history if verb in _HISTORY else casework.show_case)(turn, case.id)
        else:
            turn.say("case-not-yours", number=str(number))
        return True

    async def _speak(self, turn: Turn, locale: str) -> None:
        """Change the language for good, and say the question under way again in it."""
        turn.person = replace(turn.person, locale=locale)
        await turn.work.people.save(turn.person)
        turn.texts = texts_in(locale)
        turn.say("language-changed")
        if turn.memory.topic:
            await self._topics.ask(turn)

    async def _new_need(self, turn: Turn) -> None:
        if not turn.person.may_file:
            turn.say("need-only-leaders")
            return
        self._topics.leave(turn)
        self._need.begin(turn, "")
        await self._topics.ask(turn)

    async def _introduce(self, turn: Turn, intent: Intent) -> None:
        """Take a part in the demo; elsewhere a leader says where, and the rest is known from Teams."""
        if turn.stage:
            turn.person = await turn.stage.play(_PARTS[intent])
            turn.say(f"demo-now-{_PARTS[intent]}", name=turn.person.name)
        elif intent is Intent.AM_LEADER and not turn.person.leads:
            self._topics.leave(turn)
            turn.begin(self._profile.id, "where")
            await self._topics.ask(turn)
        elif intent is Intent.AM_LEADER:
            turn.say("introduced-known")
        elif intent is Intent.AM_CONSULTANT:
            turn.say("introduced-staff" if turn.person.staff else "introduced-not-staff")
        elif turn.person.leads and turn.person.role_confirmed:
            turn.say("introduced-listed-leader")
        else:
            turn.person = replace(turn.person, role=Role.EMPLOYEE, role_confirmed=True)
            await turn.work.people.save(turn.person)
            turn.say("introduced-other")

    def _greet(self, turn: Turn) -> None:
        turn.show(welcome_card(turn.texts, turn.person, demo=bool(turn.stage)))
        self._topics.remind(turn)

    async def _said_by_button(self, turn: Turn, click: Click) -> None:
        """A prompt starter says its sentence for the person."""
        turn.input = UserInput(text=click.fields.get("text", ""), scope=turn.input.scope, place=turn.input.place)
        await self._said(turn)

    async def _edit_clicked(self, turn: Turn, click: Click) -> None:
        await self._edit_request(turn, click.fields.get("request", ""))

    async def _edit_request(self, turn: Turn, request_id: str) -> None:
        self._topics.leave(turn)
        if await self._edit.begin(turn, request_id):
            await self._topics.ask(turn)

    async def _offer_clicked(self, turn: Turn, click: Click) -> None:
        self._search.open_clicked(turn, click)

    async def _search_clicked(self, turn: Turn, click: Click) -> None:
        if turn.memory.topic and turn.memory.topic.dialog != self._search.id:
            self._topics.leave(turn)
        self._search.begin_listed(turn, click)
        await self._topics.ask(turn)

    async def _participants_clicked(self, turn: Turn, click: Click) -> None:
        before = turn.memory.topic
        await participants.clicked(turn, click)
        self._keep_draft(turn, before)

    async def _participants_said(self, turn: Turn, said: str) -> bool:
        before = turn.memory.topic
        heard = await participants.said(turn, said)
        self._keep_draft(turn, before)
        return heard

    def _keep_draft(self, turn: Turn, before: Frame | None) -> None:
        """Set aside what was under way when a list has taken its place."""
        if before and before is not turn.memory.topic and self._topics.is_draft(before):
            turn.memory.set_aside(before)

    async def _join_clicked(self, turn: Turn, click: Click) -> None:
        await self._join(turn, click.fields.get("code", ""), click.fields.get("run", ""))

    async def _wish_clicked(self, turn: Turn, click: Click) -> None:
        await self._send_wish(turn, await interest.subject_clicked(turn, click))

    async def _wish_need_clicked(self, turn: Turn, click: Click) -> None:
        await self._report_wish(turn, click.fields.get("interest", ""))

    async def _wish_said(self, turn: Turn, said: str) -> bool:
        """Take "send det til min leder" to what is in front, and a leader's "meld behovet for Mads" to a wish."""
        command = read_interest_command(said)
        if command and command.wanted is Wanted.SEND:
            await self._send_wish(turn, interest.subject_in_front(turn))
            return True
        if command and command.wanted is Wanted.REPORT:
            wish = await interest.wish_named(turn, command.name)
            if wish:
                await self._report_wish(turn, wish.id)
            return wish is not None
        return False

    async def _send_wish(self, turn: Turn, subject: Want | None) -> None:
        if subject is None:
            turn.say("wish-what")
            return
        self._topics.leave(turn)
        if await self._wish.begin(turn, subject):
            await self._topics.ask(turn)

    async def _report_wish(self, turn: Turn, wish_id: str) -> None:
        """Begin a need with the words of a wish, in the leader's own chat."""
        wish = await interest.wish_to_report(turn, wish_id)
        if wish is None:
            return
        self._topics.leave(turn)
        if not (wish.offer_code and self._need.begin_with_offer(turn, wish.offer_code)):
            self._need.begin(turn, wish.words or wish.topic)
        await self._topics.ask(turn)

    async def _ask_purpose(self, turn: Turn, seen: Seen, said: Answers) -> None:
        """Put the three questions of a purpose agreement."""
        self._topics.leave(turn)
        self._purpose.begin(turn, seen, said)
        await self._topics.ask(turn)

    async def _others_clicked(self, turn: Turn, click: Click) -> None:
        self._topics.leave(turn)
        if await self._team.begin_clicked(turn, click.fields.get("code", ""), click.fields.get("run", "")):
            await self._topics.ask(turn)

    async def _join_said(self, turn: Turn, said: str) -> bool:
        """Take "tilmeld mig DEM-01-H1", or "tilmeld mig" and a title or a number of the list under way."""
        what = wants_to_join(said)
        named = await course_named(turn, what) if what else None
        if named:
            await self._join(turn, *named)
        return named is not None

    async def _join(self, turn: Turn, code: str, run_code: str) -> None:
        self._topics.leave(turn)
        if await self._sign_up.begin(turn, code, run_code):
            await self._topics.ask(turn)

    async def _need_from_offer(self, turn: Turn, click: Click) -> None:
        await self._need_offer(turn, click.fields.get("code", ""))

    async def _need_offer(self, turn: Turn, code: str) -> None:
        if not turn.person.may_file:
            turn.say("need-only-leaders")
            return
        self._topics.leave(turn)
        if self._need.begin_with_offer(turn, code):
            await self._topics.ask(turn)
        else:
            turn.say("offer-gone")

    async def _sent_already(self, turn: Turn) -> None:
        """Answer "send" with nothing under way: the last request is there, or there is nothing to send."""
        newest = await turn.work.requests.of_requester(turn.person.id, 1)
        if newest and not turn.memory.drafts:
            request = newest[0]
            turn.say("already-sent", number=str(request.number), day=turn.texts.day(request.answer_due))
        else:
            turn.say("nothing-to-send")
            self._topics.remind(turn)


def _tells_of_people(turn: Turn, said: str) -> bool:
    """Whether a leader's sentence says how many need something, as a need does."""
    return turn.person.may_file and read_need(said, turn.today).headcount is not None


def _looks_at_queue(turn: Turn) -> bool:
    return turn.memory.topic is not None and turn.memory.topic.dialog == QueueDialog.id


def _shown_query(turn: Turn) -> QueueQuery:
    """Return what the list under way shows; without one it is the whole queue."""
    topic = turn.memory.topic
    return query_from_json(topic.values["query"]) if topic and topic.dialog == QueueDialog.id else QueueQuery()


def _speaks_of_cases(said: str) -> bool:
    """To whom looks at the queue, "mine sager" are those they have; "mine henvendelser" those they sent."""
    return not {"sager", "cases"}.isdisjoint(normalise(said).split())


def _left_at(turn: Turn) -> datetime | None:
    """Return when the newest draft was set aside, so that "fortryd" undoes the later of two things."""
    return turn.memory.drafts[-1].touched if turn.memory.drafts else None


def _page(click: Click) -> int:
    page = click.fields.get("page", "0")
    return min(int(page), FURTHEST_PAGE) if page.isdecimal() and page.isascii() else 0
