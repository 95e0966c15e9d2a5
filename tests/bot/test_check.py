"""`python app.py check`: what is wrong is named in plain words, all of it at once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
import requests

from bot import check
from bot.check import look_at_everything
from centre.ports import Channel
from storage import Database
from tests.bot.fake_teams import APP_ID, TENANT, entra_at, fake_teams
from tests.bot.processes import run

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.check import Finding
    from tests.bot.fake_teams import FakeTeams

SECRET = "hunter2-and-more"


def environ(url: str, **changes: str) -> dict[str, str]:
    settings = {"APP_ID": APP_ID, "APP_PASSWORD": SECRET, "TENANT_ID": TENANT, "DATABASE_URL": driver(url)}
    settings["PUBLIC_HOST"] = "bot.kommune.example"
    return {f"KOMPETENCEBOT_{name}": value for name, value in {**settings, **changes}.items() if value}


def driver(url: str) -> str:
    return url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+psycopg:")


async def look(teams: FakeTeams, url: str, **changes: str) -> list[Finding]:
    doors = {"keys": f"{teams.url}/openid", "messages": f"{teams.url}/emea/"}
    found = look_at_everything(environ(url, **changes), http_client=entra_at(teams), doors=doors)
    return [finding async for finding in found]


def wrong(findings: list[Finding]) -> list[str]:
    assert SECRET not in " ".join(map(str, findings))
    return [str(finding) for finding in findings if finding.is_wrong]


async def choose_channel(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.channels.choose_queue(Channel(TENANT, "19:team", "19:channel", "Køen"))
        await work.commit()


async def test_a_bot_that_is_set_up_has_everything_in_order(database: Database, database_url: str) -> None:
    await choose_channel(database)
    async with fake_teams() as teams:
        findings = await look(
            teams,
            database_url,
            PUBLIC_HOST="bot.kommune.example",
            DEVELOPER_NAME="Vejen Kommune",
            DEVELOPER_URL="https://kommune.example",
            PRIVACY_URL="https://kommune.example/privat",
        )
    assert wrong(findings) == []
    assert teams.tokens_given == 1
    subjects = {finding.subject for finding in findings if finding.mark == "ok"}
    assert subjects >= {
        *("Configuration", "Database", "Tables", "Queue channel", "Credentials", "Network", "Clock", "App package")
    }


async def test_a_channel_that_nobody_chose_is_told_with_the_way_to_choose_it(database_url: str) -> None:
    async with fake_teams() as teams:
        [told] = wrong(await look(teams, database_url))
    assert TENANT in told
    assert "Brug denne kanal" in told


async def test_a_database_without_tables_is_told_with_the_command(empty_database_url: str) -> None:
    async with fake_teams() as teams:
        [told] = wrong(await look(teams, empty_database_url))
    assert "python app.py db upgrade" in told


async def test_all_problems_are_told_at_once_however_different_they_are() -> None:
    async with fake_teams() as teams:
        teams.token_answer = {"error": "invalid_client", "error_codes": [7000222]}
        url = f"postgresql://bot:{SECRET}@127.0.0.1:1/bot"
        told = wrong(await look(teams, url, PORT="x", DEVELOPER_NAME="Vejen"))
    text = "\n".join(told)
    assert "KOMPETENCEBOT_PORT" in text
    assert "PostgreSQL bot at 127.0.0.1 cannot be reached" in text
    assert "the client secret has expired" in text
    assert "KOMPETENCEBOT_PRIVACY_URL is missing" in text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": "invalid_client", "error_codes": [7000215]}, "not its Secret ID"),
        ({"error": "unauthorized_client", "error_codes": [700016]}, "no such app in this tenant"),
        ({"error": "temporarily_unavailable", "error_codes": [90033]}, "temporarily_unavailable, AADSTS90033"),
        ({"error": "invalid_request"}, "invalid_request"),
    ],
)
async def test_what_entra_says_is_told_in_plain_words(
    sqlite_template: Path, answer: dict[str, object], words: str
) -> None:
    async with fake_teams() as teams:
        teams.token_answer = answer
        told = wrong(await look(teams, f"sqlite:///{sqlite_template}"))
    assert [line for line in told if "Credentials" in line and words in line]


async def test_a_tenant_that_entra_does_not_know_is_told(sqlite_template: Path) -> None:
    class UnknownTenant(requests.Session):
        def get(self, *args: object, **kwargs: object) -> requests.Response:
            response = requests.Response()
            response.status_code, response._content = 400, b'{"error": "invalid_tenant"}'
            return response

    findings = look_at_everything(
        environ(f"sqlite:///{sqlite_template}"),
        http_client=UnknownTenant(),
        doors={"nothing": "http://127.0.0.1:1/"},
    )
    told = wrong([finding async for finding in findings])
    assert [line for line in told if "Entra knows no tenant" in line]


async def test_microsoft_that_is_not_reached_is_told_for_each_door(sqlite_template: Path) -> None:
    class NoNetwork(requests.Session):
        def get(self, *args: object, **kwargs: object) -> requests.Response:
            raise requests.exceptions.ConnectionError

    findings = look_at_everything(
        environ(f"sqlite:///{sqlite_template}"),
        http_client=NoNetwork(),
        doors={"messages": "http://127.0.0.1:1/x"},
    )
    text = "\n".join(wrong([finding async for finding in findings]))
    assert "login.microsoftonline.com cannot be reached" in text
    assert "127.0.0.1:1 cannot be reached (messages;" in text


async def test_a_managed_identity_is_asked_where_it_lives(sqlite_template: Path) -> None:
    async with fake_teams() as teams:
        findings = await look(teams, f"sqlite:///{sqlite_template}", APP_TYPE="UserAssignedMSI", APP_PASSWORD="")
    assert "ok     Credentials: Entra gives a token." in map(str, findings)


@pytest.mark.parametrize(("minutes", "direction"), [(7, "ahead of"), (-7, "behind")])
async def test_a_clock_that_differs_from_microsofts_is_told(
    sqlite_template: Path, minutes: int, direction: str
) -> None:
    theirs = datetime.now(UTC) - timedelta(minutes=minutes)
    async with fake_teams() as teams:
        teams.token_headers = {"Date": format_datetime(theirs, usegmt=True)}
        told = wrong(await look(teams, f"sqlite:///{sqlite_template}"))
    [clock] = [line for line in told if "Clock" in line]
    assert f"seconds {direction} Microsoft's sign-in" in clock


async def test_a_clock_that_differs_from_the_databases_is_told(
    database_kind: str, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def an_hour_ago(_session: AsyncSession) -> datetime:
        return datetime.now(UTC) - timedelta(hours=1)

    monkeypatch.setattr(check, "database_now", an_hour_ago)
    async with fake_teams() as teams:
        told = wrong(await look(teams, database_url))
    assert ("ahead of the database server" in " ".join(told)) == (database_kind == "postgresql")


async def test_a_url_that_is_none_and_a_file_without_rights_are_told(tmp_path: Path) -> None:
    async with fake_teams() as teams:
        told = wrong(await look(teams, "sqlite:///:memory:"))
        assert "KOMPETENCEBOT_DATABASE_URL cannot be read" in "\n".join(told)
        (tmp_path / "no.sqlite").write_text("this is a letter, and no database at all" * 100)
        told = wrong(await look(teams, f"sqlite:///{tmp_path / 'no.sqlite'}"))
        assert "no.sqlite cannot be reached: file is not a database" in "\n".join(told)


async def test_a_disk_that_is_nearly_full_is_told(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "LEAST_FREE_BYTES", shutil.disk_usage(sqlite_template).total * 2)
    async with fake_teams() as teams:
        told = wrong(await look(teams, f"sqlite:///{sqlite_template}"))
    assert "MB are free" in "\n".join(told)


async def test_the_command_works_beside_a_running_bot_and_its_exit_code_tells(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'demo.sqlite'}"
    assert (await run("db", "upgrade", DEMO="true", DATABASE_URL=url))[0] == 0
    running = await Database.open(url)
    code, said = await run("check", DEMO="true", DATABASE_URL=url)
    await running.close()
    assert (code, said.splitlines()[-1]) == (0, "Everything is in order.")
    code, said = await run("check", PORT="x", DATABASE_URL=url)
    assert code == 1
    assert "KOMPETENCEBOT_PORT" in said
    marks = [line.split()[0] for line in said.splitlines() if line]
    assert said.splitlines()[-1] == f"Wrong: {marks.count('WRONG')}."
