"""The demo's stage: one newcomer plays all three parts in one browser."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.demo.people import AMINA, CHANNEL_ID, CHANNEL_NAME, GRETHE, KIRSTEN, LENE, MADS, TEAM_ID, TENANT
from bot.demo.sample import set_the_stage
from bot.demo.stage import DemoStage
from bot.invokes import Invokes
from bot.notifier import Notifier
from bot.postman import Postman
from bot.turn import TurnRunner
from centre.signing_up import sign_up
from dialogs.conversation import Conversation
from tests.bot.town_in_teams import COMPLETE, PersonInTeams, town_in_teams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage import Database
    from tests.bot.town_in_teams import TownInTeams

PLAYGROUND_PORT = 56150


@pytest.fixture
async def demo(database: Database) -> AsyncIterator[TownInTeams]:
    """The demo's town: its data are there, and everybody is who they say they are."""
    async with town_in_teams(database, signed=False) as town:
        town.tenant = TENANT
        await set_the_stage(database, town.clock.today, PLAYGROUND_PORT)
        put_on_stage(town)
        yield town


def put_on_stage(town: TownInTeams) -> None:
    """Start the demo's bot, which knows only what is in the database."""
    stage = DemoStage(town.database)
    before = town.turns
    town.turns = TurnRunner(
        database=town.database,
        outbox=town.outbox,
        conversation=Conversation(),
        catalogues=before._catalogues,
        who=town.who,
        clock=town.clock,
        links=town.links,
        stage=stage,
    )
    town.on_turn = Invokes(town.turns, {})
    connector = town.bot.adapter.connector
    postman = Postman(town.database, connector, before._catalogues, town.who, town.clock, town.links, stage)
    town.notifier = Notifier(town.database, town.outbox, postman)


def newcomer(town: TownInTeams) -> PersonInTeams:
    """Whoever opened the browser: the Playground takes them for Lene."""
    return PersonInTeams(town, LENE.id, LENE.name, TENANT)


def in_queue_channel(person: PersonInTeams, verb: str, **data: str) -> dict[str, object]:
    """A press on a button in the demo's channel."""
    activity = person.execution(verb, **data)
    activity["conversation"] = {"id": CHANNEL_ID, "conversationType": "channel", "isGroup": True}
    place = {"team": {"id": TEAM_ID}, "channel": {"id": CHANNEL_ID, "name": CHANNEL_NAME}}
    activity["channelData"] = {"tenant": {"id": TENANT}, **place}
    return activity


async def test_one_person_files_as_leader_takes_as_consultant_and_is_told_as_leader(demo: TownInTeams) -> None:
    you = newcomer(demo)
    await you.says("jeg er leder")
    assert "Nu er du Lene Holm, leder" in you.heard()
    await you.says(COMPLETE)
    await you.presses("Vælg")
    await you.presses("Send til centret")
    assert "KV-2026-0001 er sendt" in you.heard()
    [request] = await demo.requests()
    _, answer = await you.sends(in_queue_channel(you, "case.take", request=request.id))
    assert answer["value"] == "KV-2026-0001 er din. Lederen får besked."
    await demo.deliver()
    assert "Kirsten Bang fra kompetencecentret har taget din sag" in you.heard()
    [case] = [message for message in demo.messages(CHANNEL_ID) if "Sag KV-" in message.words]
    assert "Kirsten Bang har sagen" in case.words


async def test_each_part_has_its_own_rights_and_its_own_conversation(demo: TownInTeams) -> None:
    you = newcomer(demo)
    await you.says(COMPLETE)
    await you.says("jeg er medarbejder")
    assert "Nu er du Mads Kjær, medarbejder" in you.heard()
    await you.says("nyt behov")
    assert "Det er ledere, der sender behov" in you.heard()
    await you.says("kø")
    assert "Skriv »jeg er konsulent«" in you.heard()
    await you.says("jeg er konsulent")
    await you.says("kø")
    assert "Køen er tom" in you.heard()
    await you.says("jeg er leder")
    await you.says("fortsæt")
    assert "demens" in you.heard()


