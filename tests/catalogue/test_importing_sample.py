"""The sample catalogue that ships with the project, through the import that staff use."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from catalogue.importing import Part, read_file
from catalogue.staff_groups import STAFF_GROUPS

SAMPLE = Path(__file__).parents[2] / "catalogue" / "sample"
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("today", [MONDAY + timedelta(days=number) for number in range(7)])
def test_the_sample_catalogue_is_read_without_problems_on_every_day_of_the_week(today: date) -> None:
    offers = read_file(SAMPLE / "forloeb.csv", today)
    runs = read_file(SAMPLE / "hold.csv", today, known_offer_codes={offer.code for offer in offers.offers})
    assert offers.problems + runs.problems == []
    assert offers.remarks + runs.remarks == []
    assert (offers.parts, runs.parts) == ({Part.OFFERS}, {Part.RUNS})
    assert len(offers.offers) >= 160
    assert len(runs.runs) >= 80
    assert all(run.starts > today for run in runs.runs)


def test_the_sample_catalogue_names_staff_groups_that_needs_are_read_into() -> None:
    offers = read_file(SAMPLE / "forloeb.csv", MONDAY).offers
    named = {group for offer in offers for group in offer.staff_groups}
    assert named <= set(STAFF_GROUPS)
