"""What courses are there: a list to page, narrow and open; for a leader the way into a need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.chat import Chat, Town


async def searched(town: Town) -> Chat:
    mads = await town.employee()
    await mads.user("hvilke kurser er der om demens i foråret?")
    return mads


def titles(chat: Chat) -> list[str]:
    return [
        line for line in chat.news[-1].words.splitlines() if line[:3].rstrip(". ").isdecimal() and ". " in line[:5]
    ]


async def test_an_employee_gets_a_list_to_page_and_open(town: Town) -> None:
    mads = await searched(town)
    mads.bot("Det fandt jeg", "Du søgte: demens · i foråret (1. mar. 2027 til 31. maj 2027)", "1. ", "5. ")
    assert [button["title"] for button in mads.news[-1].buttons] == [
        "✕ tidspunkt",
        *["Læs mere"] * 5,
        "Vis flere",
    ]
    second = titles(mads)[1].partition(". ")[2]
    await mads.clicks("Læs mere", number=2)
    mads.bot(second, "Det kan du bagefter")
    mads.bot_did_not_say("Det har vi brug for")


@pytest.mark.parametrize("way", ["Vis flere", "vis flere", "mere", "næste"])
async def test_the_list_is_paged_to_its_end(town: Town, way: str) -> None:
    mads = await searched(town)
    seen = titles(mads)
    for _ in range(12):
        if "Vis flere" not in [button["title"] for button in mads.news[-1].buttons]:
            break
        await (mads.clicks(way) if way[0].isupper() else mads.user(way))
        seen += titles(mads)
    assert len(seen) > 5
    assert [int(title.partition(".")[0]) for title in seen] == list(range(1, len(seen) + 1))
    await mads.user("vis flere")
    mads.bot("Det var hele listen")


@pytest.mark.parametrize("said", ["nr. 2", "2", "åbn nr. 2", "den anden", "vis nummer 2"])
async def test_an_offer_is_opened_by_its_number(town: Town, said: str) -> None:
    mads = await searched(town)
    second = titles(mads)[1].partition(". ")[2]
    await mads.user(said)
    mads.bot(second, "Det kan du bagefter")


async def test_a_number_beyond_the_list_is_told(town: Town) -> None:
    mads = await searched(town)
    await mads.user("nr. 99")
    mads.bot("Det nummer har jeg ikke", "Skriv et fra 1 til")
    mads.bot_did_not_say("ingen af dem")


async def test_the_list_is_narrowed_by_words(town: Town) -> None:
    mads = await searched(town)
    await mads.user("kun online")
    mads.bot("Du søgte: demens · i foråret", "Online")
    await mads.user("efter påske")
    mads.bot("Du søgte: demens · efter påske (tidligst 30. mar. 2027) · Online")


async def test_a_new_question_forgets_the_old_one(town: Town) -> None:
    mads = await searched(town)
    await mads.user("kun online")
    await mads.user("Hvad har I om konflikthåndtering?")
    mads.bot("Du søgte: konflikthåndtering")
    mads.bot_did_not_say("i foråret", "Du søgte: konflikthåndtering · ")


@pytest.mark.parametrize(
    "said", ["find kurser", "kurser", "vis hele kataloget", "Hvilke kurser er der?", "kataloget"]
)
async def test_the_whole_catalogue_is_listed_soonest_first(town: Town, said: str) -> None:
    mads = await town.employee()
    await mads.user(said)
    mads.bot("Det kan du vælge imellem", "Næste hold", "[Vis flere]")
    assert len(titles(mads)) == 5
    await mads.user("vis flere")
    assert titles(mads)[0].startswith("6. ")


@pytest.mark.parametrize("starter", [0, 1, 2])
@pytest.mark.parametrize("role", ["leader", "employee", "consultant"])
async def test_every_prompt_starter_leads_somewhere(town: Town, role: str, starter: int) -> None:
    await town.with_queue()
    chat = await getattr(town, role)()
    await chat.installs()
    title = chat.news[-1].buttons[starter]["title"]
    await chat.clicks(title)
    assert chat.news
    chat.bot_did_not_say("Det har vi ikke", "Jeg er ikke sikker", "kan jeg ikke", "allerede besvaret")


async def test_nothing_found_says_what_to_do_next(town: Town) -> None:
    mads = await town.employee()
    await mads.user("hvilke kurser er der om qwrtp?")
    mads.bot("prøve med et andet ord", "[Skriv mig op | Send til min leder]")


async def test_an_employee_s_plain_words_are_a_search(town: Town) -> None:
    mads = await town.employee()
    await mads.user("jeg vil gerne lære mere om demens")
    mads.bot("Det fandt jeg", "demens", "1. ")


async def test_a_leader_asks_what_there_is_too(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Hvilke kurser er der om demens?")
    lene.bot("Det fandt jeg", "Du søgte: demens")


@pytest.mark.parametrize("way", ["Det har vi brug for", "det har vi brug for", "vi tager den"])
@pytest.mark.parametrize("look", ["Læs mere", "nr. 2"])
async def test_an_offer_that_a_leader_found_becomes_a_need(town: Town, look: str, way: str) -> None:
    lene = await town.leader()
    await lene.user("Hvilke kurser er der om demens?")
    title = titles(lene)[1].partition(". ")[2]
    await (lene.clicks(look, number=2) if look[0].isupper() else lene.user(look))
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    lene.bot("Klar til at sende?", title, "Hvor mange er det til?")
    await lene.user("12 personer inden sommer")
    await lene.user("send")
    lene.bot("KV-2026-0001 er sendt", title)


async def test_an_offer_button_is_good_for_ever(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Hvilke kurser er der om demens?")
    await lene.clicks("Læs mere")
    await lene.user("annuller")
    await town.restart()
    await lene.clicks("Det har vi brug for")
    lene.bot("Klar til at sende?")


async def test_an_employee_who_says_that_it_is_needed_is_told_who_can_ask_for_it(town: Town) -> None:
    mads = await searched(town)
    await mads.user("nr. 1")
    await mads.user("det har vi brug for")
    mads.bot("Det er ledere, der sender behov til centret")


async def test_a_leader_s_need_after_a_search_is_a_need(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Hvilke kurser er der om demens?")
    await lene.user("Jeg har 12 SOSU-assistenter der skal blive bedre til konflikthåndtering")
    lene.bot("Jeg forstod: konflikthåndtering · 12 SOSU-assistenter", "[Ingen af dem passer]")


async def test_a_search_in_english(town: Town) -> None:
    mads = await town.employee()
    await mads.user("english")
    await mads.user("which courses are there about demens?")
    mads.bot("This is what I found", "You searched: demens")
    await mads.user("no. 2")
    mads.bot("Afterwards you can")
    await mads.user("show more")
    mads.bot("6. ")
