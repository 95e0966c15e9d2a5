"""What the benchmark of broken things counts, and a small one of its runs with two real replicas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.chaos import Plan, run
from benchmarks.chaos_filing import Judgement, Post, Replicas, StormyTeams, Town, judge
from benchmarks.chaos_teams import Fate
from benchmarks.soak import growth
from benchmarks.turn_town import CHANNEL
from tests.databases import postgres_binaries

if TYPE_CHECKING:
    from pathlib import Path

FILED = {"KV-2026-0001": "mærkeleaderq1x0", "KV-2026-0002": "mærkeleaderq2x0"}
STORED = [(number, f"12 pædagoger skal lære om low arousal, {key}") for number, key in FILED.items()]


def card(number: str, at: float = 1.0, fate: Fate = Fate.ANSWERED, method: str = "POST") -> Post:
    return Post(at, method, CHANNEL, json.dumps({"text": f"Sag {number}"}), fate)


def judged(posts: list[Post], stored: list[tuple[str, str]] = STORED, broken: tuple[float, ...] = ()) -> Judgement:
    teams = StormyTeams([])
    teams.posts = posts
    town = Town(teams, Replicas([]), None, filed=list(FILED.values()))  # type: ignore[arg-type]
    return judge(town, stored, broken, 0, silent=0)


ONE, TWO = FILED


def test_each_need_once_with_its_card_is_what_should_be() -> None:
    assert judged([card(ONE), card(TWO), card(ONE, 2.0, method="PUT")]) == Judgement(2, 0, 0, 0)


def test_a_need_without_a_request_or_without_a_card_is_lost() -> None:
    assert judged([card(ONE)], STORED[:1]).lost == 1
    assert judged([card(ONE), card(TWO, fate=Fate.FAILED)]).lost == 1


def test_two_requests_of_one_need_are_doubled() -> None:
    again = ("KV-2026-0003", STORED[0][1])
    assert judged([card(ONE), card(TWO), card("KV-2026-0003")], [*STORED, again]).doubled == 1


def test_a_second_card_is_doubled_unless_its_answer_or_its_process_was_gone() -> None:
    twice = [card(ONE), card(ONE, 100.0), card(TWO)]
    assert (judged(twice).doubled, judged(twice).cards_repeated) == (1, 0)
    helped = judged(twice, broken=(2.0,))
    assert (helped.doubled, helped.cards_repeated) == (0, 1)
    lost_answer = judged([card(ONE, fate=Fate.SILENT_AFTER), card(ONE, 100.0), card(TWO)])
    assert (lost_answer.doubled, lost_answer.cards_repeated) == (0, 1)


def test_whoever_is_not_answered_and_what_is_never_delivered_is_stuck() -> None:
    town = Town(StormyTeams([]), Replicas([]), None, stuck=1)  # type: ignore[arg-type]
    assert judge(town, [], (), 2, silent=3).stuck == 6


async def test_each_activity_several_times_to_both_replicas_files_each_need_once(tmp_path: Path) -> None:
    postgres_binaries()
    plan = Plan(leaders=3, filings=1, kills=0, storm_seconds=0, seed=1)
    assert await run("repeated", plan, tmp_path) == Judgement(3, 0, 0, 0)


@pytest.mark.parametrize(("last", "grown"), [(300.0, 0.0), (330.0, 0.1)])
def test_memory_is_held_against_what_it_was_after_the_warm_up(last: float, grown: float) -> None:
    cold = [(float(second), [200.0, 200.0]) for second in range(20)]
    warm = [(float(second), [300.0, 300.0]) for second in range(20, 60)]
    late = [(float(second), [300.0, last]) for second in range(60, 100)]
    assert growth([*cold, *warm, *late]) == pytest.approx(grown)
