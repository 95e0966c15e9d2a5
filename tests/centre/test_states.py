"""The life of a request: the whole table as it is meant, and what any row of it does to a real database."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from catalogue.offers import Area
from centre.cases import Colleague, Given, act
from centre.clock import COPENHAGEN
from centre.filing import NotFoundError, file_request, restore_request, withdraw_request
from centre.notices import QUEUE, NoticeKind
from centre.people import Person, Role
from centre.requests import CaseNumber as Number
from centre.requests import EventKind, Kle, Option, Priority, Request, Status, Wish
from centre.states import By, MissingError, Needs, NotAllowedError, TooLateError, possible, step
from storage import Database
from storage.models import NoticeRow

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from pathlib import Path
    from typing import Any, TypeVar

    from centre.requests import Event

    T = TypeVar("T")

TENANT = "tenant"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)
LENE = Person(TENANT, "lene", "Lene Holm", role=Role.LEADER, role_confirmed=False, area=Area.SENIOR)
AMINA = Person(TENANT, "amina", "Amina Yılmaz", role=Role.LEADER)
KIRSTEN = Person(TENANT, "kirsten", "Kirsten Bang", staff=True)
GRETHE = Person(TENANT, "grethe", "Grethe Lund", staff=True)
EVERYBODY = (LENE, AMINA, KIRSTEN, GRETHE)

_UNPLANNED = "new clarifying awaiting_leader sourcing pooled"
_OPEN = f"{_UNPLANNED} planned"
_BEGUN = "clarifying awaiting_leader sourcing pooled planned"
_CLOSED = "completed evaluated rejected withdrawn"
SAME = "same"

TABLE = [
    # what            who          from                                            to                 with
    ("edited", "requester", "new", SAME, ""),
    ("withdrawn", "requester", _UNPLANNED, "withdrawn", ""),
    ("restored", "requester", "withdrawn", SAME, ""),
    (
        "wrote",
        "requester",
        "new clarifying sourcing pooled planned completed evaluated rejected withdrawn",
        SAME,
        "words",
    ),
    ("taken", "staff", "new", "clarifying", ""),
    ("taken", "staff", _BEGUN, SAME, ""),
    ("handed_over", "staff", "new", "clarifying", "colleague"),
    ("handed_over", "staff", _BEGUN, SAME, "colleague"),
    ("released", "staff", _OPEN, SAME, ""),
    ("asked", "staff", _UNPLANNED, "awaiting_leader", "words"),
    ("answered", "requester", "awaiting_leader", "clarifying", "words"),
    ("sourcing", "staff", _UNPLANNED, "sourcing", ""),
    ("proposed", "staff", _UNPLANNED, "awaiting_leader", "offer"),
    ("accepted", "requester", "awaiting_leader", "sourcing", ""),
    ("declined", "requester", "awaiting_leader", "clarifying", ""),
    ("call_wanted", "requester", "awaiting_leader", "clarifying", ""),
    ("call_wanted", "requester", "new clarifying sourcing pooled planned rejected", SAME, ""),
    ("pooled", "staff", _UNPLANNED, "pooled", ""),
    ("planned", "staff", _OPEN, "planned", "offer"),
    ("completed", "staff", "planned", "completed", ""),
    ("evaluated", "staff", "completed", "evaluated", ""),
    ("rejected", "staff", _OPEN, "rejected", "reason"),
    ("reopened", "staff", _CLOSED, "clarifying", "reason"),
    ("noted", "staff", f"{_OPEN} {_CLOSED}", SAME, "words"),
    ("prioritised", "staff", _OPEN, SAME, "priority"),
    ("due_set", "staff", _OPEN, SAME, "day"),
    ("moved", "staff", _OPEN, SAME, "area"),
    ("leader_confirmed", "staff", f"{_OPEN} {_CLOSED}", SAME, ""),
    ("leader_refused", "staff", f"{_OPEN} {_CLOSED}", SAME, ""),
]
"""Written out, and not derived from the code: a row that changes there must be changed here, on purpose."""

EXPECTED = {
    (EventKind(kind), By(by), Status(before)): (
        Status(before if after == SAME else after),
        frozenset(needs.split()),
    )
    for kind, by, froms, after, needs in TABLE
    for before in froms.split()
}

LEADER_HEARS = {
    *("taken", "handed_over", "asked", "proposed", "pooled", "planned", "completed", "rejected", "reopened"),
    *("leader_confirmed", "leader_refused"),
}
ASSIGNEE_HEARS = {
    *("edited", "withdrawn", "restored", "wrote", "answered", "accepted", "declined", "call_wanted", "noted"),
    *("handed_over", "released", "prioritised", "due_set", "rejected", "planned", "moved"),
}


def a_request(status: Status) -> Request:
    return Request(
        id="r1",
        tenant=TENANT,
        number=Number(2026, 1),
        status=status,
        wish=Wish(need="demens"),
        kle=Kle.INTERNAL,
        requester_id=LENE.id,
        requester_name=LENE.name,
        requester_confirmed=True,
        filed_at=NOW,
        changed_at=NOW,
        answer_due=date(2026, 11, 27),
    )


@pytest.mark.parametrize(("kind", "status"), [*product(EventKind, Status)])
def test_the_table_is_the_one_that_is_meant(kind: EventKind, status: Status) -> None:
    request = a_request(status)
    for by, person in ((By.REQUESTER, LENE), (By.STAFF, KIRSTEN)):
        known = EXPECTED.get((kind, by, status))
        assert (kind in possible(request, person)) is (known is not None)
        if known is None:
            with pytest.raises((NotAllowedError, TooLateError)):
                step(request, person, kind, set(Needs))
            continue
        after, needs = known
        assert step(request, person, kind, needs) is after
        if needs:
            with pytest.raises(MissingError) as missing:
                step(request, person, kind)
            assert missing.value.needs == needs


@pytest.mark.parametrize("kind", EventKind)
def test_it_is_refused_by_right_before_it_is_refused_by_time(kind: EventKind) -> None:
    """Who may never do it learns nothing of how the case stands."""
    for by, person in ((By.REQUESTER, LENE), (By.STAFF, KIRSTEN)):
        ever = any((kind, by, status) in EXPECTED for status in Status)
        for status in Status:
            if (kind, by, status) not in EXPECTED:
                with pytest.raises(TooLateError if ever else NotAllowedError):
                    step(a_request(status), person, kind, set(Needs))


@pytest.mark.parametrize(("kind", "status"), [*product(EventKind, Status)])
def test_a_stranger_may_do_nothing(kind: EventKind, status: Status) -> None:
    for stranger in (AMINA, replace(LENE, tenant="other", id="lene-of-another-town")):
        with pytest.raises(NotAllowedError):
            step(a_request(status), stranger, kind, set(Needs))
        assert possible(a_request(status), stranger) == frozenset()


def test_staff_who_filed_for_a_department_are_its_leader_too() -> None:
    own = replace(a_request(Status.AWAITING_LEADER), requester_id=KIRSTEN.id)
    assert step(own, KIRSTEN, EventKind.ACCEPTED) is Status.SOURCING
    assert step(own, KIRSTEN, EventKind.REJECTED, {Needs.REASON}) is Status.REJECTED


def test_every_status_can_be_reached_and_none_is_a_dead_end() -> None:
    reached = {Status.NEW}
    while True:
        further = {after for (_, _, before), (after, _) in EXPECTED.items() if before in reached}
        if further <= reached:
            break
        reached |= further
    assert reached == set(Status)
    assert {before for (_, _, before), (after, _) in EXPECTED.items() if after is not before} == set(Status)


GIVEN = Given(
    "Er nattevagterne med?",
    Option("DEM-01", "Demens i hverdagen"),
    Colleague(GRETHE.id, GRETHE.name),
    Priority.HIGH,
    date(2026, 12, 1),
    Area.PSYCHIATRY,
)
BY_ACT = sorted({kind for kind, _, _ in EXPECTED} - {EventKind.EDITED, EventKind.WITHDRAWN, EventKind.RESTORED})
"""The leader's own three are use cases of their own (`centre.filing`)."""


