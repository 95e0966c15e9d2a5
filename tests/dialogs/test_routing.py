"""Channels for areas and topics, who looks after what, and cards that move with their cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botbuilder.schema import ActivityTypes, ConversationAccount

from bot.delivery import Outcome
from catalogue.offers import Area
from tests.chat import CHANNEL, TEAM

if TYPE_CHECKING:
    from tests.chat import Chat, Message, Town

SENIOR, DISABILITY, DEMENTIA = "19:senior@thread.tacv2", "19:handicap@thread.tacv2", "19:demens@thread.tacv2"
MENTION = "<at>Kompetencebot</at> "


async def acts_in(chat: Chat, channel: str, team: str = TEAM, **what: object) -> None:
    """Do something in a channel of the centre's."""
    activity = chat.activity(**what)
    activity.conversation = ConversationAccount(
        id=f"{channel};messageid=1", conversation_type="channel", is_group=True
    )
    activity.channel_data |= {"team": {"id": team}, "channel": {"id": channel, "name": f"{channel[3:9]}-kanalen"}}
    await chat.town.receive(activity)
    chat.hear_whisper()


async def says_in(chat: Chat, channel: str, text: str, team: str = TEAM) -> None:
    await acts_in(chat, channel, team, type=ActivityTypes.message, text=f"{MENTION}{text}")


async def presses_in(chat: Chat, channel: str, message: Message, title: str) -> None:
    button = next(button for button in message.buttons if button["title"] == title)
    action = {"action": {"type": "Action.Execute", "verb": button["verb"], "data": button["data"]}}
    await acts_in(
        chat, channel, type=ActivityTypes.invoke, name="adaptiveCard/action", value=action, reply_to_id=message.id
    )


def in_channel(town: Town, channel: str) -> list[Message]:
    return town.teams.messages.get(channel, [])


def cards(town: Town, channel: str) -> list[Message]:
    return [message for message in in_channel(town, channel) if "Sag KV-" in message.words]


async def files(town: Town, leader: Chat, need: str = "Vi er 8 der skal blive bedre til dokumentation") -> None:
    for said in (need, "ingen af dem", "send"):
        await leader.user(said)
    await town.deliver()


async def three_channels(town: Town) -> Chat:
    await town.with_queue()
    kirsten = await town.consultant()
    await says_in(kirsten, SENIOR, "brug denne kanal til Senior")
    await says_in(kirsten, DISABILITY, "brug denne kanal til Handicap")
    return kirsten


