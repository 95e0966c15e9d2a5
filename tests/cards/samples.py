"""Every card of the house, filled in the way a Tuesday fills it: for pictures, golden files and rules.

All that people write, or that comes out of the catalogue, goes through one function, so that a test can put
other words in its place: the longest allowed, or Markdown, HTML and emoji.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from catalogue.course_query import CourseQuery, Filter, course_query_from_json, course_query_json
from catalogue.course_search import CourseList, Way, WaysOn
from catalogue.lengths import Length
from catalogue.matching import Match, MatchIndex, Reason, ReasonKind, Verdict
from catalogue.need import Form, Found, Need
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run
from centre.cases import Colleague
from centre.clock import COPENHAGEN
from centre.people import Person, Role
from centre.requests import OPEN_STATUSES, CaseNumber, Event, EventKind, Kle, Option, Priority, Request, Status
from dialogs.cards.case import CaseView, case_card
from dialogs.cards.case_news import leader_news, staff_news, which_case_card
from dialogs.cards.history import history_card
from dialogs.cards.matches import chosen_receipt, matches_card
from dialogs.cards.need_form import need_form
from dialogs.cards.offer import offer_card
from dialogs.cards.profile import profile_card
from dialogs.cards.request import receipt_card, request_card, requests_card, withdrawn_card
from dialogs.cards.routing import channel_card, channel_chosen_card
from dialogs.cards.search import Before, SearchPage, search_card
from dialogs.cards.shared_offer import shared_offer_card
from dialogs.cards.summary import summary_card
from dialogs.cards.welcome import help_card, resume_card, welcome_card
from dialogs.drafts import Draft
from dialogs.memory import Frame
from dialogs.texts import texts_in
from tests.cards.digest_samples import digest_cards
from tests.cards.enrolment_samples import enrolment_cards
from tests.cards.interest_samples import interest_cards
from tests.cards.participant_samples import participant_cards
from tests.cards.people_samples import people_cards
from tests.cards.purpose_samples import purpose_cards
from tests.cards.queue_samples import queue_cards

if TYPE_CHECKING:
    from dialogs.cards.elements import Card

Words = Callable[[str, str], str]
"""Takes the name of a field and what usually stands there, and returns what is to stand there."""

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)
NONCE = "0123456789abcdef"
REQUEST_ID = "00112233445566778899aabb"
PAGE = "https://kompetencebot.example.dk/forloeb/DEM-01"
CHAT = "https://teams.microsoft.com/l/chat/0/0?users=28:00112233-4455-4677-8899-aabbccddeeff&message=Vis%20DEM-01"
NEED = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"
PURPOSE = "Vi skaber ro om borgeren uden magt, og pårørende mærker det samme, hvem de end møder"


def as_usual(field: str, example: str) -> str:  # noqa: ARG001 - the shape of Words
    """Leave everybody's words as they are."""
    return example


def all_cards(
    locale: str, words: Words = as_usual, groups: tuple[str, ...] = ("SOSU-assistent",)
) -> dict[str, Card]:
    """Return every card by the name of its picture and golden file.

    Args:
        locale: "da" or "en".
        words: What stands in the places where people write.
        groups: The staff groups of the need.
    """
    return {
        **_needs(locale, words, groups),
        **_requests(locale, words, groups),
        **_centre(locale, words, groups),
        **queue_cards(texts_in(locale), words, _request(words, groups), _taken(words, groups), TODAY),
        **people_cards(texts_in(locale), words, _request(words, groups), _leader(words), _consultant(words)),
        **_case_news(locale, words, groups),
        **digest_cards(
            texts_in(locale),
            words,
            _request(words, groups),
            _taken(words, groups),
            lambda kind: _event(words, kind),
        ),
        **enrolment_cards(texts_in(locale), words, _employee(words)),
        **interest_cards(texts_in(locale), words),
        **participant_cards(texts_in(locale), words),
        **purpose_cards(texts_in(locale), words),
        **_catalogue(locale, words),
        **_greetings(locale, words),
    }


