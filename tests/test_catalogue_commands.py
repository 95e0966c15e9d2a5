"""`python app.py catalogue import …` as staff use it: what it says about those who signed up."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from click.testing import CliRunner

from app import main
from bot.demo.people import MADS, TENANT
from centre.clock import DanishClock
from centre.enrolments import enrolment_id
from centre.signing_up import sign_up
from storage import Database

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE: Final = Path(__file__).parents[1] / "catalogue" / "sample"
HEADINGS: Final = "Holdkode;Kode;Start;Slut;Sted;Online;Pladser;Optaget"
RUN: Final = "DEM-08-H1"


@pytest.fixture
def imports(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Run the command on a file of runs, or on one that there is, and return the lines that it prints."""
    for name in [name for name in os.environ if name.startswith("KOMPETENCEBOT_")]:
        monkeypatch.delenv(name)
    driver = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+psycopg:")
    environment = {
        "KOMPETENCEBOT_DEMO": "true",
        "KOMPETENCEBOT_HOST": "127.0.0.1",
        "KOMPETENCEBOT_DATABASE_URL": driver,
    }

    def run(what: Path | str, *options: str) -> list[str]:
        file = what if isinstance(what, Path) else tmp_path / "hold.csv"
        if isinstance(what, str):
            file.write_text(f"{HEADINGS}\n{what}\n", encoding="utf-8")
        done = CliRunner().invoke(main, ["catalogue", "import", str(file), *options], env=environment)
        assert done.exit_code == 0, done.output
        return done.stdout.splitlines()

    return run


def a_run(code: str = RUN, place: str = "Salen") -> str:
    day = DanishClock().now().date() + timedelta(days=60)
    return f"{code};DEM-08;{day};{day};{place};nej;40;0"


def mads_signs_up(url: str) -> None:
    async def work() -> None:
        database = await Database.open(url)
        async with database.unit_of_work(TENANT) as work:
            await work.people.save(MADS)
            _, offers, _ = await work.catalogue.load()
            [offer] = [offer for offer in offers if offer.code == "DEM-08"]
            await sign_up(work, MADS, MADS, offer, RUN, DanishClock().now(), None)
            await work.commit()
        await database.close()

    asyncio.run(work())


def what_happened(url: str) -> list[str]:
    async def work() -> list[str]:
        database = await Database.open(url)
        async with database.read_only(TENANT) as work:
            events = await work.enrolments.events(enrolment_id(RUN, MADS.id))
        await database.close()
        return [event.kind.value for event in events]

    return asyncio.run(work())


def test_it_says_how_many_hear_of_a_run_that_changed_or_was_taken_off(
    imports: Callable[..., list[str]], database_url: str
) -> None:
    imports(SAMPLE / "forloeb.csv")
    assert imports(a_run()) == [
        "Forløb: 0 nye, 0 ændret, 0 uændret, 0 udgået",
        "Hold: 1 nye, 0 ændret, 0 uændret, 0 udgået",
        "Kataloget er opdateret.",
    ]
    mads_signs_up(database_url)
    changed = [
        "Forløb: 0 nye, 0 ændret, 0 uændret, 0 udgået",
        "Hold: 0 nye, 1 ændret, 0 uændret, 0 udgået",
        "Tilmeldte: 1 får besked om et ændret hold, 0 om et aflyst",
    ]
    moved = a_run(place="Vejen Rådhus")
    assert imports(moved, "--dry-run") == [*changed, "Prøvekørsel: intet er ændret."]
    assert what_happened(database_url) == ["signed_up"]
    assert imports(moved) == [*changed, "Kataloget er opdateret."]
    assert not [line for line in imports(moved) if line.startswith("Tilmeldte")]
    assert imports(a_run("DEM-08-H9"), "--replace")[1:] == [
        "Hold: 1 nye, 0 ændret, 0 uændret, 1 udgået",
        "Tilmeldte: 0 får besked om et ændret hold, 1 om et aflyst",
        "Kataloget er opdateret.",
    ]
    assert what_happened(database_url) == ["signed_up", "run_changed", "run_cancelled"]
