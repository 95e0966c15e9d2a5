"""The sets: typing errors as promised and the same every time, graded answers read as meant."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks.match import TODAY
from benchmarks.question_sets import Query, QuestionSet, load_sets, needs, with_typos

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøå", min_size=1, max_size=20)


def asking(*texts: str) -> QuestionSet:
    queries = tuple(Query(text, frozenset({"a"})) for text in texts)
    return QuestionSet("tiny", ("a",), (("titel",),), (1.0,), queries)


def texts(asked: QuestionSet) -> list[str]:
    return [query.text for query in asked.queries]


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_each_long_word_has_exactly_one_edit_and_no_other_word_has_any(written: list[str]) -> None:
    misspelt = texts(with_typos(asking(" ".join(written)), None))[0].split(" ")
    for before, after in zip(written, misspelt, strict=True):
        assert OSA.distance(before, after) == (1 if len(before) > 4 else 0)


def test_typing_errors_are_the_same_every_time_and_others_for_each_query() -> None:
    asked = asking("konflikthåndtering i plejen", "konflikthåndtering i plejen")
    first, second = texts(with_typos(asked, None))
    assert texts(with_typos(asked, None)) == [first, second]
    assert first != second


def test_typing_errors_leave_right_answers_documents_and_punctuation_alone() -> None:
    asked = asking("Hvad med § 83, uge 12 (SOSU)?")
    misspelt = with_typos(asked, None)
    assert misspelt.documents == asked.documents
    assert misspelt.queries[0].right == asked.queries[0].right
    assert misspelt.queries[0].text == asked.queries[0].text


def test_words_that_people_misspell_are_misspelt_their_way(tmp_path: Path) -> None:
    rows = "wrong|right1|right2\nhygiajne|hygiejne|\nnogel|nogle|nogen\n"
    (tmp_path / "misspellings_da.csv").write_text(rows, encoding="utf-8")
    misspelt = texts(with_typos(asking("Hygiejne for nogen, nogle og os"), tmp_path))
    assert misspelt == ["hygiajne for nogel, nogel og os"]


def test_only_the_best_graded_answers_of_a_need_are_right() -> None:
    asked = needs("test", TODAY)
    of_demens = next(query for query in asked.queries if "12 SOSU-assistenter" in query.text)
    assert of_demens.right == {"DEM-01"}


def test_a_family_of_offers_is_right_as_a_whole() -> None:
    asked = needs("tuning", TODAY)
    of_demens = next(query for query in asked.queries if query.text == "demens")
    assert of_demens.right == {code for code in asked.ids if code.startswith("DEM-")}
    assert len(of_demens.right) > 1


def test_the_halves_of_the_needs_are_apart_and_both_have_unanswerable_ones() -> None:
    tuning, test = needs("tuning", TODAY), needs("test", TODAY)
    assert not set(texts(tuning)) & set(texts(test))
    assert tuning.unanswerable
    assert test.unanswerable


def test_without_a_folder_only_the_own_needs_are_asked() -> None:
    assert [asked.name for asked in load_sets(None, TODAY)] == ["needs", "needs_tuning"]


def test_a_folder_brings_the_public_sets_whichever_half_it_holds(tmp_path: Path) -> None:
    skill = {"id": "s1", "label": "male huse", "description": "at male huse", "welfare": True}
    answer = {"target_id": "s1", "all_target_ids": ["s1"], "query": "maling af huse"}
    for name, row in {
        "esco_da_skills": skill,
        "esco_da_alt_test": answer,
        "esco_da_desc_test": answer,
        "kle_topics": {"id": "s1", "title": "Huse"},
        "kle_keyword_test": answer,
        "questions_da_intents": {"id": "s1", "label": "Huse"},
        "questions_da_test": answer,
    }.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    sets = {asked.name: asked for asked in load_sets(tmp_path, TODAY)}
    assert list(sets)[:4] == ["esco_alt", "esco_desc", "kle", "questions"]
    assert sets["esco_alt"].documents == (("male huse", "at male huse"),)
    assert sets["esco_desc"].documents == (("male huse",),)
    assert texts(sets["questions"]) == ["maling af huse"]


def test_a_folder_without_a_set_is_named(tmp_path: Path) -> None:
    (tmp_path / "esco_da_skills.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=re.escape("esco_da_alt")):
        load_sets(tmp_path, TODAY)
