"""Clicks that come late, twice, from somebody else, or from nowhere."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from botbuilder.schema import ActivityTypes

from tests.dialogs.standing import STANDING, choosing, summing_up

if TYPE_CHECKING:
    from tests.chat import Chat, Town

OTHER_TENANT = "22222222-2222-4222-8222-222222222222"
MADE_UP: list[dict[str, object]] = [
    {"verb": "need.pay"},
    {"verb": ""},
    {},
    {"verb": None, "nonce": None},
    {"verb": ["need.send"], "nonce": {"a": 1}},
    {"verb": "say"},
    {"verb": "say", "text": "  "},
    {"verb": "need.send", "nonce": "0000000000000000"},
    {"verb": "need.choose", "code": "K-0"},
    {"verb": "draft.resume", "draft": "nope"},
    {"verb": "draft.resume"},
    {"verb": "draft.drop", "draft": "nope"},
    {"verb": "request.show"},
    {"verb": "request.edit", "request": "nope"},
    {"verb": "request.withdraw", "request": "'; DROP TABLE requests; --"},
    {"verb": "request.restore", "request": "nope"},
    {"verb": "requests.list", "page": "-1"},
    {"verb": "requests.list", "page": "9" * 40},
    {"verb": "requests.list", "page": "²"},
    {"verb": "queue.list", "page": "9" * 40},
    {"verb": "offer.show", "code": "K-0"},
    {"verb": "offer.need", "code": "K-0"},
    {"verb": "case.take", "request": "nope"},
    {"verb": "case.show", "request": "nope"},
    {"verb": "channel.use"},
    {"verb": "x" * 5000},
]


async def press(chat: Chat, **data: object) -> None:
    chat._read = len(chat.messages)
    await chat.town.receive(chat.activity(type=ActivityTypes.message, value=data))


async def filed(town: Town) -> tuple[Chat, str]:
    lene = await summing_up(town)
    await lene.clicks("Send til centret")
    [see] = [b for message in lene.messages for b in message.buttons if b["title"] == "Se sagen"]
    return lene, see["data"]["request"]


@pytest.mark.parametrize("title", ["Vælg", "Vis flere", "Ingen af dem passer", "Ret"])
async def test_a_dead_card_says_so_and_starts_nothing(town: Town, title: str) -> None:
    lene = await choosing(town)
    old = lene.click(lene.news[-1], title)
    await lene.clicks("Ingen af dem passer")
    standing = lene.news[-1].words
    await town.receive(old)
    assert (
        "Det kort er allerede besvaret, så der skete ikke noget. Brug det nyeste kort" in lene.messages[-1].words
    )
    await lene.user("fortsæt")
    assert lene.news[-1].words == standing


async def test_a_dead_card_with_nothing_under_way_says_what_to_do(town: Town) -> None:
    lene = await choosing(town)
    old = lene.click(lene.news[-1], "Vælg")
    await lene.user("slet kladden")
    await town.receive(old)
    assert "Det kort er allerede besvaret" in lene.messages[-1].words
    assert "mine henvendelser" in lene.messages[-1].words


@pytest.mark.parametrize("title", ["Vælg", "Ingen af dem passer", "Ret", "Vis flere"])
async def test_a_double_click_counts_once(town: Town, title: str) -> None:
    lene = await choosing(town)
    first, second = lene.click(lene.news[-1], title), lene.click(lene.news[-1], title)
    await asyncio.gather(town.receive(first), town.receive(second))
    assert "Det kort er allerede besvaret" in lene.messages[-1].words
    await lene.user("fortsæt")
    lene.bot_did_not_say("allerede besvaret")


async def test_two_clicks_on_send_at_once_file_one_request(town: Town) -> None:
    lene = await summing_up(town)
    clicks = [lene.click(lene.news[-1], "Send til centret") for _ in range(3)]
    await asyncio.gather(*map(town.receive, clicks))
    said = "".join(message.words for message in lene.messages)
    assert said.count("er allerede sendt") == 2
    assert "KV-2026-0002" not in said


@pytest.mark.parametrize("step", STANDING)
async def test_the_same_activity_twice_is_answered_once(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    again = chat.activity(type=ActivityTypes.message, text="12")
    await town.receive(again)
    said = [message.words for message in chat.messages]
    await town.receive(again)
    assert [message.words for message in chat.messages] == said


@pytest.mark.parametrize("step", STANDING)
async def test_made_up_clicks_are_answered_and_file_nothing(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    for data in MADE_UP:
        before = chat.messages[-1].id
        await press(chat, **data)
        assert chat.messages[-1].id != before, data
        chat.bot_did_not_say("Noget gik galt", "er sendt til", "Kladden er slettet")


@pytest.mark.parametrize("step", STANDING)
async def test_an_unknown_button_of_the_card_under_way_changes_nothing(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    await chat.user("fortsæt")
    standing = chat.news[-1]
    data = next((button["data"] for button in standing.buttons if button.get("data", {}).get("nonce")), None)
    if data:
        await press(chat, **{**data, "verb": "need.pay"})
        chat.bot("Det kort er allerede besvaret")
    await chat.user("fortsæt")
    assert chat.news[-1].words == standing.words


async def test_a_made_up_choice_is_not_chosen(town: Town) -> None:
    lene = await choosing(town)
    nonce = lene.news[-1].buttons[0]["data"]["nonce"]
    await press(lene, verb="need.choose", nonce=nonce, code="K-GONE")
    lene.bot("Det nummer har jeg ikke")
    await lene.clicks("Vælg")
    lene.bot("Klar til at sende?")


@pytest.mark.parametrize("verb", ["request.show", "request.edit", "request.withdraw", "request.restore"])
async def test_nobody_touches_the_request_of_somebody_else(town: Town, verb: str) -> None:
    lene, request = await filed(town)
    bo = await town.leader("Bo Vang")
    await press(bo, verb=verb, request=request)
    bo.bot("Den henvendelse kan jeg ikke finde blandt dine")
    bo.bot_did_not_say("demens", "KV-2026")
    await lene.user("sag 1")
    lene.bot("Status: Ny")


@pytest.mark.parametrize("said", ["sag 1", "KV-2026-0001", "træk sag 1 tilbage", "ret sag 1"])
async def test_nobody_reads_the_request_of_somebody_else_by_its_number(town: Town, said: str) -> None:
    lene, _ = await filed(town)
    bo = await town.leader("Bo Vang")
    await bo.user(said)
    bo.bot("KV-2026-0001 kan jeg ikke finde blandt dine henvendelser")
    bo.bot_did_not_say("demens")
    await lene.user("sag 1")
    lene.bot("Status: Ny")


@pytest.mark.parametrize(
    "verb", ["request.show", "request.edit", "request.withdraw", "request.restore", "case.take"]
)
async def test_a_request_is_not_there_for_another_municipality(town: Town, verb: str) -> None:
    lene, request = await filed(town)
    lene._read = len(lene.messages)
    stranger = lene.activity(type=ActivityTypes.message, value={"verb": verb, "request": request})
    stranger.channel_data = {"tenant": {"id": OTHER_TENANT}}
    await town.receive(stranger)
    assert lene.news
    lene.bot_did_not_say("KV-2026", "demens")
    await lene.user("sag 1")
    lene.bot("Status: Ny")


async def test_each_municipality_numbers_its_own_cases(town: Town) -> None:
    await filed(town)
    ida = await town.leader("Ida Skov")
    for said in ("jeg er leder", "Senior, Plejecenter Birken", "Vi vil blive bedre til demens", "1", "send"):
        activity = ida.activity(type=ActivityTypes.message, text=said)
        activity.channel_data = {"tenant": {"id": OTHER_TENANT}}
        ida._read = len(ida.messages)
        await town.receive(activity)
    ida.bot("KV-2026-0001 er sendt")


async def test_a_draft_belongs_to_the_one_who_wrote_it(town: Town) -> None:
    lene = await summing_up(town)
    send = lene.news[-1]
    bo = await town.leader("Bo Vang")
    stolen = bo.click(send, "Send til centret")
    await town.receive(stolen)
    assert "Det kort er allerede besvaret" in bo.messages[-1].words
    await lene.clicks("Send til centret")
    lene.bot("KV-2026-0001 er sendt")
    await town.receive(bo.click(send, "Se sagen") if send.buttons[0]["title"] == "Se sagen" else stolen)
    assert "demens" not in bo.messages[-1].words
    assert "KV-" not in bo.messages[-1].words


async def test_a_submit_with_text_and_value_is_heard_as_words(town: Town) -> None:
    lene = await choosing(town)
    await lene.user("ingen af dem", value={"verb": "need.pay"})
    lene.bot("Klar til at sende?")


@pytest.mark.parametrize("kind", ["messageReaction", "conversationUpdate", "typing", "event", "endOfConversation"])
async def test_what_needs_no_answer_gets_none(town: Town, kind: str) -> None:
    lene = await choosing(town)
    said = len(lene.messages)
    await town.receive(lene.activity(type=kind))
    assert len(lene.messages) == said


async def test_a_reply_goes_to_the_one_who_asked(town: Town) -> None:
    lene = await choosing(town)
    bo = await town.leader("Bo Vang")
    await asyncio.gather(lene.user("vi er 14"), bo.user("Vi er 8 der vil blive bedre til konflikthåndtering"))
    lene.bot("14 SOSU-assistenter")
    bo.bot("Jeg forstod: konflikthåndtering · 8 personer")
