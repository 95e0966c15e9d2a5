"""`python app.py synonyms …` as staff use it: a database file, Danish answers."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from click.testing import CliRunner

from app import main
from bot.demo.people import TENANT
from catalogue.synonyms import parse_synonyms, starter_synonyms
from centre.learning import learn_choice
from centre.requests import Wish
from storage import Database

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT: Final = Path(__file__).parents[1]
SHIPPED: Final = len(starter_synonyms())

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    """The demo's settings on the test's own database."""
    return {
        "KOMPETENCEBOT_DEMO": "true",
        "KOMPETENCEBOT_HOST": "127.0.0.1",
        "KOMPETENCEBOT_DATABASE_URL": database_url.replace("sqlite:", "sqlite+aiosqlite:"),
    }


@pytest.fixture
def python_app(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run `python app.py …` in this process and return what it said."""
    for name in [name for name in os.environ if name.startswith("KOMPETENCEBOT_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str | Path, code: int = 0, said: str = "") -> str:
        done = CliRunner().invoke(main, [*map(str, arguments)], env=environment, input=said)
        assert done.exit_code == code, done.output
        return done.output

    return run


def test_the_commands_work_as_a_process(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "app.py", "synonyms", "list", "--search", "bider"],
        cwd=PROJECT,
        env={**os.environ, **environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "»bider« betyder udadreagerende adfærd (talemåde) – medfølger" in done.stdout


def test_rows_are_listed_added_and_removed(python_app: Callable[..., str]) -> None:
    assert f"{SHIPPED} rækker." in python_app("synonyms", "list")
    added = python_app("synonyms", "add", "snurrer rundt", "demens, uro", "--type", "talemåde")
    assert "»snurrer rundt« betyder demens, uro (talemåde). Det virker efter få sekunder." in added
    found = python_app("synonyms", "list", "--search", "SNURRER")
    assert found == "»snurrer rundt« betyder demens, uro (talemåde) – jeres egen\n1 rækker.\n"
    assert "Fjernet: »snurrer rundt«" in python_app("synonyms", "remove", "Snurrer rundt")
    assert "ingen række for »snurrer rundt«" in python_app("synonyms", "remove", "snurrer rundt", code=1)
    assert f"{SHIPPED} rækker." in python_app("synonyms", "list")


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("snurrer", " , "), "Kolonnen »Betyder« er tom."),
        (("!!!", "demens"), "Kolonnen »Ord« er tom."),
        (("to ord", "to", "--type", "sammensætning"), "En sammensætning er ét ord"),
        (("#snurrer", "demens"), "Et ord kan ikke begynde med #."),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(
    python_app: Callable[..., str], arguments: tuple[str, ...], answer: str
) -> None:
    said = python_app("synonyms", "add", *arguments, code=1)
    assert said.startswith(answer)
    assert "Række" not in said


def test_what_is_exported_can_be_changed_in_excel_and_imported(
    python_app: Callable[..., str], tmp_path: Path
) -> None:
    file = tmp_path / "synonymer.csv"
    assert f"{SHIPPED} rækker er skrevet" in python_app("synonyms", "export", file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = file.read_text("utf-8-sig").replace("bider;udadreagerende adfærd;", "bider;tænder;").splitlines()
    lines = [line for line in lines if not line.startswith("niver;")] + ["snurrer på stedet;uro;talemåde"]
    file.write_text("\r\n".join(lines), "cp1252")
    expected = f"Synonymer: 1 nye, 1 ændret, {SHIPPED - 2} uændret, 1 fjernet"
    trial = python_app("synonyms", "import", file, "--replace", "--dry-run")
    assert trial == f"{expected}\nPrøvekørsel: intet er ændret.\n"
    assert python_app("synonyms", "import", file, "--replace").startswith(expected)
    exported = parse_synonyms(python_app("synonyms", "export", "-"))
    assert {row.words: row.meanings for row in exported}["bider"] == ("tænder",)
    assert "niver" not in [row.words for row in exported]
    assert len(exported) == SHIPPED


def test_every_problem_of_a_file_is_told_at_once_and_nothing_is_imported(
    python_app: Callable[..., str], tmp_path: Path
) -> None:
    file = tmp_path / "forkert.csv"
    file.write_text("Ord;Betyder;Type\nkører i ring;demens;talemåde\nx;y;z\n;a;synonym\nfoo;bar\n", "utf-8")
    said = python_app("synonyms", "import", file, code=1)
    for part in ("Række 3: Typen »z«", "Række 4: Kolonnen »Ord«", "Række 5: Der skal", "3 problem(er). Intet"):
        assert part in said
    assert f"{SHIPPED} rækker." in python_app("synonyms", "list")


def test_a_file_that_is_no_text_is_refused_in_danish(python_app: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "synonymer.xlsx"
    file.write_bytes(b"PK\x03\x04\0\0\0")
    for command in ("import", "import-esco"):
        said = python_app("synonyms", command, file, code=1)
        assert said == "synonymer.xlsx er ikke en CSV-fil. Gem den fra Excel som »CSV UTF-8«.\n"


def test_esco_comes_and_goes_with_one_command(python_app: Callable[..., str], tmp_path: Path) -> None:
    python_app("catalogue", "import", PROJECT / "catalogue" / "sample" / "forloeb.csv")
    file = tmp_path / "skills_da.csv"
    file.write_text(
        'conceptUri,preferredLabel,altLabels\r\na,medicin,"farmaka\nmedikamentlære"\r\nb,save,bruge motorsav\r\n',
        "utf-8",
    )
    trial = python_app("synonyms", "import-esco", file, "--dry-run")
    assert "2 færdigheder læst" in trial
    assert "Prøvekørsel: intet er ændret." in trial
    python_app("synonyms", "import-esco", file)
    listed = python_app("synonyms", "list", "--search", "esco")
    assert "»medikamentlære« betyder medicin (talemåde) – ESCO" in listed
    assert "medikamentlære" not in python_app("synonyms", "export", "-")
    assert "rækker fra ESCO er fjernet" in python_app("synonyms", "remove-esco")
    assert python_app("synonyms", "list", "--search", "medikamentlære") == "Ingen rækker.\n"
    assert "Den mangler: preferredLabel, altLabels." in python_app("synonyms", "import-esco", __file__, code=1)


def test_suggestions_are_answered_by_number_and_matching_hears_of_it(
    python_app: Callable[..., str], database_url: str
) -> None:
    async def choose(*words: str) -> None:
        database = await Database.open(database_url)
        async with database.unit_of_work(TENANT) as work:
            for word in words:
                await learn_choice(work, Wish(f"lære om {word}", word, offer_code="DEM-01"))
            await work.commit()
        await database.close()

    assert python_app("synonyms", "suggestions").startswith("Ingen forslag. Et ord foreslås tidligst, når 3 ")
    python_app("catalogue", "import", PROJECT / "catalogue" / "sample" / "forloeb.csv")
    asyncio.run(choose("motorsav", "motorsav", "motorsav", "kagedej", "kagedej", "kagedej", "kagedej", "drone"))
    said = python_app("synonyms", "suggestions")
    assert "1  »kagedej« betyder »demens«? 4 valg af DEM-01" in said
    assert "2  »motorsav« betyder »demens«? 3 valg af DEM-01" in said
    assert "drone" not in said
    assert "»kagedej« bliver ikke foreslået for »demens« igen." in python_app("synonyms", "dismiss", "1")
    assert "»motorsav« betyder demens (talemåde)." in python_app("synonyms", "accept", "2")
    assert "intet åbent forslag nr. 2" in python_app("synonyms", "accept", "2", code=1)
    assert python_app("synonyms", "suggestions").startswith("Ingen forslag.")
    assert '"code": "DEM' in python_app("match", "--database", "--json", "--limit", "1", said="motorsav")
