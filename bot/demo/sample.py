"""The demo's data: sample people, the sample catalogue with fresh dates, and a queue channel chosen already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.demo.people import BOT_ID, BOT_NAME, CHANNEL_ID, CHANNEL_NAME, EVERYBODY, TEAM_ID, TENANT
from bot.references import stored_conversation
from catalogue.importing import read_file
from centre.clock import DanishClock
from centre.interest import new_runs_waited_for, tell_of_new_runs
from centre.ports import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from catalogue.offers import Offer, Run
    from storage.database import Database
Item = TypeVar("Item", "Offer", "Run")

SAMPLE = Path(__file__).parents[2] / "catalogue" / "sample"
NEW_IN_SAMPLE = {"DEM-05": 3, "PAL-02": 9, "MED-05": 16, "AUT-02": 48, "DEM-01-H4": 5}
"""How many days ago these offers and this run of an older one came: something for "hvad er nyt?"."""


class SampleError(Exception):
    """The shipped sample catalogue does not import: a mistake of ours, never of the person who runs it."""


def read_sample(today: date) -> tuple[list[Offer], list[Run]]:
    """Read the sample catalogue, its dates counted from today.

    Raises:
        SampleError: it has problems.
    """
    offers = read_file(SAMPLE / "forloeb.csv", today)
    runs = read_file(SAMPLE / "hold.csv", today, known_offer_codes={offer.code for offer in offers.offers})
    problems = [*offers.problems, *runs.problems]
    if problems:
        raise SampleError("\n".join(map(str, problems)))
    return _arrived(offers.offers, today), _arrived(runs.runs, today)


def _arrived(items: Iterable[Item], today: date) -> list[Item]:
    return [
        replace(item, added_on=today - timedelta(days=NEW_IN_SAMPLE[item.code]))
        if item.code in NEW_IN_SAMPLE
        else item
        for item in items
    ]


async def set_the_stage(database: Database, today: date, playground_port: int) -> None:
    """Fill a fresh database and renew the dates of a known one; what people did meanwhile is kept.

    A run that somebody has signed up for keeps its dates: it would move by a day every day, and tell them so.
    """
    offers, runs = read_sample(today)
    async with database.unit_of_work(TENANT) as work:
        for person in EVERYBODY:
            if await work.people.get(person.id) is None:
                await work.people.save(person)
        theirs = await work.enrolments.runs_with_people()
        runs = [run for run in runs if run.code not in theirs]
        waited_for = await new_runs_waited_for(work, runs)
        await work.catalogue.import_offers(offers, runs, replace_offers=False, replace_runs=False, today=today)
        await tell_of_new_runs(work, waited_for, DanishClock().now())
        if await work.channels.queue() is None:
            await work.channels.choose_queue(Channel(TENANT, TEAM_ID, CHANNEL_ID, CHANNEL_NAME))
        await work.conversations.remember(
            stored_conversation(
                CHANNEL_ID,
                f"http://localhost:{playground_port}/_connector",
                bot_id=BOT_ID,
                bot_name=BOT_NAME,
            )
        )
        await work.commit()
