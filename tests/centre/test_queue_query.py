"""A query of the queue: what it comes to for a reader today, and how it is kept."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.offers import Area
from centre.queue_query import QueueQuery, UnreadableQueryError, Whose, query_from_json, query_json
from centre.requests import OPEN_STATUSES, Priority, Status

TODAY = date(2026, 11, 22)
FULL = QueueQuery(
    whose=Whose.COLLEAGUE,
    colleague_id="grethe",
    colleague_name="Grethe Lund",
    statuses=(Status.NEW, Status.AWAITING_LEADER),
    area=Area.PSYCHIATRY,
    older_than=14,
    due_within=-1,
    due_before=date(2026, 12, 1),
    priority=Priority.HIGH,
    text="blærescanning æøå",
    requester="Lene",
)
WORDS = some.text(max_size=80)
DAYS = some.none() | some.integers(0, 3650)


def test_a_query_that_says_nothing_is_all_open_cases() -> None:
    criteria = QueueQuery().criteria("kirsten", TODAY)
    assert criteria.statuses == OPEN_STATUSES
    assert (criteria.assignee_id, criteria.filed_before, criteria.due_before) == (None, None, None)


@pytest.mark.parametrize(
    ("whose", "assignee"),
    [(Whose.ANYBODY, None), (Whose.MINE, "kirsten"), (Whose.NOBODY, ""), (Whose.COLLEAGUE, "grethe")],
)
def test_mine_is_whoever_asks(whose: Whose, assignee: str | None) -> None:
    query = QueueQuery(whose=whose, colleague_id="grethe")
    assert query.criteria("kirsten", TODAY).assignee_id == assignee


def test_older_than_counts_whole_days_in_denmark() -> None:
    before = QueueQuery(older_than=14).criteria("", TODAY).filed_before
    assert before == datetime(2026, 11, 7, 23, 0, tzinfo=UTC)
    in_summer = QueueQuery(older_than=0).criteria("", date(2026, 7, 1)).filed_before
    assert in_summer == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "before"),
    [
        (QueueQuery(due_within=-1), date(2026, 11, 22)),
        (QueueQuery(due_within=0), date(2026, 11, 23)),
        (QueueQuery(due_within=7), date(2026, 11, 30)),
        (QueueQuery(due_before=date(2026, 12, 1)), date(2026, 12, 1)),
        (QueueQuery(due_before=date(2026, 12, 1), due_within=0), date(2026, 11, 23)),
    ],
)
def test_due_days_are_counted_from_the_day_of_asking(query: QueueQuery, before: date) -> None:
    assert query.criteria("", TODAY).due_before == before


def test_every_field_is_kept() -> None:
    left_out = {field.name for field in fields(FULL) if getattr(FULL, field.name) == field.default}
    assert left_out == set()
    assert query_from_json(query_json(FULL)) == FULL


def test_what_does_not_narrow_takes_no_room() -> None:
    assert query_json(QueueQuery()) == {}
    assert query_json(QueueQuery(whose=Whose.MINE)) == {"whose": "mine"}


@given(
    some.builds(
        QueueQuery,
        colleague_id=WORDS,
        colleague_name=WORDS,
        statuses=some.lists(some.sampled_from(Status), unique=True).map(tuple),
        older_than=DAYS,
        due_within=DAYS,
        text=WORDS,
        requester=WORDS,
    )
)
def test_whatever_is_kept_comes_back(query: QueueQuery) -> None:
    assert query_from_json(query_json(query)) == query


@pytest.mark.parametrize(
    "data",
    [
        {"whose": "theirs"},
        {"statuses": "new"},
        {"statuses": ["lost"]},
        {"statuses": 7},
        {"area": "north"},
        {"older": "14"},
        {"older": -2},
        {"within": 1e9},
        {"older": 10_000_000},
        {"before": "soon"},
        {"priority": "highest"},
        {"text": ["demens"]},
        [],
        None,
    ],
)
def test_what_this_release_does_not_write_is_not_read(data: object) -> None:
    with pytest.raises(UnreadableQueryError):
        query_from_json(data)  # type: ignore[arg-type]


def test_a_long_text_that_comes_back_from_a_card_is_cut() -> None:
    assert len(query_from_json({"text": "å" * 500}).text) == 80
