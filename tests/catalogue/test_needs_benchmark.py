"""The project's own graded needs: sound rows, and a floor under what the matcher reaches with them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from benchmarks.engines import Ours
from benchmarks.match import measure, verdicts
from benchmarks.question_sets import HERE, QuestionSet, needs, with_typos

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def held_out() -> QuestionSet:
    return needs("test", TODAY)


@pytest.fixture(scope="module")
def ours(held_out: QuestionSet) -> Ours:
    engine = Ours(TODAY)
    engine.build(held_out)
    return engine


def test_every_need_is_there_once_and_its_answers_are_in_the_sample_catalogue(held_out: QuestionSet) -> None:
    rows = [json.loads(line) for line in (HERE / "needs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 150
    assert len({(row["need"], row["half"]) for row in rows}) == len(rows)
    known = set(held_out.ids) | {code.split("-")[0] for code in held_out.ids}
    assert {answer for row in rows for answer in row["answers"]} <= known


def test_the_right_offer_is_among_the_first_three(ours: Ours, held_out: QuestionSet) -> None:
    row = measure(ours, held_out, "clean", 0.0)
    assert row.r3 >= 95
    assert row.r1 >= 90


def test_typing_errors_cost_little(ours: Ours, held_out: QuestionSet) -> None:
    assert measure(ours, with_typos(held_out, None), "typo", 0.0).r3 >= 88


def test_what_the_catalogue_does_not_have_is_not_promised(ours: Ours, held_out: QuestionSet) -> None:
    judged = verdicts(ours, held_out)
    assert judged["none_of_unanswerable"] >= 0.95
    assert judged["promise_recall"] >= 0.95
