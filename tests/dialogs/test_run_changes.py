"""When the catalogue changes or takes off a run: what who signed up is told, and the reminders before a run.

All of it on SQLite and PostgreSQL, and with the process stopped between any two steps.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.catalogue_import import take_catalogue
from catalogue.importing import Parsed, Part
from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus, enrolment_id
from centre.settings import PersonSettings
from tests.bot.processes import ROOT, environment
from tests.chat import TENANT, Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from catalogue.matching import MatchIndex
    from catalogue.offers import Run
    from centre.run_changes import Followed
    from tests.chat import Chat

RUN = "DEM-08-H1"
"""Needs nobody's yes."""


@pytest.fixture
async def town(database_url: str, sample_index: MatchIndex) -> AsyncIterator[Town]:
    town = Town(database_url, sample_index)
    await town.open()
    yield town
    await town.close()


@pytest.fixture
async def solgaarden(town: Town) -> Town:
    """The town with its catalogue in the database."""
    return await town.with_catalogue()


async def run_of(town: Town) -> Run:
    async with town.database.read_only(TENANT) as work:
        return (await work.enrolments.runs([RUN]))[RUN]


async def catalogue_says(town: Town, run: Run | None = None, **about: object) -> Followed:
    """Import a run with other values, or leave it out of a whole new list of runs."""
    given = [] if run is None else [replace(run, **about)]  # type: ignore[arg-type]
    parsed = Parsed([], given, parts=frozenset({Part.RUNS}))
    imported = await take_catalogue(town.database, TENANT, parsed, town.clock, replace=not given)
    await town.deliver()
    return imported.people


async def signed_up(town: Town) -> Chat:
    mads = await town.employee()
    await mads.user(f"tilmeld mig {RUN}")
    mads.bot("Du er med!", "[Læg i kalender]")
    await town.deliver()
    return mads


async def it_is(town: Town, moment: datetime) -> None:
    await town.it_is(moment)
    await town.deliver()


def told(chat: Chat, words: str) -> int:
    return sum(words in message.words for message in chat.messages)


