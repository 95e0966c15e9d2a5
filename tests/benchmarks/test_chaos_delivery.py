"""What the benchmark of delivery counts, and a small one of its runs with real processes and a real kill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.chaos_delivery import Plan, run
from benchmarks.chaos_notices import CHANNEL
from benchmarks.chaos_teams import Arrival, Fate
from benchmarks.chaos_verdict import judge

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO, THREE = "besked 00001", "besked 00002", "besked 00003"


def came(at: float, body: str, fate: Fate = Fate.ANSWERED, to: str = "a:1", retry_after: int = 0) -> Arrival:
    return Arrival(at, "POST", to, body, fate, retry_after)


def test_what_came_once_and_in_order_is_in_order() -> None:
    verdict = judge({"anna": [ONE, TWO]}, [came(1, ONE), came(2, TWO)], [])
    assert (verdict.due, verdict.lost, verdict.doubled, verdict.out_of_order, verdict.over_limit) == (
        2,
        0,
        0,
        0,
        0,
    )


def test_what_teams_did_not_take_is_lost() -> None:
    arrivals = [came(1, ONE), came(2, TWO, Fate.FAILED), came(3, TWO, Fate.CUT), came(9, TWO, Fate.SILENT)]
    assert judge({"anna": [ONE, TWO]}, arrivals, []).lost == 1


def test_a_double_is_put_down_to_a_lost_answer_a_kill_or_nothing() -> None:
    arrivals = [
        came(1, ONE, Fate.CUT_AFTER), came(2, ONE),
        came(100, TWO), came(170, TWO),
        came(300, THREE), came(400, THREE),
    ]  # fmt: skip
    verdict = judge({"anna": [ONE, TWO, THREE]}, arrivals, [101.0])
    assert (verdict.doubled, verdict.answer_lost, verdict.killed, verdict.unexplained) == (3, 1, 1, 1)


def test_order_is_that_of_the_first_time() -> None:
    again = [came(1, ONE), came(2, TWO), came(60, ONE)]
    assert judge({"anna": [ONE, TWO]}, again, []).out_of_order == 0
    assert judge({"anna": [ONE, TWO, THREE]}, [came(1, TWO), came(2, THREE), came(3, ONE)], []).out_of_order == 2


@pytest.mark.parametrize(
    ("arrivals", "over"),
    [
        ([came(1 + n / 100, ONE) for n in range(7)], 0),
        ([came(1 + n / 100, ONE) for n in range(9)], 2),
        ([came(1 + n * 0.21, ONE) for n in range(20)], 12),
        ([came(1, ONE), came(1.1, ONE, to="a:2")] * 4, 0),
        ([came(n / 1000, ONE, to=f"a:{n}") for n in range(52)], 2),
        ([came(1, ONE, Fate.SLOWED, retry_after=2), came(2.9, ONE), came(3.1, ONE)], 1),
        ([came(1, ONE, to=f"{CHANNEL};messageid={n}") for n in range(9)], 2),
    ],
)
def test_what_came_too_fast_is_counted(arrivals: list[Arrival], over: int) -> None:
    arrivals.sort(key=lambda arrival: arrival.at)
    assert judge({}, arrivals, []).over_limit == over


async def test_a_killed_process_and_a_failing_teams_lose_nothing(tmp_path: Path) -> None:
    verdict = await run(f"sqlite:///{tmp_path / 'chaos.sqlite'}", 1, Plan(notices=40, kills=2, lease=9, seed=3))
    assert (verdict.due, verdict.lost, verdict.out_of_order, verdict.over_limit) == (40, 0, 0, 0)
