from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.danish_dates import read_when
from catalogue.sentence import Sentence

SUNDAY = date(2026, 11, 22)


def _days(text: str, today: date = SUNDAY) -> tuple[str | None, str | None]:
    when = read_when(Sentence(text), today)
    return (
        when.earliest.value.isoformat() if when.earliest else None,
        when.latest.value.isoformat() if when.latest else None,
    )


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("inden sommer", None, "2027-06-30"),
        ("inden sommerferien", None, "2027-06-30"),
        ("efter sommer", "2027-08-01", None),
        ("til sommer", "2027-06-01", "2027-08-31"),
        ("i foråret", "2027-03-01", "2027-05-31"),
        ("forår 2028", "2028-03-01", "2028-05-31"),
        ("til vinter", "2026-12-01", "2027-02-28"),
        ("efter påske", "2027-03-30", None),
        ("inden påske", None, "2027-03-24"),
        ("efter pinse", "2027-05-18", None),
        ("efter Kristi himmelfart", "2027-05-07", None),
        ("før jul", None, "2026-12-23"),
        ("mellem jul og nytår", "2026-12-27", "2026-12-31"),
        ("efter årsskiftet", "2027-01-01", None),
        ("inden udgangen af året", None, "2026-12-31"),
        ("efter efterårsferien", "2027-10-25", None),
        ("uge 51-2", "2026-12-14", "2027-01-17"),
        ("uge 12 2028", "2028-03-20", "2028-03-26"),
        ("inden uge 10", None, "2027-03-07"),
        ("uge 53", "2026-12-28", "2027-01-03"),
        ("senest i uge 10", None, "2027-03-14"),
        ("i november", "2026-11-22", "2026-11-30"),
        ("ultimo marts", "2027-03-21", "2027-03-31"),
        ("medio marts", "2027-03-12", "2027-03-22"),
        ("i marts og april", "2027-03-01", "2027-04-30"),
        ("fra oktober til februar", "2027-10-01", "2028-02-29"),
        ("fra og med 1. maj", "2027-05-01", None),
        ("frem til maj", None, "2027-05-31"),
        ("før 1. maj", None, "2027-04-30"),
        ("inden 1. maj", None, "2027-05-01"),
        ("mellem 1. og 15. marts", "2027-03-01", "2027-03-15"),
        ("1.-15. marts", "2027-03-01", "2027-03-15"),
        ("15/3-27", "2027-03-15", "2027-03-15"),
        ("d.15/3", "2027-03-15", "2027-03-15"),
        ("2027-03-15", "2027-03-15", "2027-03-15"),
        ("29. februar", "2028-02-29", "2028-02-29"),
        ("4. kvartal", "2026-11-22", "2026-12-31"),
        ("andet halvår", "2027-07-01", "2027-12-31"),
        ("i år", "2026-11-22", "2026-12-31"),
        ("på onsdag", "2026-11-25", "2026-11-25"),
        ("næste kvartal", "2027-01-01", "2027-03-31"),
        ("om tre uger", "2026-12-13", None),
        ("inden for et halvt år", None, "2027-05-22"),
        ("i løbet af de næste to måneder", None, "2027-01-22"),
        ("by the end of the year", None, "2026-12-31"),
        ("in May", "2027-05-01", "2027-05-31"),
        ("before Christmas", None, "2026-12-23"),
    ],
)
def test_a_time_is_read(text: str, earliest: str | None, latest: str | None) -> None:
    assert _days(text) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "24/7", "VUM 2.0", "3/4 af borgerne", "31. februar", "den 31/4", "i marts 2025",
        "10-12 medarbejdere", "may we join",
        "viden om påske", "kl. 14-16", "§ 83", "Nexus 2", "mandagsmøder", "sommerfugle", "i hverdagen",
        "uge 54", "uge 0",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text: str) -> None:
    assert _days(text) == (None, None)


@pytest.mark.parametrize(
    ("today", "latest"),
    [(date(2026, 6, 30), "2026-06-30"), (date(2026, 7, 1), "2027-06-30"), (date(2027, 1, 1), "2027-06-30")],
)
def test_before_summer_rolls_on_when_summer_is_here(today: date, latest: str) -> None:
    assert _days("inden sommer", today) == (None, latest)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 4, 1), ("2027-04-01", "2027-05-31")),
        (date(2027, 5, 25), ("2028-03-01", "2028-05-31")),
        (date(2027, 6, 1), ("2028-03-01", "2028-05-31")),
    ],
)
def test_a_running_spring_counts_until_it_is_nearly_over(today: date, expected: tuple[str, str]) -> None:
    assert _days("i foråret", today) == expected


def test_two_times_narrow_each_other() -> None:
    assert _days("efter påske og inden sommer") == ("2027-03-30", "2027-06-30")
    assert _days("i foråret, senest 1. maj") == ("2027-03-01", "2027-05-01")
    assert _days("efter sommerferien og inden jul") == ("2027-08-01", "2027-12-23")


def test_every_day_keeps_the_words_it_came_from_and_says_whether_it_is_a_must() -> None:
    when = read_when(Sentence("Tak, gerne Efter påske og senest 1. juni!"), SUNDAY)
    assert when.earliest is not None
    assert when.latest is not None
    assert (when.earliest.words, when.latest.words) == ("Efter påske", "senest 1. juni")
    assert when.hard == {"latest"}


_PERIODS = [
    "sommer", "foråret", "efteråret", "vinteren", "påske", "pinse", "jul", "nytår", "uge 1", "uge 12",
    "uge 53", "marts", "december",
    "1. kvartal", "Q3", "andet halvår", "1. marts", "29. februar", "31/12", "sommerferien",
    "næste måned", "årets udgang",
]  # fmt: skip


@given(
    side=st.sampled_from(
        ["i", "til", "inden", "før", "efter", "senest", "tidligst", "fra", "inden udgangen af", "i starten af"]
    ),
    period=st.sampled_from(_PERIODS),
    today=st.dates(date(2024, 1, 1), date(2040, 12, 31)),
)
def test_nothing_lies_in_the_past_and_no_period_ends_before_it_begins(side: str, period: str, today: date) -> None:
    when = read_when(Sentence(f"{side} {period}"), today)
    assert when.earliest or when.latest
    for found in (when.earliest, when.latest):
        assert found is None or today <= found.value <= today + timedelta(days=366 * 9)
    if when.earliest and when.latest:
        assert when.earliest.value <= when.latest.value


@given(
    day=st.dates(SUNDAY, date(2029, 12, 31)),
    form=st.sampled_from(["%d.%m.%Y", "%d/%m-%Y", "%Y-%m-%d", "%d-%m-%Y"]),
)
def test_a_full_date_is_read_as_that_day(day: date, form: str) -> None:
    assert _days(f"senest {day:{form}}") == (None, day.isoformat())