def _needs(locale: str, words: Words, groups: tuple[str, ...]) -> dict[str, Card]:
    texts = texts_in(locale)
    draft = _draft(words, groups)
    vague = replace(
        draft, need=Need(draft.need.text, draft.need.topic), chosen="", chosen_title="", run_code="", purpose=""
    )
    found = _matches(words)
    bare = [replace(match, reasons=(), runs=()) for match in found]
    index = MatchIndex.build(offers(words), runs(words), synonyms=[])
    leader, employee = _leader(words), _employee(words)
    return {
        "matches": matches_card(texts, draft, Verdict.SURE, found, NONCE, more=True),
        "matches_second_page": matches_card(
            texts, replace(draft, page=3), Verdict.SURE, found[:1], NONCE, more=False
        ),
        "matches_likely": matches_card(texts, vague, Verdict.LIKELY, bare, NONCE, more=False),
        "matches_nothing": matches_card(texts, vague, Verdict.NONE, [], NONCE, more=False),
        "chosen": chosen_receipt(texts, draft, draft.chosen_title),
        "chosen_nothing": chosen_receipt(texts, draft, ""),
        "summary": summary_card(texts, draft, leader, index, NONCE),
        "summary_missing": summary_card(texts, vague, leader, index, NONCE),
        "summary_employee": summary_card(texts, vague, employee, index, NONCE),
        "need_form": need_form(texts, draft, NONCE),
        "profile": profile_card(texts, leader, NONCE),
        "resume": resume_card(texts, Frame("need", "choose", NONCE, NOW), draft.need.topic),
    }


def _requests(locale: str, words: Words, groups: tuple[str, ...]) -> dict[str, Card]:
    texts = texts_in(locale)
    request = _request(words, groups)
    taken = _taken(words, groups)
    planned = replace(taken, status=Status.PLANNED, id="planned", number=CaseNumber(2026, 37))
    withdrawn = replace(request, status=Status.WITHDRAWN)
    nothing = replace(request, wish=replace(request.wish, offer_code="", offer_title="", run_code="", purpose=""))
    rejected = replace(request, status=Status.REJECTED, id="rejected", number=CaseNumber(2026, 20))
    listed = [request, taken, planned, replace(withdrawn, id="withdrawn", number=CaseNumber(2026, 31)), rejected]
    return {
        "receipt": receipt_card(texts, request),
        "receipt_nothing_chosen": receipt_card(texts, nothing),
        "request_new": request_card(texts, request),
        "request_taken": request_card(texts, taken),
        "request_planned": request_card(texts, planned),
        "request_withdrawn": request_card(texts, withdrawn),
        "requests": requests_card(texts, listed, 0, more=True),
        "requests_one": requests_card(texts, listed[:1], 0, more=False),
        "withdrawn": withdrawn_card(texts, withdrawn),
    }


def _centre(locale: str, words: Words, groups: tuple[str, ...]) -> dict[str, Card]:
    texts = texts_in(locale)
    request = _request(words, groups)
    taken = _taken(words, groups)
    own_word = replace(request, requester_confirmed=False, id="own_word", number=CaseNumber(2026, 43))
    option = Option("DEM-02", offers(words)[0].title, "DEM-02-A")
    asked, answered = _event(words, EventKind.ASKED), _event(words, EventKind.ANSWERED)
    urgent = replace(taken, status=Status.AWAITING_LEADER, priority=Priority.HIGH, due=date(2026, 12, 1))
    planned = replace(taken, status=Status.PLANNED, option=option)
    elsewhere = replace(
        request.wish, area=Area.DISABILITY, department=words("department", "Bostedet Søbredden"), headcount=8
    )

    def card(case: Request, said: Event | None = None) -> Card:
        colleagues = [Colleague("kirsten.bang", "Kirsten Bang"), Colleague("grethe.lund", "Grethe Lund")]
        similar = [
            replace(request, id="like_44", number=CaseNumber(2026, 44), wish=elsewhere),
            replace(taken, id="like_45", number=CaseNumber(2026, 45), wish=replace(elsewhere, headcount=None)),
            replace(taken, id="like_46", number=CaseNumber(2026, 46), status=Status.POOLED),
        ]
        alike = similar if case.status in OPEN_STATUSES else ()
        return case_card(texts, CaseView(case, TODAY, colleagues, [option], said, alike))

    return {
        "case_new": card(request),
        "case_unconfirmed": card(own_word),
        "case_taken": card(taken),
        "case_awaiting": card(urgent, asked),
        "case_planned": card(planned, answered),
        "case_completed": card(replace(planned, status=Status.COMPLETED)),
        "case_rejected": card(replace(taken, status=Status.REJECTED)),
        "case_withdrawn": card(replace(request, status=Status.WITHDRAWN)),
        "channel": channel_card(texts),
        "channel_chosen": channel_chosen_card(texts, _consultant(words), None),
    }


