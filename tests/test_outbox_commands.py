"""`python app.py outbox …` as an operator uses it."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from app import main
from bot.demo.people import TENANT
from centre.notices import QUEUE, Notice, NoticeKind
from centre.people import Person
from storage import Database
from storage.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def python_app(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run `python app.py outbox …` and return what it said."""
    for name in [name for name in os.environ if name.startswith("KOMPETENCEBOT_")]:
        monkeypatch.delenv(name)
    environment = {
        "KOMPETENCEBOT_DEMO": "true",
        "KOMPETENCEBOT_HOST": "127.0.0.1",
        "KOMPETENCEBOT_DATABASE_URL": database_url.replace("sqlite:", "sqlite+aiosqlite:"),
    }

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["outbox", *arguments], env=environment)
        assert done.exit_code == code, done.output
        return done.output

    return run


async def get_stuck(url: str) -> None:
    """Have one notice that waits for its reader, and one that failed."""
    database = await Database.open(url)
    async with database.unit_of_work(TENANT) as work:
        await work.people.save(Person(TENANT, "lene", "Lene Holm"))
        await work.notices.add(Notice(NoticeKind.CASE_EVENT, "lene", "case", "waits"))
        await work.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, "case", "failed"))
        await work.commit()
    outbox = Outbox(database, pace=None)
    waits, failed = await outbox.claim(2)
    await outbox.wait(waits, "not_installed 403")
    await outbox.dead(failed, "refused 413 MessageSizeTooBig")
    await database.close()


async def claimed(url: str) -> list[str]:
    """What is delivered next."""
    database = await Database.open(url)
    found = await Outbox(database, pace=None).claim(10)
    await database.close()
    return [one.notice.dedup_key for one in found]


def test_an_empty_outbox_says_so(python_app: Callable[..., str]) -> None:
    assert python_app("list") == "Alt er leveret.\n"


def test_what_was_not_delivered_is_listed_with_its_reader_and_reason(
    python_app: Callable[..., str], database_url: str
) -> None:
    asyncio.run(get_stuck(database_url))
    first, second = python_app("list").splitlines()
    assert first.split("  ")[2:] == ["venter", "Lene Holm", "nyt i sagen", "(not_installed 403)"]
    assert second.split("  ")[2:5] == ["opgivet", "kanalen", "kortet i kanalen"]


def test_one_or_all_are_delivered_again(python_app: Callable[..., str], database_url: str) -> None:
    asyncio.run(get_stuck(database_url))
    assert "Besked 2 leveres igen" in python_app("retry", "2")
    assert "ingen besked 2" in python_app("retry", "2", code=1)
    assert "1 besked(er)" in python_app("retry", "--all")
    assert python_app("list") == "Alt er leveret.\n"
    assert sorted(asyncio.run(claimed(database_url))) == ["failed", "waits"]


def test_it_must_be_said_which(python_app: Callable[..., str]) -> None:
    assert "--all" in python_app("retry", code=2)
    assert "--all" in python_app("retry", "1", "--all", code=2)
