"""How fast requests leave, on a clock that only moves when somebody sleeps."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import PER_CONVERSATION, Pace, TooFastError
from tests.bot.fake_teams import Clock

PATIENT = 10_000.0


async def send(pace: Pace, clock: Clock, conversation: str, takes: float = 0.0) -> float:
    """Make a request that takes some seconds; return when it began."""
    async with pace.request(conversation, PATIENT):
        began = clock.seconds
        clock.seconds += takes
        return began


def most_within(moments: list[float], seconds: float) -> int:
    """The most of the moments that lie within a window that long, wherever it begins."""
    most, window = 0, deque[float]()
    for moment in sorted(moments):
        window.append(moment)
        while window[0] <= moment - seconds:
            window.popleft()
        most = max(most, len(window))
    return most


async def test_a_few_go_at_once_and_many_keep_within_every_window() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    began = [await send(pace, clock, "a:1") for _ in range(150)]
    assert began[6] == began[0]
    assert began[7] > began[0]
    assert [most_within(began, seconds) <= most for most, seconds in PER_CONVERSATION] == [True] * 4


async def test_an_hour_never_sees_more_than_its_share() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    began = [await send(pace, clock, "a:1") for _ in range(1900)]
    assert most_within(began, 3600) == 1800


@given(st.lists(st.floats(0, 3), min_size=10, max_size=60), st.floats(0, 1))
def test_wherever_in_a_request_teams_counts_it_no_window_is_overfull(takes: list[float], where: float) -> None:
    async def run() -> None:
        clock = Clock()
        pace = Pace(clock=clock, sleep=clock.sleep)
        arrived = []
        for seconds in takes:
            began = await send(pace, clock, "a:1", seconds)
            arrived.append(began + where * seconds)
        for most, seconds in PER_CONVERSATION:
            assert most_within(arrived, seconds) <= most

    asyncio.run(run())


async def test_one_conversation_does_not_hold_up_another() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    for _ in range(7):
        await send(pace, clock, "a:1")
    assert await send(pace, clock, "a:2") == 1000.0


async def test_all_conversations_together_keep_to_the_share_of_one_replica() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    began = [await send(pace, clock, f"a:{number}") for number in range(120)]
    assert most_within(began, 1.0) == 25


async def test_a_conversation_that_teams_slowed_down_is_left_alone_until_then() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.hold("a:1", 40)
    assert await send(pace, clock, "a:2") == 1000.0
    assert await send(pace, clock, "a:1") == 1040.0


async def test_who_cannot_wait_as_long_is_told_how_long_it_is() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.hold("a:1", 40)
    with pytest.raises(TooFastError) as full:
        async with pace.request("a:1", 20):
            pytest.fail("it must not begin")
    assert full.value.seconds == 40
    assert clock.slept == []


async def test_requests_under_way_count_and_their_end_lets_the_next_begin() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep, per_conversation=((2, 1.0),))
    may_end = asyncio.Event()
    began: list[int] = []

    async def slow(number: int) -> None:
        async with pace.request("a:1", PATIENT):
            began.append(number)
            await may_end.wait()

    tasks = [asyncio.create_task(slow(number)) for number in range(3)]
    for _ in range(5):
        await asyncio.sleep(0)
    assert began == [0, 1]
    may_end.set()
    await asyncio.gather(*tasks)
    assert began == [0, 1, 2]
    assert clock.slept == [1.0]


async def test_a_request_that_fails_has_been_made_all_the_same() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep, per_conversation=((1, 1.0),))
    with suppress(ConnectionError):
        async with pace.request("a:1", PATIENT):
            raise ConnectionError
    assert await send(pace, clock, "a:1") == 1001.0


async def test_silent_conversations_are_forgotten_when_there_are_very_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.pace.MOST_IDLE", 3)
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    for number in range(3):
        await send(pace, clock, f"a:{number}")
    clock.seconds += 3601
    await send(pace, clock, "a:3")
    assert list(pace._windows) == ["a:3"]
