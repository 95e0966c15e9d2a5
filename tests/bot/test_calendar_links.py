"""The links to a course in one's own calendar, over real HTTP: for whom they open, and what never opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from yarl import URL

from bot.links import Links
from catalogue.offers import Area, SignUp
from centre.enrolments import EnrolmentEventKind, enrolment_id
from centre.people import Listing, Person, Role
from centre.signing_up import change, sign_up, swap
from dialogs.own_calendar import CALENDAR_FILE, VALID
from tests.bot.fake_teams import FOREIGN_TENANT, TENANT
from tests.bot.test_server import lines, log
from tests.bot.town_in_teams import SMALL_CATALOGUE, town_in_teams
from tests.chat import LINK_KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from io import StringIO

    from centre.ports import UnitOfWork
    from storage import Database
    from tests.bot.town_in_teams import PersonInTeams, TownInTeams

__all__ = ["log"]

[_OFFER], [RUN] = SMALL_CATALOGUE
OFFER = replace(_OFFER, sign_up=SignUp.FREE)
LENE = Person(TENANT, "lene.holm", "Lene Holm", "lene.holm@kommunen.example", Role.LEADER)
OWN = enrolment_id(RUN.code, "mads.kjær")
NOBODYS = ("Mads", "Kjær", "demens", RUN.code, OWN)
"""What a page that opens nothing has no word of."""


@pytest.fixture
async def town(database: Database) -> AsyncIterator[TownInTeams]:
    async with town_in_teams(database) as town:
        async with database.unit_of_work(TENANT) as work:
            await work.people.save(LENE)
            await work.catalogue.import_offers([OFFER], [RUN], replace_offers=False, replace_runs=False)
            await work.commit()
        yield town


@pytest.fixture
async def mads(town: TownInTeams) -> PersonInTeams:
    """Mads takes part in the course."""
    return await town.settle("Mads Kjær", leader_email=LENE.email, area=Area.SENIOR)


async def link_from_the_chat(mads: PersonInTeams) -> str:
    """Sign up in the chat and return what its button opens."""
    await mads.says(f"tilmeld mig {RUN.code}")
    async with mads.town.database.unit_of_work(TENANT) as work:
        enrolment = await work.enrolments.get(OWN)
        assert enrolment
        if enrolment.sign_up is SignUp.LEADER:
            await change(work, LENE, OWN, EnrolmentEventKind.APPROVED, mads.town.clock.now())
            await work.commit()
    await mads.says("kalender")
    [url] = [button["url"] for button in mads.messages[-1].buttons if button["title"] == "Læg i kalender"]
    return str(url)


def link_for(town: TownInTeams, person: Person, key: str = LINK_KEY, **subject: Any) -> str:
    links = Links(town.bot.url, [key], town.clock)
    return links.to(CALENDAR_FILE, {"enrolment": OWN, **subject}, person, "da", VALID)


async def fetch(town: TownInTeams, url: str) -> tuple[int, str]:
    async with town.bot.http.get(URL(url, encoded=True)) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        return answer.status, await answer.text()


async def opens_nothing(town: TownInTeams, url: str, status: int = 404) -> bool:
    answered, body = await fetch(town, url)
    return answered == status and not any(word in body for word in ("BEGIN:", *NOBODYS))


def statuses(content: str) -> set[str]:
    read = icalendar.Calendar.from_ical(content)
    assert isinstance(read, icalendar.Calendar)
    return {str(event["status"]) for event in read.events}


async def do(town: TownInTeams, person: Person, kind: EnrolmentEventKind, words: str = "") -> None:
    async with town.database.unit_of_work(TENANT) as work:
        await change(work, person, OWN, kind, town.clock.now(), words)
        await work.commit()


async def known(work: UnitOfWork, mads: PersonInTeams) -> Person:
    person = await work.people.get(mads.id)
    assert person
    return person


async def myself(mads: PersonInTeams) -> Person:
    async with mads.town.database.read_only(mads.tenant) as work:
        return await known(work, mads)


async def test_the_button_in_the_chat_opens_ones_own_course(town: TownInTeams, mads: PersonInTeams) -> None:
    status, content = await fetch(town, await link_from_the_chat(mads))
    assert (status, statuses(content)) == (200, {"CONFIRMED"})
    assert "Mødet med borgere med demens" in content


async def test_a_course_of_three_days_in_a_row_is_there_with_all_three(
    town: TownInTeams, mads: PersonInTeams
) -> None:
    monday = date(2027, 3, 1)
    async with town.database.unit_of_work(TENANT) as work:
        await work.catalogue.import_offers(
            [replace(OFFER, length="3 dage")],
            [replace(RUN, starts=monday, ends=monday + timedelta(days=2))],
            replace_offers=False,
            replace_runs=False,
        )
        await work.commit()
    _, content = await fetch(town, await link_from_the_chat(mads))
    assert [content.count(f"DTSTART;VALUE=DATE:2027030{day}") for day in (1, 2, 3)] == [1, 1, 1]


async def test_it_opens_until_its_last_second_and_not_after(town: TownInTeams, mads: PersonInTeams) -> None:
    url = await link_from_the_chat(mads)
    town.clock.time += VALID
    assert await opens_nothing(town, url, 410)


async def test_who_left_the_run_gets_what_takes_it_out_again(town: TownInTeams, mads: PersonInTeams) -> None:
    url = await link_from_the_chat(mads)
    await do(town, await myself(mads), EnrolmentEventKind.LEFT)
    status, content = await fetch(town, url)
    assert (status, statuses(content)) == (200, {"CANCELLED"})


async def test_who_left_and_applied_again_gets_it_too_until_they_are_in(
    town: TownInTeams, mads: PersonInTeams
) -> None:
    """The chat's own button says so, and the old link does the same."""
    url = await link_from_the_chat(mads)
    person = await myself(mads)
    await do(town, person, EnrolmentEventKind.LEFT)
    async with town.database.unit_of_work(TENANT) as work:
        asks = replace(OFFER, sign_up=SignUp.LEADER)
        await sign_up(work, person, person, asks, RUN.code, town.clock.now(), LENE)
        await work.commit()
    await mads.says("mine kurser")
    await mads.sends(mads.activity(value={"verb": "enrol.show", "nonce": "", "enrolment": OWN}))
    [own] = [button["url"] for button in mads.messages[-1].buttons if button["title"] == "Fjern fra kalender"]
    for link in (url, own):
        status, content = await fetch(town, link)
        assert (status, statuses(content)) == (200, {"CANCELLED"})
    await do(town, LENE, EnrolmentEventKind.APPROVED)
    assert statuses((await fetch(town, url))[1]) == {"CONFIRMED"}


