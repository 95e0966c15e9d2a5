"""What is too old loses its people and keeps its figures; what is open, or young enough, is not touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from app import main
from bot import housekeeping
from bot.housekeeping import clean, too_old, write_missing_words
from centre.own_data import OwnData
from centre.queue_query import Criteria
from centre.requests import Status
from centre.retention import DAYS, Kept
from tests.storage.write_release import ENROLMENT, FILED, LEADER, RUN, TENANT, WISH, fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from storage import Database

PERSONAL = (
    "requests",
    "request_events",
    "enrolments",
    "enrolment_events",
    "purposes",
    "interests",
    "request_words",
)
WORDS = (LEADER.id, LEADER.name, WISH.need, WISH.purpose, "Færre alarmer", '"from"')


@pytest.fixture
async def filled(database: Database) -> Database:
    await fill(database)
    return database


def at(database: Database, days: float) -> Database:
    """Let so many days have passed since everything was written."""
    database.clock_offset = FILED + timedelta(days=days) - datetime.now(UTC)
    return database


async def written(database: Database) -> dict[str, str]:
    """Everything that stands in the tables about people, by table."""
    async with database.session(read_only=True) as session:
        return {table: str((await session.execute(text(f"SELECT * FROM {table}"))).all()) for table in PERSONAL}  # noqa: S608


async def requests(database: Database) -> dict[str, tuple[Status, str, str]]:
    async with database.read_only(TENANT) as work:
        found = await work.requests.find(Criteria(statuses=frozenset(Status)), 10)
        return {request.id: (request.status, request.requester_name, request.wish.need) for request in found}


async def test_what_is_young_enough_is_not_touched(filled: Database) -> None:
    before = await written(filled)
    assert set((await clean(at(filled, 700), TENANT, DAYS)).values()) == {0}
    assert await written(filled) == before


async def test_each_kind_has_a_rule_of_its_own(filled: Database) -> None:
    at(filled, 900)
    assert [due.number for due in await too_old(filled, TENANT, DAYS)] == [0, 1, 0, 1]
    assert await clean(filled, TENANT, DAYS) == {
        Kept.REQUESTS: 0, Kept.ENROLMENTS: 0, Kept.PURPOSES: 1, Kept.INTERESTS: 1,
    }  # fmt: skip
    left = await written(filled)
    assert left["purposes"] == left["interests"] == "[]"
    assert LEADER.name in left["enrolments"]


async def test_what_is_finished_keeps_its_figures_and_loses_its_people(filled: Database) -> None:
    at(filled, 2000)
    counted = {due.kept: due.number for due in await too_old(filled, TENANT, DAYS)}
    assert await clean(filled, TENANT, DAYS) == counted == dict.fromkeys(Kept, 1)
    found = await requests(filled)
    assert found["draft-1"] == (Status.NEW, LEADER.name, WISH.need)  # open, however old
    assert found["draft-2"] == (Status.WITHDRAWN, "", "")
    async with filled.read_only(TENANT) as work:
        request = await work.requests.get("draft-2")
        assert request
        kept = replace(WISH, need="", purpose="", time_words="", on_behalf_of="")
        assert request.wish == kept
        [event] = await work.requests.events("draft-2")
        assert (event.actor_id, event.actor_name, event.detail) == ("", "", {})
        [enrolment] = await work.enrolments.of_run(RUN.code)
        assert (enrolment.person_name, enrolment.status, enrolment.area) == ("", ENROLMENT.status, ENROLMENT.area)
        assert await work.enrolments.of_person(LEADER.id) == []
    left = await written(filled)
    for table in ("enrolments", "enrolment_events", "purposes", "interests"):
        assert not [words for words in WORDS if words in left[table]], table
    assert sum((await clean(filled, TENANT, DAYS)).values()) == 0


async def test_a_request_without_its_people_is_found_by_its_topic_and_no_longer_by_its_words(
    filled: Database,
) -> None:
    await clean(at(filled, 2000), TENANT, DAYS)
    await write_missing_words(filled, {TENANT})
    everything = frozenset(Status)
    async with filled.read_only(TENANT) as work:
        by_topic = await work.requests.find(Criteria(text=WISH.topic, statuses=everything), 10)
        by_name = await work.requests.find(Criteria(text=LEADER.name, statuses=everything), 10)
    assert {request.id for request in by_topic} == {"draft-1", "draft-2"}
    assert {request.id for request in by_name} == {"draft-1"}


async def test_a_course_that_is_still_to_come_is_not_touched(filled: Database) -> None:
    async with filled.unit_of_work(TENANT) as work:
        later = replace(RUN, starts=RUN.starts + timedelta(days=4000), ends=RUN.ends + timedelta(days=4000))
        await work.catalogue.import_offers([], [later], replace_offers=False, replace_runs=False)
        await work.commit()
    cleaned = await clean(at(filled, 2000), TENANT, DAYS)
    assert (cleaned[Kept.ENROLMENTS], cleaned[Kept.PURPOSES]) == (0, 0)


async def test_nought_days_keep_for_good_and_other_tenants_are_left_alone(filled: Database) -> None:
    at(filled, 30_000)
    assert sum((await clean(filled, TENANT, dict.fromkeys(Kept, 0))).values()) == 0
    assert sum((await clean(filled, "another tenant", DAYS)).values()) == 0


async def test_a_little_at_a_time_comes_to_the_same(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "CLEANED_AT_A_TIME", 1)
    assert await clean(at(filled, 2000), TENANT, DAYS) == dict.fromkeys(Kept, 1)


@pytest.fixture
def command(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    from click.testing import CliRunner  # noqa: PLC0415

    monkeypatch.setenv("KOMPETENCEBOT_DEMO", "true")
    driver = database_url.replace("sqlite://", "sqlite+aiosqlite://").replace(
        "postgresql://", "postgresql+psycopg://"
    )
    monkeypatch.setenv("KOMPETENCEBOT_DATABASE_URL", driver)
    return lambda *arguments: CliRunner().invoke(main, ["retention", *arguments])


@pytest.mark.parametrize("days", ["-1", "to", "9" * 12])
def test_a_rule_that_is_no_number_of_days_stops_the_start(
    command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, days: str
) -> None:
    monkeypatch.setenv("KOMPETENCEBOT_KEEP_REQUESTS_DAYS", days)
    done = command()
    assert done.exit_code == 2
    assert "KOMPETENCEBOT_KEEP_REQUESTS_DAYS is" in done.output


def test_the_command_rehearses_and_says_what_it_found(command: Callable[..., Result]) -> None:
    rehearsed = command("--dry-run")
    assert rehearsed.exit_code == 0, rehearsed.output
    assert "afsluttede henvendelser (gøres anonyme): gemmes 1825 dage; 0 er for gamle" in rehearsed.output
    assert rehearsed.output.endswith("Prøvekørsel: intet er ændret.\n")
    assert command().output.endswith("Færdig: 0 er slettet eller gjort anonyme.\n")


async def test_what_a_person_has_is_counted_and_what_may_go_goes(filled: Database) -> None:
    before, after = RUN.starts, RUN.ends + timedelta(days=1)
    async with filled.unit_of_work(TENANT) as work:
        assert await work.own_data.of(LEADER.id, before) == OwnData(2, 1, 1, 1, 0, 1, 1)
        assert await work.own_data.of(LEADER.id, after) == OwnData(2, 1, 1, 0, 1, 1, 1)
        assert await work.own_data.of("somebody else", after) == OwnData(0, 0, 0, 0, 0, 0, 0)
        await work.own_data.forget("somebody else", after)
        assert await work.own_data.of(LEADER.id, after) == OwnData(2, 1, 1, 0, 1, 1, 1)
        await work.own_data.forget(LEADER.id, before)
        assert await work.purposes.get(ENROLMENT.id)
        await work.own_data.forget(LEADER.id, after)
        assert await work.own_data.of(LEADER.id, after) == OwnData(1, 1, 1, 0, 0, 0, 0)
        assert await work.settings.of([LEADER.id]) == {}
        await work.commit()
    found = await requests(filled)
    assert found["draft-1"] == (Status.NEW, LEADER.name, WISH.need)
    assert found["draft-2"] == (Status.WITHDRAWN, "", "")
