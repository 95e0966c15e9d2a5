"""From "eksport" in the chat to the file on the consultant's own machine, over real HTTP."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from yarl import URL

from bot import sheets
from dialogs.export_words import QUEUE_FILE, VALID
from tests.bot.fake_teams import TENANT
from tests.bot.town_in_teams import town_in_teams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientResponse

    from storage import Database
    from tests.bot.town_in_teams import PersonInTeams, TownInTeams

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
async def kirsten(database: Database) -> AsyncIterator[PersonInTeams]:
    """Kirsten works in the centre, to which Lene has sent a case."""
    async with town_in_teams(database) as town:
        kirsten = await town.consultant()
        await (await town.leader()).files()
        yield kirsten


async def fetch(town: TownInTeams, url: str) -> tuple[ClientResponse, bytes]:
    async with town.bot.http.get(URL(url, encoded=True)) as answer:
        return answer, await answer.read()


def link(person: PersonInTeams, title: str) -> str:
    url: str = next(b["url"] for b in person.messages[-1].buttons if b["title"] == title)
    return url


async def test_the_workbook_has_the_cases(kirsten: PersonInTeams) -> None:
    await kirsten.says("eksport")
    answer, content = await fetch(kirsten.town, link(kirsten, "Hent til Excel"))
    assert (answer.status, answer.content_type) == (200, XLSX)
    assert 'filename="Sager 22-11-2026.xlsx"' in answer.headers["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(content))["Henvendelser"].values)
    assert [row[0] for row in rows] == ["Sagsnummer", "KV-2026-0001"]


async def test_the_csv_has_what_is_true_when_it_is_fetched(kirsten: PersonInTeams) -> None:
    await kirsten.says("eksport nye")
    url = link(kirsten, "Hent som CSV")
    answer, content = await fetch(kirsten.town, url)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert content.startswith(b"\xef\xbb\xbfSagsnummer;")
    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (row["Sagsnummer"], row["Leder"], row["Status"]) == ("KV-2026-0001", "Lene Holm", "Ny")
    await kirsten.says("tag sag 1")
    _, content = await fetch(kirsten.town, url)
    assert content.count(b"\r\n") == 1


async def test_mine_are_those_of_whom_the_link_was_made_for(kirsten: PersonInTeams) -> None:
    await kirsten.says("tag sag 1")
    await kirsten.says("eksport mine")
    _, content = await fetch(kirsten.town, link(kirsten, "Hent som CSV"))
    assert b"KV-2026-0001" in content


async def test_whoever_has_left_the_centres_team_has_no_use_for_the_link(kirsten: PersonInTeams) -> None:
    town = kirsten.town
    await kirsten.says("eksport")
    town.teams.members.clear()
    town.who.forget_roster(TENANT)
    answer, content = await fetch(town, link(kirsten, "Hent til Excel"))
    assert (answer.status, b"KV-2026" in content) == (404, False)


@pytest.mark.parametrize(
    "subject", [{}, {"query": {}}, {"query": {"whose": "x"}, "file": "csv"}, {"query": [], "file": "csv"}]
)
async def test_a_link_of_another_shape_gives_nothing(kirsten: PersonInTeams, subject: dict[str, object]) -> None:
    town = kirsten.town
    async with town.database.read_only(TENANT) as work:
        person = await work.people.get(kirsten.id)
    assert person
    url = town.links.to(QUEUE_FILE, subject, person, "da", VALID)
    assert (await fetch(town, url))[0].status == 404


async def test_more_cases_than_a_sheet_has_room_for_are_offered_as_csv(
    kirsten: PersonInTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 0)
    await kirsten.says("eksport")
    answer, content = await fetch(kirsten.town, link(kirsten, "Hent til Excel"))
    assert answer.status == 404
    assert "vælg CSV" in content.decode()
    assert (await fetch(kirsten.town, link(kirsten, "Hent som CSV")))[0].status == 200
