"""The queue as a file: asked for in words and by button, by whoever may have it, where only they see the link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botbuilder.schema import ActivityTypes

from catalogue.offers import Area
from centre.queue_query import QueueQuery, Whose, query_from_json
from centre.requests import CLOSED_STATUSES, Status
from tests.chat import CHANNEL, PUBLIC, TENANT
from tests.dialogs.test_queue import HERS, MENTION, filed

if TYPE_CHECKING:
    from bot.links import Claims
    from tests.chat import Chat, Town


@pytest.fixture
async def kirsten(town: Town) -> Chat:
    """Kirsten works in the centre, which has three cases."""
    await town.with_queue()
    await filed(
        town,
        {"topic": "demens", "days": 20},
        {"topic": "sårpleje", "area": Area.DISABILITY, "days": 15},
        {"topic": "demens", **HERS},
    )
    return await town.consultant()


def offered(chat: Chat) -> dict[str, Claims]:
    """Return what the links of the newest card say, by their buttons."""
    [*_, card] = chat.news
    links = {button["title"]: button["url"] for button in card.buttons if button["type"] == "Action.OpenUrl"}
    assert all(url.startswith(f"{PUBLIC}/hent/") for url in links.values())
    return {title: chat.town.links.read(url.rpartition("/")[2]) for title, url in links.items()}


def query_of(claims: Claims) -> QueueQuery:
    return query_from_json(claims.subject["query"])


async def test_the_whole_queue_as_a_file(town: Town, kirsten: Chat) -> None:
    await kirsten.user("eksport")
    kirsten.bot(
        "Hent sagerne som fil", "Viser: hele køen", "3 sager", "virker i 15 minutter",
        "[Hent til Excel | Hent som CSV]",
    )  # fmt: skip
    links = offered(kirsten)
    assert [claims.subject["file"] for claims in links.values()] == ["xlsx", "csv"]
    for claims in links.values():
        assert (claims.kind, claims.tenant, claims.person_id) == ("queue-export", TENANT, "kirsten.bang")
        assert claims.locale == "da"
        assert claims.expires == town.clock.time + timedelta(minutes=15)
        assert query_of(claims) == QueueQuery()


async def test_a_sentence_says_which_cases_and_which_file(kirsten: Chat) -> None:
    await kirsten.user("eksport mine demens csv")
    kirsten.bot("Viser: mine · om demens", "1 sag", "[Hent som CSV | Hent til Excel]")
    assert query_of(offered(kirsten)["Hent som CSV"]) == QueueQuery(whose=Whose.MINE, text="demens")


async def test_the_list_in_view_is_what_a_bare_word_means(kirsten: Chat) -> None:
    await kirsten.user("kø Handicap over 14 dage")
    await kirsten.user("eksport")
    kirsten.bot("Viser: Handicap · over 14 dage gamle", "1 sag")
    await kirsten.user("eksport hele køen")
    kirsten.bot("Viser: hele køen", "3 sager")
    await kirsten.user("kun demens")
    kirsten.bot("Viser: Handicap · over 14 dage gamle · om demens")


async def test_the_button_on_the_list_means_that_list_for_ever(kirsten: Chat) -> None:
    await kirsten.user("kø Handicap")
    await kirsten.user("kø mine")
    await kirsten.clicks("Eksport", newest=False)
    kirsten.bot("Viser: Handicap", "[Hent til Excel | Hent som CSV]")
    assert query_of(offered(kirsten)["Hent til Excel"]) == QueueQuery(area=Area.DISABILITY)


async def test_closed_cases_can_be_had_too(kirsten: Chat) -> None:
    await kirsten.user("eksport lukkede")
    kirsten.bot("Der er ingen sager at hente", "»eksport lukkede«")
    await filed(kirsten.town, {"topic": "medicin", "status": Status.REJECTED})
    await kirsten.user("eksport lukkede")
    kirsten.bot("1 sag")
    assert set(query_of(offered(kirsten)["Hent til Excel"]).statuses) == CLOSED_STATUSES


async def test_a_list_without_cases_offers_no_file(kirsten: Chat) -> None:
    await kirsten.user("kø diabetes")
    kirsten.bot("Der er ingen sager, der passer")
    assert "Eksport" not in [button["title"] for message in kirsten.news for button in message.buttons]


async def test_in_the_channel_nobody_gets_a_link(town: Town, kirsten: Chat) -> None:
    def newest() -> Any:
        return town.teams.messages[CHANNEL][-1]

    await kirsten.in_channel(type=ActivityTypes.message, text=f"{MENTION}eksport mine")
    assert "Skriv »eksport« til mig i vores egen chat" in newest().words
    await kirsten.in_channel(type=ActivityTypes.message, text=f"{MENTION}kø")
    assert "Køen" in newest().words
    assert "Eksport" not in [button["title"] for button in newest().buttons]
    press = {"verb": "queue.export", "nonce": "", "query": "{}"}
    await kirsten.in_channel(type=ActivityTypes.message, value=press)
    assert "Skriv »eksport« til mig i vores egen chat" in newest().words


@pytest.mark.usefixtures("kirsten")
async def test_others_than_the_centre_are_told_kindly_that_it_is_not_theirs(town: Town) -> None:
    lene, mads = await town.leader(), await town.employee()
    for person in (lene, mads):
        await person.user("eksport")
        person.bot("kompetencecentret")
        await town.receive(
            person.activity(type=ActivityTypes.message, value={"verb": "queue.export", "nonce": "", "query": "{}"})
        )
        assert not any(
            button["type"] == "Action.OpenUrl" for message in person.messages for button in message.buttons
        )


@pytest.mark.usefixtures("kirsten")
async def test_a_leader_who_wants_to_learn_spreadsheets_has_a_need(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Excel for 12 pædagoger inden sommer")
    lene.bot("12")
    lene.bot_did_not_say("Hent sagerne som fil")


async def test_the_file_in_english(kirsten: Chat) -> None:
    await kirsten.user("english")
    await kirsten.user("export my cases as csv")
    kirsten.bot("Get the cases as a file", "Shows: mine", "[Get as CSV | Get for Excel]")
    assert offered(kirsten)["Get as CSV"].locale == "en"


async def test_a_query_that_was_tampered_with_is_the_whole_queue(kirsten: Chat) -> None:
    press = {"verb": "queue.export", "nonce": "", "query": '{"statuses": "x", "older": 99999999}'}
    await kirsten.town.receive(kirsten.activity(type=ActivityTypes.message, value=press))
    assert query_of(offered(kirsten)["Hent til Excel"]) == QueueQuery()
