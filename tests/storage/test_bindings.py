"""What was kept under an e-mail becomes the person's when they are seen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.enrolments import Enrolment, EnrolmentStatus, enrolment_id
from centre.people import Person
from tests.storage.test_catalogue import OFFER, RUN

if TYPE_CHECKING:
    from storage import Database

TENANT = "tenant-1"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def enrolment(person_key: str) -> Enrolment:
    """Somebody's seat on the run."""
    return Enrolment(
        id=enrolment_id(RUN.code, person_key),
        tenant=TENANT,
        run_code=RUN.code,
        offer_code=OFFER.code,
        title=OFFER.title,
        person_id=person_key,
        person_name="Uma Uset",
        sign_up=SignUp.FREE,
        status=EnrolmentStatus.ATTENDING,
        applied_at=NOW,
        changed_at=NOW,
        holds_seat=True,
    )


async def test_what_was_kept_under_an_email_is_theirs_once_they_are_seen(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.catalogue.import_offers([OFFER], [RUN], replace_offers=False, replace_runs=False, today=TODAY)
        await work.people.save(Person(TENANT, "", "Uma Uset", "Uma@kommunen.example"))
        kept = await work.enrolments.add(enrolment("mail:uma@kommunen.example"))
        await work.commit()
    async with database.unit_of_work(TENANT) as work:
        await work.people.save(Person(TENANT, "uma", "Uma Uset", "uma@kommunen.example"))
        await work.commit()
    async with database.read_only(TENANT) as work:
        assert [one.id for one in await work.enrolments.of_person("uma")] == [kept.id]


async def test_nobody_has_two_seats_when_their_email_becomes_known(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.catalogue.import_offers([OFFER], [RUN], replace_offers=False, replace_runs=False, today=TODAY)
        await work.people.save(Person(TENANT, "uma", "Uma Uset"))
        await work.people.save(Person(TENANT, "", "Uma Uset", "uma@kommunen.example"))
        await work.enrolments.add(enrolment("uma"))
        await work.enrolments.add(enrolment("mail:uma@kommunen.example"))
        await work.commit()
    async with database.unit_of_work(TENANT) as work:
        await work.people.save(Person(TENANT, "uma", "Uma Uset", "uma@kommunen.example"))
        await work.commit()
    async with database.read_only(TENANT) as work:
        assert await work.enrolments.seats_held([RUN.code]) == {RUN.code: 1}