async def test_a_run_that_moves_is_told_with_what_was_and_a_new_file(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    moved = replace(run, starts=run.starts + timedelta(days=7), ends=run.ends + timedelta(days=7))
    followed = await catalogue_says(solgaarden, moved, place="Vejen Rådhus")
    assert (followed.moved, followed.cancelled) == (1, 0)
    mads.bot("Holdet er ændret.", "Før:", f"Stedet var før: {run.place}", "Vejen Rådhus")
    assert "Læg i kalender" in str(mads.messages[-1].all_buttons)
    async with solgaarden.database.read_only(TENANT) as work:
        event = (await work.enrolments.events(enrolment_id(RUN, "mads.kjær")))[-1]
    assert event.kind is EnrolmentEventKind.RUN_CHANGED
    assert f'"starts": ["{run.starts}", "{moved.starts}"]' in event.detail["changed"]


async def test_the_same_import_again_tells_nobody(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    changed = replace(run, place="Vejen Rådhus")
    await catalogue_says(solgaarden, changed)
    assert (await catalogue_says(solgaarden, changed)).moved == 0
    assert told(mads, "Holdet er ændret.") == 1


async def test_other_seats_and_deadlines_are_no_news(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    followed = await catalogue_says(solgaarden, run, seats=run.seats + 5, deadline=None)
    assert followed.moved == 0
    assert told(mads, "Holdet er ændret.") == 0


async def test_a_run_that_is_taken_off_is_told_kindly_with_the_way_on(solgaarden: Town) -> None:
    mads = await signed_up(solgaarden)
    followed = await catalogue_says(solgaarden)
    assert followed.cancelled == 1
    mads.bot(
        "Holdet er desværre aflyst.", "Se, om et andet hold passer dig", "[Se andre hold | Fjern fra kalender]"
    )
    await mads.clicks("Se andre hold")
    mads.bot("DEM-08")


async def test_tidying_away_a_run_that_is_over_cancels_nobodys_course(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    await it_is(solgaarden, datetime.combine(run.ends + timedelta(days=1), time(8), COPENHAGEN))
    assert (await catalogue_says(solgaarden)).cancelled == 0
    async with solgaarden.database.read_only(TENANT) as work:
        enrolment = await work.enrolments.get(enrolment_id(RUN, "mads.kjær"))
    assert enrolment
    assert enrolment.status is EnrolmentStatus.ATTENDING
    assert told(mads, "aflyst") == 0


async def test_more_seats_go_to_the_waiting_list(solgaarden: Town) -> None:
    run = await run_of(solgaarden)
    await catalogue_says(solgaarden, run, taken=run.seats)
    mads = await solgaarden.employee()
    await mads.user(f"tilmeld mig {RUN}")
    mads.bot("Du er nr. 1 på ventelisten")
    await catalogue_says(solgaarden, run, taken=run.seats, seats=run.seats + 1)
    mads.bot("Der er blevet en plads til dig!")


async def test_a_new_run_is_named_to_who_asks(solgaarden: Town) -> None:
    run = await run_of(solgaarden)
    followed = await catalogue_says(solgaarden, replace(run, code="DEM-08-H99"))
    assert followed.new_runs == {"DEM-08-H99"}


async def test_reminders_come_seven_days_and_one_day_before_at_nine(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    for days, so_many in ((8, 0), (7, 1), (2, 1), (1, 2), (0, 2)):
        day = run.starts - timedelta(days=days)
        await it_is(solgaarden, datetime.combine(day, time(8, 59), COPENHAGEN))
        before = told(mads, "Husk: Du skal af sted")
        await it_is(solgaarden, datetime.combine(day, time(9, 0, 5), COPENHAGEN))
        assert told(mads, "Husk: Du skal af sted") == so_many
        assert before == (so_many - 1 if days in {7, 1} else so_many)
    assert "Meld fra" in str(mads.messages[-1].all_buttons)
    assert "Læg i kalender" in str(mads.messages[-1].all_buttons)


@pytest.mark.parametrize("starts", ["2027-03-29", "2026-11-01", "2027-11-01", "2027-04-04", "2027-11-05"])
async def test_nine_is_nine_on_the_wall_across_daylight_saving(solgaarden: Town, starts: str) -> None:
    day = datetime.fromisoformat(starts).date()
    run = await run_of(solgaarden)
    if day < solgaarden.clock.today:
        await solgaarden.it_is(datetime(2026, 10, 1, 10, tzinfo=COPENHAGEN))
    await catalogue_says(solgaarden, run, starts=day, ends=day, deadline=None)
    mads = await signed_up(solgaarden)
    for days in (7, 1):
        before = told(mads, "Husk: Du skal af sted")
        await it_is(solgaarden, datetime.combine(day - timedelta(days=days), time(8, 59, 50), COPENHAGEN))
        assert told(mads, "Husk: Du skal af sted") == before
        await it_is(solgaarden, datetime.combine(day - timedelta(days=days), time(9, 0, 5), COPENHAGEN))
        assert told(mads, "Husk: Du skal af sted") == before + 1


async def test_who_left_is_not_reminded(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    await mads.user("meld mig fra")
    mads.bot("Du er meldt fra", "[Fjern fra kalender]")
    await it_is(solgaarden, datetime.combine(run.starts - timedelta(days=1), time(9, 1), COPENHAGEN))
    assert told(mads, "Husk: Du skal af sted") == 0


async def test_a_run_that_moved_is_reminded_of_by_its_new_day_only(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    later = run.starts + timedelta(days=30)
    await catalogue_says(solgaarden, run, starts=later, ends=later)
    await it_is(solgaarden, datetime.combine(run.starts - timedelta(days=1), time(9, 1), COPENHAGEN))
    assert told(mads, "Husk: Du skal af sted") == 0
    await it_is(solgaarden, datetime.combine(later - timedelta(days=1), time(9, 1), COPENHAGEN))
    assert told(mads, "Husk: Du skal af sted") >= 1


async def chooses(town: Town, **about: object) -> None:
    async with town.database.unit_of_work(TENANT) as work:
        await work.settings.save(PersonSettings("mads.kjær", **about))  # type: ignore[arg-type]
        await work.commit()


async def test_quiet_hours_put_a_reminder_off(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    await chooses(solgaarden, quiet_from=time(8), quiet_until=time(10))
    day = run.starts - timedelta(days=1)
    await it_is(solgaarden, datetime.combine(run.starts - timedelta(days=7), time(10, 1), COPENHAGEN))
    before = told(mads, "Husk: Du skal af sted")
    await it_is(solgaarden, datetime.combine(day, time(9, 1), COPENHAGEN))
    assert told(mads, "Husk: Du skal af sted") == before
    await it_is(solgaarden, datetime.combine(day, time(10, 0, 5), COPENHAGEN))
    assert told(mads, "Husk: Du skal af sted") == before + 1


async def test_a_pause_that_outlasts_the_start_drops_the_reminder(solgaarden: Town) -> None:
    mads, run = await signed_up(solgaarden), await run_of(solgaarden)
    begun = datetime.combine(run.starts, run.begins_at or time(9), COPENHAGEN)
    await chooses(solgaarden, paused_until=begun)
    await it_is(solgaarden, datetime.combine(run.starts - timedelta(days=1), time(9, 1), COPENHAGEN))
    await it_is(solgaarden, begun + timedelta(hours=1))
    assert told(mads, "Husk: Du skal af sted") == 0


async def test_kalender_in_words_offers_what_is_to_come(solgaarden: Town) -> None:
    mads = await solgaarden.employee()
    await mads.user("kalender")
    mads.bot("Du har ingen kurser på vej")
    await mads.user(f"tilmeld mig {RUN}")
    await mads.user("læg det i min kalender")
    mads.bot("Læg dine kurser i kalenderen", "[Læg i kalender]")
    await mads.user("english")
    await mads.user("calendar")
    mads.bot("Put your courses in the calendar", "[Add to calendar]")


# --- The process stops --------------------------------------------------------------------------------------

HEADINGS = "Holdkode;Kode;Start;Slut;Sted;Online;Pladser;Optaget;Tilmeldingsfrist;Kl. start;Kl. slut;Link"
A_MONDAY_LATER = date(2027, 2, 1)
MOVED = f"{RUN};DEM-08;+70;+70;Vejen Rådhus;nej;40;22;+40;8.30;15.00;"
LEASE_IS_OVER = timedelta(minutes=2)


class DiedError(BaseException):
    """The process ended here."""


async def import_in_its_own_process(town: Town, tmp_path: Path, stop: str = "") -> int:
    """Take in the file that moves the run, as the command does; SQLite is one process's at a time."""
    file = tmp_path / "hold.csv"
    file.write_text(f"{HEADINGS}\n{MOVED}\n", encoding="utf-8")
    await town.close()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.dialogs.import_worker", town._url, str(file), stop),
        cwd=ROOT,
        env=environment(),
    )
    async with asyncio.timeout(120):
        ended = await process.wait()
    town.clock.time += timedelta(minutes=5)
    await town.open()
    return ended


async def what_happened(town: Town) -> list[str]:
    async with town.database.read_only(TENANT) as work:
        return [event.kind.value for event in await work.enrolments.events(enrolment_id(RUN, "mads.kjær"))]


@pytest.mark.parametrize("stop", ["in between", "before commit", "after commit"])
async def test_an_import_that_is_killed_is_all_there_or_not_at_all(
    solgaarden: Town, tmp_path: Path, stop: str
) -> None:
    """Run again, whether or not it was needed, it leaves everybody told once."""
    mads = await signed_up(solgaarden)
    assert await import_in_its_own_process(solgaarden, tmp_path, stop) == -signal.SIGKILL
    kept = stop == "after commit"
    assert ((await run_of(solgaarden)).place == "Vejen Rådhus") is kept
    assert await what_happened(solgaarden) == ["signed_up", *(["run_changed"] if kept else [])]
    await solgaarden.deliver()
    assert told(mads, "Holdet er ændret.") == kept
    assert await import_in_its_own_process(solgaarden, tmp_path) == 0
    await solgaarden.deliver()
    assert (await run_of(solgaarden)).starts == A_MONDAY_LATER
    assert await what_happened(solgaarden) == ["signed_up", "run_changed"]
    assert told(mads, "Holdet er ændret.") == 1


async def test_a_notice_that_was_taken_and_not_sent_is_sent_after_all(solgaarden: Town, tmp_path: Path) -> None:
    mads = await signed_up(solgaarden)
    await import_in_its_own_process(solgaarden, tmp_path)
    assert [claimed.notice.audience for claimed in await solgaarden.outbox.claim(5)] == ["mads.kjær"]
    await solgaarden.restart()
    await solgaarden.deliver()
    assert told(mads, "Holdet er ændret.") == 0, "it is another process's until the lease is over"
    await it_is(solgaarden, solgaarden.clock.time + LEASE_IS_OVER)
    assert told(mads, "Holdet er ændret.") == 1


async def test_a_notice_that_was_sent_and_not_noted_is_told_again_with_no_second_effect(
    solgaarden: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gets exactly once from Teams: the same card comes twice at most, and either does the same once."""
    mads = await signed_up(solgaarden)
    await import_in_its_own_process(solgaarden, tmp_path)

    async def dies(*_: object, **__: object) -> bool:
        raise DiedError

    monkeypatch.setattr(solgaarden.outbox, "sent", dies)
    with pytest.raises(DiedError):
        await solgaarden.deliver()
    await solgaarden.restart()
    await it_is(solgaarden, solgaarden.clock.time + LEASE_IS_OVER)
    await solgaarden.deliver()
    first, second = (message for message in mads.messages if "Holdet er ændret." in message.words)
    assert first.words == second.words
    assert await what_happened(solgaarden) == ["signed_up", "run_changed"]
    await mads.presses(first, "Meld fra")
    await mads.presses(second, "Meld fra")
    assert await what_happened(solgaarden) == ["signed_up", "run_changed", "left"]
