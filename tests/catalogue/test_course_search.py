"""What the catalogue has for a query: every filter by itself, all together, and what comes near."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.sample import read_sample
from catalogue.course_query import (
    CourseQuery,
    Filter,
    UnreadableCourseQueryError,
    course_query_from_json,
    course_query_json,
)
from catalogue.course_search import cheaper_than, find_courses, longer_than, shorter_than, ways_on
from catalogue.learning_forms import Form
from catalogue.lengths import DAY, Length, length_of
from catalogue.matches import Match
from catalogue.matching import MatchIndex
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run

TODAY = date(2026, 11, 22)
SAMPLE = MatchIndex.build(*read_sample(TODAY))
OFFER = Offer(
    code="A",
    title="Demens i hverdagen",
    summary="",
    outcome="",
    topics=("demens",),
    areas=(),
    staff_groups=(),
    kind=OfferKind.OWN_COURSE,
    length="1 dag",
    price_dkk=900,
    price_unit=PriceUnit.PERSON,
    provider="",
    place="Kompetencecentret",
    online=False,
    seats=20,
    link="",
    language="da",
)
IN_MARCH = Run("A-1", "A", date(2027, 3, 8), date(2027, 3, 8), "Åbro", False, 20, 5, date(2027, 2, 1))


def codes(query: CourseQuery, offers: list[Offer], runs: list[Run] | None = None) -> list[str]:
    found = find_courses(MatchIndex.build(offers, runs or [], synonyms=[]), query, TODAY)
    return [match.offer.code for match in found.matches]


@pytest.mark.parametrize(
    ("query", "fits", "does_not"),
    [
        (
            CourseQuery(staff_groups=("pædagog",)),
            {"staff_groups": ("pædagog", "lærer")},
            {"staff_groups": ("lærer",)},
        ),
        (CourseQuery(staff_groups=("pædagog",)), {"staff_groups": ()}, {"staff_groups": ("lærer",)}),
        (CourseQuery(area=Area.SENIOR), {"areas": (Area.SENIOR,)}, {"areas": (Area.DISABILITY,)}),
        (CourseQuery(online=True), {"online": True}, {"online": False}),
        (CourseQuery(online=True), {"kind": OfferKind.E_LEARNING}, {}),
        (CourseQuery(online=False), {}, {"kind": OfferKind.E_LEARNING}),
        (CourseQuery(forms=(Form.COURSE,)), {"kind": OfferKind.BOUGHT_COURSE}, {"kind": OfferKind.SUPERVISION}),
        (CourseQuery(excluded=(Form.SUPERVISION,)), {}, {"kind": OfferKind.SUPERVISION}),
        (CourseQuery(place="åbro"), {"place": "Sundhedshuset, Åbro"}, {"place": "Vejle"}),
        (CourseQuery(longest=Length(1, DAY)), {"length": "3 timer"}, {"length": "2 dage"}),
        (CourseQuery(shortest=Length(2, 2 * DAY)), {"length": "2 dage"}, {"length": "1 dag"}),
        (CourseQuery(dearest=900), {"price_dkk": 900}, {"price_dkk": 901}),
        (CourseQuery(dearest=0), {"price_dkk": 0}, {"price_dkk": None}),
        (CourseQuery(seats=1), {"kind": OfferKind.E_LEARNING}, {"kind": OfferKind.SUPERVISION}),
        (CourseQuery(seats=12), {"kind": OfferKind.TEAM_PROGRAMME}, {"kind": OfferKind.OWN_COURSE}),
        (CourseQuery(latest=date(2027, 1, 1)), {"kind": OfferKind.SUPERVISION}, {"kind": OfferKind.THEME_DAY}),
        (CourseQuery(new_since=date(2026, 11, 1)), {"added_on": date(2026, 11, 1)}, {"added_on": None}),
    ],
)
def test_an_offer_without_runs_fits_by_what_it_says_of_itself(
    query: CourseQuery, fits: dict[str, object], does_not: dict[str, object]
) -> None:
    there, not_there = replace(OFFER, code="in", **fits), replace(OFFER, code="out", **does_not)  # type: ignore[arg-type]
    assert codes(query, [there, not_there]) == ["in"]


@pytest.mark.parametrize(
    ("query", "does_not"),
    [
        (CourseQuery(earliest=date(2027, 3, 1), latest=date(2027, 3, 31)), {"starts": date(2027, 2, 1)}),
        (CourseQuery(online=False), {"online": True}),
        (CourseQuery(place="Åbro"), {"place": "Vejle"}),
        (CourseQuery(seats=15), {"taken": 6}),
        (CourseQuery(seats=1), {"deadline": date(2026, 11, 1)}),
        (CourseQuery(new_since=date(2026, 11, 1)), {"added_on": date(2026, 10, 31)}),
    ],
)
def test_an_offer_with_runs_fits_by_its_runs_and_shows_those_that_fit(
    query: CourseQuery, does_not: dict[str, object]
) -> None:
    run = replace(IN_MARCH, added_on=date(2026, 11, 5))
    other = replace(run, code="A-2", **does_not)  # type: ignore[arg-type]
    index = MatchIndex.build([OFFER], [run, other], synonyms=[])
    assert [[fit.code for fit in match.runs] for match in find_courses(index, query, TODAY).matches] == [["A-1"]]
    assert codes(query, [OFFER], [other]) == []


def test_one_run_must_have_all_that_is_asked_of_a_run() -> None:
    here_and_full = replace(IN_MARCH, taken=20)
    free_elsewhere = replace(IN_MARCH, code="A-2", place="Vejle")
    assert codes(CourseQuery(place="Åbro"), [OFFER], [free_elsewhere]) == []
    assert codes(CourseQuery(place="Åbro", seats=1), [OFFER], [here_and_full, free_elsewhere]) == []


def test_what_is_not_told_comes_last_and_is_counted() -> None:
    untold = replace(OFFER, code="untold", length="Efter aftale", title="Aaa")
    index = MatchIndex.build([untold, OFFER], [], synonyms=[])
    found = find_courses(index, CourseQuery(longest=Length(1, DAY)), TODAY)
    assert ([match.offer.code for match in found.matches], found.unsure, found.sure) == (["A", "untold"], 1, 1)


def test_a_price_for_a_team_is_the_price_whatever_their_number() -> None:
    team = replace(OFFER, price_dkk=12_000, price_unit=PriceUnit.TEAM, kind=OfferKind.TEAM_PROGRAMME)
    assert codes(CourseQuery(dearest=12_000, seats=12), [team]) == ["A"]
    assert codes(CourseQuery(dearest=2_000), [team]) == []
    per_person = replace(OFFER, kind=OfferKind.TEAM_PROGRAMME)
    assert codes(CourseQuery(dearest=2_000, seats=12), [per_person]) == []


def test_those_named_come_before_those_for_everyone() -> None:
    named = replace(OFFER, code="named", title="Zzz", staff_groups=("pædagog",))
    assert codes(CourseQuery(staff_groups=("pædagog",)), [OFFER, named]) == ["named", "A"]


def matched(*texts: str) -> list[Match]:
    return [Match(replace(OFFER, length=text), (), 0.0, ()) for text in texts]


def test_shorter_and_longer_are_measured_on_the_usual_one_shown() -> None:
    found = matched("30 minutter", "3 timer", "1 dag", "1 dag", "2 dage", "12 uger", "Efter aftale")
    shown = [match.offer for match in found[2:]]
    assert shorter_than(found, shown) == length_of("3 timer")
    assert longer_than(found, shown) == length_of("2 dage")
    assert shorter_than(found[2:4], shown) is None
    assert shorter_than(found, [found[-1].offer]) is None


def test_cheaper_is_measured_on_the_usual_price_shown() -> None:
    priced = [Match(replace(OFFER, price_dkk=price), (), 0.0, ()) for price in (0, 600, 900, 1850, None)]
    shown = [match.offer for match in priced]
    assert cheaper_than(priced, shown) == 0
    assert cheaper_than(priced, shown[2:]) == 600
    assert cheaper_than(priced[:1], shown[:1]) is None


def test_where_nothing_fits_each_filter_in_the_way_is_named_with_what_there_is_without_it() -> None:
    query = CourseQuery(topic="demens", text="demens", online=True, shortest=Length(3, 3 * DAY))
    assert not find_courses(SAMPLE, query, TODAY).matches
    found = ways_on(SAMPLE, query, TODAY)
    for way in found.ways:
        assert way.count == len(find_courses(SAMPLE, query.without(way.filter), TODAY).matches) > 0
    assert {way.filter for way in found.ways} == {Filter.ONLINE, Filter.SHORTEST}
    assert 0 < len(found.nearest) <= 3


def test_where_no_single_filter_helps_the_nearest_are_those_without_any() -> None:
    query = CourseQuery(topic="demens", text="demens", place="Vejle", dearest=0, shortest=Length(9, 9 * DAY))
    found = ways_on(SAMPLE, query, TODAY)
    assert found.ways == ()
    assert len(found.nearest) == 3


def test_the_sample_has_something_new() -> None:
    found = find_courses(SAMPLE, CourseQuery(new_since=TODAY - timedelta(days=30)), TODAY)
    assert {match.offer.code for match in found.matches} == {"DEM-05", "PAL-02", "MED-05", "DEM-01"}
    by_run = next(match for match in found.matches if match.offer.code == "DEM-01")
    assert [run.code for run in by_run.runs] == ["DEM-01-H4"]


def test_places_are_known_by_their_names() -> None:
    assert {"Åbro", "Søndervang", "Kompetencecentret"} <= SAMPLE.places
    assert not {"Online", "lokale 2", "jeres arbejdsplads"} & SAMPLE.places


QUERIES = st.builds(
    CourseQuery,
    topic=st.sampled_from(["", "demens", "palliation", "strikning"]),
    staff_groups=st.sampled_from([(), ("pædagog",), ("SOSU-assistent", "sygeplejerske")]),
    seats=st.sampled_from([None, 1, 12]),
    earliest=st.sampled_from([None, date(2027, 1, 1)]),
    latest=st.sampled_from([None, date(2027, 6, 30)]),
    online=st.sampled_from([None, True, False]),
    forms=st.sampled_from([(), (Form.COURSE,), (Form.SUPERVISION, Form.E_LEARNING)]),
    excluded=st.sampled_from([(), (Form.E_LEARNING,)]),
    place=st.sampled_from(["", "Åbro", "Vejle"]),
    longest=st.sampled_from([None, Length(1, DAY), Length(2, 200)]),
    shortest=st.sampled_from([None, Length(1, 180)]),
    dearest=st.sampled_from([None, 0, 900]),
    area=st.sampled_from([None, Area.SENIOR]),
    new_since=st.sampled_from([None, date(2026, 11, 1)]),
)


@settings(max_examples=60, deadline=None)
@given(QUERIES)
def test_more_filters_never_find_more(query: CourseQuery) -> None:
    found = {match.offer.code for match in find_courses(SAMPLE, query, TODAY).matches}
    for one in query.filters:
        wider = find_courses(SAMPLE, query.without(one), TODAY)
        wider_codes = {match.offer.code for match in wider.matches}
        assert found <= wider_codes or query.topic, one


@given(QUERIES)
def test_a_query_is_read_as_it_was_kept(query: CourseQuery) -> None:
    assert course_query_from_json(course_query_json(query)) == query
    assert set(query.without(*Filter).filters) == set()
    assert query.without(*Filter).narrowed(query) == query


@pytest.mark.parametrize(
    "kept",
    [
        {"topic": 7},
        {"seats": -1},
        {"seats": "12"},
        {"dearest": 10**12},
        {"longest": [0, 5]},
        {"longest": [1]},
        {"longest": "1 dag"},
        {"forms": ["cinema"]},
        {"area": "moon"},
        {"earliest": "yesterday"},
        {"staff_groups": [1]},
        {"staff_groups": 1},
    ],
)
def test_a_query_that_somebody_made_up_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(UnreadableCourseQueryError):
        course_query_from_json(kept)
