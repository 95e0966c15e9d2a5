"""Drafts: left midway, taken up again by button and by word, and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogs.standing import choosing, editing_a_draft, summing_up

if TYPE_CHECKING:
    from tests.chat import Chat, Town

TOPIC = "møde borgere med demens"


async def test_a_draft_that_was_cancelled_is_offered_again(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("annuller")
    lene.bot("Det er afbrudt, og intet er sendt", f"»{TOPIC}«", "[Fortsæt kladden | Slet kladden]")


@pytest.mark.parametrize("leave", ["annuller", "forfra", "nyt behov", "Hvilke kurser er der om autisme?", "stop"])
@pytest.mark.parametrize("step", [choosing, summing_up, editing_a_draft], ids=lambda step: step.__name__)
async def test_a_draft_survives_being_left(town: Town, step: object, leave: str) -> None:
    lene: Chat = await step(town)  # type: ignore[operator]
    await lene.user("fortsæt")
    before = lene.news[-1].words
    await lene.user(leave)
    assert lene.news[-1].words != before
    await lene.user("annuller")
    await lene.user("fortsæt")
    assert lene.news[-1].words == before


async def test_another_question_gets_its_own_answer(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("Hvilke kurser er der om autisme?")
    lene.bot("Du søgte: autisme")
    lene.bot_did_not_say("12")


async def test_a_question_without_a_topic_narrows_the_need(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("har I noget online?")
    lene.bot(f"Jeg forstod: {TOPIC}", "Online")


@pytest.mark.parametrize("way", ["Fortsæt kladden", "fortsæt", "fortryd"])
async def test_a_draft_is_taken_up_by_button_and_by_word(town: Town, way: str) -> None:
    lene = await summing_up(town)
    await lene.user("annuller")
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    lene.bot("Klar til at sende?", TOPIC, "[Send til centret]")
    await lene.clicks("Send til centret")
    lene.bot("KV-2026-0001 er sendt")
    await lene.user("fortsæt")
    lene.bot("Du har ingen kladder")


@pytest.mark.parametrize("way", ["Slet kladden", "slet kladden", "slet min kladde"])
async def test_a_draft_is_deleted_by_button_and_by_word(town: Town, way: str) -> None:
    lene = await choosing(town)
    await lene.user("annuller")
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    lene.bot("Kladden er slettet")
    await lene.user("fortsæt")
    lene.bot("Du har ingen kladder")


async def test_the_draft_under_way_is_deleted_by_word(town: Town) -> None:
    lene = await summing_up(town)
    await lene.user("slet kladden")
    lene.bot("Kladden er slettet")
    await lene.clicks("Send til centret")
    lene.bot("Det kort er allerede besvaret")
    await lene.user("slet kladden")
    lene.bot("Du har ingen kladder")


async def test_a_delete_button_that_is_too_late_does_not_say_that_it_deleted(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("annuller")
    await lene.user("fortsæt")
    await lene.clicks("Slet kladden")
    lene.bot_did_not_say("Kladden er slettet")
    await lene.user("fortsæt")
    lene.bot(TOPIC)


@pytest.mark.parametrize("title", ["Fortsæt kladden", "Slet kladden"])
async def test_the_buttons_of_a_deleted_draft_say_so(town: Town, title: str) -> None:
    lene = await choosing(town)
    await lene.user("annuller")
    await lene.clicks("Slet kladden")
    await lene.clicks(title)
    lene.bot("Du har ingen kladder")


async def test_nothing_said_is_no_draft(town: Town) -> None:
    lene = await town.leader()
    await lene.user("nyt behov")
    await lene.user("annuller")
    lene.bot("Det er afbrudt")
    lene.bot_did_not_say("kladde")
    await lene.user("fortsæt")
    lene.bot("Du har ingen kladder")


async def test_a_click_on_the_card_of_a_draft_set_aside_goes_on_with_it(town: Town) -> None:
    lene = await summing_up(town)
    old = lene.news[-1]
    await lene.user("nyt behov")
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    await lene.presses(old, "Send til centret")
    lene.bot("KV-2026-0001 er sendt")
    assert TOPIC in old.words
    await lene.user("fortsæt")
    lene.bot("Jeg forstod: konflikthåndtering · 8 personer")


async def test_drafts_are_taken_up_newest_first(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("forfra")
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    await lene.user("forfra")
    await lene.user("fortsæt")
    lene.bot("Jeg forstod: konflikthåndtering")
    await lene.user("ingen af dem")
    await lene.user("send")
    await lene.user("fortsæt")
    lene.bot(f"Jeg forstod: {TOPIC}")


async def test_a_draft_survives_a_restart_after_it_was_left(town: Town) -> None:
    lene = await summing_up(town)
    await lene.user("annuller")
    await town.restart()
    await lene.clicks("Fortsæt kladden")
    lene.bot("Klar til at sende?", TOPIC)


@pytest.mark.parametrize("way", ["fortsæt", "Send til centret"])
async def test_a_draft_is_there_after_six_days_and_stays(town: Town, way: str) -> None:
    lene = await summing_up(town)
    await lene.waits(days=6)
    await (lene.clicks(way) if way[0].isupper() else lene.user(way))
    await lene.user("send")
    lene.bot("KV-2026-0001")


async def test_a_sentence_after_six_days_is_no_correction_of_what_was_forgotten(town: Town) -> None:
    lene = await choosing(town)
    await lene.waits(days=6)
    await lene.user("Vi vil blive bedre til konflikthåndtering")
    lene.bot("Jeg forstod: konflikthåndtering")
    lene.bot_did_not_say("12 SOSU")
    await lene.user("forfra")
    await lene.user("hej")
    lene.bot("[Fortsæt kladden]")


async def test_a_list_that_was_looked_at_days_ago_is_no_draft(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("Hvilke kurser er der om autisme?")
    await lene.waits(days=6)
    await lene.user("hej")
    lene.bot(f"»{TOPIC}«", "[Fortsæt kladden]")
    await lene.user("fortsæt")
    lene.bot(f"Jeg forstod: {TOPIC}")


async def test_a_draft_that_nobody_came_back_to_goes_after_two_months(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("annuller")
    await lene.waits(days=61)
    await lene.user("fortsæt")
    lene.bot("Du har ingen kladder")


@pytest.mark.parametrize("aside", ["tak", "hej", "hjælp", "hvem er du", "👍", "hvordan går det"])
async def test_an_aside_ends_with_the_way_back_to_the_draft(town: Town, aside: str) -> None:
    lene = await choosing(town)
    await lene.user(aside)
    lene.bot(f"Vi er stadig i gang med »{TOPIC}«. Skriv »fortsæt«")
    await lene.user("annuller")
    await lene.user(aside)
    lene.bot(f"Du har en kladde, der ikke er sendt: »{TOPIC}«", "[Fortsæt kladden | Slet kladden]")


async def test_mine_henvendelser_leaves_the_need_where_it_stood(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("mine henvendelser")
    await lene.user("vi er 14")
    lene.bot("14 SOSU-assistenter")


async def test_a_draft_is_sent_once_whatever_copy_of_its_card_is_pressed(town: Town) -> None:
    lene = await summing_up(town)
    first = lene.click(lene.news[-1], "Send til centret")
    await lene.user("fortsæt")
    await town.receive(lene.click(lene.news[-1], "Send til centret"))
    await town.receive(first)
    assert "KV-2026-0001 er allerede sendt" in lene.messages[-1].words


async def test_several_drafts_are_listed_and_taken_up_by_number(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("forfra")
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    await lene.user("forfra")
    await lene.user("kladder")
    lene.bot("1. konflikthåndtering", f"2. {TOPIC}", "[Fortsæt kladden | Fortsæt kladden]")
    await lene.user("fortsæt 2")
    lene.bot(f"Jeg forstod: {TOPIC}")
    await lene.user("fortsæt 7")
    lene.bot("Vælg et nummer fra 1 til 1")
