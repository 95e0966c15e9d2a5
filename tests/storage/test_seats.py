"""Many clients at once on one run: seats are never oversold, the line has no gaps, and one decision counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run, SignUp
from centre.clock import COPENHAGEN
from centre.enrolment_states import EnrolmentMovedOnError
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus, enrolment_id
from centre.filing import NotFoundError
from centre.participants import mark_attendance, see_participants
from centre.people import Person, Role
from centre.ports import ConflictError
from centre.signing_up import change, expire_seat, hand_on_seats, sign_up
from storage import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from typing import TypeVar

    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.signing_up import SignedUp
    from storage.unit_of_work import UnitOfWork

    T = TypeVar("T")

Kind = EnrolmentEventKind
TENANT = "tenant-1"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=COPENHAGEN)
PRESSING = 50
LAST_TRIES = 20
"""A turn that meets a conflict runs again; here until it comes through: what counts is what is left then."""
LENE = Person(TENANT, "lene", "Lene Holm", "lene@kommunen.example", Role.LEADER)
KIRSTEN = Person(TENANT, "kirsten", "Kirsten Bang", staff=True)
GRETHE = Person(TENANT, "grethe", "Grethe Lund", staff=True)
OFFER = Offer(
    code="DEM-01",
    title="Demens i hverdagen",
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
    seats=20,
    link="",
    language="da",
    sign_up=SignUp.FREE,
)
RUN = Run("DEM-01-H1", "DEM-01", date(2026, 12, 14), date(2026, 12, 14), "Vejen", False, 1, 0, date(2026, 12, 7))


def mads(number: int) -> Person:
    """One of many employees of Lene's."""
    return Person(
        TENANT, f"p{number:03}", f"Person {number:03}", f"p{number:03}@kommunen.example", leader_email=LENE.email
    )


async def plan(database: Database, *, seats: int, decides: SignUp = SignUp.FREE) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.people.save(LENE)
        await work.catalogue.import_offers(
            [replace(OFFER, sign_up=decides)],
            [replace(RUN, seats=seats)],
            replace_offers=False,
            replace_runs=False,
        )
        await work.commit()


@pytest.fixture
async def clients(database: Database, database_kind: str, database_url: str) -> AsyncIterator[Sequence[Database]]:
    """Two replicas on PostgreSQL; SQLite has one process, with as many transactions at once as one likes."""
    if database_kind == "sqlite":
        yield [database]
        return
    other = await Database.open(database_url)
    yield [database, other]
    await other.close()


