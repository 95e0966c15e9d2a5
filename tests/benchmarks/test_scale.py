"""Growth: the same documents at every size, each engine in its own process, and what is cut off is said."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from benchmarks import growth, scale
from benchmarks.growth_plot import plot
from benchmarks.match import TODAY
from benchmarks.scale import Limits, Row, run
from catalogue.text import words

if TYPE_CHECKING:
    from pathlib import Path

PLENTY = Limits(seconds=60, gibibytes=8)


def test_documents_are_the_same_every_time_and_smaller_catalogues_begin_larger_ones(tmp_path: Path) -> None:
    growth.write(growth.grow(None, TODAY), 30, tmp_path / "documents.tsv")
    small = growth.read(tmp_path / "documents.tsv", 10, TODAY)
    large = growth.read(tmp_path / "documents.tsv", 30, TODAY)
    assert small.documents == tuple(islice(growth.grow(None, TODAY), 10))
    assert large.documents[:10] == small.documents
    assert len(large.ids) == 30


def test_a_growing_catalogue_keeps_bringing_new_words() -> None:
    titles = [title for title, _ in islice(growth.grow(None, TODAY), 4_000)]
    first = {word for title in titles[:2_000] for word in words(title)}
    later = {word for title in titles[2_000:] for word in words(title)}
    assert len(later - first) > 50


def test_what_is_asked_is_the_same_at_every_size_beyond_the_smallest(tmp_path: Path) -> None:
    growth.write(growth.grow(None, TODAY), 1_500, tmp_path / "documents.tsv")
    one, other = (growth.read(tmp_path / "documents.tsv", size, TODAY) for size in (1_000, 1_500))
    assert one.queries == other.queries
    assert len(one.queries) > 150


def test_as_offers_the_titles_are_kept(tmp_path: Path) -> None:
    growth.write(growth.grow(None, TODAY), 5, tmp_path / "documents.tsv")
    asked = growth.read(tmp_path / "documents.tsv", 5, TODAY, as_offers=True)
    assert [offer.title for offer in asked.offers] == [title for title, _ in asked.documents]


def test_what_takes_too_long_is_cut_off_and_says_so() -> None:
    printed, note = run([sys.executable, "-c", "input()"], Limits(seconds=0, gibibytes=8))
    assert (printed, note) == ("", "> 0 s")


def test_what_takes_too_much_memory_is_cut_off_and_says_so() -> None:
    endless = "while True: pass"
    _, note = run([sys.executable, "-c", endless], Limits(seconds=60, gibibytes=0.0001))
    assert note == "> 0.0001 GiB"


def test_a_failure_is_told_with_its_last_words() -> None:
    printed, note = run([sys.executable, "-c", "print(1); raise SystemExit('out of order')"], PLENTY)
    assert printed == "1\n"
    assert note == "failed: out of order"


def test_an_engine_that_was_given_up_is_not_tried_at_larger_sizes(tmp_path: Path) -> None:
    rows = list(scale.measure(["no such engine"], [10, 20], tmp_path / "absent.tsv", "none", PLENTY))
    assert [row.documents for row in rows] == [10, 20]
    assert {row.note for row in rows} == {"failed: KeyError: 'no such engine'"}


def test_the_command_measures_each_size_and_writes_it_down(tmp_path: Path) -> None:
    arguments = ["--sizes", "50,20", "--only", "sqlite fts5 bm25", "--out", str(tmp_path)]
    done = CliRunner().invoke(scale.main, arguments)
    assert done.exit_code == 0, done.output
    rows = json.loads((tmp_path / "scale.json").read_text(encoding="utf-8"))
    assert [row["documents"] for row in rows] == [20, 50]
    for row in rows:
        assert row["note"] == ""
        assert row["n"] > 0
        assert row["p50_ms"] > 0
        assert row["peak_mb"] > 1


def test_rows_of_an_earlier_run_are_kept_where_nothing_new_was_measured(tmp_path: Path) -> None:
    earlier = [
        Row(10, "ours", 1, 9.0),
        Row(10, "peer", 1, 2.0),
        Row(20, "ours", note="> 1 s"),
        Row(20, "peer", 1, 3.0),
    ]
    file = tmp_path / "scale.json"
    file.write_text(json.dumps([asdict(row) for row in earlier]), encoding="utf-8")
    new = [Row(10, "ours", 1, 1.0), Row(20, "ours", 1, 1.5)]
    assert scale.with_kept(new, file) == [new[0], earlier[1], new[1], earlier[3]]
    assert scale.with_kept(new, tmp_path / "absent.json") == new


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="drawing is for make bench-scale")
def test_the_picture_leaves_out_what_was_cut_off(tmp_path: Path) -> None:
    rows = [Row(10, "ours", 1, 0.1, 0.2, 0.3, 1.0, 2.0), Row(100, "ours", 1, 0.2, 0.3, 0.4, 1.5, 2.0)]
    plot([*rows, Row(10, "slow", note="> 1 s")], tmp_path / "growth.svg")
    drawn = (tmp_path / "growth.svg").read_text(encoding="utf-8")
    assert "ours" in drawn
    assert "median time per query" in drawn
