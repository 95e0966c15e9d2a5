"""The life of an enrolment: the whole table as it is meant, and a run's seats and line beside a simple model."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run, SignUp
from centre.clock import COPENHAGEN
from centre.enrolment_states import EnrolmentMovedOnError, Part, WordsMissingError, check, possible
from centre.enrolment_timers import reply_deadline
from centre.enrolments import Enrolment, EnrolmentStatus, enrolment_id
from centre.enrolments import EnrolmentEventKind as Kind
from centre.filing import NotFoundError
from centre.people import Person, Role
from centre.signing_up import RunClosedError, change, expire_seat, place_in_line, sign_up
from centre.states import NotAllowedError
from storage import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path
    from typing import TypeVar

    from centre.enrolments import EnrolmentEvent
    from storage.unit_of_work import UnitOfWork

    T = TypeVar("T")

TENANT = "tenant"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=COPENHAGEN)
S = EnrolmentStatus
_LIVE = "applied waitlisted attending"
TABLE = [
    # what             who              from          words
    ("approved", "leader staff", "applied", ""),
    ("refused", "leader staff", "applied", "words"),
    ("asked", "leader staff", "applied", "words"),
    ("answered", "person", "applied", "words"),
    ("seat_offered", "house", "waitlisted", ""),
    ("seat_taken", "person", "waitlisted", ""),
    ("seat_passed", "person", "waitlisted", ""),
    ("seat_expired", "house", "waitlisted", ""),
    ("left", "person leader", _LIVE, ""),
    ("leave_asked", "person leader", "attending", ""),
    ("leave_granted", "staff", "attending", ""),
    ("leave_refused", "staff", "attending", "words"),
    ("swapped", "leader staff", _LIVE, ""),
    ("removed", "staff", _LIVE, "words"),
    ("run_changed", "house", _LIVE, ""),
    ("run_cancelled", "house", _LIVE, ""),
    ("marked", "staff", "attending", ""),
]
EXPECTED = {
    (Kind(kind), Part(part), S(before)): bool(words)
    for kind, parts, befores, words in TABLE
    for part in parts.split()
    for before in befores.split()
}
ASKED_TO_LEAVE = {Kind.LEAVE_GRANTED, Kind.LEAVE_REFUSED}
DECISIONS = {Kind.APPROVED, Kind.REFUSED, Kind.ASKED}
OFFERED_A_SEAT = {Kind.SEAT_TAKEN, Kind.SEAT_PASSED, Kind.SEAT_EXPIRED}
MADE_BY_SIGNING_UP = {Kind.SIGNED_UP}


def enrolment(status: EnrolmentStatus, kind: Kind, decides: SignUp = SignUp.LEADER) -> Enrolment:
    """An enrolment on which a kind of event makes sense, if its status allows it at all."""
    return Enrolment(
        id="e",
        tenant=TENANT,
        run_code="H-1",
        offer_code="A-1",
        title="Demens",
        person_id="mads",
        person_name="Mads Kjær",
        sign_up=decides,
        status=status,
        applied_at=NOW,
        changed_at=NOW,
        offered_until=NOW if kind in OFFERED_A_SEAT else None,
        leave_asked_at=NOW if kind in ASKED_TO_LEAVE else None,
    )


@pytest.mark.parametrize("kind", sorted(set(Kind) - MADE_BY_SIGNING_UP))
def test_the_table_is_as_it_is_meant(kind: Kind) -> None:
    for part, status in product(Part, S):
        one = enrolment(status, kind)
        words_needed = EXPECTED.get((kind, part, status))
        assert (kind in possible(one, {part})) is (words_needed is not None), (part, status)
        if words_needed is not None:
            check(one, {part}, kind, "fordi")
        else:
            with pytest.raises((NotAllowedError, EnrolmentMovedOnError)):
                check(one, {part}, kind, "fordi")
        if words_needed:
            with pytest.raises(WordsMissingError):
                check(one, {part}, kind)


@pytest.mark.parametrize("kind", sorted(DECISIONS))
def test_what_the_centre_decides_is_not_the_leaders_to_answer(kind: Kind) -> None:
    one = enrolment(S.APPLIED, kind, SignUp.CENTRE)
    assert kind not in possible(one, {Part.LEADER})
    with pytest.raises(NotAllowedError):
        check(one, {Part.LEADER}, kind, "fordi")
    check(one, {Part.STAFF}, kind, "fordi")


def test_whose_it_never_is_and_who_comes_too_late_are_told_apart() -> None:
    decided = enrolment(S.ATTENDING, Kind.APPROVED)
    with pytest.raises(NotAllowedError):
        check(decided, {Part.PERSON}, Kind.APPROVED)
    with pytest.raises(EnrolmentMovedOnError):
        check(decided, {Part.LEADER}, Kind.APPROVED)


LENE = Person(TENANT, "lene", "Lene Holm", "lene@kommunen.example", Role.LEADER)
KIRSTEN = Person(TENANT, "kirsten", "Kirsten Bang", staff=True)
NAMES = ("anna", "bo", "carla", "dan", "eva")
SEATS = 2
RUN = Run("H-1", "A-1", date(2026, 12, 9), date(2026, 12, 9), "Vejen", False, SEATS, 0, date(2026, 12, 2))


def an_offer(decides: SignUp) -> Offer:
    return Offer(
        code="A-1",
        title="Demens",
        summary="",
        outcome="",
        topics=(),
        areas=tuple(Area),
        staff_groups=(),
        kind=OfferKind.THEME_DAY,
        length="",
        price_dkk=None,
        price_unit=PriceUnit.PERSON,
        provider="",
        place="Vejen",
        online=False,
        seats=SEATS,
        link="",
        language="da",
        sign_up=decides,
    )


def employee(name: str) -> Person:
    return Person(TENANT, name, name, f"{name}@kommunen.example", leader_email=LENE.email)


@dataclass
class Known:
    """What the model knows of somebody: their status, until when a seat is offered, whether they want to go."""

    status: EnrolmentStatus
    seat: bool
    until: datetime | None = None
    leaving: bool = False


@dataclass
class Model:
    """The run as a child would draw it: people with a seat, and a line of the others."""

    people: dict[str, Known] = field(default_factory=dict)
    line: list[str] = field(default_factory=list)

    @property
    def held(self) -> int:
        return sum(one.seat for one in self.people.values())

    def status(self, name: str) -> EnrolmentStatus | None:
        return self.people[name].status if name in self.people else None

    def joins(self, name: str, *, asks: bool) -> None:
        seat = self.held < SEATS and not self.line
        status = S.APPLIED if asks else S.ATTENDING if seat else S.WAITLISTED
        self.people[name] = Known(status, seat)
        if not seat:
            self.line.append(name)

    def ends(self, name: str, status: EnrolmentStatus, now: datetime) -> None:
        self.people[name] = Known(status, seat=False)
        if name in self.line:
            self.line.remove(name)
        self.hands_on(now)

    def hands_on(self, now: datetime) -> None:
        while self.held < SEATS and self.line and RUN.starts > now.date():
            first = self.people[self.line.pop(0)]
            first.seat = True
            first.until = reply_deadline(RUN, now) if first.status is S.WAITLISTED else None


class RunLife(RuleBasedStateMachine):
    """A run on a real database, on which people do whatever they like, and the model beside it."""

    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        file = self.folder / f"{uuid4().hex}.sqlite"
        shutil.copy(self.template, file)
        self.database = self.loop.run_until_complete(Database.open(f"sqlite:///{file}"))
        self.now = NOW
        self.model = Model()
        self.decides = SignUp.FREE

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()

    def does(self, act: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        self.now += timedelta(minutes=1)

        async def do() -> T:
            async with self.database.unit_of_work(TENANT) as work:
                done = await act(work)
                await work.commit()
                return done

        return self.loop.run_until_complete(do())

    @initialize(decides=st.sampled_from(SignUp))
    def planned(self, decides: SignUp) -> None:
        self.decides = decides

        async def plan(work: UnitOfWork) -> None:
            await work.people.save(LENE)
            for name in NAMES:
                await work.people.save(employee(name))
            await work.catalogue.import_offers(
                [an_offer(decides)], [RUN], replace_offers=False, replace_runs=False
            )

        self.does(plan)

    @rule(days=st.sampled_from([0, 0, 1, 3]))
    def time_passes(self, days: int) -> None:
        if (self.now + timedelta(days=days)).date() <= RUN.starts:
            self.now += timedelta(days=days)

    @rule(name=st.sampled_from(NAMES), by=st.sampled_from(["own", "lene", "kirsten"]))
    def signs_up(self, name: str, by: str) -> None:
        one = employee(name)
        actor = {"own": one, "lene": LENE, "kirsten": KIRSTEN}[by]
        known = self.model.people.get(name)
        lives = known is not None and known.status in {S.APPLIED, S.WAITLISTED, S.ATTENDING}
        last = RUN.starts if by == "kirsten" else RUN.last_day
        moment = self.now + timedelta(minutes=1)
        try:
            done = self.does(
                lambda work: sign_up(work, actor, one, an_offer(self.decides), RUN.code, self.now, LENE)
            )
        except RunClosedError:
            assert not lives
            assert moment.date() > last
            return
        assert done.changed is not lives
        if not lives:
            assert moment.date() <= last
            asks = self.decides is SignUp.CENTRE and by != "kirsten"
            asks = asks or (self.decides is SignUp.LEADER and by == "own")
            self.model.joins(name, asks=asks)
        assert done.place == (self.model.line.index(name) + 1 if name in self.model.line else 0)

    @rule(
        name=st.sampled_from(NAMES),
        kind=st.sampled_from(
            [
                Kind.APPROVED,
                Kind.REFUSED,
                Kind.ASKED,
                Kind.ANSWERED,
                Kind.SEAT_TAKEN,
                Kind.SEAT_PASSED,
                Kind.LEFT,
                Kind.LEAVE_GRANTED,
                Kind.LEAVE_REFUSED,
                Kind.SWAPPED,
                Kind.REMOVED,
            ]
        ),
        by=st.sampled_from(["own", "lene", "kirsten", "somebody else"]),
    )
    def something_is_done(self, name: str, kind: Kind, by: str) -> None:
        other = employee(NAMES[(NAMES.index(name) + 1) % len(NAMES)])
        actor = {"own": employee(name), "lene": LENE, "kirsten": KIRSTEN}.get(by, other)
        part = {"own": Part.PERSON, "lene": Part.LEADER, "kirsten": Part.STAFF}.get(by)
        moment = self.now + timedelta(minutes=1)
        known, allowed = self.model.people.get(name), self.allowed(name, kind, part, moment)
        own = enrolment_id(RUN.code, name)
        try:
            self.does(lambda work: change(work, actor, own, kind, self.now, "fordi"))
        except NotFoundError:
            assert known is None or part is None
            return
        except (NotAllowedError, EnrolmentMovedOnError):
            assert not allowed, (kind, by, known)
            return
        assert allowed, (kind, by, known)
        self.happens(name, kind, moment)

    def allowed(self, name: str, kind: Kind, part: Part | None, moment: datetime) -> bool:
        known = self.model.people.get(name)
        if known is None or part is None:
            return False
        if kind in DECISIONS and part is Part.LEADER and self.decides is SignUp.CENTRE:
            return False
        if kind is Kind.LEFT and self.is_late(known, part, moment):
            return not known.leaving and (Kind.LEAVE_ASKED, part, known.status) in EXPECTED
        if (kind in OFFERED_A_SEAT and not known.until) or (kind in ASKED_TO_LEAVE and not known.leaving):
            return False
        return (kind, part, known.status) in EXPECTED

    @staticmethod
    def is_late(known: Known, part: Part, moment: datetime) -> bool:
        return moment.date() > RUN.last_day and known.status is S.ATTENDING and part is not Part.STAFF

    def happens(self, name: str, kind: Kind, moment: datetime) -> None:
        known = self.model.people[name]
        match kind:
            case Kind.APPROVED:
                known.status = S.ATTENDING if known.seat else S.WAITLISTED
            case Kind.SEAT_TAKEN:
                known.status, known.until = S.ATTENDING, None
            case Kind.LEFT if moment.date() > RUN.last_day and known.status is S.ATTENDING:
                known.leaving = True
            case Kind.LEAVE_REFUSED:
                known.leaving = False
            case Kind.REFUSED:
                self.model.ends(name, S.DECLINED, moment)
            case Kind.ASKED | Kind.ANSWERED:
                pass
            case _:
                self.model.ends(name, S.CANCELLED, moment)

    @rule(name=st.sampled_from(NAMES))
    def a_deadline_is_looked_at(self, name: str) -> None:
        known = self.model.people.get(name)
        moment = self.now + timedelta(minutes=1)
        self.does(lambda work: expire_seat(work, enrolment_id(RUN.code, name), self.now))
        if known and known.until and known.until <= moment:
            self.model.ends(name, S.CANCELLED, moment)

    @invariant()
    def the_run_is_as_its_model_is(self) -> None:
        async def read() -> tuple[Sequence[Enrolment], list[int]]:
            async with self.database.read_only(TENANT) as work:
                people = await work.enrolments.of_run(RUN.code)
                return people, [await place_in_line(work, one) for one in people]

        people, places = self.loop.run_until_complete(read())
        found = {
            one.person_id: Known(one.status, one.holds_seat, one.offered_until, one.leave_asked_at is not None)
            for one in people
        }
        assert found == self.model.people
        line = [one.person_id for one in people if one.is_live and not one.holds_seat]
        assert line == self.model.line
        assert [place for place in places if place] == list(range(1, len(line) + 1))
        assert sum(one.holds_seat for one in people) <= SEATS

    @invariant()
    def the_trail_replays_to_where_everybody_stands(self) -> None:
        async def read() -> list[tuple[Enrolment, Sequence[EnrolmentEvent]]]:
            async with self.database.read_only(TENANT) as work:
                people = await work.enrolments.of_run(RUN.code)
                return [(one, await work.enrolments.events(one.id)) for one in people]

        for one, events in self.loop.run_until_complete(read()):
            status: EnrolmentStatus | None = None
            for event in events:
                assert event.before is status
                status = event.after
            assert status is one.status


def test_whatever_people_do_seats_and_line_are_as_the_model_says(sqlite_template: Path, tmp_path: Path) -> None:
    class Life(RunLife):
        template = sqlite_template
        folder = tmp_path

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


def test_a_sample_of_the_model_by_hand() -> None:
    """The model itself: a seat that comes free goes to the first in line, and to nobody on the day of the run."""
    model = Model()
    for name in ("anna", "bo", "carla", "dan"):
        model.joins(name, asks=False)
    assert model.line == ["carla", "dan"]
    model.ends("anna", S.CANCELLED, NOW)
    assert model.people["carla"] == Known(S.WAITLISTED, seat=True, until=reply_deadline(RUN, NOW))
    model.ends("bo", S.CANCELLED, replace_day(NOW, RUN.starts))
    assert model.line == ["dan"]


def replace_day(moment: datetime, day: date) -> datetime:
    return datetime.combine(day, moment.timetz())