async def test_who_only_applied_is_told_that_there_is_nothing_yet(town: TownInTeams, mads: PersonInTeams) -> None:
    person = await myself(mads)
    async with town.database.unit_of_work(TENANT) as work:
        asks = replace(OFFER, sign_up=SignUp.LEADER)
        await sign_up(work, person, person, asks, RUN.code, town.clock.now(), LENE)
        await work.commit()
    status, body = await fetch(town, link_for(town, person))
    assert (status, "BEGIN:" in body) == (404, False)
    assert "kalender" in body


async def test_whoever_had_their_place_taken_by_another_gets_their_own_removal_and_not_the_others(
    town: TownInTeams, mads: PersonInTeams
) -> None:
    url = await link_from_the_chat(mads)
    ida = replace(
        LENE, id="ida.lund", name="Ida Lund", role=Role.EMPLOYEE, email="i@x.example", leader_email=LENE.email
    )
    async with town.database.unit_of_work(TENANT) as work:
        await work.people.save(ida)
        await swap(work, LENE, OWN, ida, town.clock.now())
        await work.commit()
    status, content = await fetch(town, url)
    assert (status, statuses(content)) == (200, {"CANCELLED"})
    assert "Ida" not in content
    theirs = link_for(town, await myself(mads), enrolment=enrolment_id(RUN.code, "ida.lund"))
    assert await opens_nothing(town, theirs)


async def test_it_opens_for_nobody_else(town: TownInTeams, mads: PersonInTeams) -> None:
    """Not for a colleague, not for the leader, not for the centre: a calendar is one's own."""
    await link_from_the_chat(mads)
    ida, kirsten = await town.settle("Ida Lund", leader_email=LENE.email), await town.consultant()
    for person in (await myself(ida), await myself(kirsten), LENE):
        assert await opens_nothing(town, link_for(town, person)), person.name


async def test_whoever_is_known_no_more_opens_nothing(town: TownInTeams, mads: PersonInTeams) -> None:
    await link_from_the_chat(mads)
    assert await opens_nothing(town, link_for(town, replace(await myself(mads), id="nobody")))


async def test_who_left_the_municipality_still_takes_their_own_course_out(
    town: TownInTeams, mads: PersonInTeams
) -> None:
    """It is their own row and their own calendar; nobody else's is in it."""
    url = await link_from_the_chat(mads)
    async with town.database.unit_of_work(TENANT) as work:
        await work.people.save(replace(await known(work, mads), listing=Listing.LEFT))
        await work.commit()
    await do(town, replace(LENE, staff=True), EnrolmentEventKind.REMOVED, "Rejst")
    status, content = await fetch(town, url)
    assert (status, statuses(content)) == (200, {"CANCELLED"})


async def test_the_same_id_in_another_tenant_opens_nothing(town: TownInTeams, mads: PersonInTeams) -> None:
    """Neither where that tenant is answered, nor where it is not."""
    await link_from_the_chat(mads)
    namesake = await town.settle("Mads Kjær", tenant=FOREIGN_TENANT)
    url = link_for(town, await myself(namesake))
    assert await opens_nothing(town, url)
    town.downloads._tenants = {TENANT, FOREIGN_TENANT}
    assert await opens_nothing(town, url)


async def test_nothing_that_was_tampered_with_opens(town: TownInTeams, mads: PersonInTeams) -> None:
    url = await link_from_the_chat(mads)
    start = url.rindex("/") + 1
    for place in range(start, len(url) - 1, 11):  # the last letter has bits that no byte is made of
        other = "A" if url[place] != "A" else "B"
        assert await opens_nothing(town, f"{url[:place]}{other}{url[place + 1 :]}")
    person = await myself(mads)
    assert await opens_nothing(town, link_for(town, person, key="a key that was guessed"))
    for wrong in ([OWN], None, 1, {"id": OWN}, "a" * 24):
        assert await opens_nothing(town, link_for(town, person, enrolment=wrong))


async def test_no_link_and_nothing_of_it_is_in_the_log(
    town: TownInTeams, mads: PersonInTeams, log: StringIO
) -> None:
    url = await link_from_the_chat(mads)
    assert (await fetch(town, url))[0] == 200
    await fetch(town, f"{url}AA")
    town.clock.time += VALID
    await fetch(town, url)
    written = log.getvalue()
    token = url.rpartition("/")[2]
    assert [line["status"] for line in lines(log) if line.get("path") == "/hent/{token}"] == [200, 404, 410]
    for part in (token[:30], token[-30:], "gAAAA", OWN, "Mads", "mads.kj"):
        assert part not in written, part