async def test_a_part_is_kept_over_a_restart(demo: TownInTeams) -> None:
    you = newcomer(demo)
    await you.says("jeg er medarbejder")
    put_on_stage(demo)
    await you.says("nyt behov")
    assert "Det er ledere, der sender behov" in you.heard()


async def test_a_leader_is_told_after_a_restart_too(demo: TownInTeams) -> None:
    you = newcomer(demo)
    await you.says("jeg er leder")
    await you.files()
    [request] = await demo.requests()
    put_on_stage(demo)
    await you.sends(in_queue_channel(you, "case.take", request=request.id))
    await demo.deliver()
    assert "har taget din sag KV-2026-0001" in you.heard()


async def test_a_notice_for_a_part_that_is_not_played_now_says_for_whom_it_is(demo: TownInTeams) -> None:
    you = newcomer(demo)
    await you.says("jeg er leder")
    await you.files()
    [request] = await demo.requests()
    await you.says("jeg er medarbejder")
    await you.sends(in_queue_channel(you, "case.take", request=request.id))
    await demo.deliver()
    assert "Til Lene Holm:" in you.heard()


async def test_two_newcomers_in_two_browsers_play_their_own_parts(demo: TownInTeams) -> None:
    you, other = newcomer(demo), PersonInTeams(demo, AMINA.id, AMINA.name, TENANT)
    await you.says("jeg er medarbejder")
    await other.files()
    [request] = await demo.requests()
    assert (request.requester_id, request.requester_name) == (AMINA.id, AMINA.name)


async def test_the_centres_own_people_are_themselves_in_the_channel(demo: TownInTeams) -> None:
    you, grethe = newcomer(demo), PersonInTeams(demo, GRETHE.id, GRETHE.name, TENANT)
    await you.says("jeg er leder")
    await you.files()
    [request] = await demo.requests()
    await grethe.sends(in_queue_channel(grethe, "case.take", request=request.id))
    [taken] = await demo.requests()
    assert taken.assignee_name == GRETHE.name


async def test_setting_the_stage_again_keeps_what_people_did(demo: TownInTeams) -> None:
    you = newcomer(demo)
    await you.files()
    await you.says("english")
    await set_the_stage(demo.database, demo.clock.today, PLAYGROUND_PORT + 1)
    assert len(await demo.requests()) == 1
    async with demo.database.read_only(TENANT) as work:
        lene, channel = await work.people.get(LENE.id), await work.conversations.get(CHANNEL_ID)
        _, offers, runs = await work.catalogue.load()
    assert lene
    assert lene.locale == "en"
    assert channel
    assert channel.service_url == f"http://localhost:{PLAYGROUND_PORT + 1}/_connector"
    assert len(offers) >= 160
    assert len(runs) >= 80


async def test_a_run_that_has_people_keeps_its_dates_while_the_others_stay_ahead(demo: TownInTeams) -> None:
    """The sample's dates are counted from today; whoever signed up would be told of another day every day."""
    async with demo.database.unit_of_work(TENANT) as work:
        mads = await work.people.get(MADS.id)
        _, offers, before = await work.catalogue.load()
        [offer] = [offer for offer in offers if offer.code == "DEM-08"]
        assert mads
        await sign_up(work, mads, mads, offer, "DEM-08-H1", demo.clock.now(), None)
        await work.commit()
    await set_the_stage(demo.database, demo.clock.today + timedelta(days=10), PLAYGROUND_PORT)
    async with demo.database.read_only(TENANT) as work:
        [enrolment] = await work.enrolments.of_run("DEM-08-H1")
        events = [event.kind.value for event in await work.enrolments.events(enrolment.id)]
        _, _, after = await work.catalogue.load()
    moved = {run.code for run, now in zip(before, after, strict=True) if run.starts != now.starts}
    assert "DEM-08-H1" not in moved
    assert "DEM-01-H2" in moved
    assert events == ["signed_up"]


async def test_nobody_is_staff_by_a_name_alone(demo: TownInTeams) -> None:
    impostor = PersonInTeams(demo, MADS.id, KIRSTEN.name, TENANT)
    await impostor.says("kø")
    assert "Køen er tom" not in impostor.heard()
