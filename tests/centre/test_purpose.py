"""The rules of purpose agreements: who may read what at every moment, and what a change takes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from catalogue.offers import Run, SignUp
from catalogue.working_days import is_working_day
from centre.agreeing import seen_by
from centre.clock import COPENHAGEN
from centre.enrolment_states import Part
from centre.enrolments import Enrolment, EnrolmentStatus
from centre.purpose import (
    LONGEST_ANSWER,
    OTHER,
    Act,
    Answers,
    AnswersMissingError,
    AnswerTooLongError,
    Purpose,
    PurposeMovedOnError,
    Side,
    answered,
    begins,
    begun_again,
    confirmed,
    deadline_of,
    possible,
    readable,
    reminded_at,
    sharing,
)
from centre.purpose_summary import topics_of

BEGUN = datetime(2026, 11, 23, 9, 0, tzinfo=COPENHAGEN)
RUN = Run("DEM-01-H2", "DEM-01", date(2026, 12, 17), date(2026, 12, 18), "Rådhuset", False, 20, 8, None)
ENROLMENT = Enrolment(
    "enrolment",
    "tenant",
    RUN.code,
    RUN.offer_code,
    "Mødet med borgere, der har demens",
    "mads",
    "Mads Kjær",
    SignUp.LEADER,
    EnrolmentStatus.ATTENDING,
    BEGUN,
    BEGUN,
    leader_id="lene",
    leader_name="Lene Holm",
)
BY = {Side.PERSON: ("mads", "Mads Kjær"), Side.LEADER: ("lene", "Lene Holm")}
WORDS = st.sampled_from(["ro", "tid", "tryghed", "sprog"])
SIDES = st.sampled_from(list(Side))
ALL_PARTS = st.sets(st.sampled_from([Part.PERSON, Part.LEADER, Part.STAFF, Part.HOUSE]))


def a_purpose(run: Run = RUN, begun: datetime = BEGUN) -> Purpose:
    return Purpose("enrolment", "tenant", begun, deadline_of(run, begun))


def both(purpose: Purpose, now: datetime = BEGUN) -> Purpose:
    for side in Side:
        purpose = answered(purpose, side, Answers("ro", "alle", side.value), BY[side], now, begins(RUN))
    return purpose


class Agreement(RuleBasedStateMachine):
    """Two sides, the centre and the clock do anything in any order, beside a model that only remembers facts."""

    @initialize(
        days=st.integers(0, 60), hour=st.none() | st.times(time(7), time(16)), begun=st.times(time(7), time(7, 59))
    )
    def it_begins(self, days: int, hour: time | None, begun: time) -> None:
        self.now = datetime.combine(date(2026, 11, 23), begun, COPENHAGEN)
        day = self.now.date() + timedelta(days=days)
        self.run = replace(RUN, starts=day, ends=day, begins_at=hour)
        self.begin = begins(self.run)
        if self.now >= self.begin:
            self.now = self.begin - timedelta(minutes=30)
        self.purpose = a_purpose(self.run, self.now)
        self.said: dict[Side, Answers] = {}
        self.lets: dict[Side, bool] = {}
        self.confirmations: set[Side] = set()
        self.closed = False

    @rule(minutes=st.integers(1, 60 * 24 * 5))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(side=SIDES, words=st.tuples(WORDS, WORDS, WORDS))
    def somebody_answers(self, side: Side, words: tuple[str, str, str]) -> None:
        answers = Answers(*words)
        if self.closed or self.now >= self.begin:
            with pytest.raises(PurposeMovedOnError):
                answered(self.purpose, side, answers, BY[side], self.now, self.begin)
            return
        if self.said.get(side) != answers:
            self.confirmations.clear()
        self.said[side] = answers
        self.purpose = answered(self.purpose, side, answers, BY[side], self.now, self.begin)

    @rule(side=SIDES, old=st.booleans())
    def somebody_confirms(self, side: Side, old: bool) -> None:
        edition = self.purpose.edition - 1 if old else self.purpose.edition
        if old or self.closed or len(self.said) < len(Side):
            with pytest.raises(PurposeMovedOnError):
                confirmed(self.purpose, side, edition, self.now, self.begin)
            return
        self.confirmations.add(side)
        self.purpose = confirmed(self.purpose, side, edition, self.now, self.begin)

    @rule(side=SIDES, shares=st.booleans())
    def somebody_shares(self, side: Side, shares: bool) -> None:
        if self.closed or side not in self.said:
            with pytest.raises(PurposeMovedOnError):
                sharing(self.purpose, side, shares=shares, now=self.now, begin=self.begin)
            return
        self.lets[side] = shares
        self.purpose = sharing(self.purpose, side, shares=shares, now=self.now, begin=self.begin)

    @precondition(lambda self: not self.closed)
    @rule()
    def the_place_is_gone(self) -> None:
        self.purpose = replace(self.purpose, closed_at=self.now)
        self.closed = True

    @precondition(lambda self: self.closed and self.now < self.begin)
    @rule()
    def the_place_is_there_again(self) -> None:
        self.purpose = begun_again(self.purpose, self.run, self.now)
        self.closed, self.lets = False, {}
        self.confirmations.clear()

    @invariant()
    def a_side_reads_the_other_only_when_both_have_answered_or_the_deadline_has_passed(self) -> None:
        may = not self.closed and (len(self.said) == len(Side) or self.now >= self.purpose.deadline)
        for side in Side:
            seen = seen_by(self.purpose, ENROLMENT, self.run, side, self.now)
            assert seen.own.answers == self.said.get(side, Answers())
            assert (seen.other is not None) == may
            assert seen.other is None or seen.other.answers == self.said.get(OTHER[side], Answers())

    @invariant()
    def the_centre_reads_only_what_both_have_answered_and_let_it_read(self) -> None:
        may = not self.closed and len(self.said) == len(Side) and all(self.lets.get(side) for side in Side)
        assert readable(self.purpose, {Part.STAFF}, self.now) == (frozenset(Side) if may else frozenset())

    @invariant()
    def nobody_else_reads_anything(self) -> None:
        for parts in (set[Part](), {Part.HOUSE}):
            assert readable(self.purpose, parts, self.now) == frozenset()

    @invariant()
    def it_is_agreed_when_both_confirmed_what_is_there_now(self) -> None:
        assert self.purpose.agreed == (self.confirmations == set(Side))

    @invariant()
    def what_is_not_offered_cannot_be_done(self) -> None:
        for side in Side:
            acts = possible(self.purpose, side, self.now, self.begin)
            assert (Act.ANSWER in acts) == (not self.closed and self.now < self.begin)
            assert not self.closed or acts == frozenset()


TestAgreement = Agreement.TestCase


@given(parts=ALL_PARTS, minutes=st.integers(0, 60 * 24 * 40), shares=st.tuples(st.booleans(), st.booleans()))
def test_more_parts_never_show_less_and_none_show_nothing(
    parts: set[Part], minutes: int, shares: tuple[bool, bool]
) -> None:
    purpose = both(a_purpose())
    for side, lets in zip(Side, shares, strict=True):
        purpose = sharing(purpose, side, shares=lets, now=BEGUN, begin=begins(RUN))
    now = BEGUN + timedelta(minutes=minutes)
    seen = readable(purpose, parts, now)
    assert seen == frozenset().union(*(readable(purpose, {part}, now) for part in parts))


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    clock=st.times(),
    days=st.integers(0, 90),
)
def test_the_deadline_lies_between_the_beginning_and_the_run(day: date, clock: time, days: int) -> None:
    begun = datetime.combine(day, clock, COPENHAGEN)
    starts = day + timedelta(days=days)
    run = replace(RUN, starts=starts, ends=starts)
    deadline = deadline_of(run, begun)
    assert deadline <= begins(run)
    if begun + timedelta(hours=2) < begins(run):
        assert deadline >= begun + timedelta(hours=2)
    assert reminded_at(a_purpose(run, begun)) < deadline


@pytest.mark.parametrize(
    ("begun", "starts", "deadline"),
    [
        ("2026-11-23T09:00", "2027-02-01", "2026-12-07T12:00"),  # ten working days
        ("2026-11-23T09:00", "2026-11-30", "2026-11-26T12:00"),  # Thursday before a Monday
        ("2026-12-18T09:00", "2027-02-01", "2027-01-07T12:00"),  # over Christmas and New Year
        ("2027-03-15T09:00", "2027-03-30", "2027-03-23T12:00"),  # over Easter: Thursday to Monday are holidays
        ("2026-11-23T09:00", "2026-11-24", "2026-11-23T11:00"),  # the day before: two hours
        ("2026-11-24T07:00", "2026-11-24", "2026-11-24T08:00"),  # the same morning: until it begins
        ("2026-10-23T09:00", "2026-12-24", "2026-11-06T12:00"),  # noon on both sides of the end of summer time
    ],
)
def test_the_deadline_in_figures(begun: str, starts: str, deadline: str) -> None:
    moment = datetime.fromisoformat(begun).replace(tzinfo=COPENHAGEN)
    run = replace(RUN, starts=date.fromisoformat(starts), ends=date.fromisoformat(starts))
    found = deadline_of(run, moment)
    assert found == datetime.fromisoformat(deadline).replace(tzinfo=COPENHAGEN)
    assert is_working_day(found.date())


def test_whoever_has_not_answered_is_reminded_three_working_days_before() -> None:
    purpose = a_purpose()
    assert purpose.deadline == datetime(2026, 12, 7, 12, tzinfo=COPENHAGEN)
    assert reminded_at(purpose) == datetime(2026, 12, 2, 9, tzinfo=COPENHAGEN)


def test_all_three_questions_are_to_be_answered_shortly() -> None:
    purpose = a_purpose()
    for answers in (Answers(), Answers("ro"), Answers("ro", "alle", "")):
        with pytest.raises(AnswersMissingError):
            answered(purpose, Side.PERSON, answers, BY[Side.PERSON], BEGUN, begins(RUN))
    with pytest.raises(AnswerTooLongError):
        answered(
            purpose,
            Side.PERSON,
            Answers("ro", "alle", "x" * (LONGEST_ANSWER + 1)),
            BY[Side.PERSON],
            BEGUN,
            begins(RUN),
        )


def test_the_same_answers_and_the_same_confirmation_change_nothing() -> None:
    purpose = both(a_purpose())
    again = answered(purpose, Side.PERSON, purpose.person.answers, BY[Side.PERSON], BEGUN, begins(RUN))
    assert again is purpose
    once = confirmed(purpose, Side.LEADER, purpose.edition, BEGUN, begins(RUN))
    assert confirmed(once, Side.LEADER, once.edition, BEGUN, begins(RUN)) is once


def test_a_new_leader_has_not_let_the_centre_read_what_they_say() -> None:
    purpose = both(a_purpose())
    for side in Side:
        purpose = sharing(purpose, side, shares=True, now=BEGUN, begin=begins(RUN))
    own = answered(purpose, Side.LEADER, Answers("a", "b", "c"), BY[Side.LEADER], BEGUN, begins(RUN))
    assert own.shared
    others = answered(purpose, Side.LEADER, Answers("a", "b", "c"), ("bo", "Bo Friis"), BEGUN, begins(RUN))
    assert not others.shared


def said_by(people: list[str], words: str, number: int) -> tuple[Purpose, Enrolment]:
    """An agreement of one employee, in which the leader says the same."""
    own = f"enrolment-{number}"
    purpose = replace(a_purpose(), enrolment_id=own)
    for side, who in zip(Side, people, strict=True):
        purpose = answered(purpose, side, Answers(words, "nogen", "noget"), (who, who), BEGUN, begins(RUN))
    return purpose, replace(ENROLMENT, id=own, person_id=people[0])


def topics(*agreements: tuple[Purpose, Enrolment]) -> tuple[str, ...]:
    return topics_of([purpose for purpose, _ in agreements], {one.id: one for _, one in agreements})


def test_a_word_needs_three_people_and_one_leader_of_many_is_one() -> None:
    first, second = (
        said_by(["mads", "lene"], "Mere nærvær", 1),
        said_by(["lene", "mads"], "Nærvær og mere nærvær", 2),
    )
    assert topics(first, second) == ()
    third = said_by(["ida", "lene"], "Der skal være nærvær", 3)
    assert topics(first, second, third) == ("nærvær",)


def test_names_and_numbers_are_no_topics_however_many_write_them() -> None:
    words = "Nærvær hos Yrsa Ahmadi i stue 12"
    said = [said_by([f"p{number}", f"l{number}"], words, number) for number in range(4)]
    assert topics(*said) == ("nærvær", "stue")
