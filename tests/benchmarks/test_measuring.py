"""The table: what a row says, which shape it has, and that no engine's failure is hidden."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from benchmarks import match, postgres, tables
from benchmarks.match import Measured, asked_of, measure, measure_set
from benchmarks.question_sets import Query, QuestionSet

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ["set", "variant", "engine", "n", "r1", "r3", "r10", "mrr", "p50_ms", "p99_ms", "build_s"]


class Always:
    """Finds the same documents whatever is asked."""

    def __init__(self, *positions: int, name: str = "always") -> None:
        self.name = name
        self._positions = list(positions)

    def build(self, asked: QuestionSet) -> None:
        pass

    def find(self, text: str) -> list[int]:
        return self._positions


class Broken(Always):
    """Builds and then breaks on one query."""

    def find(self, text: str) -> list[int]:
        if text == "to":
            raise RuntimeError("out of order")
        return []


def asking(**right: str) -> QuestionSet:
    queries = tuple(Query(text, frozenset(answers.split())) for text, answers in right.items())
    return QuestionSet("tiny", tuple("abcd"), tuple((name,) for name in "abcd"), (1.0,), queries)


def test_recall_and_rank_are_of_the_first_right_answer() -> None:
    row = measure(Always(0, 1, 2), asking(et="a", to="b c", tre="c", fire="d"), "clean", 1.234)
    assert (row.n, row.r1, row.r3, row.r10) == (4, 25.0, 75.0, 75.0)
    assert row.mrr == pytest.approx((1 + 1 / 2 + 1 / 3) / 4, abs=0.001)
    assert row.build_s == 1.23
    assert list(asdict(row)) == KEYS


def test_a_broken_engine_is_named_and_the_others_go_on() -> None:
    measured = Measured()
    asked = asking(et="a", to="b")
    measure_set([Broken(name="broken"), Always(0)], asked, asked, measured)
    assert [row.engine for row in measured.rows] == ["always", "always"]
    assert measured.failures == ["broken on tiny: RuntimeError('out of order')"]


def test_a_slow_engine_is_asked_the_same_sample_every_time_and_the_row_says_how_many() -> None:
    queries = tuple(Query(str(number), frozenset()) for number in range(400))
    many = QuestionSet("big", tuple(map(str, range(5_000))), (("x",),) * 5_000, (1.0,), queries)
    slow = Always(name=next(iter(match.SLOW)))
    assert asked_of(Always(), many) == queries
    assert len(asked_of(slow, many)) == 300
    assert asked_of(slow, many) == asked_of(slow, many)
    assert measure(slow, many, "clean", 0.0).n == 300


def test_the_command_writes_rows_of_the_agreed_shape(tmp_path: Path) -> None:
    done = CliRunner().invoke(match.main, ["--sets", "needs", "--only", "sqlite", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    rows = json.loads((tmp_path / "match.json").read_text(encoding="utf-8"))
    assert [(row["set"], row["variant"], row["engine"]) for row in rows] == [
        ("needs", variant, f"sqlite fts5 {kind}") for kind in ("bm25", "trigram") for variant in ("clean", "typo")
    ]
    for row in rows:
        assert list(row) == KEYS
        assert 0 <= row["r1"] <= row["r3"] <= row["r10"] <= 100
        assert 0 < row["p50_ms"] <= row["p99_ms"]
    assert json.loads((tmp_path / "verdict.json").read_text(encoding="utf-8")) == []


def test_the_command_fails_with_a_broken_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.text_engines.SqliteWords.find", Broken(0).build)
    done = CliRunner().invoke(
        match.main, ["--sets", "needs", "--only", "sqlite fts5 bm25", "--out", str(tmp_path)]
    )
    assert done.exit_code == 1
    assert "FAILED: sqlite fts5 bm25 on needs" in done.output


def test_without_a_server_the_reason_takes_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KOMPETENCEBOT_TEST_POSTGRES_URL", raising=False)
    monkeypatch.delenv("KOMPETENCEBOT_REQUIRE_ALL", raising=False)
    monkeypatch.setattr("tests.databases.DEBIAN", tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with postgres.server() as server:
        assert "PostgreSQL" in server
        assert not server.startswith("postgresql:")


def test_the_tables_mark_what_leads_and_tell_a_sample() -> None:
    row = asdict(measure(Always(0), asking(et="a"), "clean", 0.0))
    better = {**row, "engine": "ours", "r1": 100.0, "n": 2}
    peer = {**row, "engine": "sklearn char tfidf", "r1": 50.0, "p50_ms": better["p50_ms"] or 1.0}
    assert "| tiny | clean | **100.0** | 50.0 sklearn char tfidf | 100.0 |" in "\n".join(
        tables.quality([better, peer])
    )
    assert "50.0 (n=1)" in "\n".join(tables.engines([better, peer], "r1"))
