"""Signing up: transcripts of employees, their leaders and the waiting list."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentStatus, enrolment_id
from tests.chat import TENANT

if TYPE_CHECKING:
    from centre.enrolments import Enrolment
    from tests.chat import Chat, Town

DEMENTIA = "DEM-01-H2"
"""Leader's approval, eight of twenty seats taken."""
THEME_DAY = "DEM-08-H1"
"""Needs nobody's yes."""


@pytest.fixture
async def solgaarden(town: Town) -> Town:
    """The town with its catalogue in the database."""
    return await town.with_catalogue()


async def lene_and_mads(town: Town) -> tuple[Chat, Chat]:
    """A leader who has the bot, and an employee of hers."""
    lene = await town.leader()
    await lene.user("hej")
    mads = await town.employee(leader_email="lene.holm@kommunen.example", department="Plejecenter Solgården")
    await mads.user("hej")
    return lene, mads


async def enrolment_of(town: Town, run: str, person: str = "mads.kjær") -> Enrolment:
    async with town.database.read_only(TENANT) as work:
        found = await work.enrolments.get(enrolment_id(run, person))
    assert found
    return found


async def test_an_employee_signs_up_and_their_leader_says_yes(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    mads.bot("Mødet med borgere, der har demens", "Jeg har spurgt Lene Holm", "[Meld fra | Mine kurser]")
    await solgaarden.deliver()
    lene.bot("Mads Kjær vil gerne med og har brug for dit ja", "[Godkend | Afslå | Spørg]")
    await lene.clicks("Godkend")
    lene.bot("Du har sagt ja til Mads Kjær")
    await solgaarden.deliver()
    mads.bot("Lene Holm har sagt ja", "Du er med!")
    await mads.user("mine kurser")
    mads.bot("Mødet med borgere, der har demens", "Deltager")


async def test_a_click_on_the_offers_card_signs_up_too(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.user("kurser om demens")
    await mads.clicks("Læs mere")
    await mads.clicks("Tilmeld mig", 2)
    mads.bot("Jeg har spurgt Lene Holm")


async def test_who_signs_up_twice_is_signed_up_once(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    before = await enrolment_of(solgaarden, DEMENTIA)
    await mads.user("tilmeld mig DEM-01-H2")
    mads.bot("Du er allerede tilmeldt her")
    assert await enrolment_of(solgaarden, DEMENTIA) == before


async def test_a_refusal_carries_its_reason(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    await lene.user("afslå Mads")
    lene.bot("Skriv lige hvorfor, så Mads Kjær forstår det")
    await lene.user("afslå Mads, fordi vi mangler folk den uge")
    lene.bot("Du har sagt nej til Mads Kjær")
    await solgaarden.deliver()
    mads.bot("Lene Holm har desværre sagt nej", "vi mangler folk den uge")
    await mads.user("mine kurser")
    mads.bot("Du er ikke tilmeldt noget endnu")


async def test_a_leader_asks_first_and_is_answered(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    await lene.user("spørg Mads: hvad vil du bruge det til?")
    lene.bot("Dit spørgsmål er sendt til Mads Kjær")
    await solgaarden.deliver()
    mads.bot("Lene Holm vil gerne vide noget", "hvad vil du bruge det til?", "[Send svar]")
    await mads.user("svar: jeg er kontaktperson for Asta")
    mads.bot("Tak, dit svar er sendt videre")
    await solgaarden.deliver()
    lene.bot("Mads Kjær har svaret", "jeg er kontaktperson for Asta")
    await lene.user("godkend")
    assert (await enrolment_of(solgaarden, DEMENTIA)).status is EnrolmentStatus.ATTENDING


async def test_a_leader_who_forgets_is_reminded_after_three_working_days(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    await solgaarden.deliver()
    said = len(lene.messages)
    await solgaarden.it_is(datetime(2026, 11, 25, 8, 59, tzinfo=COPENHAGEN))
    assert len(lene.messages) == said
    await solgaarden.it_is(datetime(2026, 11, 25, 9, 0, 5, tzinfo=COPENHAGEN))
    assert "Mads Kjær venter stadig på dit svar" in lene.messages[-1].words


async def test_nobody_else_decides(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    own = (await enrolment_of(solgaarden, DEMENTIA)).id
    amina = await solgaarden.leader("Amina Yilmaz")
    for chat in (amina, await solgaarden.employee("Ida Fremmed"), mads):
        await chat.presses_verb("enrol.approved", enrolment=own)
    assert (await enrolment_of(solgaarden, DEMENTIA)).status is EnrolmentStatus.APPLIED


async def test_a_former_leader_sees_nothing(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    await solgaarden.deliver()
    await solgaarden.leader("Amina Yilmaz")
    await solgaarden.employee(leader_email="amina.yilmaz@kommunen.example")
    await lene.clicks("Godkend")
    lene.bot("Den tilmelding kan jeg ikke finde")
    assert (await enrolment_of(solgaarden, DEMENTIA)).status is EnrolmentStatus.APPLIED


async def test_who_has_no_known_leader_names_one(solgaarden: Town) -> None:
    await solgaarden.leader()
    mads = await solgaarden.employee()
    await mads.user("tilmeld mig DEM-01-H2")
    mads.bot("Hvem er din leder?", "[Videre | Det ved jeg ikke]")
    await mads.user("Grethe Ukendt")
    mads.bot("Jeg kan ikke finde en leder, der hedder »Grethe Ukendt«")
    await mads.user("Lene Holm")
    mads.bot("Jeg har spurgt Lene Holm")


async def test_who_does_not_know_their_leader_is_decided_on_by_the_centre(solgaarden: Town) -> None:
    mads = await solgaarden.employee()
    await mads.user("tilmeld mig DEM-01-H2")
    await mads.clicks("Det ved jeg ikke")
    mads.bot("Jeg har spurgt kompetencecentret")


async def test_what_collides_is_pointed_out_first(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.user("tilmeld mig DEM-01-H2")
    await same_day_as(solgaarden, DEMENTIA, "DEM-02-H1")
    await mads.user("tilmeld mig DEM-02-H1")
    mads.bot("Du er optaget de dage", "Mødet med borgere, der har demens", "[Tilmeld alligevel | Nej tak]")
    await mads.user("nej tak")
    mads.bot("jeg har ikke meldt dig til")
    await mads.user("tilmeld mig DEM-02-H1")
    await mads.user("tilmeld alligevel")
    mads.bot("Jeg har spurgt Lene Holm")


async def test_cancel_and_back_leave_the_sign_up_alone(solgaarden: Town) -> None:
    mads = await solgaarden.employee()
    await mads.user("tilmeld mig DEM-01-H2")
    await mads.user("annuller")
    await mads.user("mine kurser")
    mads.bot("Du er ikke tilmeldt noget endnu")


async def same_day_as(town: Town, run: str, other: str) -> None:
    """Move a run in the catalogue to the days of another."""
    async with town.database.unit_of_work(TENANT) as work:
        runs = await work.enrolments.runs([run, other])
        moved = replace(runs[other], starts=runs[run].starts, ends=runs[run].ends, deadline=None)
        moved = replace(moved, begins_at=None, ends_at=None)
        await work.catalogue.import_offers([], [moved], replace_offers=False, replace_runs=False)
        await work.commit()


async def fill(town: Town, run: str, *, but: int = 0) -> None:
    """Let the catalogue say that all seats of a run are gone, but so many."""
    async with town.database.unit_of_work(TENANT) as work:
        there = (await work.enrolments.runs([run]))[run]
        full = replace(there, taken=there.seats - but)
        await work.catalogue.import_offers([], [full], replace_offers=False, replace_runs=False)
        await work.commit()


async def test_the_waiting_list_is_served_in_order_with_a_deadline(solgaarden: Town) -> None:
    run = THEME_DAY
    await fill(solgaarden, run, but=1)
    first, second, third = [await solgaarden.employee(name) for name in ("Anna Aa", "Bo Bo", "Cia Ce")]
    for chat in (first, second, third):
        await chat.user(f"tilmeld mig {run}")
        solgaarden.clock.time += timedelta(minutes=1)
    first.bot("Du er med!")
    second.bot("Du er nr. 1 på ventelisten")
    third.bot("Du er nr. 2 på ventelisten")
    await first.user("meld mig fra")
    first.bot("Du er meldt fra")
    await solgaarden.deliver()
    second.bot(
        "Der er blevet en plads til dig!", "senest tirsdag den 24. november kl. 16.00", "[Tag pladsen | Nej tak]"
    )
    await solgaarden.it_is(datetime(2026, 11, 24, 16, 0, 5, tzinfo=COPENHAGEN))
    await solgaarden.deliver()
    assert "Pladsen er gået videre til den næste" in second.messages[-1].words
    assert "Der er blevet en plads til dig!" in third.messages[-1].words
    await third.user("jeg tager pladsen")
    third.bot("Så er pladsen din!", "Du er med!")
    assert (await enrolment_of(solgaarden, run, "cia.ce")).status is EnrolmentStatus.ATTENDING


async def test_no_thanks_hands_the_seat_on_at_once(solgaarden: Town) -> None:
    run = THEME_DAY
    await fill(solgaarden, run, but=1)
    first, second, third = [await solgaarden.employee(name) for name in ("Anna Aa", "Bo Bo", "Cia Ce")]
    for chat in (first, second, third):
        await chat.user(f"tilmeld mig {run}")
        solgaarden.clock.time += timedelta(minutes=1)
    await first.user("meld fra")
    await solgaarden.deliver()
    await second.clicks("Nej tak")
    await solgaarden.deliver()
    third.bot("Der er blevet en plads til dig!")


async def test_after_the_deadline_the_centre_decides_on_leaving(solgaarden: Town) -> None:
    run = THEME_DAY
    mads = await solgaarden.employee()
    await mads.user(f"tilmeld mig {run}")
    async with solgaarden.database.read_only(TENANT) as work:
        last_day = (await work.enrolments.runs([run]))[run].last_day
    await solgaarden.it_is(datetime.combine(last_day + timedelta(days=1), datetime.min.time(), COPENHAGEN))
    await mads.user("meld mig fra")
    mads.bot("Jeg har sendt din afmelding til centret")
    assert (await enrolment_of(solgaarden, run)).status is EnrolmentStatus.ATTENDING


async def test_it_reads_as_well_in_english(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user("english")
    await mads.user("sign me up for DEM-01-H2")
    mads.bot("I have asked Lene Holm for you", "[Leave | My courses]")
    await lene.user("approve Mads")
    await solgaarden.deliver()
    mads.bot("Lene Holm said yes", "You are in!")
