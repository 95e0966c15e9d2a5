"""The need by words alone: everything that a button does can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.chat import Chat, Town


async def choosing(town: Town, need: str = "Vi vil blive bedre til demens") -> Chat:
    lene = await town.leader()
    await lene.user(need)
    return lene


async def at_summary(town: Town) -> Chat:
    lene = await choosing(town)
    await lene.user("nr. 1")
    return lene


def titles(chat: Chat) -> list[str]:
    return [line for line in chat.news[-1].words.splitlines() if line[:1].isdecimal() and ". " in line[:4]]


async def test_a_need_is_filed_by_words_alone(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("nr. 2")
    lene.bot("Klar til at sende?", "Hvor mange er det til?", "Hvornår?")
    await lene.user("12 personer inden sommer")
    lene.bot("12 personer", "inden sommer (senest 30. jun. 2027)")
    lene.bot_did_not_say("Hvor mange er det til?")
    await lene.user("send")
    lene.bot("KV-2026-0001 er sendt", "Du hører fra os senest fredag den 27. november", "[Se sagen]")


async def test_a_need_is_filed_by_english_words_alone(town: Town) -> None:
    lene = await town.leader()
    await lene.user("english")
    await lene.user("we need training in demens")
    await lene.user("the second one")
    await lene.user("12 people before summer")
    lene.bot("12 people", "before summer")
    await lene.user("send it")
    lene.bot("KV-2026-0001 is sent")


CORRECTIONS = [
    ("vi er 14", "14 personer"),
    ("vi er nu 14", "14 personer"),
    ("14 personer", "14 personer"),
    ("kun online", "Online"),
    ("nej, efter påske", "efter påske (tidligst 30. mar. 2027)"),
    ("det er for pædagoger", "pædagoger"),
    ("på vegne af Plejecenter Birken", "på vegne af Plejecenter Birken"),
    ("vi har 20.000 kr.", "20.000 kr."),
]


@pytest.mark.parametrize(("said", "understood"), CORRECTIONS)
async def test_matches_are_corrected_by_a_sentence(town: Town, said: str, understood: str) -> None:
    lene = await choosing(town)
    await lene.user(said)
    lene.bot("Jeg forstod: demens", understood)


@pytest.mark.parametrize(("said", "understood"), CORRECTIONS)
async def test_the_summary_is_corrected_by_a_sentence(town: Town, said: str, understood: str) -> None:
    lene = await at_summary(town)
    await lene.user(said)
    lene.bot("Klar til at sende?", "Emne: demens", understood)
    lene.bot_did_not_say("som formålet")


@pytest.mark.parametrize(("said", "understood"), CORRECTIONS)
async def test_the_form_is_corrected_by_a_sentence(town: Town, said: str, understood: str) -> None:
    lene = await at_summary(town)
    await lene.user("ret")
    lene.bot("Ret det, der ikke passer")
    await lene.user(said)
    lene.bot("Klar til at sende?", understood)


@pytest.mark.parametrize("said", ["hellere konflikthåndtering", "nej, konflikthåndtering", "konflikthåndtering"])
async def test_another_topic_is_a_correction_whatever_else_was_asked_for(town: Town, said: str) -> None:
    lene = await choosing(town)
    await lene.user("kun online")
    await lene.user("vi er 14")
    await lene.user(said)
    lene.bot("Jeg forstod: konflikthåndtering · 14 personer · Online")


async def test_a_correction_to_something_the_catalogue_lacks_is_taken(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("nej, tagdækning")
    lene.bot("Jeg forstod: tagdækning")


async def test_corrections_gather_and_are_all_filed(town: Town) -> None:
    lene = await choosing(town)
    for said in ("vi er 14", "nej, efter påske", "det er for pædagoger", "på vegne af Plejecenter Birken"):
        await lene.user(said)
    await lene.user("ingen af dem")
    await lene.user("send")
    lene.bot("14 pædagoger", "efter påske", "på vegne af Plejecenter Birken", "Vi vil blive bedre til demens")


@pytest.mark.parametrize("said", ["blafoo gnyf", "asdfgh"])
async def test_unknown_words_are_asked_about_and_change_nothing(town: Town, said: str) -> None:
    lene = await choosing(town)
    before = lene.news[-1].words
    await lene.user(said)
    lene.bot(f"Jeg er ikke sikker på, hvad du mener med »{said}«", "»forfra«", "Skriv »fortsæt«")
    await lene.user("fortsæt")
    assert lene.news[-1].words == before


@pytest.mark.parametrize("said", ["tag sagen", "brug denne kanal", "fortryd"])
async def test_words_for_something_else_are_no_topic(town: Town, said: str) -> None:
    lene = await choosing(town)
    await lene.user(said)
    lene.bot_did_not_say("Jeg forstod")
    await lene.user("fortsæt")
    lene.bot("Jeg forstod: demens")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2", 2),
        ("nr. 2", 2),
        ("nummer to", 2),
        ("vælg 2", 2),
        ("den anden", 2),
        ("jeg tager den anden", 2),
        ("Den første, tak!", 1),
        ("3'eren", 3),
        ("ja", 1),
        ("the third one", 3),
    ],
)
async def test_an_offer_is_chosen_by_its_number_in_words(town: Town, said: str, number: int) -> None:
    lene = await choosing(town)
    title = titles(lene)[number - 1].partition(". ")[2]
    await lene.user(said)
    lene.bot("Klar til at sende?", title)


async def test_an_offer_is_chosen_by_its_title(town: Town) -> None:
    lene = await choosing(town)
    title = titles(lene)[1].partition(". ")[2]
    await lene.user(title.lower() + ".")
    lene.bot("Klar til at sende?", title)


async def test_an_offer_of_a_later_page_is_chosen_by_the_number_it_shows(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("vis flere")
    [fourth, *_] = titles(lene)
    assert fourth.startswith("4. ")
    await lene.user("nr. 4")
    lene.bot("Klar til at sende?", fourth.partition(". ")[2])


@pytest.mark.parametrize("said", ["nr. 99", "0", "nummer 50"])
async def test_a_number_that_is_not_there_is_told_with_those_that_are(town: Town, said: str) -> None:
    lene = await choosing(town)
    await lene.user(said)
    lene.bot_did_not_say("Klar til at sende?", "Noget gik galt")
    await lene.user("nr. 1")
    lene.bot("Klar til at sende?")


async def test_vis_flere_goes_to_the_end_and_says_so(town: Town) -> None:
    lene = await choosing(town)
    for _ in range(10):
        await lene.user("vis flere")
        if "Det var alle" in lene.news[-1].words:
            break
    lene.bot("Det var alle, jeg fandt", "Ingen af dem passer")
    await lene.user("ingen af dem")
    lene.bot("Klar til at sende?", "Intet valgt, centret finder noget")


@pytest.mark.parametrize("said", ["ingen af dem passer", "nej", "send det som det er", "det passer ikke"])
async def test_none_fits_in_words(town: Town, said: str) -> None:
    lene = await choosing(town)
    await lene.user(said)
    lene.bot("Klar til at sende?", "Intet valgt, centret finder noget")


@pytest.mark.parametrize(
    ("said", "purpose"),
    [
        ("Vi skal skabe ro om borgeren", "Vi skal skabe ro om borgeren"),
        ("formål: færre konflikter ved måltiderne", "færre konflikter ved måltiderne"),
        ("Formålet: At alle tør spørge", "At alle tør spørge"),
    ],
)
async def test_the_purpose_is_said(town: Town, said: str, purpose: str) -> None:
    lene = await at_summary(town)
    await lene.user(said)
    lene.bot("Tak, det har jeg skrevet som formålet", "Klar til at sende?")
    assert lene.news[-1].inputs["purpose"] == purpose
    await lene.user("send")
    lene.bot(purpose)


@pytest.mark.parametrize(
    "said", ["sag 1", "KV-2026-0001", "vis flere", "kan I også om aftenen?", "tag sagen", "hov"]
)
async def test_what_is_no_purpose_is_not_filed_as_one(town: Town, said: str) -> None:
    lene = await at_summary(town)
    await lene.user(said)
    lene.bot_did_not_say("som formålet")
    await lene.user("nr. 1")
    assert lene.news[-1].inputs["purpose"] == ""


async def test_another_number_at_the_summary_chooses_anew(town: Town) -> None:
    lene = await choosing(town)
    second = titles(lene)[1].partition(". ")[2]
    await lene.user("nr. 1")
    await lene.user("nej, vælg nr. 2")
    lene.bot("Klar til at sende?", second)


async def test_none_of_them_at_the_summary_takes_the_choice_back(town: Town) -> None:
    lene = await at_summary(town)
    await lene.user("ingen af dem")
    lene.bot("Klar til at sende?", "Intet valgt, centret finder noget")


async def test_tilbage_leads_back_step_by_step_and_nothing_is_forgotten(town: Town) -> None:
    lene = await choosing(town, "Vi er 8 der vil blive bedre til demens")
    await lene.user("nr. 1")
    await lene.user("Vi skal skabe ro om borgeren")
    await lene.user("tilbage")
    lene.bot("Jeg forstod: demens · 8 personer")
    await lene.user("tilbage")
    lene.bot("Hvad skal dine medarbejdere blive bedre til?")
    await lene.user("tilbage")
    lene.bot("Vi er ved begyndelsen", "»annuller«", "Hvad skal dine medarbejdere blive bedre til?")
    await lene.user("konflikthåndtering")
    lene.bot("Jeg forstod: konflikthåndtering · 8 personer")
    await lene.user("1")
    assert lene.news[-1].inputs["purpose"] == "Vi skal skabe ro om borgeren"


@pytest.mark.parametrize("way", ["click", "word"])
async def test_tilbage_in_the_form_leads_where_one_came_from_by_click_and_by_word(town: Town, way: str) -> None:
    lene = await at_summary(town)
    await lene.user("ret")
    await (lene.clicks("Tilbage") if way == "click" else lene.user("tilbage"))
    lene.bot("Klar til at sende?")
    await lene.user("tilbage")
    await lene.user("ingen af dem")
    await lene.user("ret")
    await (lene.clicks("Tilbage") if way == "click" else lene.user("tilbage"))
    lene.bot("Klar til at sende?", "Intet valgt, centret finder noget")


async def test_the_form_opened_on_the_matches_leads_back_to_them(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("ret")
    await lene.user("tilbage")
    lene.bot("Jeg forstod: demens", "[Vælg | Vælg | Vælg]")


async def test_send_in_the_form_leads_to_the_summary(town: Town) -> None:
    lene = await at_summary(town)
    await lene.user("ret")
    await lene.user("send")
    lene.bot("Klar til at sende?", "[Send til centret]")


async def test_gibberish_in_the_form_is_asked_about(town: Town) -> None:
    lene = await at_summary(town)
    await lene.user("ret")
    await lene.user("vis flere")
    assert lene.news
    lene.bot_did_not_say("Klar til at sende?")


async def test_the_same_sentence_again_shows_the_same_matches(town: Town) -> None:
    lene = await choosing(town)
    before = lene.news[-1].words
    await lene.user("vi vil blive bedre til demens")
    assert lene.news[-1].words == before


async def test_a_cpr_number_goes_no_further(town: Town) -> None:
    await town.with_queue()
    lene = await choosing(town, "Vi vil blive bedre til at hjælpe en borger med demens, 010190-1234")
    await lene.user("ingen af dem")
    await lene.user("Så 0101901234 får ro")
    await lene.user("send")
    await town.deliver()
    everything = "".join(str(message.card) + message.words for message in (*lene.messages, *town.cases))
    assert "1234" not in everything


async def test_markdown_and_html_are_shown_to_the_letter(town: Town) -> None:
    await town.with_queue()
    lene = await choosing(town, "Vi vil blive bedre til demens [klik her](https://ondt.example) <b>nu</b>")
    await lene.user("ingen af dem")
    await lene.user("send")
    await town.deliver()
    for message in (*lene.messages, *town.cases):
        for block in text_blocks(message.card.get("body", [])):
            assert "ondt.example" not in block


def text_blocks(items: list[dict[str, object]]) -> list[str]:
    found: list[str] = []
    for item in items:
        if item.get("type") == "TextBlock":
            found.append(str(item["text"]))
        found += text_blocks(item.get("items", []))  # type: ignore[arg-type]
    return found
