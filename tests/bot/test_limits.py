"""Whoever sends too much is told once and held up; nobody else notices, and no honest hand is ever too quick."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import limits as module
from bot.inbound import CARD_ACTION
from bot.limits import BURST_SECONDS, Limit, LimitedTurns, Verdict
from bot.metrics import Metrics
from tests.bot.fake_teams import fake_teams, running_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from botbuilder.core import TurnContext

    from tests.bot.fake_teams import FakeTeams, RunningBot

PER_MINUTE = 120
BURST = 30
TOO_FAST = "Nu gik det lidt stærkt for mig"


@dataclass
class Clock:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


pauses = st.lists(st.floats(0, 5), min_size=1, max_size=300)


@given(pauses)
def test_no_stretch_of_time_brings_more_than_burst_and_rate_allow(pauses: list[float]) -> None:
    clock = Clock()
    limit = Limit(PER_MINUTE, clock)
    taken: list[float] = []
    for pause in pauses:
        clock.seconds += pause
        if limit.ask("lene") is Verdict.TAKEN:
            taken.append(clock.seconds)
    for first, since in enumerate(taken):
        for last, until in enumerate(taken[first:], 1):
            assert last <= BURST + (until - since) * PER_MINUTE / 60 + 1e-6


@given(st.lists(st.floats(60 / PER_MINUTE, 5), max_size=200))
def test_whoever_keeps_to_the_rate_is_never_refused(pauses: list[float]) -> None:
    clock = Clock()
    limit = Limit(PER_MINUTE, clock)
    for pause in pauses:
        clock.seconds += pause
        assert limit.ask("lene") is Verdict.TAKEN


def test_thirty_at_once_are_taken_and_the_next_is_told_once_a_flood() -> None:
    clock = Clock()
    limit = Limit(PER_MINUTE, clock)
    assert {limit.ask("lene") for _ in range(BURST)} == {Verdict.TAKEN}
    assert [limit.ask("lene") for _ in range(3)] == [Verdict.TOLD, Verdict.PASSED_OVER, Verdict.PASSED_OVER]
    assert limit.ask("mads") is Verdict.TAKEN
    clock.seconds += 60 / PER_MINUTE
    assert [limit.ask("lene") for _ in range(3)] == [Verdict.TAKEN, Verdict.TOLD, Verdict.PASSED_OVER]
    clock.seconds += BURST_SECONDS
    assert {limit.ask("lene") for _ in range(BURST)} == {Verdict.TAKEN}


def test_one_a_minute_takes_one_and_nought_takes_all() -> None:
    clock = Clock()
    slow, free = Limit(1, clock), Limit(0, clock)
    assert [slow.ask("lene") for _ in range(2)] == [Verdict.TAKEN, Verdict.TOLD]
    clock.seconds += 60
    assert slow.ask("lene") is Verdict.TAKEN
    assert {free.ask("lene") for _ in range(1000)} == {Verdict.TAKEN}


def test_callers_without_number_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 100)
    clock = Clock()
    limit = Limit(PER_MINUTE, clock)
    for number in range(1000):
        clock.seconds += 0.001
        limit.ask(number)
        assert len(limit) <= 100


def test_whoever_is_too_fast_stays_so_while_the_silent_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 3)
    clock = Clock()
    limit = Limit(PER_MINUTE, clock)
    limit.ask("mads")
    clock.seconds += 1
    while limit.ask("lene") is Verdict.TAKEN:
        pass
    for name in ("bo", "eva"):
        limit.ask(name)
    assert limit.ask("lene") is Verdict.PASSED_OVER


@dataclass
class Door:
    """A bot behind limits of three a person and five a tenant."""

    bot: RunningBot
    teams: FakeTeams
    metrics: Metrics
    turns: list[str] = field(default_factory=list)

    async def post(self, who: str, **changes: Any) -> tuple[int, Any]:
        sender = {"id": f"29:{who}", "aadObjectId": who, "name": who}
        response, answer = await self.bot.post(
            self.teams.message(**{"from": sender, **changes}), self.teams.token()
        )
        return response.status, answer

    def said(self) -> list[str]:
        return [entry.body["text"] for entry in self.teams.received]

    def refused(self, of: str) -> float:
        name = "kompetencebot_refused_requests_total"
        return self.metrics.registry.get_sample_value(name, {"reason": f"{of}-too-fast"}) or 0.0


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    clock, turns, metrics = Clock(), [], Metrics()

    async def turn(context: TurnContext) -> None:
        turns.append(context.activity.from_property.aad_object_id)
        if context.activity.type == "message":
            await context.send_activity("hej")

    # A burst is what a quarter of a minute brings.
    on_turn = LimitedTurns(turn, Limit(12, clock), Limit(20, clock), metrics)
    async with fake_teams() as teams, running_bot(teams, on_turn) as bot:
        yield Door(bot, teams, metrics, turns)


async def test_a_flood_is_answered_once_and_others_are_served(door: Door) -> None:
    for _ in range(10):
        assert (await door.post("lene"))[0] == 200
    assert (await door.post("mads"))[0] == 200
    assert door.turns == ["lene"] * 3 + ["mads"]
    assert [text.startswith(TOO_FAST) for text in door.said()] == [False] * 3 + [True, False]
    assert (door.refused("person"), door.refused("tenant")) == (7, 0)


async def test_many_people_of_one_tenant_are_held_up_together(door: Door) -> None:
    for number in range(8):
        await door.post(f"person-{number}")
    assert len(door.turns) == 5
    assert door.refused("tenant") == 3


async def test_a_press_that_came_too_fast_is_told_so_at_its_card(door: Door) -> None:
    for _ in range(3):
        await door.post("lene")
    for _ in range(2):
        status, answer = await door.post("lene", type="invoke", name=CARD_ACTION, text=None, value={"action": {}})
        assert status == 200
        assert answer["value"].startswith(TOO_FAST)
    status, answer = await door.post("lene", type="invoke", name="composeExtension/query", text=None, value={})
    assert (status, answer["error"].startswith(TOO_FAST)) == (429, True)


async def test_what_nobody_pressed_or_wrote_is_not_counted(door: Door) -> None:
    for _ in range(10):
        await door.post("lene", type="conversationUpdate", text=None)
    assert len(door.turns) == 10
