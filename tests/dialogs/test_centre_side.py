"""The centre's side: choosing the channel, the queue, opening and taking cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botbuilder.schema import ActivityTypes

from tests.chat import CHANNEL
from tests.dialogs.standing import NEED, summing_up

if TYPE_CHECKING:
    from tests.chat import Chat, Message, Town

MENTION = "<at>Kompetencebot</at> "


async def filed(town: Town, count: int = 1) -> Chat:
    lene = await town.leader()
    for _ in range(count):
        await lene.user(NEED)
        await lene.user("ingen af dem")
        await lene.user("send")
    await town.deliver()
    return lene


def in_channel(town: Town) -> list[Message]:
    return town.teams.messages.get(CHANNEL, [])


async def says(chat: Chat, text: str) -> None:
    await chat.in_channel(type=ActivityTypes.message, text=f"{MENTION}{text}")


async def test_a_team_is_greeted_with_the_button_that_makes_it_the_queue(town: Town) -> None:
    grethe = await town.employee("Grethe Lund")
    await grethe.in_channel(type=ActivityTypes.installation_update, action="add")
    [greeting] = in_channel(town)
    assert "Hej, jeg er Kompetencebot" in greeting.words
    assert next(button["title"] for button in greeting.buttons) == "Brug denne kanal"
    await grethe.clicks_in_channel("channel.use", greeting)
    assert "Fra nu af lander nye henvendelser her. Grethe Lund valgte kanalen." in greeting.words
    assert greeting.buttons == []


@pytest.mark.parametrize("text", ["brug denne kanal", "Use this channel"])
async def test_the_channel_is_chosen_by_a_mention(town: Town, text: str) -> None:
    grethe = await town.employee("Grethe Lund")
    await says(grethe, text)
    assert "Fra nu af lander nye henvendelser her" in in_channel(town)[-1].words
    await filed(town)
    assert len(town.cases) == 1


async def test_any_other_mention_offers_to_choose_the_channel_first(town: Town) -> None:
    grethe = await town.employee("Grethe Lund")
    await says(grethe, "hej")
    assert "Skal ledernes behov lande her i kanalen?" in in_channel(town)[-1].words


async def test_what_was_filed_before_there_was_a_channel_arrives_when_there_is_one(town: Town) -> None:
    await filed(town)
    assert town.cases == []
    await town.with_queue()
    await town.deliver()
    assert len(town.cases) == 1


@pytest.mark.parametrize("way", ["button", "mention"])
async def test_moving_the_channel_is_for_the_centre_s_own_people(town: Town, way: str) -> None:
    await town.with_queue()
    mads = await town.employee()
    if way == "button":
        await mads.clicks_in_channel("channel.use")
        answer = mads.whispered
    else:
        await says(mads, "brug denne kanal")
        answer = in_channel(town)[-1].words
    assert "Kun kompetencecentrets medarbejdere kan flytte køen" in answer


async def test_choosing_the_channel_in_a_personal_chat_says_where_it_works(town: Town) -> None:
    lene = await town.leader()
    await lene.user("brug denne kanal")
    lene.bot("Det gælder kun i en kanal")


async def test_a_case_is_taken_with_one_press_and_the_leader_hears_who_has_it(town: Town) -> None:
    await town.with_queue()
    lene = await filed(town)
    kirsten = await town.consultant()
    [card] = town.cases
    await kirsten.clicks_in_channel("case.take", card)
    assert kirsten.whispered == "KV-2026-0001 er din. Lederen får besked."
    lene._read = len(lene.messages)
    await town.deliver()
    lene.bot("Kirsten Bang fra kompetencecentret har taget din sag KV-2026-0001", "senest fredag den 27. november")
    assert "Under afklaring · Kirsten Bang har sagen" in card.words
    assert next(button["title"] for button in card.buttons) == "Giv videre"
    assert len(town.cases) == 1


async def test_who_comes_second_is_told_privately_who_was_first(town: Town) -> None:
    await town.with_queue()
    await filed(town)
    [card] = town.cases
    request = card.buttons[0]["data"]["request"]
    kirsten, bente = await town.consultant(), await town.consultant("Bente Due")
    await kirsten.clicks_in_channel("case.take", request=request)
    said = len(in_channel(town))
    await bente.clicks_in_channel("case.take", request=request)
    assert bente.whispered == "Kirsten Bang har allerede taget KV-2026-0001."
    await kirsten.clicks_in_channel("case.take", request=request)
    assert kirsten.whispered == "KV-2026-0001 er allerede din."
    assert len(in_channel(town)) == said


async def test_somebody_of_another_team_is_refused_kindly(town: Town) -> None:
    await town.with_queue()
    await filed(town)
    mads = await town.employee()
    await mads.clicks_in_channel("case.take", town.cases[0])
    assert "Det er kun kompetencecentrets medarbejdere, der kan det" in mads.whispered
    assert next(button["title"] for button in town.cases[0].buttons) == "Tag sagen"


async def test_a_withdrawn_case_cannot_be_taken(town: Town) -> None:
    await town.with_queue()
    lene = await filed(town)
    kirsten = await town.consultant()
    request = town.cases[0].buttons[0]["data"]["request"]
    await lene.user("træk sag 1 tilbage")
    await kirsten.clicks_in_channel("case.take", request=request)
    assert "KV-2026-0001 er kommet videre" in kirsten.whispered


async def test_the_queue_is_listed_oldest_first_and_paged_by_click_and_word(town: Town) -> None:
    await town.with_queue()
    await filed(town, 7)
    kirsten = await town.consultant()
    await kirsten.user("kø")
    kirsten.bot(
        "Køen", "KV-2026-0001", "KV-2026-0005", "[Åbn sagen | Åbn sagen | Åbn sagen | Åbn sagen | Åbn sagen]"
    )
    await kirsten.user("vis flere")
    kirsten.bot("KV-2026-0006", "KV-2026-0007")
    await kirsten.user("kø")
    await kirsten.clicks("Vis flere")
    kirsten.bot("KV-2026-0006", "KV-2026-0007")
    assert "Vis flere" not in [button["title"] for button in kirsten.news[-1].buttons]


async def test_an_empty_queue_says_so(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("kø")
    kirsten.bot("Køen er tom")


@pytest.mark.parametrize("way", ["Åbn sagen", "sag 1", "KV-2026-0001"])
async def test_a_consultant_opens_and_takes_a_case_in_the_personal_chat(town: Town, way: str) -> None:
    await town.with_queue()
    await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("kø")
    await (kirsten.clicks(way) if way.startswith("Å") else kirsten.user(way))
    kirsten.bot("Sag KV-2026-0001", "Lene Holm", NEED, "[Tag sagen]")
    card = kirsten.news[-1]
    await kirsten.executes(card, "Tag sagen")
    assert "KV-2026-0001 er din" in kirsten.whispered
    await town.deliver()
    assert "Kirsten Bang har sagen" in town.cases[0].words


@pytest.mark.parametrize("said", ["kø", "sager", "åbne sager"])
async def test_the_queue_is_for_the_centre_only(town: Town, said: str) -> None:
    await town.with_queue()
    await filed(town)
    bo = await town.leader("Bo Vang")
    await bo.user(said)
    bo.bot("Det er kun kompetencecentrets medarbejdere, der kan det", "»mine henvendelser«")


async def test_a_consultant_s_own_case_is_no_news_to_themselves(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("På vegne af Plejecenter Birken: vi vil blive bedre til demens")
    await kirsten.user("ingen af dem")
    await kirsten.user("send")
    await town.deliver()
    said = len(kirsten.messages)
    await kirsten.clicks_in_channel("case.take", town.cases[0])
    await town.deliver()
    assert len(kirsten.messages) == said


async def test_a_mention_with_a_number_shows_the_case_and_anything_else_is_answered(town: Town) -> None:
    await town.with_queue()
    await filed(town)
    kirsten = await town.consultant()
    await says(kirsten, "sag 1")
    assert "Sag KV-2026-0001" in in_channel(town)[-1].words
    await says(kirsten, "kø")
    assert "Køen" in in_channel(town)[-1].words
    for text in ("hej", "", "sag 99", "tak", "Vi vil blive bedre til demens"):
        await says(kirsten, text)
        assert "Skriv et sagsnummer" in in_channel(town)[-1].words


async def test_a_mention_by_somebody_else_shows_them_no_case(town: Town) -> None:
    await town.with_queue()
    await filed(town)
    mads = await town.employee()
    for text in ("sag 1", "kø"):
        await says(mads, text)
        assert "Det er kun kompetencecentrets medarbejdere" in in_channel(town)[-1].words


async def test_an_edit_updates_the_card_in_the_channel_in_place(town: Town) -> None:
    await town.with_queue()
    lene = await summing_up(town)
    await lene.user("send")
    await town.deliver()
    await lene.user("ret sag 1")
    await lene.user("vi er 14")
    await town.deliver()
    [card] = town.cases
    assert "14 SOSU-assistenter" in card.words


async def test_the_leader_hears_it_in_their_language(town: Town) -> None:
    await town.with_queue()
    lene = await filed(town)
    await lene.user("english")
    kirsten = await town.consultant()
    await kirsten.clicks_in_channel("case.take", town.cases[0])
    lene._read = len(lene.messages)
    await town.deliver()
    lene.bot("Kirsten Bang from the competence centre has taken your case KV-2026-0001")