async def committed(database: Database, act: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    """Do something in a transaction of its own, again whenever somebody else was first, as a turn does."""
    for _ in range(LAST_TRIES):
        try:
            async with database.unit_of_work(TENANT) as work:
                done = await act(work)
                await work.commit()
                return done
        except ConflictError:
            continue
    raise AssertionError("never came through")


async def pressed(database: Database, number: int, now: datetime = NOW, decides: SignUp = SignUp.FREE) -> SignedUp:
    one, offer = mads(number), replace(OFFER, sign_up=decides)
    leader = None if decides is SignUp.CENTRE else LENE
    return await committed(database, lambda work: sign_up(work, one, one, offer, RUN.code, now, leader))


async def on_the_run(database: Database) -> Sequence[Enrolment]:
    async with database.read_only(TENANT) as work:
        return await work.enrolments.of_run(RUN.code)


async def trail(database: Database, number: int) -> Sequence[EnrolmentEvent]:
    async with database.read_only(TENANT) as work:
        return await work.enrolments.events(enrolment_id(RUN.code, mads(number).id))


def waiting(people: Sequence[Enrolment]) -> list[str]:
    return [one.person_id for one in people if one.is_live and not one.holds_seat]


async def test_fifty_who_press_at_once_for_the_last_seat_are_one_participant_and_a_line(
    clients: Sequence[Database],
) -> None:
    await plan(clients[0], seats=1)
    done = await asyncio.gather(*(pressed(clients[number % len(clients)], number) for number in range(PRESSING)))
    people = await on_the_run(clients[0])
    assert Counter(one.status for one in people) == {
        EnrolmentStatus.ATTENDING: 1,
        EnrolmentStatus.WAITLISTED: PRESSING - 1,
    }
    assert [one.place for one in done].count(0) == 1
    told = {one.enrolment.person_id: one.place for one in done if one.place}
    assert waiting(people) == sorted(told, key=told.__getitem__)
    assert sorted(told.values()) == list(range(1, PRESSING))


async def test_a_place_that_was_told_never_gets_worse_though_clocks_and_presses_differ(
    clients: Sequence[Database],
) -> None:
    """Whoever pressed a moment earlier and got through a moment later stands behind, not before."""
    await plan(clients[0], seats=1)
    moments = [NOW + timedelta(milliseconds=number * 7 % 20) for number in range(20)]
    for number, moment in enumerate(moments):
        assert (await pressed(clients[0], number, moment)).place == number
    assert waiting(await on_the_run(clients[0])) == [mads(number).id for number in range(1, 20)]


async def test_the_same_press_twice_at_once_is_one_enrolment(clients: Sequence[Database]) -> None:
    await plan(clients[0], seats=3)
    done = await asyncio.gather(*(pressed(clients[number % len(clients)], 7) for number in range(8)))
    assert [one.changed for one in done].count(True) == 1
    assert len(await on_the_run(clients[0])) == 1
    assert [event.kind for event in await trail(clients[0], 7)] == [Kind.SIGNED_UP]


async def test_seats_that_come_free_at_once_go_to_the_first_in_line(clients: Sequence[Database]) -> None:
    await plan(clients[0], seats=5)
    for number in range(15):
        await pressed(clients[0], number)

    def leaves(number: int) -> Awaitable[SignedUp]:
        one, own = mads(number), enrolment_id(RUN.code, mads(number).id)
        return committed(clients[number % len(clients)], lambda work: change(work, one, own, Kind.LEFT, NOW))

    await asyncio.gather(*(leaves(number) for number in (0, 2, 4)), *(pressed(clients[-1], n) for n in (20, 21)))
    people = await on_the_run(clients[0])
    held = [one.person_id for one in people if one.holds_seat]
    assert sorted(held) == [mads(number).id for number in (1, 3, 5, 6, 7)]
    assert all(one.offered_until for one in people if one.person_id in {mads(5).id, mads(6).id, mads(7).id})
    assert waiting(people)[:7] == [mads(number).id for number in range(8, 15)]
    assert sorted(waiting(people)[7:]) == [mads(20).id, mads(21).id]


async def decides(
    database: Database, actor: Person, kind: EnrolmentEventKind, words: str = "nej"
) -> EnrolmentStatus | None:
    """Decide on the first one's application; None when somebody was first."""
    own = enrolment_id(RUN.code, mads(0).id)
    try:
        done = await committed(database, lambda work: change(work, actor, own, kind, NOW, words))
    except EnrolmentMovedOnError:
        return None
    return done.enrolment.status


@pytest.mark.parametrize("kinds", [(Kind.APPROVED, Kind.APPROVED), (Kind.APPROVED, Kind.REFUSED)])
async def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(
    clients: Sequence[Database], kinds: tuple[EnrolmentEventKind, EnrolmentEventKind]
) -> None:
    await plan(clients[0], seats=2, decides=SignUp.CENTRE)
    await pressed(clients[0], 0, decides=SignUp.CENTRE)
    outcomes = await asyncio.gather(decides(clients[0], KIRSTEN, kinds[0]), decides(clients[-1], GRETHE, kinds[1]))
    assert outcomes.count(None) == 1
    [status] = [outcome for outcome in outcomes if outcome]
    [enrolment] = await on_the_run(clients[0])
    assert enrolment.status is status
    assert len(await trail(clients[0], 0)) == 2


async def test_a_leave_is_granted_and_refused_once(clients: Sequence[Database]) -> None:
    await plan(clients[0], seats=1)
    late = NOW + timedelta(days=15)
    await pressed(clients[0], 0)
    await pressed(clients[0], 1)
    own = enrolment_id(RUN.code, mads(0).id)
    await committed(clients[0], lambda work: change(work, mads(0), own, Kind.LEFT, late))
    outcomes = await asyncio.gather(
        decides(clients[0], KIRSTEN, Kind.LEAVE_GRANTED), decides(clients[-1], GRETHE, Kind.LEAVE_REFUSED)
    )
    assert outcomes.count(None) == 1
    left, next_one = await on_the_run(clients[0])
    assert left.leave_asked_at is None
    assert next_one.holds_seat is (left.status is EnrolmentStatus.CANCELLED)


async def test_a_seat_that_runs_out_on_two_replicas_is_handed_on_once(clients: Sequence[Database]) -> None:
    await plan(clients[0], seats=1)
    for number in range(3):
        await pressed(clients[0], number)
    first = enrolment_id(RUN.code, mads(0).id)
    await committed(clients[0], lambda work: change(work, mads(0), first, Kind.LEFT, NOW))
    second, much_later = enrolment_id(RUN.code, mads(1).id), NOW + timedelta(days=5)
    await asyncio.gather(
        *(committed(one, lambda work: expire_seat(work, second, much_later)) for one in (*clients, *clients))
    )
    people = {one.person_id: one for one in await on_the_run(clients[0])}
    assert people[mads(1).id].status is EnrolmentStatus.CANCELLED
    assert people[mads(2).id].offered_until
    assert [event.kind for event in await trail(clients[0], 2)] == [Kind.SIGNED_UP, Kind.SEAT_OFFERED]


async def test_who_takes_the_seat_as_it_runs_out_either_has_it_or_not(clients: Sequence[Database]) -> None:
    await plan(clients[0], seats=1)
    for number in range(3):
        await pressed(clients[0], number)
    first, second = (enrolment_id(RUN.code, mads(number).id) for number in (0, 1))
    await committed(clients[0], lambda work: change(work, mads(0), first, Kind.LEFT, NOW))
    much_later = NOW + timedelta(days=5)

    async def takes() -> None:
        try:
            await committed(clients[-1], lambda work: change(work, mads(1), second, Kind.SEAT_TAKEN, much_later))
        except EnrolmentMovedOnError:
            return

    await asyncio.gather(committed(clients[0], lambda work: expire_seat(work, second, much_later)), takes())
    people = await on_the_run(clients[0])
    assert len([one for one in people if one.holds_seat]) == 1
    assert people[1].status in {EnrolmentStatus.ATTENDING, EnrolmentStatus.CANCELLED}


async def test_seats_that_are_added_go_to_the_line_in_its_order(clients: Sequence[Database]) -> None:
    await plan(clients[0], seats=1)
    for number in range(5):
        await pressed(clients[0], number)
    await plan(clients[0], seats=3)
    await asyncio.gather(
        *(committed(one, lambda work: hand_on_seats(work, RUN.code, NOW)) for one in (*clients, *clients))
    )
    people = await on_the_run(clients[0])
    assert [one.person_id for one in people if one.offered_until] == [mads(1).id, mads(2).id]


async def test_attendance_of_five_hundred_is_marked_at_once_and_leaves_one_line_each(
    clients: Sequence[Database],
) -> None:
    await plan(clients[0], seats=500)
    async with clients[0].unit_of_work(TENANT) as work:
        for number in range(500):
            await sign_up(work, mads(number), mads(number), OFFER, RUN.code, NOW, LENE)
        await work.commit()
    begun = datetime.combine(RUN.starts, time(9), COPENHAGEN)
    ids = {one.id for one in await on_the_run(clients[0])}
    away = {enrolment_id(RUN.code, mads(3).id)}

    def mark(actor: Person) -> Callable[[UnitOfWork], Awaitable[int]]:
        return lambda work: mark_attendance(work, actor, RUN.code, ids - away, away, begun)

    new = await asyncio.gather(committed(clients[0], mark(KIRSTEN)), committed(clients[-1], mark(GRETHE)))
    assert sorted(new) == [0, 500]
    people = await on_the_run(clients[0])
    assert [one.person_id for one in people if one.attended is False] == [mads(3).id]
    assert [event.detail for event in await trail(clients[0], 3)][1:] == [{"attended": "no"}]
    async with clients[0].read_only(TENANT) as work:
        seen = await see_participants(work, KIRSTEN, "dem-01-h1")
    assert (seen.tally.attending, len(seen.attending)) == (500, 500)


async def test_another_tenant_sees_no_run_and_decides_nothing(database: Database) -> None:
    await plan(database, seats=1, decides=SignUp.CENTRE)
    await pressed(database, 0, decides=SignUp.CENTRE)
    own = enrolment_id(RUN.code, mads(0).id)
    elsewhere = replace(KIRSTEN, tenant="tenant-2")
    async with database.unit_of_work("tenant-2") as work:
        with pytest.raises(NotFoundError):
            await change(work, elsewhere, own, Kind.APPROVED, NOW)
        with pytest.raises(NotFoundError):
            await see_participants(work, elsewhere, RUN.code)
        assert await work.enrolments.tallies(not_over_on=NOW.date(), limit=10) == []
        await work.commit()
    assert [one.status for one in await on_the_run(database)] == [EnrolmentStatus.APPLIED]