def _case_news(locale: str, words: Words, groups: tuple[str, ...]) -> dict[str, Card]:
    """What the leader and staff are told of a case, and how it reads afterwards."""
    texts = texts_in(locale)
    request = _taken(words, groups)
    said = words("words", "Er nattevagterne med, og skal de have deres egen dag?")
    to_leader = (EventKind.TAKEN, EventKind.ASKED, EventKind.PROPOSED, EventKind.PLANNED, EventKind.REJECTED)
    to_staff = (EventKind.ANSWERED, EventKind.HANDED_OVER)
    kinds = (EventKind.FILED, *to_leader, *to_staff, EventKind.NOTED, EventKind.PRIORITISED, EventKind.DUE_SET)
    events = [_event(words, kind) for kind in kinds]
    return {
        **{f"leader_news_{kind.value}": leader_news(texts, request, _event(words, kind)) for kind in to_leader},
        **{f"staff_news_{kind.value}": staff_news(texts, request, _event(words, kind)) for kind in to_staff},
        "history": history_card(texts, request, events, internal=True),
        "history_for_leader": history_card(texts, request, events, internal=False),
        "which_case": which_case_card(texts, said, [request, _request(words, groups)], NONCE),
    }


def _event(words: Words, kind: EventKind) -> Event:
    """Return a line of the audit trail of this kind, with all that it may carry."""
    leaders = {EventKind.FILED, EventKind.ANSWERED}
    who = ("lene.holm", "Lene Holm") if kind in leaders else ("kirsten.bang", "Kirsten Bang")
    silent = {EventKind.FILED, EventKind.TAKEN, EventKind.HANDED_OVER, EventKind.PRIORITISED, EventKind.DUE_SET}
    said = words("words", "Er nattevagterne med, og skal de have deres egen dag?")
    detail = {
        "title": offers(words)[0].title,
        "colleague": words("name", "Grethe Lund"),
        "priority": Priority.HIGH.value,
        "due": "2026-12-01",
    }
    if kind not in silent:
        detail["words"] = said
    return Event("taken", NOW, who[0], words("name", who[1]), kind, Status.NEW, Status.CLARIFYING, detail)


