"""How long an offer is, out of the many ways in which it is written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.sample import read_sample
from catalogue.lengths import DAY, HALF_DAY, HOUR, MEETING, SHIFT, Length, length_of, plain_days


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1 dag", Length(1, DAY)),
        ("En dag", Length(1, DAY)),
        ("2 dage", Length(2, 2 * DAY)),
        ("to dage", Length(2, 2 * DAY)),
        ("2 hele dage", Length(2, 2 * DAY)),
        ("2 dage med en uge imellem", Length(2, 2 * DAY)),
        ("6 dage over 4 måneder", Length(6, 6 * DAY)),
        ("1,5 dag", Length(2, DAY + HALF_DAY)),
        ("1½ dag", Length(2, DAY + HALF_DAY)),
        ("halvanden dag", Length(2, DAY + HALF_DAY)),
        ("en halv dag", Length(1, HALF_DAY)),
        ("½ dag", Length(1, HALF_DAY)),
        ("Half a day", Length(1, HALF_DAY)),
        ("Halvdag", Length(1, HALF_DAY)),
        ("heldagskursus", Length(1, DAY)),
        ("1 dag (kl. 9-16, 7 timer)", Length(1, DAY)),
        ("3 halve dage", Length(3, 3 * HALF_DAY)),
        ("1 eftermiddag", Length(1, HALF_DAY)),
        ("6 afternoons", Length(6, 6 * HALF_DAY)),
        ("3 timer", Length(1, 3 * HOUR)),
        ("1,5 timer", Length(1, 90)),
        ("1-2 timer", Length(1, 2 * HOUR)),
        ("2 timers webinar", Length(1, 2 * HOUR)),
        ("1 time plus godkendelse", Length(1, HOUR)),
        ("half an hour", Length(1, 30)),
        ("90 min.", Length(1, 90)),
        ("Film på 2-4 minutter", Length(1, 4)),
        ("6 moduler a 3 timer", Length(6, 18 * HOUR)),
        ("15 gange à 3 timer", Length(15, 45 * HOUR)),
        ("2 x 3 timer", Length(2, 6 * HOUR)),
        ("1 møde på 2 timer", Length(1, 2 * HOUR)),
        ("6 møder over 6 måneder", Length(6, 6 * MEETING)),
        ("2-4 besøg", Length(4, 4 * MEETING)),
        ("Efter aftale, typisk 2-3 besøg", Length(3, 3 * MEETING)),
        ("1 vagt", Length(1, SHIFT)),
        ("2 dage og 1 opfølgningsmøde", Length(3, 2 * DAY + MEETING)),
        ("12 uger", Length(60, 60 * DAY)),
        ("Prøveperiode på 4-8 uger", Length(40, 40 * DAY)),
        ("Efter aftale", None),
        ("Efter aftale, gerne samme uge", None),
        ("kl. 9-15", None),
        ("0 dage", None),
        ("10.000 dage", None),
        ("", None),
    ],
)
def test_a_length_is_read(text: str, length: Length | None) -> None:
    assert length_of(text) == length


def test_all_of_the_sample_catalogue_is_read_but_what_is_by_agreement() -> None:
    offers, _ = read_sample(date(2026, 11, 22))
    unread = {offer.length for offer in offers if length_of(offer.length) is None}
    assert unread
    assert all(length.startswith("Efter aftale") for length in unread)


def test_days_count_before_hours() -> None:
    in_order = ["20 minutter", "3 timer", "1 dag", "1 vagt", "2 møder over 6 uger", "2 dage", "6 møder", "12 uger"]
    lengths = [length for text in in_order if (length := length_of(text))]
    assert len(lengths) == len(in_order)
    assert sorted(lengths) == lengths


@given(st.text(max_size=300))
def test_any_text_has_a_length_or_none(text: str) -> None:
    length = length_of(text)
    assert length is None or (length.days > 0 and length.minutes > 0)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 dage", 3),
        ("tre hele dage", 3),
        ("4 kursusdage.", 4),
        (" 2 days ", 2),
        ("2 dage med en uge imellem", 0),
        ("6 dage over 4 måneder", 0),
        ("2-3 dage", 0),
        ("3 halve dage", 0),
        ("3 dage og 1 opfølgningsmøde", 0),
        ("3 møder", 0),
        ("1,5 dage", 0),
        ("Efter aftale", 0),
        ("", 0),
    ],
)
def test_only_what_says_nothing_but_days_is_plain(text: str, days: int) -> None:
    assert plain_days(text) == days