async def test_a_channel_of_an_area_is_chosen_by_its_button(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await acts_in(kirsten, SENIOR, "19:other", type=ActivityTypes.installation_update, action="add")
    [greeting] = in_channel(town, SENIOR)
    assert [button["title"] for button in greeting.buttons] == [
        "Brug denne kanal",
        "Kun Handicap",
        "Kun Senior",
        "Kun Social & Psykiatri",
    ]
    await presses_in(kirsten, SENIOR, greeting, "Kun Senior")
    assert "nye henvendelser om Senior her. Kirsten Bang valgte kanalen." in greeting.words
    await files(town, await town.leader())
    assert len(cards(town, SENIOR)) == 1
    assert cards(town, CHANNEL) == []


async def test_each_area_s_cards_land_in_its_own_channel_and_the_rest_in_the_first(town: Town) -> None:
    await three_channels(town)
    await files(town, await town.leader())
    await files(town, await town.leader("Amina Yılmaz", area=Area.DISABILITY, department="Birken"))
    await files(town, await town.leader("Søren Østergaard", area=Area.PSYCHIATRY, department="Centret"))
    assert [len(cards(town, channel)) for channel in (SENIOR, DISABILITY, CHANNEL)] == [1, 1, 1]


async def test_a_topic_s_channel_goes_before_its_area_s(town: Town) -> None:
    kirsten = await three_channels(town)
    await says_in(kirsten, DEMENTIA, "brug denne kanal til demens")
    assert "nye henvendelser om »demens« her" in in_channel(town, DEMENTIA)[-1].words
    await files(town, await town.leader(), "Vi er 8 der skal blive bedre til demens")
    assert len(cards(town, DEMENTIA)) == 1
    assert cards(town, SENIOR) == []


async def test_the_channel_for_everything_takes_over_from_all_others(town: Town) -> None:
    kirsten = await three_channels(town)
    await says_in(kirsten, DISABILITY, "brug denne kanal til alle områder")
    await files(town, await town.leader())
    assert len(cards(town, DISABILITY)) == 1


@pytest.mark.parametrize("channel", [CHANNEL, SENIOR])
async def test_who_is_not_staff_changes_no_channel_and_no_caretaker(town: Town, channel: str) -> None:
    await three_channels(town)
    mads, lene = await town.employee(), await town.leader()
    await says_in(mads, channel, "brug denne kanal til Handicap")
    assert "Kun kompetencecentrets medarbejdere kan flytte køen" in in_channel(town, channel)[-1].words
    await lene.user("Lene har som standard Senior")
    lene.bot_did_not_say("får fra nu af")
    await files(town, lene)
    assert len(cards(town, SENIOR)) == 1
    assert "har sagen" not in cards(town, SENIOR)[0].words


async def test_moving_a_case_leaves_a_pointer_and_posts_its_card_in_the_other_channel(town: Town) -> None:
    kirsten = await three_channels(town)
    await files(town, await town.leader())
    [old] = cards(town, SENIOR)
    await kirsten.user("flyt sag 1 til Handicap")
    kirsten.bot("KV-2026-0001 hører nu til Handicap")
    await town.deliver()
    assert "KV-2026-0001 (dokumentation) er flyttet til Handicap. Kortet står nu i kanalen" in old.words
    assert old.all_buttons == []
    [new] = cards(town, DISABILITY)
    assert "Handicap" in new.words
    await kirsten.user("historik sag 1")
    kirsten.bot("Kirsten Bang flyttede sagen til Handicap")
    await kirsten.user("tag sag 1")
    await town.deliver()
    assert "Kirsten Bang har sagen" in new.words
    assert len(cards(town, DISABILITY)) == 1


async def test_a_case_that_comes_back_has_one_card_and_no_stale_ones(town: Town) -> None:
    kirsten = await three_channels(town)
    await files(town, await town.leader())
    await kirsten.user("flyt sag 1 til Handicap")
    await kirsten.user("flyt sag 1 til Senior")
    await town.deliver()
    await kirsten.user("flyt sag 1 til Handicap")
    await town.deliver()
    await kirsten.user("flyt KV-2026-0001 til Senior")
    await town.deliver()
    assert len(cards(town, SENIOR)) == 1
    assert cards(town, DISABILITY) == []


async def test_a_case_is_moved_from_the_form_behind_more_and_only_by_staff(town: Town) -> None:
    kirsten = await three_channels(town)
    lene = await town.leader()
    await files(town, lene)
    [card] = cards(town, SENIOR)
    data = next(button["data"] for button in card.all_buttons if button.get("verb") == "case.more")
    for person in (lene, kirsten):
        action = {
            "action": {"type": "Action.Execute", "verb": "case.more", "data": {**data, "area": "disability"}}
        }
        await acts_in(
            person,
            SENIOR,
            type=ActivityTypes.invoke,
            name="adaptiveCard/action",
            value=action,
            reply_to_id=card.id,
        )
    assert "Det er kun kompetencecentrets medarbejdere" in lene.whispered
    assert "hører nu til Handicap" in kirsten.whispered
    await lene.user("flyt sag 1 til Senior")
    lene.bot("Det er kun kompetencecentrets medarbejdere")
    await kirsten.user("flyt sag 1 til Månen")
    kirsten.bot("Hvilket fagområde skal sagen flyttes til?")
    await town.deliver()
    assert len(cards(town, DISABILITY)) == 1


async def test_a_channel_that_cannot_be_reached_holds_up_no_other(town: Town) -> None:
    kirsten = await three_channels(town)
    lene = await town.leader()
    amina = await town.leader("Amina Yılmaz", area=Area.DISABILITY, department="Birken")
    town.teams.answers = [Outcome.NOT_INSTALLED]
    await files(town, lene)
    await files(town, lene)
    await files(town, amina)
    assert (len(cards(town, SENIOR)), len(cards(town, DISABILITY))) == (0, 1)
    await says_in(kirsten, SENIOR, "kø")
    await town.deliver()
    assert len(cards(town, SENIOR)) == 2


async def test_what_the_leader_answers_is_read_below_the_card_in_its_channel(town: Town) -> None:
    kirsten = await three_channels(town)
    lene = await town.leader()
    await files(town, lene)
    await kirsten.user("spørg i sag 1: hvornår?")
    await lene.user("til sag 1: i marts")
    await town.deliver()
    [card] = cards(town, SENIOR)
    assert "i marts" in in_channel(town, f"{SENIOR};messageid={card.id}")[-1].words


async def test_a_caretaker_is_handed_new_cases_and_the_leader_may_still_edit(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("jeg har som standard Senior")
    kirsten.bot("Kirsten Bang får fra nu af alle nye sager om Senior")
    lene = await town.leader()
    await files(town, lene)
    [card] = town.cases
    assert "Ny · Kirsten Bang har sagen" in card.words
    assert "Kompetencebot gav sagen til Kirsten Bang" in kirsten.messages[-1].words
    await lene.user("ret sag 1")
    lene.bot("Ret")
    await kirsten.user("tag sag 1")
    await town.deliver()
    assert "Under afklaring · Kirsten Bang har sagen" in card.words


async def test_a_caretaker_of_a_topic_goes_before_the_area_s_until_nobody_is(town: Town) -> None:
    await town.with_queue()
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await kirsten.user("Grethe har som standard demens")
    kirsten.bot("Grethe Lund får fra nu af alle nye sager om »demens«")
    await kirsten.user("Kirsten har som standard Senior")
    await kirsten.user("fordeling")
    kirsten.bot("Alt lander i kanalen", "Senior: Kirsten Bang", "»demens«: Grethe Lund")
    lene = await town.leader()
    await files(town, lene, "Vi er 8 der skal blive bedre til demens")
    assert "Grethe Lund har sagen" in town.cases[0].words
    await grethe.user("ingen har som standard demens")
    grethe.bot("Grethe Lund får ikke længere automatisk nye sager om »demens«")
    await grethe.user("ingen har som standard demens")
    grethe.bot("Der er ingen, der automatisk får nye sager om »demens«")
    await files(town, lene, "Vi er 9 der skal blive bedre til demens")
    assert "Kirsten Bang har sagen" in town.cases[1].words
    await kirsten.user("Bertram har som standard Senior")
    kirsten.bot("Jeg kan ikke finde »Bertram« i centrets team")


async def test_the_stand_in_of_a_caretaker_who_is_away_gets_the_case(town: Town) -> None:
    await town.with_queue()
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await kirsten.user("Kirsten har som standard Senior")
    await kirsten.user("jeg er på ferie til fredag, Grethe passer mine sager")
    await grethe.user("hej")
    await files(town, await town.leader())
    assert "Grethe Lund har sagen" in town.cases[0].words
    assert "gav sagen til Grethe Lund" in grethe.messages[-1].words


async def test_a_case_that_moves_while_its_card_is_on_the_way_ends_with_one_card(town: Town) -> None:
    kirsten = await three_channels(town)
    lene = await town.leader()
    post = town.teams.send

    async def post_slowly(*arguments: Any) -> Any:
        town.teams.send = post  # type: ignore[method-assign]
        sent = await post(*arguments)
        await kirsten.user("flyt sag 1 til Handicap")
        return sent

    town.teams.send = post_slowly  # type: ignore[method-assign]
    await files(town, lene)
    assert len(cards(town, DISABILITY)) == 1
    [left] = in_channel(town, SENIOR)[-1:]
    assert "er flyttet til Handicap" in left.words
    assert cards(town, SENIOR) == []


async def test_a_pointer_that_is_gone_in_teams_is_let_go(town: Town) -> None:
    kirsten = await three_channels(town)
    await files(town, await town.leader())
    town.teams.messages[SENIOR].clear()
    await kirsten.user("flyt sag 1 til Handicap")
    await town.deliver()
    assert len(cards(town, DISABILITY)) == 1
    assert (await town.outbox.depth()).dead == 0