def _catalogue(locale: str, words: Words) -> dict[str, Card]:
    texts = texts_in(locale)
    course, e_learning, _ = offers(words)
    found = _matches(words)
    found += [
        replace(match, offer=replace(match.offer, code=f"{match.offer.code}-{n}"))
        for n in (2, 3)
        for match in found
    ]
    whole = CourseList(tuple(found))
    asked = CourseQuery(topic=words("topic", "demens"), text=words("need", "hvilke kurser er der om demens?"))
    plain, narrow = (course_query_from_json(course_query_json(one)) for one in (asked, _narrow(asked, words)))
    before = Before(plain, 12)
    ways = WaysOn((Way(Filter.ONLINE, 4), Way(Filter.LONGEST, 1)), tuple(found[:2]))
    nothing = CourseList(())
    pages = {
        "search": SearchPage(plain, whole),
        "search_narrowed": SearchPage(narrow, CourseList(tuple(found[:3]), unsure=1), 0, before),
        "search_widened": SearchPage(plain, CourseList(tuple(found[:5])), 0, Before(narrow, 2)),
        "search_last_page": SearchPage(plain, whole, 5),
        "search_new": SearchPage(
            CourseQuery(new_since=date(2026, 11, 1)),
            CourseList((replace(found[0], offer=replace(course, added_on=date(2026, 11, 19))), found[1])),
        ),
        "search_near": SearchPage(plain, CourseList(tuple(found[:2]), near=True)),
        "search_filtered_out": SearchPage(narrow, nothing, 0, before, ways),
        "search_nothing": SearchPage(plain, nothing),
    }
    several = [replace(run, code=f"DEM-02-{n}") for n in range(5) for run in runs(words)]
    closed = replace(runs(words)[0], deadline=date(2026, 11, 1))
    return {
        **{name: search_card(texts, page, NONCE, may_file=False) for name, page in pages.items()},
        "search_nothing_leader": search_card(texts, SearchPage(plain, nothing), NONCE, may_file=True),
        "offer": offer_card(texts, course, runs(words), TODAY, may_file=True),
        "offer_many_runs": offer_card(texts, course, [closed, *several], TODAY, may_file=False),
        "offer_last_runs": offer_card(texts, course, [closed, *several], TODAY, may_file=True, first=6),
        "offer_for_employee": offer_card(texts, e_learning, [], TODAY, may_file=False, page=PAGE),
        "offer_shared": shared_offer_card(texts, course, runs(words), TODAY, page=PAGE, chat=CHAT),
        "offer_shared_any_time": shared_offer_card(texts, e_learning, [], TODAY, page=PAGE, chat=CHAT),
    }


def _narrow(query: CourseQuery, words: Words) -> CourseQuery:
    """Return a query with more filters than there are buttons in a row."""
    return replace(
        query,
        staff_groups=(words("group", "SOSU-assistent"),),
        seats=1,
        earliest=date(2027, 3, 30),
        time_words=words("time", "efter påske"),
        online=True,
        longest=Length(1, 24 * 60),
        dearest=2000,
        area=Area.SENIOR,
    )


def _greetings(locale: str, words: Words) -> dict[str, Card]:
    texts = texts_in(locale)
    sides = {"leader": _leader(words), "employee": _employee(words), "staff": _consultant(words)}
    return {
        **{f"welcome_{side}": welcome_card(texts, person, demo=False) for side, person in sides.items()},
        **{f"help_{side}": help_card(texts, person, demo=False) for side, person in sides.items()},
        "welcome_demo": welcome_card(texts, sides["leader"], demo=True),
        "help_demo": help_card(texts, sides["leader"], demo=True),
        "welcome_nobody": welcome_card(texts, replace(sides["employee"], name=""), demo=False),
    }


def offers(words: Words = as_usual) -> tuple[Offer, Offer, Offer]:
    """Return a course with dates, an e-learning course and a specialist."""
    course = Offer(
        code="DEM-02",
        title=words("title", "Demens og adfærd: hverdagen på plejecentret, når sproget forsvinder"),
        summary=words(
            "summary",
            "To dage med cases fra jeres egen hverdag. I øver, hvordan I læser borgerens signaler og skaber ro.",
        ),
        outcome=words("outcome", "Du kan læse uro som kommunikation og vælge en tilgang, som hele teamet følger."),
        topics=("demens",),
        areas=(Area.SENIOR,),
        staff_groups=("SOSU-assistent", "SOSU-hjælper"),
        kind=OfferKind.OWN_COURSE,
        length=words("length", "2 dage"),
        price_dkk=1450,
        price_unit=PriceUnit.PERSON,
        provider=words("provider", "Kompetencecenter Velfærd"),
        place=words("place", "Kursuscentret, Skolegade 4"),
        online=False,
        seats=20,
        link="https://kurser.kommunen.example/dem-02",
        language="da",
    )
    e_learning = replace(
        course,
        code="DEM-11",
        title=words("title", "Demens fra a til å"),
        summary=words("summary", "Seks korte film og spørgsmål, som tages, når der er tid på vagten."),
        kind=OfferKind.E_LEARNING,
        length=words("length", "90 minutter"),
        price_dkk=0,
        place="",
        online=True,
        staff_groups=(),
        link="",
    )
    specialist = replace(
        course,
        code="RES-04",
        title=words("title", "Lån vores demenskoordinator"),
        summary=words("summary", "Hun er med ude hos jer og følger op efter en måned."),
        kind=OfferKind.SPECIALIST,
        length=words("length", "Et halvt år, cirka fem besøg"),
        price_dkk=None,
        place=words("place", "Hos jer"),
    )
    return course, e_learning, specialist


