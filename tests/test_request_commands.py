"""`python app.py requests export …`: files that Excel opens, with nothing in them that it would run."""

from __future__ import annotations

import asyncio
import csv
import io
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from app import main
from bot import sheets
from bot.demo.people import TENANT
from catalogue.offers import Area
from centre.requests import CaseNumber, Option, Priority, Request, Status, Wish
from storage import Database
from tests.storage.conftest import a_request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
__all__ = ["a_request"]

EVIL = '=HYPERLINK("http://ond.example";"klik")'
WISH = Wish(
    need=f'{EVIL}\nnæste linje; med "citat"\x07 og æøå 🙂',
    topic="+45 demens",
    headcount=12,
    staff_groups=("SOSU-assistent",),
    earliest=date(2026, 12, 1),
    area=Area.PSYCHIATRY,
    department="@Bostedet Åen",
    budget_dkk=20_000,
)


@pytest.fixture
def export(
    database_url: str, monkeypatch: pytest.MonkeyPatch, a_request: Callable[..., Request]
) -> Callable[..., str]:
    """Run the command on a database with three requests."""
    for name in [name for name in os.environ if name.startswith("KOMPETENCEBOT_")]:
        monkeypatch.delenv(name)
    environment = {
        "KOMPETENCEBOT_DEMO": "true",
        "KOMPETENCEBOT_HOST": "127.0.0.1",
        "KOMPETENCEBOT_DATABASE_URL": database_url.replace("sqlite:", "sqlite+aiosqlite:"),
    }
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    first = a_request(
        "r1",
        CaseNumber(2026, 1),
        tenant=TENANT,
        wish=WISH,
        filed_at=late,
        changed_at=late,
        priority=Priority.HIGH,
        assignee_id="g",
        assignee_name="Grethe Lund",
        status=Status.PLANNED,
        option=Option("-", "-2 dage hos VIA"),
    )
    second = replace(
        first, id="r2", number=CaseNumber(2026, 2), status=Status.NEW, assignee_id="", assignee_name=""
    )
    third = replace(
        second, id="r3", number=CaseNumber(2026, 3), status=Status.REJECTED, wish=Wish("sår", "sårpleje")
    )

    async def file() -> None:
        database = await Database.open(database_url)
        async with database.unit_of_work(TENANT) as work:
            for request in (first, second, third):
                await work.requests.add(request)
            await work.commit()
        await database.close()

    asyncio.run(file())

    def run(*arguments: str | Path, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["requests", "export", *map(str, arguments)], env=environment)
        assert done.exit_code == code, done.output
        return done.output

    return run


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""), delimiter=";"))


def numbers(file: Path) -> list[str]:
    return [row["Sagsnummer"] for row in rows_of(file)]


def test_a_csv_file_is_what_danish_excel_opens(export: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "sager.csv"
    assert "3 henvendelser er skrevet" in export(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfSagsnummer;Status;Prioritet;Ansvarlig;Sendt;")
    assert file.read_bytes().count(b"\r\n") == 4
    first = rows_of(file)[0]
    assert first["Sagsnummer"] == "KV-2026-0001"
    assert (first["Status"], first["Prioritet"], first["Ansvarlig"]) == ("Planlagt", "Høj", "Grethe Lund")
    assert (first["Sendt"], first["Frist"], first["Tidligst"]) == ("22-11-2026", "09-03-2026", "01-12-2026")
    assert (first["Antal personer"], first["Budget (kr.)"]) == ("12", "20000")
    assert first["Fagområde"] == "Social & Psykiatri"
    assert list(tmp_path.glob("*.part")) == []


def test_nothing_in_a_csv_file_is_a_formula(export: Callable[..., str], tmp_path: Path) -> None:
    export(tmp_path / "sager.csv")
    first = rows_of(tmp_path / "sager.csv")[0]
    assert first["Behov"] == f'\'{EVIL} næste linje; med "citat" og æøå 🙂'
    assert first["Emne"] == "'+45 demens"
    assert first["Afdeling"] == "'@Bostedet Åen"
    assert first["Foreslået eller planlagt"] == "'-2 dage hos VIA"
    for row in rows_of(tmp_path / "sager.csv"):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_a_workbook_has_text_as_text_and_days_as_days(export: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "Sager.XLSX"
    export(file)
    sheet = load_workbook(file)["Henvendelser"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert cells["Behov"].value == f'{EVIL}\nnæste linje; med "citat" og æøå 🙂'
    assert (cells["Behov"].data_type, cells["Behov"].quotePrefix) == ("s", True)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert cells["Sendt"].value == datetime(2026, 11, 22)  # noqa: DTZ001 - Excel knows no time zones
    assert cells["Sendt"].is_date
    assert cells["Sendt"].number_format == "dd-mm-yyyy"
    assert cells["Antal personer"].value == 12
    assert sheet.max_row == 4


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], [1, 2, 3]),
        (["--open"], [1, 2]),
        (["--closed"], [3]),
        (["--status", "new", "--status", "rejected"], [2, 3]),
        (["--area", "psychiatry"], [1, 2]),
        (["--assignee", "grethe"], [1]),
        (["--unassigned"], [2, 3]),
        (["--text", "SÅRPLEJE"], [3]),
        (["--requester", "åen"], [1, 2]),
        (["--priority", "high", "--open"], [1, 2]),
        (["--due-before", "2026-03-10"], [1, 2, 3]),
        (["--due-before", "2026-03-09"], []),
        (["--older-than", "3650"], []),
    ],
)
def test_options_narrow_as_the_filters_of_the_queue_do(
    export: Callable[..., str], tmp_path: Path, options: list[str], found: list[int]
) -> None:
    file = tmp_path / "sager.csv"
    export(file, *options)
    assert numbers(file) == [f"KV-2026-{serial:04d}" for serial in found]


def test_another_kind_of_file_is_refused(export: Callable[..., str], tmp_path: Path) -> None:
    assert "skal ende på .csv eller .xlsx" in export(tmp_path / "sager.pdf", code=1)
    assert list(tmp_path.glob("sager*")) == []


def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    export: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sager.xlsx"
    file.write_bytes(b"the old one")
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    assert "ikke plads til så mange" in export(file, code=1)
    assert file.read_bytes() == b"the old one"
    assert list(tmp_path.glob("*.part")) == []


def test_headings_can_be_english(export: Callable[..., str], tmp_path: Path) -> None:
    export(tmp_path / "cases.csv", "--language", "en")
    assert rows_of(tmp_path / "cases.csv")[0]["Case number"] == "KV-2026-0001"
