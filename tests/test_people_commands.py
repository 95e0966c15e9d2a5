"""`python app.py people …` as staff use it: a database file, Danish answers, all of it or nothing."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from app import main
from bot.demo.people import TENANT
from centre.people import Role
from storage import Database
from tests.catalogue.importing_files import write_csv
from tests.centre.test_people_file import HEADINGS, LENE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from centre.people import Person

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

MADS = ["Mads Kjær", "mads@kommunen.dk", "medarbejder", "", "", "lene@kommunen.dk"]


@pytest.fixture
def python_app(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run `python app.py …` in this process and return what it said."""
    for name in [name for name in os.environ if name.startswith("KOMPETENCEBOT_")]:
        monkeypatch.delenv(name)
    environment = {
        "KOMPETENCEBOT_DEMO": "true",
        "KOMPETENCEBOT_HOST": "127.0.0.1",
        "KOMPETENCEBOT_DATABASE_URL": database_url.replace("sqlite:", "sqlite+aiosqlite:"),
    }

    def run(*arguments: str | Path, code: int = 0) -> str:
        done = CliRunner().invoke(main, [*map(str, arguments)], env=environment)
        assert done.exit_code == code, done.output
        return done.output

    return run


@pytest.fixture
def stored(database_url: str) -> Callable[[str], Person | None]:
    """Look up an imported person."""

    async def look(email: str) -> Person | None:
        database = await Database.open(database_url)
        try:
            async with database.read_only(TENANT) as work:
                return await work.people.by_email(email)
        finally:
            await database.close()

    return lambda email: asyncio.run(look(email))


def test_a_list_is_tried_taken_in_and_taken_in_again(
    python_app: Callable[..., str], stored: Callable[[str], Person | None], tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "personer.csv", [HEADINGS, LENE, MADS], "cp1252")
    trial = python_app("people", "import", file, "--dry-run")
    assert "Personer: 2 nye, 0 ændret, 0 uændret, 0 fratrådt\nPrøvekørsel: intet er ændret." in trial
    assert stored("lene@kommunen.dk") is None
    assert "2 nye" in python_app("people", "import", file)
    lene = stored("lene@kommunen.dk")
    assert lene
    assert (lene.role, lene.department) == (Role.LEADER, "Plejecenter Solgården")
    assert "0 nye, 0 ændret, 2 uændret, 0 fratrådt\nListen er opdateret." in python_app("people", "import", file)


def test_only_replace_sees_anybody_off(
    python_app: Callable[..., str], stored: Callable[[str], Person | None], tmp_path: Path
) -> None:
    python_app("people", "import", write_csv(tmp_path / "a.csv", [HEADINGS, LENE, MADS]))
    only_lene = write_csv(tmp_path / "b.csv", [HEADINGS, LENE])
    assert "0 fratrådt" in python_app("people", "import", only_lene)
    assert stored("mads@kommunen.dk")
    assert "1 fratrådt" in python_app("people", "import", only_lene, "--replace")
    assert stored("mads@kommunen.dk") is None


def test_one_problem_anywhere_and_nothing_is_taken_in(
    python_app: Callable[..., str], stored: Callable[[str], Person | None], tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "personer.csv", [HEADINGS, LENE, ["Mads", "mads", "boss", "", "", ""]])
    said = python_app("people", "import", file, code=1)
    assert "Række 3, kolonnen E-mail: »mads« er ikke en e-mailadresse" in said
    assert "Række 3, kolonnen Rolle: Rollen »boss« kendes ikke" in said
    assert "2 problem(er). Intet er indlæst." in said
    assert stored("lene@kommunen.dk") is None


def test_a_file_that_is_no_table_says_so(python_app: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "brev.pdf").write_bytes(b"%PDF-1.7")
    assert "Filen er et dokument og ikke en tabel" in python_app("people", "import", tmp_path / "brev.pdf", code=1)


def test_leaders_taken_in_before_are_known_to_the_next_file(
    python_app: Callable[..., str], tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "mads.csv", [HEADINGS, MADS])
    assert "ikke selv på listen som leder: lene@kommunen.dk" in python_app("people", "import", file)
    python_app("people", "import", write_csv(tmp_path / "lene.csv", [HEADINGS, LENE]))
    assert "ikke selv på listen" not in python_app("people", "import", file)


def test_the_template_is_written_once(python_app: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "personer.xlsx"
    assert f"people import {file}" in python_app("people", "template", file)
    assert load_workbook(file).sheetnames == ["Personer", "Vejledning"]
    assert "findes allerede" in python_app("people", "template", file, code=1)
