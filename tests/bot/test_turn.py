"""The turn: one effect and one answer, whoever else is at it and wherever the process dies."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
from botbuilder.schema import ActivityTypes

from bot import turn as turn_module
from bot.delivery import ConnectorError, Outcome, Sent
from bot.turn import MOST_RUNS
from centre.ports import ConflictError
from centre.queue_query import Criteria
from dialogs.conversation import Conversation
from tests.chat import TENANT

if TYPE_CHECKING:
    from botbuilder.core import TurnContext
    from botbuilder.schema import Activity

    from dialogs.turn import Turn
    from tests.chat import Chat, Town

COMPLETE = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"


class Interrupted(Conversation):
    """A conversation after which something goes wrong, a number of times."""

    def __init__(self, town: Town, error: Exception, times: int) -> None:
        super().__init__()
        self.error, self.times, self.runs = error, times, 0
        town.turns._conversation = self

    async def respond(self, turn: Turn) -> None:
        await super().respond(turn)
        self.runs += 1
        if self.runs <= self.times:
            raise self.error


class Gate:
    """A catalogue that one person's turn has to wait for."""

    def __init__(self, town: Town) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()
        self._catalogue = town.turns._catalogues
        self._held = False
        town.turns._catalogues = self  # type: ignore[assignment] # the part that turns use

    async def index_of(self, tenant: str) -> Any:
        if not self._held:
            self._held = True
            self.reached.set()
            await self.opened.wait()
        return await self._catalogue.index_of(tenant)


async def at_summary(town: Town) -> tuple[Chat, Activity]:
    """A leader about to send, and the click that does it."""
    lene = await town.leader()
    await lene.user(COMPLETE)
    await lene.clicks("Vælg")
    return lene, lene.click(lene.messages[-1], "Send til centret")


async def requests(town: Town) -> list[Any]:
    async with town.database.read_only(TENANT) as work:
        return list(await work.requests.find(Criteria(), 100))


async def test_what_was_committed_and_not_said_is_said_when_the_same_click_comes_again(town: Town) -> None:
    lene, click = await at_summary(town)
    town.door.fail_next_send = True
    said_before = len(lene.messages)
    with pytest.raises(ConnectionAbortedError):
        await town.receive(click)
    assert len(lene.messages) == said_before
    await town.restart()
    await town.receive(click)
    assert lene.messages[-1].words.startswith("Tak! KV-2026-0001 er sendt")
    said = len(lene.messages)
    await town.receive(click)
    assert len(lene.messages) == said
    assert len(await requests(town)) == 1


async def test_what_was_committed_and_not_said_is_not_done_again_by_another_click(town: Town) -> None:
    lene, click = await at_summary(town)
    town.door.fail_next_send = True
    with pytest.raises(ConnectionAbortedError):
        await town.receive(click)
    await town.restart()
    click.id = "another"
    await town.receive(click)
    assert lene.messages[-1].words.startswith("KV-2026-0001 er allerede sendt")
    assert len(await requests(town)) == 1


async def test_a_turn_that_ends_before_its_commit_leaves_nothing_behind(town: Town) -> None:
    lene, click = await at_summary(town)
    said = len(lene.messages)
    Interrupted(town, RuntimeError("the process died here"), 1)
    with pytest.raises(RuntimeError):
        await town.receive(click)
    assert await requests(town) == []
    assert len(lene.messages) == said
    await town.restart()
    await town.receive(click)
    [request] = await requests(town)
    assert str(request.number) == "KV-2026-0001"
    assert lene.messages[-1].words.startswith("Tak! KV-2026-0001 er sendt")


async def test_after_a_conflict_the_turn_runs_again_and_everything_is_said_once(town: Town) -> None:
    lene, click = await at_summary(town)
    conversation = Interrupted(town, ConflictError(), MOST_RUNS - 1)
    said = len(lene.messages)
    await town.receive(click)
    assert conversation.runs == MOST_RUNS
    assert [message.words.partition(".")[0] for message in lene.messages[said:]] == [
        "Tak! KV-2026-0001 er sendt til kompetencecentret"
    ]
    assert len(await requests(town)) == 1


async def test_after_three_conflicts_the_person_is_told_kindly_and_can_click_again(town: Town) -> None:
    lene, click = await at_summary(town)
    Interrupted(town, ConflictError(), MOST_RUNS)
    await town.receive(click)
    assert re.search(r"Jeg har meget travlt lige nu.* Kode: [2-9A-Z]{8}$", lene.messages[-1].words)
    assert await requests(town) == []
    click.id = "another"
    await town.receive(click)
    assert lene.messages[-1].words.startswith("Tak! KV-2026-0001 er sendt")


