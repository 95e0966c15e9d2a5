"""`Mine henvendelser`: listed, opened, edited while new, withdrawn and restored, by click and by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import case_numbers
from tests.dialogs.standing import choosing

if TYPE_CHECKING:
    from tests.chat import Chat, Town


async def filed(town: Town, count: int = 1) -> Chat:
    lene = await town.leader()
    for number in range(1, count + 1):
        await lene.user(f"Vi er {number + 4} der vil blive bedre til demens inden sommer")
        await lene.user("ingen af dem")
        await lene.user("send")
    return lene


async def opened(town: Town) -> Chat:
    lene = await filed(town)
    await lene.user("sag 1")
    return lene


async def taken(town: Town) -> Chat:
    await town.with_queue()
    lene = await opened(town)
    kirsten = await town.consultant()
    await town.deliver()
    await kirsten.clicks_in_channel("case.take", town.cases[0])
    return lene


async def test_somebody_who_sent_nothing_is_told_how_to_begin(town: Town) -> None:
    lene = await town.leader()
    await lene.user("mine henvendelser")
    lene.bot("Du har ikke sendt noget endnu", "så begynder vi")
    mads = await town.employee()
    await mads.user("mine henvendelser")
    mads.bot("Du har ingen henvendelser", "hvilke kurser er der om demens?")


async def test_one_request_is_listed_opened_and_leads_back(town: Town) -> None:
    lene = await filed(town)
    await lene.user("mine henvendelser")
    lene.bot("Dine henvendelser", "KV-2026-0001 · demens", "Ny · 22. nov. 2026", "[Se sagen]")
    await lene.clicks("Se sagen")
    lene.bot(
        "Henvendelse KV-2026-0001",
        "Status: Ny",
        "fredag den 27. november",
        "5 personer",
        "Vi er 5 der vil blive bedre til demens inden sommer",
        "[Ret | Træk tilbage | Mine henvendelser]",
    )
    await lene.clicks("Mine henvendelser")
    lene.bot("Dine henvendelser")


@pytest.mark.parametrize("way", ["Vis flere", "vis flere"])
async def test_twelve_requests_are_paged_newest_first_to_the_end(town: Town, way: str) -> None:
    lene = await filed(town, 12)
    lene._read = len(lene.messages)
    before = len(lene.messages)
    await lene.user("mine henvendelser")
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    pages = [message.words for message in lene.messages[before:]]
    assert [page.count("KV-2026-") for page in pages] == [5, 5, 2]
    assert "KV-2026-0012" in pages[0]
    assert "KV-2026-0001" in pages[2]
    assert "Vis flere" not in [button["title"] for button in lene.news[-1].buttons]
    await lene.user("vis flere")
    lene.bot("Der er ikke noget, der venter på svar")


async def test_vis_flere_belongs_to_the_need_when_the_list_was_not_shown_last(town: Town) -> None:
    lene = await filed(town, 6)
    await lene.user("mine henvendelser")
    await lene.user("Vi vil blive bedre til konflikthåndtering")
    await lene.user("vis flere")
    lene.bot("Jeg forstod: konflikthåndtering", "4. ")


@pytest.mark.parametrize(
    "said", ["sag 1", "KV-2026-0001", "kv 2026 1", "vis sag 1", "sag nr. 1", "Åbn KV-2026-0001"]
)
async def test_a_request_is_opened_by_its_number(town: Town, said: str) -> None:
    lene = await filed(town, 2)
    await lene.user(said)
    lene.bot("Henvendelse KV-2026-0001")


@pytest.mark.parametrize("said", ["sag 1", "KV-2026-0001"])
async def test_a_number_opens_the_request_in_the_middle_of_a_need_too(town: Town, said: str) -> None:
    await filed(town)
    lene = await choosing(town)
    await lene.user(said)
    lene.bot("Henvendelse KV-2026-0001")
    await lene.user("fortsæt")
    lene.bot("Jeg forstod: møde borgere med demens")


async def test_a_number_that_nobody_has_is_answered(town: Town) -> None:
    lene = await filed(town)
    await lene.user("sag 7")
    lene.bot("KV-2026-0007 kan jeg ikke finde blandt dine henvendelser", "»mine henvendelser«")


async def test_a_new_request_is_edited_in_the_form_and_the_centre_sees_it(town: Town) -> None:
    await town.with_queue()
    lene = await opened(town)
    await lene.clicks("Ret")
    await lene.clicks("Gem", headcount="14", time="efter påske", purpose="Ro ved måltiderne")
    lene.bot("KV-2026-0001 er rettet")
    await town.deliver()
    [card] = town.cases
    assert "14 personer" in card.words
    assert "efter påske" in card.words
    assert "Ro ved måltiderne" in card.words


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("vi er nu 14", "14 personer"),
        ("nej, efter påske", "efter påske"),
        ("det er for pædagoger", "pædagoger"),
        ("hellere konflikthåndtering", "Emne: konflikthåndtering"),
        ("på vegne af Plejecenter Birken", "på vegne af Plejecenter Birken"),
    ],
)
async def test_a_new_request_is_edited_by_a_sentence(town: Town, said: str, now: str) -> None:
    lene = await opened(town)
    await lene.clicks("Ret")
    await lene.user(said)
    lene.bot("KV-2026-0001 er rettet. Centret ser ændringen med det samme.")
    await lene.user("sag 1")
    lene.bot(now)


@pytest.mark.parametrize("said", ["ret sag 1", "ændr KV-2026-0001", "rediger sag 1"])
async def test_the_form_is_opened_by_words(town: Town, said: str) -> None:
    lene = await filed(town)
    await lene.user(said)
    lene.bot("Ret det, der ikke passer", "[Gem | Tilbage]")


@pytest.mark.parametrize("typed", ["abc", "12,5", "0", "99999"])
async def test_a_wrong_number_in_the_form_keeps_the_rest(town: Town, typed: str) -> None:
    lene = await opened(town)
    await lene.clicks("Ret")
    await lene.clicks("Gem", headcount=typed, time="uge 12", purpose="Ro ved måltiderne")
    lene.bot(f"»{typed}«", "Resten er gemt")
    await lene.user("vi er 12")
    lene.bot("KV-2026-0001 er rettet")
    await lene.user("sag 1")
    lene.bot("12 personer", "uge 12", "Ro ved måltiderne")


@pytest.mark.parametrize("said", ["asdf qwer", "tak", "vis flere", "send", "Vi vil blive bedre til sårpleje"])
async def test_what_is_no_correction_leaves_the_request_as_it_is(town: Town, said: str) -> None:
    lene = await opened(town)
    before = lene.news[-1].words
    await lene.clicks("Ret")
    await lene.user(said)
    lene.bot_did_not_say("er rettet")
    await lene.user("sag 1")
    assert lene.news[-1].words == before


async def test_a_new_need_while_the_form_is_open_is_a_new_need(town: Town) -> None:
    lene = await opened(town)
    await lene.clicks("Ret")
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    lene.bot("Jeg forstod: konflikthåndtering · 8 personer")


@pytest.mark.parametrize("way", ["Tilbage", "tilbage", "annuller"])
async def test_the_form_is_left_without_a_change(town: Town, way: str) -> None:
    lene = await opened(town)
    before = lene.news[-1].words
    await lene.clicks("Ret")
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    await lene.user("sag 1")
    assert lene.news[-1].words == before


async def test_it_is_too_late_to_edit_what_somebody_works_on(town: Town) -> None:
    lene = await opened(town)
    await lene.clicks("Ret")
    form = lene.news[-1]
    await town.with_queue()
    kirsten = await town.consultant()
    await town.deliver()
    await kirsten.clicks_in_channel("case.take", town.cases[0])
    await lene.presses(form, "Gem", headcount="14")
    lene.bot("KV-2026-0001 er centret allerede i gang med", "send et nyt behov")
    await lene.user("sag 1")
    lene.bot("Kirsten Bang har sagen", "[Træk tilbage | Mine henvendelser]")
    lene.bot_did_not_say("14 personer")
    assert "Ret" not in [button["title"] for button in lene.news[-1].buttons]


@pytest.mark.parametrize("way", ["Ret", "ret sag 1"])
async def test_an_old_button_for_editing_says_that_it_is_too_late(town: Town, way: str) -> None:
    lene = await taken(town)
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    lene.bot("KV-2026-0001 er centret allerede i gang med")


@pytest.mark.parametrize("undo", ["Fortryd", "fortryd", "hov", "gendan"])
@pytest.mark.parametrize("way", ["træk sag 1 tilbage", "træk tilbage", "Træk KV-2026-0001 tilbage"])
async def test_a_request_is_withdrawn_and_stands_again(town: Town, way: str, undo: str) -> None:
    lene = await filed(town)
    await lene.user(way)
    lene.bot("KV-2026-0001 er trukket tilbage", "[Fortryd]")
    await (lene.clicks(undo) if undo[0].isupper() else lene.user(undo))
    lene.bot("KV-2026-0001 står igen, som den stod før")
    await lene.user("sag 1")
    lene.bot("Status: Ny")


async def test_the_button_withdraws_and_its_card_offers_the_way_back(town: Town) -> None:
    await town.with_queue()
    lene = await opened(town)
    card = lene.news[-1]
    await lene.clicks("Træk tilbage")
    lene.bot("KV-2026-0001 er trukket tilbage. Skriv »fortryd«")
    assert [button["title"] for button in card.buttons] == ["Fortryd"]
    await town.deliver()
    assert "Trukket tilbage" in town.cases[0].words
    await lene.presses(card, "Fortryd")
    lene.bot("KV-2026-0001 står igen")
    assert "Status: Ny" in card.words
    await town.deliver()
    assert "Status: Ny" in town.cases[0].words
    assert len(town.cases) == 1


async def test_a_withdrawn_request_is_listed_and_can_be_sent_again_later(town: Town) -> None:
    lene = await filed(town)
    await lene.user("træk sag 1 tilbage")
    await lene.waits(days=20)
    await lene.user("mine henvendelser")
    lene.bot("Trukket tilbage")
    await lene.clicks("Se sagen")
    await lene.clicks("Send igen")
    lene.bot("KV-2026-0001 står igen")


async def test_withdrawing_twice_changes_nothing(town: Town) -> None:
    lene = await filed(town)
    await lene.user("træk sag 1 tilbage")
    await lene.user("træk sag 1 tilbage")
    lene.bot("KV-2026-0001 er trukket tilbage")
    await lene.user("fortryd")
    await lene.user("sag 1")
    lene.bot("Status: Ny")


async def test_withdrawing_among_several_asks_which(town: Town) -> None:
    lene = await filed(town, 2)
    await lene.user("træk tilbage")
    lene.bot("Hvilken vil du trække tilbage?", "KV-2026-0001", "KV-2026-0002", "[Se sagen | Se sagen]")


async def test_fortryd_undoes_the_later_of_a_withdrawal_and_a_draft_left(town: Town) -> None:
    lene = await filed(town)
    await lene.user("træk sag 1 tilbage")
    await lene.waits(days=1)
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    await lene.user("annuller")
    await lene.user("fortryd")
    lene.bot("Jeg forstod: konflikthåndtering")
    await lene.user("sag 1")
    lene.bot("Trukket tilbage")


async def test_a_case_in_work_is_withdrawn_and_comes_back_to_the_one_who_had_it(town: Town) -> None:
    lene = await taken(town)
    await lene.user("træk sag 1 tilbage")
    lene.bot("KV-2026-0001 er trukket tilbage")
    await lene.user("fortryd")
    await lene.user("sag 1")
    lene.bot("Under afklaring · Kirsten Bang har sagen")


async def test_all_of_it_in_english(town: Town) -> None:
    lene = await filed(town)
    await lene.user("english")
    await lene.user("my requests")
    lene.bot("Your requests", "KV-2026-0001 · demens", "New · 22 Nov 2026", "[See the case]")
    await lene.clicks("See the case")
    await lene.clicks("Edit")
    await lene.user("14 people")
    lene.bot("KV-2026-0001 is changed")
    await lene.user("withdraw case 1")
    lene.bot("KV-2026-0001 is withdrawn", "[Undo]")
    await lene.user("undo")
    lene.bot("KV-2026-0001 stands again")
    assert case_numbers(lene) == ["KV-2026-0001"]
