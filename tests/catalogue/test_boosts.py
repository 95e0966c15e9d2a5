"""What was chosen before: it orders what fits about as well, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from catalogue.matching import MatchIndex
from catalogue.need import read_need
from catalogue.offers import Offer, OfferKind, PriceUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalogue.matching import Answer

TODAY = date(2026, 11, 22)
FIRST = Offer(
    "DEM-01", "Demens og musik", "Om musik.", "", ("demens", "musik"), (), (), OfferKind.OWN_COURSE, "1 dag", None,
    PriceUnit.PERSON, "", "", False, None, "", "da",
)  # fmt: skip
SECOND = replace(FIRST, code="DEM-02")
UNRELATED = replace(FIRST, code="FLY-01", title="Forflytning", summary="Om løft.", topics=("forflytning",))


def answer(boosts: Mapping[str, Mapping[str, float]] | None, text: str = "kursus om demens") -> Answer:
    index = MatchIndex.build([FIRST, SECOND, UNRELATED], (), boosts=boosts)
    return index.match(read_need(text, TODAY), TODAY)


def codes(found: Answer) -> list[str]:
    return [match.offer.code for match in found.matches]


def test_among_equals_what_was_chosen_for_the_words_comes_first() -> None:
    assert codes(answer(None)) == ["DEM-01", "DEM-02"]
    assert codes(answer({"demens": {"DEM-02": 0.4}})) == ["DEM-02", "DEM-01"]
    assert codes(answer({"demens": {"DEM-02": 0.4}}, "temadag om Demensen")) == ["DEM-02", "DEM-01"]
    assert codes(answer({"musik": {"DEM-02": 0.4}})) == ["DEM-01", "DEM-02"]


@pytest.mark.parametrize("strength", [1.0, 1_000_000.0])
def test_no_number_of_choices_lifts_what_does_not_fit(strength: float) -> None:
    plain, lifted = answer(None), answer({"demens": {"FLY-01": strength}})
    assert lifted == plain


@pytest.mark.parametrize("strength", [1.0, 1_000_000.0])
def test_a_score_grows_by_a_twentieth_at_most_and_the_verdict_stays(strength: float) -> None:
    plain, lifted = answer(None), answer({"demens": {"DEM-02": strength}})
    before = {match.offer.code: match.score for match in plain.matches}
    assert lifted.verdict == plain.verdict
    assert lifted.matches[0].score == pytest.approx(min(1.0, 1.05 * before["DEM-02"]), abs=1e-4)
