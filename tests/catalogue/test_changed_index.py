"""An index that followed changes answers as one that was built anew from the same catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.sample import read_sample
from catalogue.matching import MatchIndex
from catalogue.need import read_need
from catalogue.synonyms import Synonym, SynonymKind
from catalogue.text_index import TextIndex

if TYPE_CHECKING:
    from catalogue.offers import Offer, Run

TODAY = date(2026, 11, 22)
OFFERS, RUNS = read_sample(TODAY)
SOME = tuple(OFFERS)[::6]
NEEDS = [
    read_need(text, TODAY)
    for text in (
        "kursus i medicinhåndtering",
        "demens og konflikter",
        "medcinhåndtring",
        "online kursus om diabetes",
        "vikarer til sommer",
        "zumba",
        "håndtere konflikter til sommer",
        "supervision",
        "tagdækning",
    )
]
ROWS = (
    Synonym("zumba", ("trivsel", "bevægelse"), SynonymKind.PHRASE),
    Synonym("UTH", ("utilsigtet hændelse",), SynonymKind.ABBREVIATION),
    Synonym("medicinhåndtering", (), SynonymKind.COMPOUND),
)
TEXTS = ("medicinhåndtering", "demens i hverdagen", "sårpleje", "konflikt", "konflikthåndtering", "", "uth og kol")

offers = st.one_of(
    st.integers(0, len(SOME) - 1).map(SOME.__getitem__),
    st.builds(
        lambda offer, title, topic: replace(offer, title=title, topics=(topic, *offer.topics[:1])),
        st.integers(0, len(SOME) - 1).map(SOME.__getitem__),
        st.sampled_from(TEXTS),
        st.sampled_from(TEXTS),
    ),
)
catalogues = st.tuples(
    st.lists(offers, max_size=12, unique_by=lambda offer: offer.code),
    st.lists(st.integers(0, len(RUNS) - 1).map(RUNS.__getitem__), max_size=6, unique_by=lambda run: run.code),
    st.lists(st.sampled_from(ROWS), max_size=3, unique=True),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(catalogues, min_size=1, max_size=4))
def test_any_row_of_changes_ends_in_the_answers_of_a_new_index(
    steps: list[tuple[list[Offer], list[Run], list[Synonym]]],
) -> None:
    followed = MatchIndex.build(SOME, RUNS, ())
    for some_offers, some_runs, rows in steps:
        followed = followed.changed(some_offers, some_runs, rows)
        for need in NEEDS[:2]:
            followed.match(need, TODAY)
    fresh = MatchIndex.build(*steps[-1])
    for need in NEEDS:
        assert followed.match(need, TODAY) == fresh.match(need, TODAY)
        assert followed.coming(need, TODAY) == fresh.coming(need, TODAY)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.integers(0, 5), st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS))), max_size=6
        ),
        min_size=1,
        max_size=4,
    ),
    st.frozensets(st.sampled_from(("zumba", "doseringsæske", "medicinsk")), max_size=2),
)
def test_scores_are_those_of_a_new_index_to_the_last_digit(
    steps: list[list[int | tuple[str, str]]], also_spelt: frozenset[str]
) -> None:
    documents = [(text, other) for text, other in zip(TEXTS, reversed(TEXTS), strict=True)][:6]
    followed = TextIndex(documents, (1.0, 0.3))
    for step in steps:
        rows = [row for row in step if not isinstance(row, int) or row < len(documents)]
        documents = [documents[row] if isinstance(row, int) else row for row in rows]
        followed = followed.changed(rows, also_spelt)
    fresh = TextIndex(documents, (1.0, 0.3), also_spelt=also_spelt)
    for text in ("håndtere konflikter", "medicin", "medcinhåndtering", "sår og kol", "zumbaa", "dosering"):
        words = fresh.read(text)
        assert followed.read(text) == words
        assert np.array_equal(followed.scores([(words, 1.0)]), fresh.scores([(words, 1.0)]))
        assert followed.search(text, 5) == fresh.search(text, 5)
        assert followed.compounds_in(words) == fresh.compounds_in(words)
        assert [followed.alike(word) for word in words] == [fresh.alike(word) for word in words]


def test_the_index_before_a_change_goes_on_as_it_was() -> None:
    before = MatchIndex.build(SOME, RUNS)
    answers = [before.match(need, TODAY) for need in NEEDS]
    after = before.changed(SOME[3:], (), ())
    before._answered.clear()
    assert [before.match(need, TODAY) for need in NEEDS] == answers
    assert after.offer(SOME[0].code) is None
    assert before.offer(SOME[0].code) is SOME[0]


def test_what_did_not_change_is_shared() -> None:
    before = MatchIndex.build(SOME, RUNS)
    moved = replace(RUNS[0], code="new", starts=TODAY + timedelta(days=20), ends=TODAY + timedelta(days=20))
    after = before.changed(SOME, (*RUNS, moved))
    assert after._index is before._index
    assert moved in after.runs_of(moved.offer_code)


@pytest.mark.parametrize("rows", [(), (Synonym("zumba", ("demens",), SynonymKind.PHRASE),)])
def test_a_synonym_that_comes_or_goes_takes_effect(rows: tuple[Synonym, ...]) -> None:
    other = () if rows else (Synonym("zumba", ("demens",), SynonymKind.PHRASE),)
    followed = MatchIndex.build(SOME, RUNS, other).changed(SOME, RUNS, rows)
    need = read_need("zumba", TODAY)
    assert followed.match(need, TODAY) == MatchIndex.build(SOME, RUNS, rows).match(need, TODAY)