async def test_a_busy_answer_to_a_button_in_the_channel_is_for_the_one_who_pressed(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    Interrupted(town, ConflictError(), MOST_RUNS)
    await kirsten.clicks_in_channel("case.take", request="x")
    assert "Jeg har meget travlt lige nu" in kirsten.whispered


async def test_two_conversations_do_not_wait_for_each_other(town: Town) -> None:
    lene, mads = await town.leader(), await town.employee()
    gate = Gate(town)
    waiting = asyncio.create_task(lene.user("hej"))
    await gate.reached.wait()
    await mads.user("hej")
    assert mads.messages
    assert not lene.messages
    gate.opened.set()
    await waiting
    assert lene.messages


async def test_messages_of_one_conversation_are_answered_in_their_order(town: Town) -> None:
    lene = await town.leader()
    gate = Gate(town)
    first = asyncio.create_task(lene.user(COMPLETE))
    await gate.reached.wait()
    rest = [asyncio.create_task(lene.user(words)) for words in ("ingen af dem", "send", "mine henvendelser")]
    gate.opened.set()
    await asyncio.gather(first, *rest)
    assert [message.words.partition("\n")[0] for message in lene.messages] == [
        "Det her passer godt", "Klar til at sende?", "KV-2026-0001 er sendt", "Dine henvendelser",
    ]  # fmt: skip


async def test_no_lock_is_kept_of_a_conversation_that_is_quiet(town: Town) -> None:
    people = [await town.leader(f"Leder {number}") for number in range(20)]
    await asyncio.gather(*(person.user("hej") for person in people))
    assert len(town.turns._locks) == 0


async def test_typing_is_shown_when_an_answer_takes_longer_than_a_moment(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_module, "TYPING_AFTER_SECONDS", 0)
    lene = await town.leader()
    gate = Gate(town)
    shown = observe(town)
    answering = asyncio.create_task(lene.user("hej"))
    async with asyncio.timeout(30):
        assert await shown.get() == ActivityTypes.typing
    assert not lene.messages
    gate.opened.set()
    await answering
    assert lene.messages


async def test_typing_that_teams_refuses_spoils_no_answer(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn_module, "TYPING_AFTER_SECONDS", 0)
    lene = await town.leader()
    gate = Gate(town)
    shown = observe(town, refused=ActivityTypes.typing)
    answering = asyncio.create_task(lene.user("hej"))
    async with asyncio.timeout(30):
        await shown.get()
    gate.opened.set()
    await answering
    assert "Hej Lene" in lene.messages[-1].words


async def test_nothing_is_typed_when_an_answer_comes_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn_module, "TYPING_AFTER_SECONDS", 3600)
    shown = observe(town)
    lene = await town.leader()
    await lene.user("hej")
    assert shown.get_nowait() == ActivityTypes.message
    assert shown.empty()


async def test_an_answer_that_teams_did_not_take_is_said_when_the_message_comes_again(town: Town) -> None:
    lene = await town.leader()
    message = lene.activity(type=ActivityTypes.message, text="hej")
    observe(town, refused=ActivityTypes.message)
    await town.receive(message)
    assert not lene.messages
    await town.restart()
    await town.receive(message)
    assert "Hej Lene" in lene.messages[-1].words


async def test_a_card_that_cannot_become_a_receipt_keeps_nobody_from_the_answer(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lene, click = await at_summary(town)

    async def refuse(*_: object) -> None:
        raise ConnectorError(Sent(Outcome.GONE, status=404))

    monkeypatch.setattr(town.door, "update_activity", refuse)
    await town.receive(click)
    assert lene.messages[-1].words.startswith("Tak! KV-2026-0001 er sendt")


def observe(town: Town, refused: str = "") -> asyncio.Queue[str]:
    """Return a queue of the types of what is sent; Teams refuses those of one type."""
    seen: asyncio.Queue[str] = asyncio.Queue()
    send = town.door.send_activities

    async def observed(context: TurnContext, activities: list[Activity]) -> Any:
        for activity in activities:
            seen.put_nowait(activity.type)
            if activity.type == refused:
                raise ConnectorError(Sent(Outcome.REFUSED, status=400))
        return await send(context, activities)

    town.door.send_activities = observed  # type: ignore[method-assign]
    return seen
