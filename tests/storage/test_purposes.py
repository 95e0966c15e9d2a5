"""Purpose agreements, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.demo.sample import read_sample
from catalogue.offers import SignUp
from centre.enrolments import Enrolment, EnrolmentStatus, enrolment_id
from centre.ports import ConflictError
from centre.purpose import Answers, Half, Purpose
from tests.storage.conftest import NOON, TENANT

if TYPE_CHECKING:
    from storage import Database

OTHER_TENANT = "tenant-2"
LATER = NOON + timedelta(days=10)


def an_enrolment(run: str, person: str, leader: str = "lene") -> Enrolment:
    return Enrolment(
        id=enrolment_id(run, person),
        tenant=TENANT,
        run_code=run,
        offer_code=run.rpartition("-")[0],
        title="Et kursus",
        person_id=person,
        person_name=person.title(),
        sign_up=SignUp.LEADER,
        status=EnrolmentStatus.ATTENDING,
        applied_at=NOON,
        changed_at=NOON,
        leader_id=leader,
        leader_name="Lene Holm",
        holds_seat=True,
    )


def a_purpose(enrolment: Enrolment, minutes: int = 0) -> Purpose:
    return Purpose(enrolment.id, TENANT, NOON + timedelta(minutes=minutes), LATER)


@pytest.fixture
async def enrolled(database: Database) -> list[Enrolment]:
    """Mads and Ida are on one run, Ove is on another that begins later."""
    found = [
        an_enrolment("DEM-01-H2", "mads"),
        an_enrolment("DEM-01-H2", "ida", "bo"),
        an_enrolment("DEM-01-H1", "ove", "grethe"),
    ]
    async with database.unit_of_work(TENANT) as work:
        await work.catalogue.import_offers(
            *read_sample(date(2026, 11, 22)), replace_offers=False, replace_runs=False
        )
        for enrolment in found:
            await work.enrolments.add(enrolment)
        await work.commit()
    return found


async def test_what_is_kept_is_what_was_said(database: Database, enrolled: list[Enrolment]) -> None:
    person = Half(Answers("ro 🙂", "alle", "færre\nalarmer"), NOON, LATER, True, "mads", "Mads")
    leader = Half(Answers("a", "b", "c"), LATER, None, False, "bo", "Bo Friis")
    purpose = replace(a_purpose(enrolled[0]), person=person, leader=leader, edition=7, closed_at=LATER)
    async with database.unit_of_work(TENANT) as work:
        assert await work.purposes.add(purpose) == purpose
        await work.commit()
    async with database.read_only(TENANT) as work:
        assert await work.purposes.get(purpose.enrolment_id) == purpose
    async with database.read_only(OTHER_TENANT) as work:
        assert await work.purposes.get(purpose.enrolment_id) is None
        assert await work.purposes.of([purpose.enrolment_id]) == {}
        assert await work.purposes.of_run("DEM-01-H2") == []
        assert await work.purposes.led(["lene"], ["mads"]) == []


async def test_a_change_of_what_was_changed_meanwhile_is_refused(
    database: Database, enrolled: list[Enrolment]
) -> None:
    async with database.unit_of_work(TENANT) as work:
        first = await work.purposes.add(a_purpose(enrolled[0]))
        second = await work.purposes.save(replace(first, edition=1))
        assert second.version == first.version + 1
        await work.commit()
    async with database.unit_of_work(TENANT) as work:
        with pytest.raises(ConflictError):
            await work.purposes.save(replace(first, edition=2))
    async with database.unit_of_work(TENANT) as work:
        with pytest.raises(ConflictError):
            await work.purposes.save(a_purpose(enrolled[1]))


async def test_an_enrolment_has_one_agreement(database: Database, enrolled: list[Enrolment]) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.purposes.add(a_purpose(enrolled[0]))
        await work.commit()
    async with database.unit_of_work(TENANT) as work:
        with pytest.raises(ConflictError):
            await work.purposes.add(a_purpose(enrolled[0], 1))


async def test_a_runs_agreements_are_those_that_are_not_closed(
    database: Database, enrolled: list[Enrolment]
) -> None:
    mads, ida, ove = enrolled
    async with database.unit_of_work(TENANT) as work:
        for minutes, enrolment in ((2, mads), (1, ida), (3, ove)):
            await work.purposes.add(a_purpose(enrolment, minutes))
        assert [one.enrolment_id for one in await work.purposes.of_run("DEM-01-H2")] == [ida.id, mads.id]
        closed = await work.purposes.get(ida.id)
        assert closed
        await work.purposes.save(replace(closed, closed_at=LATER))
        assert [one.enrolment_id for one in await work.purposes.of_run("DEM-01-H2")] == [mads.id]
        assert set(await work.purposes.of([one.id for one in enrolled])) == {one.id for one in enrolled}
        await work.enrolments.save(replace(mads, status=EnrolmentStatus.CANCELLED, holds_seat=False))
        assert await work.purposes.of_run("DEM-01-H2") == []
        assert await work.purposes.led(["lene"], ["mads"]) == []


async def test_leaders_find_their_people_by_then_and_by_today(
    database: Database, enrolled: list[Enrolment]
) -> None:
    mads, ida, ove = enrolled
    async with database.unit_of_work(TENANT) as work:
        for enrolment in enrolled:
            await work.purposes.add(a_purpose(enrolment))
        assert await work.purposes.led(["lene"], []) == [mads]
        assert await work.purposes.led([], ["ida"]) == [ida]
        assert {one.id for one in await work.purposes.led(["grethe"], ["mads", "ida"])} == {
            mads.id,
            ida.id,
            ove.id,
        }
        assert await work.purposes.led([], []) == []


async def test_who_approves_an_offer_is_read_from_the_catalogue(
    database: Database, enrolled: list[Enrolment]
) -> None:
    async with database.read_only(TENANT) as work:
        assert await work.purposes.sign_up_of(enrolled[0].offer_code) is SignUp.LEADER
        assert await work.purposes.sign_up_of("DEM-08") is SignUp.FREE
        assert await work.purposes.sign_up_of("NOT-THERE") is None
