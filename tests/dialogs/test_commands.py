"""What menus and help offer to say is understood, in both languages, from whom it is offered to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dialogs.texts import texts_in
from manifest.commands import Command, commands
from tests.chat import CHANNEL
from tests.dialogs.test_routing import says_in

if TYPE_CHECKING:
    from tests.chat import Chat, Town

PERSONAL = {
    "Meld et behov": "Skriv det med dine egne ord",
    "Report a need": "in your own words",
    "Find kurser": "Det kan du vælge imellem",
    "Find courses": "This is what you can choose from",
    "Mine henvendelser": "Du har ikke sendt noget endnu",
    "My requests": "You have not sent anything yet",
    "Indstillinger": "Hvor tit vil du have besked?",
    "Settings": "How often do you want to be told?",
    "Hjælp": "Det kan jeg hjælpe med",
    "Help": "This is what I can do",
    "Forfra": "Hej Lene",
    "Start over": "Hello Lene",
    "English": "English",
    "Dansk": "dansk",
}
"""What the answer to each title has in it. The sentences of the prompt starters are about dementia."""
TEAM = {
    "Brug denne kanal": "nye henvendelser her",
    "Use this channel": "nye henvendelser her",
    "Kø": "Køen er tom",
    "Queue": "Køen er tom",
    "Fordeling": "Fordeling af nye sager",
    "Distribution": "Fordeling af nye sager",
    "Hjælp": "Skriv et sagsnummer",
    "Help": "Skriv et sagsnummer",
}


def listed(scope: str) -> list[Command]:
    return [command for command in commands() if command.scope == scope]


@pytest.mark.parametrize("command", listed("personal"), ids=lambda command: command.title)
async def test_a_command_of_the_personal_menu_works_as_it_is_sent(town: Town, command: Command) -> None:
    lene = await town.leader()
    if command.language == "en":
        await lene.user("english")
    await lene.user(command.title)
    lene.bot(PERSONAL[command.title])
    for sentence in command.sayable[1:]:
        await lene.user(sentence)
        lene.bot("demens")


@pytest.mark.parametrize("command", listed("team"), ids=lambda command: command.title)
async def test_a_command_of_the_team_s_menu_works_in_the_channel(town: Town, command: Command) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    for said in command.sayable:
        await says_in(kirsten, CHANNEL, said)
        assert TEAM[said] in town.teams.messages[CHANNEL][-1].words


async def person(town: Town, side: str) -> Chat:
    await town.with_queue()
    return await {"leader": town.leader, "employee": town.employee, "staff": town.consultant}[side]()


@pytest.mark.parametrize("locale", ["da", "en"])
@pytest.mark.parametrize("side", ["leader", "employee", "staff"])
async def test_every_sentence_that_the_help_quotes_is_understood(town: Town, side: str, locale: str) -> None:
    texts = texts_in(locale)
    quoted = re.findall(r"[»\"]([^«\"]+)[«\"]", texts(f"help-{side}"))
    assert {"da": "indstillinger", "en": "settings"}[locale] in quoted
    chat = await person(town, side)
    await chat.user({"da": "dansk", "en": "english"}[locale])
    for said in quoted:
        await chat.user(said)
        chat.bot_did_not_say(texts("nothing-to-answer"), texts("empty"))
        assert chat.news, said
