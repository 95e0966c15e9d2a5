"""Notices on their way: in order, in place, once, and whatever Teams answers."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot import case_cards as case_cards_module
from bot import notifier as notifier_module
from bot.notifier import Notifier
from centre.notices import Notice, NoticeKind
from storage import Database
from storage.outbox import LEASE, MAX_ATTEMPTS
from tests.bot.fake_teams import error
from tests.bot.town_in_teams import second_bot, town_in_teams

if TYPE_CHECKING:
    import pytest

    from tests.bot.town_in_teams import TownInTeams
    from tests.databases import PostgresServer

TAKEN = "fra kompetencecentret har taget din sag"


def wait(town: TownInTeams, **time: float) -> None:
    """Let time pass, for the outbox and for the connector."""
    town.database.clock_offset += timedelta(**time)
    town.bot.clock.seconds += timedelta(**time).total_seconds()


async def test_a_card_follows_its_request_in_place(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        await town.deliver()
        [posted] = town.cases
        await lene.says("træk tilbage")
        await town.deliver()
        [withdrawn] = town.cases
        assert withdrawn.id == posted.id
        assert "Trukket tilbage" in withdrawn.words
        assert "Tag sagen" not in [button["title"] for button in withdrawn.buttons]
        await lene.says("fortryd")
        await town.deliver()
        [restored] = town.cases
        assert "Tag sagen" in [button["title"] for button in restored.buttons]


async def test_a_card_that_somebody_deleted_is_posted_anew_and_followed_from_then_on(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        await town.deliver()
        await lene.says("træk tilbage")
        town.teams_answers(error(404, "ActivityNotFoundInConversation"))
        await town.deliver()
        await lene.says("fortryd")
        await town.deliver()
        _, posted_anew = town.cases
        assert "Tag sagen" in [button["title"] for button in posted_anew.buttons]


async def test_requests_that_came_before_there_was_a_channel_arrive_when_one_is_chosen(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.files()
        await lene.files("8 pædagoger skal lære low arousal")
        await town.deliver()
        assert (await town.outbox.depth()).waiting == 1
        await town.consultant()
        await town.deliver()
        assert ["KV-2026-0001" in town.cases[0].words, "KV-2026-0002" in town.cases[1].words] == [True, True]


async def test_cards_wait_while_the_bot_is_not_in_the_team_and_come_when_it_is_added(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.files()
        town.teams_answers(error(403, "BotNotInConversationRoster"))
        await town.deliver()
        assert (await town.outbox.depth()).waiting == 1
        assert town.cases == []
        await kirsten.sends(kirsten.in_channel(type="installationUpdate", action="add"))
        await town.deliver()
        assert len(town.cases) == 1


async def test_who_removed_the_app_is_told_when_it_is_installed_again(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.files()
        await town.deliver()
        await lene.sends(lene.activity(type="installationUpdate", action="remove"))
        await kirsten.takes(town.cases[0])
        await town.deliver()
        assert lene.heard() == ""
        assert (await town.outbox.depth()).waiting == 1
        await lene.sends(lene.activity(type="installationUpdate", action="add"))
        await town.deliver()
        assert TAKEN in lene.heard()
        assert (await town.outbox.depth()).waiting == 0


async def test_who_blocked_the_bot_is_left_alone(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.files()
        await town.deliver()
        await kirsten.takes(town.cases[0])

        async def answer() -> web.Response:
            to_lene = lene.id in town.teams.received[-1].path
            return error(403, "ConversationBlockedByUser") if to_lene else web.json_response({"id": "sent"})

        town.teams_answers(answer, answer)
        await town.deliver()
        letters = {letter.notice.kind: letter for letter in await town.outbox.dead_letters(5)}
        assert "ConversationBlockedByUser" in letters[NoticeKind.CASE_EVENT].error
        async with database.read_only(town.tenant) as work:
            assert await work.conversations.personal(lene.id) is None


async def test_a_chat_that_moved_is_reached_where_it_is_now(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.files()
        await town.deliver()
        moved = {"id": "a:lene-new", "conversationType": "personal", "tenantId": town.tenant}
        await lene.sends(lene.activity(text="hej", conversation=moved))
        await kirsten.takes(town.cases[0])
        await town.deliver()
        assert TAKEN in town.messages("a:lene-new")[-1].words
        assert all(TAKEN not in message.words for message in lene.messages)


async def test_a_notice_is_worded_in_the_language_of_its_reader(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.files()
        await lene.says("english")
        await town.deliver()
        await kirsten.takes(town.cases[0])
        await town.deliver()
        assert "KV-2026-0001" in lene.messages[-1].words
        assert TAKEN not in lene.messages[-1].words


async def test_too_many_requests_hold_the_channel_for_as_long_as_teams_asks(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        await lene.files("8 pædagoger skal lære low arousal")
        for _ in range(MAX_ATTEMPTS + 1):
            await town.who.is_staff(town.tenant, "")  # the roster is fresh: the next request is the card
            town.teams_answers(error(429, Retry_After="120"))
            await town.deliver()
            assert town.teams.answers == []
            await town.deliver()
            assert town.cases == []
            wait(town, seconds=121)
        await town.deliver()
        assert ["KV-2026-0001" in town.cases[0].words, "KV-2026-0002" in town.cases[1].words] == [True, True]
        assert (await town.outbox.depth()).dead == 0


async def test_a_card_that_teams_fails_on_every_time_ends_as_a_dead_letter_and_frees_the_next(
    database: Database,
) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        await lene.files("8 pædagoger skal lære low arousal")
        for _ in range(MAX_ATTEMPTS):
            await town.who.is_staff(town.tenant, "")
            town.teams_answers(error(500))
            await town.deliver()
            wait(town, hours=6)
        await town.deliver()
        [case] = town.cases
        assert "KV-2026-0002" in case.words
        [letter] = await town.outbox.dead_letters(5)
        assert letter.attempts == MAX_ATTEMPTS


async def test_a_refused_card_is_a_dead_letter_at_once(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        town.teams_answers(error(413, "MessageSizeTooBig"))
        await town.deliver()
        [letter] = await town.outbox.dead_letters(5)
        assert letter.error == "refused 413 MessageSizeTooBig"


async def test_a_card_that_cannot_be_made_stops_no_other_reader(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader()
        await lene.files()
        await town.deliver()
        await kirsten.takes(town.cases[0])

        with monkeypatch.context() as patch:
            patch.setattr(case_cards_module, "case_card", None)
            await town.deliver()
        assert TAKEN in lene.heard()
        wait(town, minutes=1)
        await town.deliver()
        assert "Kirsten Bang har sagen" in town.cases[0].words


async def test_two_notifiers_deliver_each_of_a_hundred_notices_once(postgres_server: PostgresServer) -> None:
    url = postgres_server.create(postgres_server.template)
    one, two = await Database.open(url), await Database.open(url)
    try:
        async with town_in_teams(one) as town, second_bot(town.teams, two) as replica:
            readers = [await town.leader(f"Leder {number}") for number in range(20)]
            for reader in readers:
                await reader.says("hej")
            await readers[0].files()
            [request] = await town.requests()
            async with one.unit_of_work(town.tenant) as work:
                for number in range(100):
                    reader = readers[number % len(readers)]
                    await work.notices.add(
                        Notice(NoticeKind.CASE_TAKEN, reader.id, request.id, f"notice:{number}")
                    )
                await work.commit()
            before = len(town.teams.received)
            await asyncio.gather(town.deliver(), replica.deliver())
            told = town.teams.received[before:]
            assert len(told) == 100
            assert {path: [it.path for it in told].count(path) for path in {it.path for it in told}} == {
                f"/v3/conversations/a%3Aleder.{number}/activities": 5 for number in range(20)
            }
    finally:
        await two.close()
        await one.close()
        postgres_server.drop(url)


async def test_a_commit_wakes_a_notifier_that_sleeps(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifier_module, "POLL_SECONDS", 3600.0)
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader()
        posted = asyncio.Event()
        async with running(town.notifier):
            await lene.says("8 pædagoger skal lære low arousal")
            await lene.says("ingen af dem")

            async def answer() -> web.Response:
                posted.set()
                return web.json_response({"id": "card"}, status=201)

            receipt = web.json_response({"id": "receipt"}, status=201)
            town.teams_answers(receipt, answer)
            await lene.says("send")
            async with asyncio.timeout(30):
                await posted.wait()


async def test_a_notifier_stops_at_once_and_what_was_on_its_way_is_delivered_later(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader()
        await lene.files()
        reached, never = asyncio.Event(), asyncio.Event()

        async def hang() -> web.Response:
            reached.set()
            await never.wait()
            return web.Response()

        town.teams_answers(hang)
        async with running(town.notifier), asyncio.timeout(30):
            await reached.wait()
        never.set()
        await Notifier(database, town.outbox, town.postman).deliver_due()
        assert town.cases == []  # the lease is still held
        wait(town, seconds=LEASE.total_seconds() + 1)
        await town.deliver()
        assert len(town.cases) == 1


class running:  # noqa: N801 - reads as a word
    """Run a notifier beside the block and stop it at its end, which must not take long."""

    def __init__(self, notifier: Notifier) -> None:
        self._notifier = notifier

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._notifier.run())

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        done, _pending = await asyncio.wait([self._task], timeout=30)
        assert done
        assert self._task.cancelled()