class CaseLife(RuleBasedStateMachine):
    """Anybody does anything to one case, in any order, on a real database."""

    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        file = self.folder / f"{uuid4().hex}.sqlite"
        shutil.copy(self.template, file)
        self.database = self.runner.run(Database.open(f"sqlite:///{file}"))
        self.now = NOW

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(what)

    @initialize()
    def is_filed(self) -> None:
        async def file() -> Request:
            async with self.database.unit_of_work(TENANT) as work:
                for person in EVERYBODY:
                    await work.people.save(person)
                filed = await file_request(work, LENE, "r1", Wish(need="demens", area=Area.SENIOR), None, NOW)
                await work.commit()
                return filed.request

        self.request = self.run(file())
        self.events = self.trail()
        self.notices = self.outbox()

    def trail(self) -> Sequence[Event]:
        async def read() -> Sequence[Event]:
            async with self.database.read_only(TENANT) as work:
                return await work.requests.events("r1")

        return self.run(read())

    def outbox(self) -> list[NoticeRow]:
        async def read() -> list[NoticeRow]:
            async with self.database.session(read_only=True) as session:
                return list(await session.scalars(select(NoticeRow).order_by(NoticeRow.id)))

        return self.run(read())

    @rule(
        person=st.sampled_from(EVERYBODY),
        kind=st.sampled_from(BY_ACT),
        left_out=st.sets(st.sampled_from(["words", "option", "colleague", "priority", "day", "area"]), max_size=2),
    )
    def does(self, person: Person, kind: EventKind, left_out: set[str]) -> None:
        blank = Given()
        given = replace(GIVEN, **{name: getattr(blank, name) for name in left_out})

        async def do() -> Request:
            async with self.database.unit_of_work(TENANT) as work:
                acted = await act(work, person, "r1", kind, self.now, given)
                await work.commit()
                return acted.request

        self.check(person, kind, given.needs, do())

    @rule(person=st.sampled_from(EVERYBODY), kind=st.sampled_from([EventKind.WITHDRAWN, EventKind.RESTORED]))
    def thinks_better_of_it(self, person: Person, kind: EventKind) -> None:
        use_case = withdraw_request if kind is EventKind.WITHDRAWN else restore_request

        async def do() -> Request:
            async with self.database.unit_of_work(TENANT) as work:
                done = await use_case(work, person, "r1", self.now)
                await work.commit()
                return done

        self.check(person, kind, frozenset(), do())

    def check(
        self, person: Person, kind: EventKind, given: frozenset[Needs], done: Coroutine[Any, Any, Request]
    ) -> None:
        """Let it happen, and see that what the table says happened, or nothing at all."""
        self.now += timedelta(minutes=1)
        before = self.request
        by = {LENE.id: By.REQUESTER, AMINA.id: None}.get(person.id, By.STAFF)
        known = EXPECTED.get((kind, by, before.status)) if by else None
        allowed = known is not None and known[1] <= given
        try:
            after = self.run(done)
        except (NotAllowedError, NotFoundError, TooLateError, MissingError):
            assert not allowed, (kind, before.status, person.name)
            self.nothing_happened()
            return
        if after.version == before.version:
            self.nothing_happened()
            return
        assert allowed, (kind, before.status, person.name)
        assert known is not None
        if kind is not EventKind.RESTORED:
            assert after.status is known[0]
        assert after.version == before.version + 1
        assert after.number == before.number
        events, notices = self.trail(), self.outbox()
        *old, event = events
        assert old == list(self.events)
        assert (event.kind, event.actor_id, event.before, event.after) == (
            kind,
            person.id,
            before.status,
            after.status,
        )
        self.told(before, after, event, notices[len(self.notices) :])
        self.request, self.events, self.notices = after, events, notices

    def told(self, before: Request, after: Request, event: Event, new: list[NoticeRow]) -> None:
        """One card, and each reader once; never the one who did it."""
        cards = [notice for notice in new if notice.kind is NoticeKind.REQUEST_CARD]
        assert len(cards) == 1
        readers = [notice.audience for notice in new if notice.kind is NoticeKind.CASE_EVENT]
        people = sorted(reader for reader in readers if not reader.startswith(QUEUE))
        expected = {LENE.id} if event.kind in LEADER_HEARS else set()
        expected |= {before.assignee_id, after.assignee_id} if event.kind in ASSIGNEE_HEARS else set()
        assert people == sorted(expected - {event.actor_id, ""}), event.kind
        assert all(notice.event_id == event.id for notice in new if notice.kind is NoticeKind.CASE_EVENT)

    def nothing_happened(self) -> None:
        assert self.trail() == self.events
        assert len(self.outbox()) == len(self.notices)

    @invariant()
    def the_trail_replays_to_where_the_case_stands(self) -> None:
        async def read() -> Request | None:
            async with self.database.read_only(TENANT) as work:
                return await work.requests.get("r1")

        stored = self.run(read())
        assert stored is not None
        assert (stored.status, stored.version) == (self.request.status, self.request.version)
        status: Status | None = None
        for event in self.events:
            assert event.before is status
            status = event.after
        assert status is stored.status
        assert stored.version == len(self.events)
        awaits = {Status.AWAITING_LEADER, Status.WITHDRAWN}  # a leader who withdrew may think better of it
        assert stored.asked_at is None or stored.status in awaits


def test_whatever_people_do_to_a_case_the_table_holds(sqlite_template: Path, tmp_path: Path) -> None:
    class Life(CaseLife):
        template = sqlite_template
        folder = tmp_path

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
