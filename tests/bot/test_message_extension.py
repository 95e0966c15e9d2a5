"""The catalogue in the message box, over real HTTP with signed tokens: searching, paging and nonsense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botbuilder.schema import Activity, ConversationAccount
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.addresses import Addresses
from bot.demo.sample import read_sample
from bot.invokes import Invokes
from bot.message_extension import FURTHEST, MOST_AT_ONCE, MessageExtension, Query, read_query
from catalogue.matching import MatchIndex
from storage.errors import DatabaseUnavailableError
from tests.bot.fake_teams import FOREIGN_TENANT, TENANT, fake_teams, running_bot
from tests.bot.town_in_teams import ADDRESSES, SMALL_INDEX, town_in_teams
from tests.chat import Catalogue, StoppedClock

if TYPE_CHECKING:
    from botbuilder.core import TurnContext

    from storage import Database
    from tests.bot.town_in_teams import PersonInTeams

TODAY = date(2026, 11, 22)
SEARCH, LINK = "composeExtension/query", "composeExtension/queryLink"
ODD_VALUES: list[Any] = [
    *(None, [], {}, "demens", 5, True, {"parameters": "demens"}, {"parameters": [1, None, []]}),
    *({"parameters": [{"name": "query"}]}, {"parameters": [{"name": "query", "value": {"a": 1}}]}),
    *({"parameters": [{"value": 7}], "queryOptions": 3}, {"queryOptions": {"skip": "1", "count": None}}),
    *({"queryOptions": {"skip": -5, "count": 10**30}}, {"url": 5}, {"url": "https://[::"}, {"url": "\x00"}),
]


@pytest.fixture(scope="module")
def sample() -> MatchIndex:
    return MatchIndex.build(*read_sample(TODAY))


@pytest.fixture
async def extension(database: Database, sample: MatchIndex) -> MessageExtension:
    return MessageExtension(database, Catalogue(sample), ADDRESSES, StoppedClock())  # type: ignore[arg-type]


def invoke(person: PersonInTeams, value: object, name: str = SEARCH, **more: Any) -> dict[str, Any]:
    """Return what Teams sends from a chat in which the bot is not."""
    chat = {"id": "19:lunch@thread.v2", "conversationType": "groupChat", "isGroup": True, "tenantId": TENANT}
    return person.activity(type="invoke", name=name, value=value, conversation=chat, **more)


def asked(text: str = "", skip: int = 0, count: int = 25) -> dict[str, Any]:
    parameter = {"name": "query", "value": text} if text else {"name": "initialRun", "value": "true"}
    return {
        "commandId": "findOffer",
        "parameters": [parameter],
        "queryOptions": {"skip": skip, "count": count},
    }


async def answered(extension: MessageExtension, value: object, locale: str = "da-DK") -> dict[str, Any]:
    chat = ConversationAccount(id="19:lunch@thread.v2")
    channel_data = {"tenant": {"id": TENANT}}
    activity = Activity(type="invoke", value=value, locale=locale, channel_data=channel_data, conversation=chat)
    answer: dict[str, Any] = (await extension.search(activity))["composeExtension"]
    return answer


def picks(answer: dict[str, Any]) -> list[str]:
    return [attachment["preview"]["content"]["title"] for attachment in answer["attachments"]]


async def test_a_card_is_found_and_shared_from_a_chat_where_the_bot_is_not(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        status, answer = await lene.sends(invoke(lene, asked("demens")))
        assert status == 200
        [attachment] = answer["composeExtension"]["attachments"]
        assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        assert attachment["preview"] == {
            "contentType": "application/vnd.microsoft.card.thumbnail",
            "content": {
                "title": "Mødet med borgere med demens",
                "text": "Næste hold tirsdag den 2. marts · 20 ledige pladser · "
                "Eget kursus · 2 dage · Rådhuset · Gratis",
            },
        }
        read, want = reversed(attachment["content"]["actions"])
        assert [read["title"], want["title"]] == ["Læs mere", "Det vil jeg gerne"]
        assert read["url"] == "https://kompetencebot.example.dk/forloeb/DEM-1"
        assert town.teams.received == []


async def test_whoever_reads_the_card_opens_the_offer_with_the_sentence_that_its_button_prepares(
    database: Database,
) -> None:
    async with town_in_teams(database) as town:
        lene, mads = await town.leader(), await town.settle("Mads Kjær")
        _, answer = await lene.sends(invoke(lene, asked("demens")))
        [want, _] = answer["composeExtension"]["attachments"][0]["content"]["actions"]
        chat = urlsplit(want["url"])
        parts = parse_qs(chat.query)
        assert (chat.netloc, chat.path) == ("teams.microsoft.com", "/l/chat/0/0")
        assert (parts["users"], parts["tenantId"]) == ([ADDRESSES.bot], [TENANT])
        assert parts["message"] == ["Det vil jeg gerne: Mødet med borgere med demens (DEM-1)"]
        for reader in (mads, lene):
            await reader.says(parts["message"][0])
            assert "Skabe ro om borgeren" in reader.heard()
            assert "https://kompetencebot.example.dk/forloeb/DEM-1" in reader.heard()


async def test_searching_leaves_no_trace(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        search = invoke(lene, asked("demens"))
        assert await lene.sends(search) == await lene.repeats(search)
        async with database.read_only(TENANT) as work:
            assert await work.inbox.seen(search["conversation"]["id"], search["id"]) is None


async def test_only_signed_requests_of_the_municipality_are_answered(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        for name in (SEARCH, LINK):
            search = invoke(lene, asked("demens"), name)
            forged = town.teams.token(signed_with=1)
            elsewhere = {**search, "channelData": {"tenant": {"id": FOREIGN_TENANT}}}
            nowhere = {
                **search,
                "channelData": {},
                "conversation": {"id": "redacted", "conversationType": "groupChat"},
            }
            other_service = {**search, "serviceUrl": "https://evil.example/"}
            statuses = [
                (await town.bot.post(search, forged))[0].status,
                (await town.bot.post(search))[0].status,
                (await town.bot.post(elsewhere, town.teams.token()))[0].status,
                (await town.bot.post(nowhere, town.teams.token()))[0].status,
                (await town.bot.post(other_service, town.teams.token()))[0].status,
            ]
            assert statuses == [401, 401, 403, 403, 401]


async def test_a_link_to_an_offer_becomes_its_card(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        for url in (
            "https://kompetencebot.example.dk/forloeb/DEM-1",
            "https://KOMPETENCEBOT.example.dk/forloeb/dem-1/?x=1#top",
            "https://kurser.example.dk/dem-1",
        ):
            _, answer = await lene.sends(invoke(lene, {"url": url}, LINK))
            [attachment] = answer["composeExtension"]["attachments"]
            assert attachment["content"]["version"] == "1.3", url
            assert attachment["preview"]["content"]["title"] == "Mødet med borgere med demens"


@pytest.mark.parametrize(
    "url",
    [
        "https://kompetencebot.example.dk/forloeb/DEM-9",
        "https://kompetencebot.example.dk/forloeb/",
        "https://kompetencebot.example.dk/healthz",
        "https://evil.example/forloeb/DEM-1",
        "https://kompetencebot.example.dk@evil.example/forloeb/DEM-1",
        "",
    ],
)
async def test_any_other_link_stays_a_link(database: Database, url: str) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        status, answer = await lene.sends(invoke(lene, {"url": url}, LINK))
        assert (status, answer["composeExtension"]["attachments"]) == (200, [])


@pytest.mark.parametrize("name", [SEARCH, LINK])
async def test_odd_values_are_answered_all_the_same(database: Database, name: str) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        for value in ODD_VALUES:
            status, answer = await lene.sends(invoke(lene, value, name))
            assert status == 200, value
            assert answer["composeExtension"]["type"] == "result", value


async def no_turn(context: TurnContext) -> None:
    raise AssertionError(context.activity.name)


KEYS = st.sampled_from(["parameters", "name", "value", "queryOptions", "skip", "count", "url"])
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON, name=st.sampled_from([SEARCH, LINK]))
async def test_whatever_json_is_sent_it_is_answered(database: Database, value: Any, name: str) -> None:
    async with fake_teams() as teams:
        extension = MessageExtension(database, Catalogue(SMALL_INDEX), ADDRESSES, StoppedClock())  # type: ignore[arg-type]

        async with running_bot(teams, Invokes(no_turn, extension.answers)) as bot:
            response, answer = await bot.post(teams.message(type="invoke", name=name, value=value), teams.token())
            assert response.status == 200
            assert answer["composeExtension"]["type"] in {"result", "message"}


@pytest.mark.parametrize(
    ("value", "query"),
    [
        (asked("demens", 25, 10), Query("demens", 25, 10)),
        (asked(), Query("")),
        ({"parameters": [{"value": "uden navn"}]}, Query("uden navn")),
        ({"parameters": [{"name": "x", "value": "x"}, {"name": "query", "value": " y "}]}, Query("y")),
        ({"queryOptions": {"skip": -1, "count": 10**9}}, Query("", 0, MOST_AT_ONCE)),
        ({"queryOptions": {"skip": 10**9, "count": 0}}, Query("", FURTHEST, 1)),
        (asked("Kursus til 010203-1234"), Query("Kursus til [CPR fjernet]")),
    ],
)
def test_a_query_is_read_whatever_it_is(value: object, query: Query) -> None:
    assert read_query(value) == query


async def test_the_pages_of_a_search_follow_on_each_other(extension: MessageExtension) -> None:
    whole = picks(await answered(extension, asked("demens")))
    parts = [picks(await answered(extension, asked("demens", skip, 5))) for skip in range(0, 25, 5)]
    assert len(whole) > 10
    assert [title for part in parts for title in part] == whole
    assert picks(await answered(extension, asked("demens", 400))) == []


async def test_before_anything_is_typed_the_next_runs_are_listed(extension: MessageExtension) -> None:
    answer = await answered(extension, asked(count=3))
    texts = [attachment["preview"]["content"]["text"] for attachment in answer["attachments"]]
    assert len(texts) == 3
    assert all(text.startswith("Næste hold") for text in texts)


async def test_what_is_often_chosen_comes_before_the_next_runs_and_only_once(
    database: Database, extension: MessageExtension
) -> None:
    for code, times in {"DEM-02": 4, "MED-01": 3, "AUT-01": 2, "GONE-1": 9}.items():
        async with database.unit_of_work(TENANT) as work:
            for _ in range(times):
                await work.choices.count(["hverdag"], code)
            await work.commit()
    answer = await answered(extension, asked())
    assert picks(answer)[0] == "Demens og svære situationer i plejen"
    often = [text for text in answer["attachments"] if "Ofte valgt" in text["preview"]["content"]["text"]]
    assert len(often) == 2
    following = picks(answer) + picks(await answered(extension, asked(skip=25)))
    assert len(set(following)) == len(following) == 50


async def test_an_offer_is_found_by_its_code_and_by_its_title(extension: MessageExtension) -> None:
    for text in ("dem-02", "DEM-02", "Demens og svære situationer i plejen"):
        assert picks(await answered(extension, asked(text)))[0] == "Demens og svære situationer i plejen"


@pytest.mark.parametrize(
    ("typed", "meant"), [("d", "d"), ("dem", "dem"), ("konf", "konf"), ("demens hj", "demens")]
)
async def test_a_word_that_is_still_being_typed_finds_what_begins_with_it(
    extension: MessageExtension, typed: str, meant: str
) -> None:
    titles = picks(await answered(extension, asked(typed)))
    assert titles
    assert meant in titles[0].casefold()


async def test_nothing_found_is_a_kind_message_with_a_way_on(extension: MessageExtension) -> None:
    answer = await answered(extension, asked("zq" * 50))
    assert answer["type"] == "message"
    assert "skriv til Kompetencebot" in answer["text"]


async def test_the_list_speaks_the_searchers_language_and_the_card_danish(extension: MessageExtension) -> None:
    [found, *_] = (await answered(extension, asked("dem-02"), "en-GB"))["attachments"]
    assert "Next date" in found["preview"]["content"]["text"]
    assert [action["title"] for action in found["content"]["actions"]] == ["Det vil jeg gerne", "Læs mere"]


async def test_without_a_public_host_the_chat_is_where_to_read_more(
    database: Database, sample: MatchIndex
) -> None:
    addresses = Addresses("", ADDRESSES.bot, TENANT)
    extension = MessageExtension(database, Catalogue(sample), addresses, StoppedClock())  # type: ignore[arg-type]
    [found, *_] = (await answered(extension, asked("dem-02")))["attachments"]
    [_, read] = found["content"]["actions"]
    message = parse_qs(urlsplit(read["url"]).query)["message"]
    assert message == ["Vis Demens og svære situationer i plejen (DEM-02)"]


async def test_a_preview_has_no_marks_that_a_client_could_read_as_more_than_text(database: Database) -> None:
    offer = SMALL_INDEX.offer("DEM-1")
    assert offer
    index = MatchIndex.build([replace(offer, title="<b>Demens</b> [klik](https://evil.example)")], [])
    extension = MessageExtension(database, Catalogue(index), ADDRESSES, StoppedClock())  # type: ignore[arg-type]
    [title] = picks(await answered(extension, asked("demens")))
    assert not set("<>[]") & set(title)


class _NoCatalogue:
    async def index_of(self, tenant: str) -> MatchIndex:
        raise DatabaseUnavailableError


async def test_a_lost_database_is_told_in_words(database: Database) -> None:
    extension = MessageExtension(database, _NoCatalogue(), ADDRESSES, StoppedClock())  # type: ignore[arg-type]
    answer = await answered(extension, asked("demens"))
    assert (answer["type"], answer["text"][:26]) == ("message", "Jeg har meget travlt lige ")
