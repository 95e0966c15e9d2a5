"""Asking for courses: every follow-up that refines the list, in words and by clicks, in Danish and English."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.sample import read_sample
from catalogue.course_query import CourseQuery, Filter, course_query_from_json, course_query_json
from catalogue.course_search import find_courses
from catalogue.matching import MatchIndex
from centre.people import Person, Role
from dialogs.cards.course_filters import filter_words, query_words
from dialogs.input import Click, UserInput
from dialogs.memory import Memory
from dialogs.replies import Say, Show
from dialogs.search import SearchDialog
from dialogs.texts import texts_in
from dialogs.topics import Topics
from dialogs.turn import Turn
from tests.chat import A_SUNDAY_MORNING, TENANT

if TYPE_CHECKING:
    from catalogue.offers import Offer
    from centre.ports import UnitOfWork
    from dialogs.turn import Links
    from tests.chat import Chat, Town

TODAY = A_SUNDAY_MORNING.date()
SAMPLE = MatchIndex.build(*read_sample(TODAY))


async def looking_at_dementia(town: Town) -> Chat:
    mads = await town.employee()
    await mads.user("hvilke kurser er der om demens?")
    mads.bot("Du søgte: demens", "17 forløb")
    return mads


def asked(chat: Chat) -> str:
    """Return the line that says what was asked."""
    lines = [line for message in chat.news for line in message.words.splitlines()]
    return next(line for line in lines if line.startswith(("Du søgte: ", "You searched: "))).partition(": ")[2]


def titles(chat: Chat) -> list[str]:
    lines = chat.news[-1].words.splitlines()
    return [line.partition(". ")[2] for line in lines if line.partition(". ")[0].isdecimal()]


@pytest.mark.parametrize(
    ("said", "line", "did"),
    [
        ("kun online", "demens · Online", "1 af 17 forløb passer: Online"),
        ("hvad med noget online?", "demens · Online", "1 af 17 forløb passer"),
        ("ikke online", "demens · med fremmøde", "16 af 17 forløb passer"),
        ("efter påske", "demens · efter påske (tidligst 30. mar. 2027)", "14 af 17"),
        ("i Søndervang", "demens · sted: Søndervang", "1 af 17"),
        ("på Kompetencecentret", "demens · sted: Kompetencecentret", "af 17"),
        ("højst én dag", "demens · højst 1 dag", "10 af 17"),
        ("under 3 timer", "demens · højst 3 timer", "af 17"),
        ("kortere end 2 dage", "demens · højst 1 dag", "10 af 17"),
        ("en halv dag", "demens · højst 3,5 timer", "5 af 17"),
        ("mindst 2 dage", "demens · mindst 2 dage", "7 af 17"),
        ("korte kurser", "demens · højst 1 dag", "10 af 17"),
        ("gratis", "demens · gratis", "5 af 17"),
        ("under 2000 kr", "demens · højst 2.000 kr.", "14 af 17"),
        ("højst 2000", "demens · højst 2.000 kr.", "14 af 17"),
        ("med ledige pladser", "demens · med ledige pladser", "12 af 17"),
        ("er der ledige pladser?", "demens · med ledige pladser", "12 af 17"),
        ("for pædagoger", "demens · pædagoger", "4 af 17"),
        ("for Senior", "demens · Senior", "16 af 17"),
        ("kun handicap", "demens · Handicap", "7 af 17"),
        ("kun kurser", "demens · Kursus", "8 af 17"),
        ("kun temadage", "demens · Temadag", "3 af 17"),
        ("e-læring", "demens · E-læring", "1 af 17"),
        ("kun supervision", "demens · Supervision", "1 af 17"),
        ("ikke e-læring", "demens · ikke E-læring", "16 af 17"),
        ("kun nye", "demens · nyt siden 23. okt. 2026", "2 af 17"),
        (
            "kun kurser på højst én dag efter påske under 1000 kr med ledige pladser",
            (
                "demens · med ledige pladser · efter påske (tidligst 30. mar. 2027) · Kursus · højst 1 dag · "
                "højst 1.000 kr."
            ),
            "af 17 forløb passer: med ledige pladser · efter påske · Kursus · højst 1 dag · højst 1.000 kr.",
        ),
    ],
)
async def test_a_follow_up_refines_the_list_and_says_what_it_did(
    town: Town, said: str, line: str, did: str
) -> None:
    mads = await looking_at_dementia(town)
    await mads.user(said)
    assert asked(mads) == line
    mads.bot(did)
    assert titles(mads)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("only online", "demens · Online"),
        ("after easter", "demens · after easter (from 30 Mar 2027)"),
        ("at most one day", "demens · at most 1 day"),
        ("free", "demens · free of charge"),
        ("with free seats", "demens · with free seats"),
        ("for nurses", "demens · sygeplejersker"),
        ("something shorter", "demens · at most 4 hours"),
        ("under 1000 kr", "demens · at most DKK 1,000"),
        ("cheaper", "demens · free of charge"),
        ("what is new", "new since"),
    ],
)
async def test_english_follow_ups(town: Town, said: str, line: str) -> None:
    mads = await town.employee()
    await mads.user("english")
    await mads.user("which courses are there about demens?")
    await mads.user(said)
    assert line in asked(mads)
    assert titles(mads)


async def test_filters_are_taken_off_by_words(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("højst én dag, efter påske, under 2000 kr")
    await mads.user("fjern prisen")
    assert asked(mads) == "demens · efter påske (tidligst 30. mar. 2027) · højst 1 dag"
    mads.bot("uden: højst 2.000 kr.")
    await mads.user("fjern efter påske og længden")
    assert asked(mads) == "demens"
    await mads.user("kun online")
    await mads.user("uden online")
    assert asked(mads) == "demens"
    await mads.user("kun online og gratis")
    await mads.user("glem prisen og vis kun e-læring")
    assert asked(mads) == "demens · Online · E-læring"


@pytest.mark.parametrize("way", ["alle", "fjern alle filtre", "ryd filtre", "Fjern alle filtre"])
async def test_all_filters_are_taken_off_at_once(town: Town, way: str) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("højst én dag efter påske")
    await (mads.clicks(way) if way[0].isupper() else mads.user(way))
    assert asked(mads) == "demens"
    mads.bot("Nu 17 forløb")


async def test_a_filter_is_taken_off_by_a_click_that_is_good_for_ever(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("højst én dag efter påske")
    card = mads.news[-1]
    await mads.presses(card, "✕ tidspunkt")
    assert asked(mads) == "demens · højst 1 dag"
    await mads.user("annuller")
    await town.restart()
    await mads.presses(card, "✕ højst 1 dag")
    assert asked(mads) == "demens · efter påske (tidligst 30. mar. 2027)"
    await mads.user("kun kurser")
    assert asked(mads).endswith("Kursus")


async def test_shorter_and_cheaper_narrow_until_there_is_nothing_left_to_narrow(town: Town) -> None:
    mads = await looking_at_dementia(town)
    seen = []
    for said in ["noget kortere"] * 6:
        await mads.user(said)
        if "Det bliver ikke kortere end" in mads.news[-1].words:
            break
        seen.append(asked(mads))
    assert seen
    assert seen == list(dict.fromkeys(seen))
    mads.bot("Det bliver ikke kortere end")
    await mads.user("alle")
    for _ in range(6):
        await mads.user("billigere")
        if "Det bliver ikke billigere" in mads.news[-1].words:
            break
    mads.bot("Det bliver ikke billigere")


async def test_longer_is_understood_too(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("noget længere")
    assert "mindst" in asked(mads)


@pytest.mark.parametrize(
    "said", ["hvad med konflikthåndtering?", "konflikthåndtering", "hellere konflikthåndtering"]
)
async def test_a_new_topic_replaces_the_old_one_and_keeps_the_filters(town: Town, said: str) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("kun kurser")
    await mads.user(said)
    assert asked(mads) == "konflikthåndtering · Kursus"
    mads.bot_did_not_say("af 17")


async def test_going_back_takes_the_last_change_back(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("kun kurser")
    await mads.user("hvad med strikning?")
    mads.bot("»Tilbage« fører til listen, som den var.")
    await mads.user("tilbage")
    assert asked(mads) == "demens · Kursus"
    await mads.user("vis flere")
    await mads.user("tilbage")
    assert titles(mads)[0]
    await mads.user("tilbage")
    assert asked(mads) == "demens"


@pytest.mark.parametrize("way", ["forrige", "Forrige"])
async def test_the_page_before_is_shown_again(town: Town, way: str) -> None:
    mads = await looking_at_dementia(town)
    first = titles(mads)
    await mads.user("vis flere")
    assert titles(mads) != first
    await (mads.clicks(way) if way[0].isupper() else mads.user(way))
    assert titles(mads) == first


@pytest.mark.parametrize(
    "said", ["noget andet", "andre forslag", "ingen af dem passer", "vis nogle andre", "hvad er der ellers?"]
)
async def test_something_else_is_what_comes_next_on_the_list(town: Town, said: str) -> None:
    mads = await looking_at_dementia(town)
    first = titles(mads)
    await mads.user(said)
    assert titles(mads)
    assert not set(titles(mads)) & set(first)


async def test_words_that_mean_nothing_leave_the_list_as_it_is(town: Town) -> None:
    mads = await looking_at_dementia(town)
    for said in ("hmm", "fjern banan", "noget mere"):
        await mads.user(said)
        mads.bot("Det kunne jeg ikke bruge på listen")
    await mads.user("kun kurser")
    assert asked(mads) == "demens · Kursus"


# --- One offer ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "den om demenssygdomme",
        "åbn den om BPSD",
        "Demens og svære situationer i plejen",
        "vis den om svære situationer",
    ],
)
async def test_an_offer_is_opened_by_words_of_its_title(town: Town, said: str) -> None:
    mads = await looking_at_dementia(town)
    await mads.user(said)
    mads.bot("Det kan du bagefter")


async def test_words_that_several_titles_have_are_asked_about(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("den om demens")
    mads.bot("Der er flere: nr. 1, nr. 2")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("hvornår er den næste?", "Næste hold af »Mødet med borgere, der har demens« er onsdag den 9. december"),
        ("er der ledige pladser?", "Ja, der er 1 ledig plads onsdag den 9. december. Tilmelding senest"),
        ("og hvad koster det så?", "900 kr. pr. person."),
        ("hvem er det for?", "er for SOSU-hjælpere, SOSU-assistenter"),
        ("hvor er det?", "holdes her: Kompetencecentret, lokale 2 · Plejehjemmet Solbakken, Søndervang"),
        ("hvor lang tid tager det?", "varer: 2 dage med en uge imellem"),
        ("hvornår er fristen?", "Tilmelding senest"),
        ("hvad får jeg ud af det?", "Du kan se verden fra borgerens side"),
        ("hvem holder det?", "holdes af Kompetencecenter Velfærd"),
    ],
)
async def test_a_question_about_the_open_offer_is_answered_in_a_sentence(
    town: Town, said: str, answer: str
) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("Mødet med borgere, der har demens")
    await mads.user(said)
    mads.bot(answer)
    assert not mads.news[-1].card
    await mads.user("kun kurser")
    assert asked(mads) == "demens · Kursus"


async def test_a_question_names_the_offer_by_its_number(town: Town) -> None:
    mads = await looking_at_dementia(town)
    second = titles(mads)[1]
    await mads.user("hvad koster nr. 2?")
    mads.bot(f"»{second}«: Gratis.")
    await mads.user("og hvem er det for?")
    mads.bot(second)
    await mads.user("er der plads på nr. 99?")
    mads.bot("Det nummer har jeg ikke")


async def test_another_number_is_opened_from_an_open_offer(town: Town) -> None:
    mads = await looking_at_dementia(town)
    third = titles(mads)[2]
    await mads.user("nr. 1")
    await mads.user("ok, hvad med nr. 3?")
    mads.bot(third, "Det kan du bagefter")


async def test_a_question_with_nothing_open_asks_which(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("hvad koster det?")
    mads.bot("Hvilket forløb?")


async def test_an_offer_opened_without_a_list_is_asked_about_and_steals_nothing(town: Town) -> None:
    lene = await town.leader()
    await lene.user("hvilke kurser er der om demens?")
    card = lene.news[-1]
    await lene.user("annuller")
    await lene.presses(card, "Læs mere")
    await lene.user("hvad koster det?")
    lene.bot("»")
    await lene.user("mine folk har svært ved konflikter med pårørende")
    lene.bot("Jeg forstod: ")


async def test_going_back_from_an_offer_shows_the_list(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("nr. 2")
    await mads.user("tilbage")
    assert asked(mads) == "demens"


async def test_shorter_than_the_open_offer(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("Demens og svære situationer i plejen")
    await mads.user("noget kortere")
    assert "højst" in asked(mads)


@pytest.mark.parametrize("way", ["Flere hold", "flere hold"])
async def test_more_runs_than_fit_are_paged(town: Town, way: str) -> None:
    index = SAMPLE
    offer, runs = index.offer("DEM-01"), index.runs_of("DEM-01")
    assert offer
    many = [replace(run, code=f"{run.code}-{n}") for n in range(2) for run in runs]
    town._index = MatchIndex.build([offer], many, synonyms=[])
    await town.restart()
    mads = await town.employee()
    await mads.user("hvilke kurser er der om demens?")
    await mads.clicks("Læs mere")
    mads.bot("Kommende hold (1–6 af 10)")
    await (mads.clicks(way) if way[0].isupper() else mads.user(way))
    mads.bot("Kommende hold (7–10 af 10)")
    await mads.user("flere hold")
    mads.bot("Det var alle hold")


# --- What is new, and nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["employee", "leader", "consultant"])
@pytest.mark.parametrize("said", ["hvad er nyt?", "nyt i denne måned", "nye kurser", "Nye forløb", "what's new"])
async def test_what_is_new_is_told_to_anybody(town: Town, role: str, said: str) -> None:
    chat = await getattr(town, role)()
    await chat.user(said)
    chat.bot("nyt siden", "4 forløb", "Kend de fire hyppigste demenssygdomme", "Nyt i kataloget", "Nyt hold")


async def test_since_when_something_is_new_can_be_said(town: Town) -> None:
    mads = await town.employee()
    await mads.user("hvad er nyt siden 15. november?")
    mads.bot("nyt siden 15. nov. 2026", "2 forløb")
    await mads.user("om demens")
    mads.bot("demens · nyt siden 15. nov. 2026")


async def test_filters_that_leave_nothing_say_which_one_to_take_off(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("kun online og mindst 3 dage")
    mads.bot(
        "Ingen forløb passer på det hele", "Uden »Online« er der", "Uden »mindst 3 dage« er der 1", "Det nærmeste"
    )
    assert titles(mads)
    near = titles(mads)[0]
    await mads.user("nr. 1")
    mads.bot(near, "Det kan du bagefter")
    await mads.clicks("✕ Online")
    assert asked(mads) == "demens · mindst 3 dage"


async def test_a_place_that_nothing_is_held_at_is_no_dead_end(town: Town) -> None:
    mads = await looking_at_dementia(town)
    await mads.user("i nærheden af Vejle")
    await mads.user("gratis")
    mads.bot_did_not_say("Ingen af de 0")
    await mads.user("fjern prisen")
    mads.bot("demens · sted: Vejle", "Uden »sted: Vejle« er der 17.", "Det nærmeste", "[✕ sted]")


async def test_a_leader_s_topic_that_is_not_there_becomes_a_need_by_a_click(town: Town) -> None:
    lene = await town.leader()
    await lene.user("hvilke kurser er der om strikning?")
    lene.bot("Du kan også melde det som et behov")
    await lene.clicks("Meld det som behov")
    lene.bot("Jeg forstod: strikning")


@pytest.mark.parametrize(
    "said", ["Vi har brug for at blive bedre til palliation", "mine medarbejdere mangler viden om palliation"]
)
async def test_a_leader_s_need_beside_a_list_is_a_need(town: Town, said: str) -> None:
    lene = await town.leader()
    await lene.user("hvilke kurser er der om demens?")
    await lene.user(said)
    lene.bot("Jeg forstod: ", "palliation")


async def test_a_leader_refines_a_list_like_anybody(town: Town) -> None:
    lene = await town.leader()
    await lene.user("hvilke kurser er der om demens?")
    for said in ("kun kurser", "efter påske", "højst 2 dage", "fjern tid"):
        await lene.user(said)
    assert asked(lene) == "demens · Kursus · højst 2 dage"


# --- Whatever is said --------------------------------------------------------------------------------------

SAID = [
    "kun online", "ikke online", "efter påske", "i foråret", "i Søndervang", "i Vejle", "noget kortere",
    "noget længere", "højst én dag", "mindst 2 dage", "gratis", "under 2000 kr", "billigere", "med ledige pladser",
    "for pædagoger", "for Senior", "kun kurser", "e-læring", "noget andet", "vis flere", "forrige", "tilbage",
    "nr. 2", "den om demens", "fjern online", "fjern prisen", "uden tid", "alle", "hvad er nyt?",
    "hvad koster det?", "er der ledige pladser?", "hvad med palliation?", "strikning", "hmm",
    "Hvad har I om stress?", "flere hold", "vis listen", "nr. 99", "kun online efter påske og noget billigere",
    "12 personer", "hvornår er nr. 1?",
]  # fmt: skip
CLICKS = [
    Click("search.list", fields={"query": json.dumps(course_query_json(CourseQuery(online=True))), "first": "5"}),
    Click("search.list", fields={"query": "{broken", "first": "x"}),
    Click("search.list", fields={"query": '{"seats": -1}', "first": "99999999999"}),
    Click("offer.show", fields={"code": "DEM-01"}),
    Click("offer.show", fields={"code": "gone", "first": "12"}),
]


def a_turn(memory: Memory, input_: UserInput, *, leader: bool) -> Turn:
    role = Role.LEADER if leader else Role.EMPLOYEE
    person = Person(TENANT, "mads", "Mads", "", role)
    no_work = cast("UnitOfWork", None)
    no_links = cast("Links", None)
    return Turn(input_, person, memory, no_work, SAMPLE, texts_in("da"), A_SUNDAY_MORNING, no_links)


async def go_through(steps: list[str | Click], *, leader: bool) -> None:
    dialog, memory = SearchDialog(), Memory()
    topics = Topics([dialog])
    turn = a_turn(memory, UserInput("hvilke kurser er der om demens?"), leader=leader)
    dialog.begin(turn, turn.input.text)
    await topics.ask(turn)
    for step in steps:
        input_ = UserInput(click=step) if isinstance(step, Click) else UserInput(step)
        turn = a_turn(memory, input_, leader=leader)
        if isinstance(step, Click) and step.verb == "search.list":
            dialog.begin_listed(turn, step)
            await topics.ask(turn)
            heard = True
        elif isinstance(step, Click):
            dialog.open_clicked(turn, step)
            heard = True
        elif step == "tilbage":
            await topics.back(turn)
            heard = True
        else:
            assert memory.topic
            heard = await topics.hear(turn, memory.topic)
        assert turn.replies or not heard, step
        assert memory.topic
        assert dialog.readable(memory.topic)
        check_cards(turn, memory)


def check_cards(turn: Turn, memory: Memory) -> None:
    """The filters shown are those applied: every offer on the list fits each of them."""
    assert memory.topic
    query = course_query_from_json(memory.topic.values["query"])
    for reply in turn.replies:
        assert isinstance(reply, Say | Show)
        text = json.dumps(reply.card, ensure_ascii=False) if isinstance(reply, Show) else ""
        if "search.list" not in text and "Du søgte" not in text:
            continue
        shown = query_words(turn.texts, query)
        assert json.dumps(shown, ensure_ascii=False)[1:-1] in text or not shown
        for one in query.filters:
            assert filter_words(turn.texts, query, one) in shown
        for match in find_courses(SAMPLE, query, TODAY).matches:
            check_fits(query, match.offer)


def check_fits(query: CourseQuery, offer: Offer) -> None:
    """Each filter by itself has the offer too, whatever the others."""
    for one in query.filters:
        alone = query.without(*(other for other in Filter if other is not one))
        alone = course_query_from_json(
            {k: v for k, v in course_query_json(alone).items() if k not in {"topic", "text"}}
        )
        assert offer.code in codes_for(alone), (one, offer.code)


_CODES: dict[CourseQuery, frozenset[str]] = {}


def codes_for(query: CourseQuery) -> frozenset[str]:
    if query not in _CODES:
        _CODES[query] = frozenset(match.offer.code for match in find_courses(SAMPLE, query, TODAY).matches)
    return _CODES[query]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*SAID, *CLICKS]), max_size=8), st.booleans())
def test_any_sequence_is_answered_and_the_filters_shown_are_those_applied(
    steps: list[str | Click], leader: bool
) -> None:
    asyncio.run(go_through(steps, leader=leader))
