"""A restart, a broken connection and a change of language in the middle of every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogs.standing import STANDING

if TYPE_CHECKING:
    from tests.chat import Chat, Message, Town

every_step = pytest.mark.parametrize("step", STANDING)


def seen(message: Message) -> tuple[str, list[str], dict[str, str]]:
    return message.words, [button["title"] for button in message.buttons], message.inputs


@every_step
async def test_the_same_stands_after_a_restart(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    await chat.user("fortsæt")
    before = seen(chat.news[-1])
    await town.restart()
    await chat.user("fortsæt")
    assert len(chat.news) == 1
    assert seen(chat.news[-1]) == before


@every_step
async def test_a_card_from_before_the_restart_still_answers(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    await chat.user("fortsæt")
    await town.restart()
    card = chat.news[-1]
    before = seen(card)
    buttons = [button["title"] for button in card.buttons if "data" in button]
    if buttons:
        await chat.presses(card, buttons[-1])
    else:
        await chat.user("demens")
    assert chat.news or seen(card) != before
    chat.bot_did_not_say("Det kort er allerede besvaret", "mistet tråden", "Noget gik galt")


@every_step
async def test_every_step_can_be_left_and_says_so(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    await chat.user("annuller")
    chat.bot("Det er afbrudt")
    await chat.user("annuller")
    chat.bot("Der er ikke noget i gang")


@every_step
async def test_every_step_has_a_way_back(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    for _ in range(4):
        await chat.user("tilbage")
        assert chat.news
        chat.bot_did_not_say("Jeg er ikke sikker på")


@every_step
async def test_the_language_changes_at_every_step(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    await chat.user("english")
    chat.bot("Now we speak English")
    english = chat.news[-1].words
    assert len(chat.news) == 2
    await chat.user("dansk")
    chat.bot("Så taler vi dansk")
    assert chat.news[-1].words != english
    await chat.user("fortsæt")
    chat.bot_did_not_say("Now", "card")


@every_step
async def test_help_and_small_talk_disturb_nothing(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    await chat.user("fortsæt")
    before = seen(chat.news[-1])
    gives_way = {"kø"} if step.startswith("looking_at") else set()  # one list of the centre's for another
    for aside in ("hjælp", "tak", "hej", "hvem er du", "😀", "mine henvendelser", "kø", "?"):
        if aside in gives_way:
            continue
        await chat.user(aside)
        assert chat.news, aside
        chat.bot_did_not_say("Jeg er ikke sikker på")
    await chat.sends("image/png")
    await chat.user("fortsæt")
    assert seen(chat.news[-1]) == before


@every_step
async def test_an_answer_that_was_never_spoken_is_spoken_when_teams_asks_again(town: Town, step: str) -> None:
    chat = await STANDING[step](town)
    again = chat.activity(type="message", text="fortsæt")
    town.door.fail_next_send = True
    with pytest.raises(ConnectionAbortedError):
        await town.receive(again)
    await town.restart()
    said = len(chat.messages)
    await town.receive(again)
    assert len(chat.messages) == said + 1


async def test_a_request_that_was_sent_but_not_confirmed_is_confirmed_with_its_number(town: Town) -> None:
    lene: Chat = await STANDING["summing_up"](town)
    send = lene.click(lene.news[-1], "Send til centret")
    town.door.fail_next_send = True
    with pytest.raises(ConnectionAbortedError):
        await town.receive(send)
    await town.restart()
    await town.receive(send)
    assert "KV-2026-0001 er sendt" in lene.messages[-1].words
    await lene.user("send")
    lene.bot("KV-2026-0001 er allerede sendt")
