"""From "deltagere" in the chat to the run's list on the consultant's own machine, over real HTTP."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from yarl import URL

from bot.sheets import CONTENT_TYPES
from catalogue.offers import Area, SignUp
from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentEventKind
from centre.participants import mark_attendance, see_participants
from centre.people import Person, Role
from centre.signing_up import change, sign_up
from dialogs.export_words import VALID
from dialogs.participants import PARTICIPANTS_FILE
from tests.bot.fake_teams import TENANT
from tests.bot.town_in_teams import SMALL_CATALOGUE, town_in_teams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientResponse

    from storage import Database
    from tests.bot.town_in_teams import PersonInTeams, TownInTeams

RUN = "DEM-1-A"
LENE = Person(TENANT, "lene.holm", "Lene Holm", "lene.holm@kommunen.example", Role.LEADER)
EVIL = '=HYPERLINK("http://ond.example";"klik")'
HEADINGS = [
    "Navn", "E-mail", "Afdeling", "Fagområde", "Status", "Tilmeldt den", "Tilmeldt af", "Leder", "Mødte",
]  # fmt: skip
[_OFFER], [_RUN] = SMALL_CATALOGUE
OFFER = replace(_OFFER, sign_up=SignUp.FREE)


def employee(name: str, **about: object) -> Person:
    key = name.casefold().replace(" ", ".")
    values = {"area": Area.SENIOR, "department": "Solgården", "leader_email": LENE.email, **about}
    return Person(TENANT, key, name, f"{key}@kommunen.example", **values)  # type: ignore[arg-type]


@pytest.fixture
async def kirsten(database: Database) -> AsyncIterator[PersonInTeams]:
    """Kirsten works in the centre; some people are on the run, one of them never seen in Teams."""
    async with town_in_teams(database) as town:
        kirsten = await town.consultant()
        people = [employee("Mads Kjær"), employee(EVIL, department="+45 Øst"), employee("Ida Lund")]
        now = town.clock.now()
        async with database.unit_of_work(TENANT) as work:
            await work.catalogue.import_offers(
                [OFFER], [replace(_RUN, seats=3)], replace_offers=False, replace_runs=False
            )
            for person in (LENE, *people):
                await work.people.save(person)
            for person in people:
                await sign_up(work, person, person, OFFER, RUN, now, LENE)
            unseen = replace(employee("Bo Nylund"), id="")
            await work.people.save(unseen)
            await sign_up(work, LENE, unseen, OFFER, RUN, now, LENE)
            [*_, ida] = [one for one in await work.enrolments.of_run(RUN) if one.person_name == "Ida Lund"]
            await change(work, people[2], ida.id, EnrolmentEventKind.LEFT, now)
            await work.commit()
        yield kirsten


async def fetch(town: TownInTeams, url: str) -> tuple[ClientResponse, bytes]:
    async with town.bot.http.get(URL(url, encoded=True)) as answer:
        return answer, await answer.read()


async def link(person: PersonInTeams, title: str) -> str:
    await person.says(f"eksport deltagere {RUN}")
    url: str = next(button["url"] for button in person.messages[-1].buttons if button["title"] == title)
    return url


async def test_the_csv_opens_in_danish_excel_and_runs_nothing(kirsten: PersonInTeams) -> None:
    answer, content = await fetch(kirsten.town, await link(kirsten, "Hent som CSV"))
    assert answer.headers["Content-Type"] == CONTENT_TYPES["csv"]
    assert 'filename="Deltagere DEM-1-A 22-11-2026.csv"' in answer.headers["Content-Disposition"]
    assert content.startswith(b"\xef\xbb\xbfNavn;")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == HEADINGS
    day = "22-11-2026"
    mail = "kommunen.example"
    assert rows[1:] == [
        [
            f"'{EVIL}",
            f"'{employee(EVIL).email}",
            "'+45 Øst",
            "Senior",
            "Deltager",
            day,
            f"'{EVIL}",
            "Lene Holm",
            "",
        ],
        ["Mads Kjær", f"mads.kjær@{mail}", "Solgården", "Senior", "Deltager", day, "Mads Kjær", "Lene Holm", ""],
        [
            "Bo Nylund",
            f"bo.nylund@{mail}",
            "Solgården",
            "Senior",
            "På venteliste",
            day,
            "Lene Holm",
            "Lene Holm",
            "",
        ],
        ["Ida Lund", f"ida.lund@{mail}", "Solgården", "Senior", "Afmeldt", day, "Ida Lund", "Lene Holm", ""],
    ]


async def test_the_workbook_has_who_was_there(kirsten: PersonInTeams) -> None:
    town = kirsten.town
    begun = datetime.combine(_RUN.starts, datetime.min.time(), COPENHAGEN) + timedelta(hours=10)
    async with town.database.unit_of_work(TENANT) as work:
        staff = replace(employee("Kirsten Bang"), staff=True)
        mads, evil = "Mads Kjær", EVIL
        ids = {one.person_name: one.id for one in (await see_participants(work, staff, RUN)).attending}
        await mark_attendance(work, staff, RUN, {ids[mads]}, {ids[evil]}, begun)
        await work.commit()
    answer, content = await fetch(town, await link(kirsten, "Hent til Excel"))
    assert answer.content_type == CONTENT_TYPES["xlsx"]
    sheet = load_workbook(io.BytesIO(content))["Deltagere"]
    rows = {row[0]: row for row in sheet.values}
    assert list(rows[mads][4:]) == ["Deltager", datetime(2026, 11, 22), "Mads Kjær", "Lene Holm", "ja"]  # noqa: DTZ001 - Excel's days have no zone
    assert rows[evil][8] == "nej"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


async def test_the_file_has_what_is_true_when_it_is_fetched_and_only_for_minutes(kirsten: PersonInTeams) -> None:
    town = kirsten.town
    url = await link(kirsten, "Hent som CSV")
    await kirsten.says(f"fjern Mads Kjær fra {RUN}, fordi han er flyttet")
    _, content = await fetch(town, url)
    assert "Mads Kjær;mads.kjær@kommunen.example;Solgården;Senior;Afmeldt" in content.decode("utf-8-sig")
    town.clock.time += VALID
    answer, content = await fetch(town, url)
    assert (answer.status, b"Mads" in content) == (410, False)


async def test_whoever_has_left_the_centres_team_has_no_use_for_the_link(kirsten: PersonInTeams) -> None:
    town = kirsten.town
    url = await link(kirsten, "Hent som CSV")
    town.teams.members.clear()
    town.who.forget_roster(TENANT)
    answer, content = await fetch(town, url)
    assert (answer.status, b"Mads" in content) == (404, False)


@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"run": RUN},
        {"run": RUN, "file": "pdf"},
        {"run": [RUN], "file": "csv"},
        {"run": "DEM-9", "file": "csv"},
    ],
    ids=json.dumps,
)
async def test_a_link_of_another_shape_gives_nothing(kirsten: PersonInTeams, subject: dict[str, object]) -> None:
    town = kirsten.town
    async with town.database.read_only(TENANT) as work:
        person = await work.people.get(kirsten.id)
    assert person
    url = town.links.to(PARTICIPANTS_FILE, subject, person, "da", VALID)
    assert (await fetch(town, url))[0].status == 404


async def test_in_english(kirsten: PersonInTeams) -> None:
    await kirsten.says("english")
    await kirsten.says(f"export participants {RUN} as csv")
    url = next(button["url"] for button in kirsten.messages[-1].buttons if button["title"] == "Get as CSV")
    _, content = await fetch(kirsten.town, url)
    assert content.decode("utf-8-sig").startswith("Name;E-mail;Department;Area;Status;Signed up on;")