def runs(words: Words = as_usual) -> tuple[Run, ...]:
    """Return the course's runs: one with room, one of a single day that is full."""
    first = Run(
        code="DEM-02-A",
        offer_code="DEM-02",
        starts=date(2027, 1, 14),
        ends=date(2027, 1, 15),
        place=words("place", "Kursuscentret, Skolegade 4"),
        online=False,
        seats=20,
        taken=6,
        deadline=date(2026, 12, 18),
    )
    full = replace(
        first, code="DEM-02-B", starts=date(2027, 3, 4), ends=date(2027, 3, 4), taken=20, deadline=date(2027, 2, 5)
    )
    return first, full


def _matches(words: Words) -> list[Match]:
    course, e_learning, specialist = offers(words)
    group = Reason(ReasonKind.STAFF_GROUP, "SOSU-assistent")
    topic = Reason(ReasonKind.TOPIC, words("topic", "demens"))
    return [
        Match(course, runs(words), 0.9, (topic, group, Reason(ReasonKind.SEATS, "12"))),
        Match(e_learning, (), 0.7, (topic,)),
        Match(specialist, (), 0.6, (topic, group)),
    ]


def _need(words: Words, groups: tuple[str, ...]) -> Need:
    when = words("time", "inden sommer")
    return Need(
        text=words("need", NEED),
        topic=words("topic", "møde borgere med demens"),
        headcount=Found(12, "12"),
        staff_groups=tuple(Found(group, group) for group in groups),
        latest=Found(date(2027, 6, 30), when),
        form=Found(Form.COURSE, "kursus"),
        budget_dkk=Found(25000, "25.000 kr."),
    )


def _draft(words: Words, groups: tuple[str, ...]) -> Draft:
    return Draft(
        id=REQUEST_ID,
        need=_need(words, groups),
        verdict=Verdict.SURE,
        chosen="DEM-02",
        chosen_title=offers(words)[0].title,
        run_code="DEM-02-A",
        purpose=words("purpose", PURPOSE),
        area=Area.SENIOR,
        department=words("department", "Plejecenter Solgården"),
    )


def _request(words: Words, groups: tuple[str, ...]) -> Request:
    return Request(
        id=REQUEST_ID,
        tenant="tenant",
        number=CaseNumber(2026, 42),
        status=Status.NEW,
        wish=_draft(words, groups).wish(),
        kle=Kle.INTERNAL,
        requester_id="lene.holm",
        requester_name=words("name", "Lene Holm"),
        requester_confirmed=True,
        filed_at=NOW,
        changed_at=NOW,
        answer_due=date(2026, 11, 27),
    )


def _taken(words: Words, groups: tuple[str, ...]) -> Request:
    request = _request(words, groups)
    return replace(
        request,
        id="taken",
        number=CaseNumber(2026, 41),
        status=Status.CLARIFYING,
        assignee_id="kirsten.bang",
        assignee_name=words("name", "Kirsten Bang"),
        wish=replace(
            request.wish, on_behalf_of=words("behalf", "Hjemmeplejen Vest"), topic=words("topic", "forflytning")
        ),
    )


def _leader(words: Words) -> Person:
    return Person(
        "tenant",
        "lene.holm",
        words("name", "Lene Holm"),
        role=Role.LEADER,
        area=Area.SENIOR,
        department=words("department", "Plejecenter Solgården"),
    )


def _employee(words: Words) -> Person:
    return Person("tenant", "mads.kjaer", words("name", "Mads Kjær"))


def _consultant(words: Words) -> Person:
    return Person("tenant", "kirsten.bang", words("name", "Kirsten Bang"), staff=True)
