"""The bot from socket to database: what people do, what Teams is sent, and what is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from storage import Database
from tests.bot.town_in_teams import COMPLETE, second_bot, town_in_teams

if TYPE_CHECKING:
    from tests.databases import PostgresServer

EVERY_VERB_WITH_A_REQUEST = (
    *("request.show", "request.edit", "request.withdraw", "request.restore"),
    *("case.show", "case.take"),
)


async def test_a_need_is_filed_taken_and_its_leader_told(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.says(COMPLETE)
        assert "Mødet med borgere med demens" in lene.heard()
        await lene.presses("Vælg")
        assert "Klar til at sende?" in lene.heard()
        await lene.presses("Send til centret")
        assert "KV-2026-0001 er sendt" in lene.heard()
        await town.deliver()
        [case] = town.cases
        assert COMPLETE in case.words
        assert await kirsten.takes(case) == "KV-2026-0001 er din. Lederen får besked."
        await town.deliver()
        [updated] = town.cases
        assert (updated.id, updated.buttons[0]["title"]) == (case.id, "Giv videre")
        assert "Kirsten Bang har sagen" in updated.words
        assert "Kirsten Bang fra kompetencecentret har taget din sag KV-2026-0001" in lene.heard()


async def test_messages_that_come_at_once_right_after_a_start_are_all_let_in(database: Database) -> None:
    async with town_in_teams(database) as town:
        people = [await town.leader(name) for name in ("Lene Holm", "Amina Berg", "Søren Dal")]
        answers = await asyncio.gather(*(person.says("hej") for person in people))
        assert [status for status, _ in answers] == [200, 200, 200]
        assert all("Hej" in person.heard() for person in people)


async def test_the_same_message_again_has_one_effect_and_one_answer(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.says(COMPLETE)
        await lene.presses("Vælg")
        press = lene.press("Send til centret")
        await lene.sends(press)
        once = [message.id for message in lene.messages]
        assert await lene.repeats(press) == (200, None)
        assert [message.id for message in lene.messages] == once
        assert len(await town.requests()) == 1


async def test_the_same_message_four_times_at_once_has_one_effect_and_one_answer(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.says(COMPLETE)
        await lene.presses("Vælg")
        press = lene.press("Send til centret")
        lene.read = len(lene.messages)
        answers = await asyncio.gather(*(lene.repeats(press) for _ in range(4)))
        assert answers == [(200, None)] * 4
        assert lene.heard().count("KV-2026-0001 er sendt") == 1
        assert len(await town.requests()) == 1


async def test_two_clicks_at_once_on_one_button_make_one_request(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.says(COMPLETE)
        await lene.presses("Vælg")
        clicks = lene.press("Send til centret"), lene.press("Send til centret")
        lene.read = len(lene.messages)
        await asyncio.gather(*map(lene.repeats, clicks))
        assert lene.heard().count("Tak! KV-2026-0001 er sendt") == 1
        assert lene.heard().count("KV-2026-0001 er allerede sendt") == 1
        assert len(await town.requests()) == 1


async def test_clicks_that_reach_two_replicas_at_once_make_one_request(postgres_server: PostgresServer) -> None:
    url = postgres_server.create(postgres_server.template)
    one, two = await Database.open(url), await Database.open(url)
    try:
        async with town_in_teams(one) as town, second_bot(town.teams, two) as replica:
            lene = await town.leader()
            await lene.says(COMPLETE)
            await lene.presses("Vælg")
            lene.read = len(lene.messages)
            token = town.teams.token()
            bots = [town.bot, replica.bot] * 2
            await asyncio.gather(*(bot.post(lene.press("Send til centret"), token) for bot in bots))
            assert lene.heard().count("Tak! KV-2026-0001 er sendt") == 1
            assert lene.heard().count("KV-2026-0001 er allerede sendt") == 3
            assert [str(request.number) for request in await town.requests()] == ["KV-2026-0001"]
    finally:
        await two.close()
        await one.close()
        postgres_server.drop(url)


async def test_of_two_who_take_a_case_at_once_one_has_it_and_the_other_is_told_who(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
        lene = await town.leader()
        await lene.files()
        await town.deliver()
        [case] = town.cases
        heard = await asyncio.gather(kirsten.takes(case), grethe.takes(case))
        [request] = await town.requests()
        winner, told = (heard[0], heard[1]) if request.assignee_id == kirsten.id else (heard[1], heard[0])
        assert winner == "KV-2026-0001 er din. Lederen får besked."
        assert told == f"{request.assignee_name} har allerede taget KV-2026-0001."
        await town.deliver()
        assert lene.heard().count("har taget din sag") == 1
        assert len(town.cases) == 1


async def test_a_button_in_the_channel_that_teams_sends_again_is_answered_again(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.files()
        await town.deliver()
        [case] = town.cases
        press = kirsten.execution(**case.buttons[0]["data"])
        assert (await kirsten.repeats(press))[0] == 200
        status, answer = await kirsten.repeats(press)
        assert status == 200
        assert answer["statusCode"] == 200
        [request] = await town.requests()
        assert request.assignee_id == kirsten.id


async def test_of_two_municipalities_neither_sees_the_requests_of_the_other(database: Database) -> None:
    async with town_in_teams(database, signed=False) as town:
        lene = await town.leader()
        await town.consultant()
        await lene.files()
        [request] = await town.requests()
        await town.deliver()
        before = len(town.cases)
        other = await town.settle("Ulla Udenfor", tenant="bbbbbbbb-1111-4222-8333-444444444444")
        for verb in (
            "request.show",
            "request.edit",
            "request.withdraw",
            "request.restore",
            "case.show",
            "case.take",
        ):
            await other.sends(other.activity(value={"verb": verb, "request": request.id}))
            assert other.heard()
            assert "Solgården" not in other.heard()
            status, _ = await other.executes(verb, request=request.id)
            assert status == 200
        for words in (str(request.number), f"træk {request.number} tilbage", "kø", "mine henvendelser"):
            await other.says(words)
            assert "Solgården" not in other.heard()
            await other.sends(other.in_channel(text=words))
        await town.deliver()
        assert await town.requests() == [request]
        assert await town.requests(other.tenant) == []
        assert len(town.cases) == before
        assert all("Solgården" not in message.words for message in other.messages)
