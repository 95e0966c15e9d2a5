"""Somebody is away: who is told instead, who may answer, and what whoever hands them a case is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from catalogue.offers import Area
from centre.clock import COPENHAGEN
from centre.people import Listing, Person, Role
from tests.chat import TENANT
from tests.dialogs.test_reminders import filed, it_is
from tests.dialogs.test_settings import settings_of

if TYPE_CHECKING:
    from tests.chat import Chat, Town


async def leaders(town: Town) -> tuple[Chat, Chat]:
    """Lene, whose case waits for an answer, and Bo, who leads elsewhere and has talked with the bot."""
    lene = await filed(town)
    bo = await town.leader("Bo Friis", area=Area.DISABILITY, department="Botilbuddet Elmegården")
    await bo.user("hej")
    kirsten = await town.consultant()
    await kirsten.user("spørg i sag 1: hvor mange nattevagter er med?")
    return lene, bo


async def test_a_leader_names_another_leader_who_then_hears_and_answers(town: Town) -> None:
    lene, bo = await leaders(town)
    await town.deliver()
    await lene.user("jeg er på ferie til 6. december, Bo Fris passer mine sager")
    lene.bot("væk til og med søndag den 6. december", "Bo Friis får besked om dine sager og kan svare for dig")
    told = len(lene.messages)
    await it_is(town, "2026-11-30", "09:00")
    assert len(lene.messages) == told
    reminder = bo.messages[-1]
    assert "Lene Holm er væk, og du passer sagen imens." in reminder.words
    assert "hvor mange nattevagter er med?" in reminder.words
    await bo.presses(reminder, "Send svar", words="Alle fire")
    bo.bot("Tak! Dit svar er sendt til centret")
    await bo.user("sag 1")
    bo.bot("KV-2026-0001")
    await it_is(town, "2026-12-07", "07:00")
    assert all("En venlig påmindelse" not in message.words for message in lene.messages)


async def test_a_stand_in_has_no_say_before_and_after(town: Town) -> None:
    lene, bo = await leaders(town)
    await bo.user("til sag 1: vi er nu 14")
    bo.bot("ikke")
    await lene.user("jeg er på ferie til fredag, Bo passer mine sager")
    await bo.user("til sag 1: vi er nu 14")
    bo.bot("Tak! Dit svar er sendt til centret")
    await lene.user("jeg er tilbage")
    await bo.user("til sag 1: vi er nu 15")
    bo.bot("ikke")
    bo.bot_did_not_say("sendt til centret")


async def test_which_of_several_leaders_is_asked_and_a_press_decides(town: Town) -> None:
    lene, _ = await leaders(town)
    await town.leader("Bo Skov", department="Hjemmeplejen Vest")
    await town.employee("Bo Medarbejder")
    await lene.user("jeg er på ferie til fredag, Bo passer mine sager")
    lene.bot("Hvem mener du?", "Bo Skov · Hjemmeplejen Vest", "[Vælg | Vælg]")
    lene.bot_did_not_say("Bo Medarbejder")
    assert (await settings_of(lene)).stand_in_id == ""
    await lene.clicks("Vælg", 2)
    lene.bot("Bo Skov får besked om dine sager og kan svare for dig")
    await lene.user("bo.friis@kommunen.example passer mine sager")
    lene.bot("Bo Friis får besked om dine sager og kan svare for dig")
    assert (await settings_of(lene)).stand_in_id == "bo.friis"


async def test_a_name_that_nobody_has_and_one_who_never_came_leave_a_way_on(town: Town) -> None:
    lene = await town.leader()
    listed = Person(TENANT, "", "Åse Lindø", "aase@kommunen.example", Role.LEADER, listing=Listing.LISTED)
    async with town.database.unit_of_work(TENANT) as work:
        await work.people.save(listed)
        await work.commit()
    await lene.user("jeg er på ferie til fredag, Bertram passer mine sager")
    lene.bot("kan ikke finde en leder, der hedder »Bertram«", "Prøv med hele navnet eller e-mailen")
    await lene.user("Aase passer mine sager")
    lene.bot("Åse Lindø har ikke talt med mig endnu", "skrive »hej« til mig")
    await lene.user("Lene Holm passer mine sager")
    lene.bot("kan ikke finde en leder, der hedder »Lene Holm«")
    assert (await settings_of(lene)).away_until is not None


async def test_a_button_of_long_ago_names_nobody_who_may_not_stand_in(town: Town) -> None:
    lene, _ = await leaders(town)
    await town.leader("Bo Skov")
    await lene.user("jeg er på ferie til fredag, Bo passer mine sager")
    card = lene.messages[-1]
    await town._settle("Bo Skov", Role.EMPLOYEE)
    await lene.presses(card, "Vælg", 2)
    lene.bot("Det navn kan ikke vælges længere")
    await lene.user("jeg er tilbage")
    await lene.presses(card, "Vælg")
    lene.bot("Hvor længe er du væk?")
    assert (await settings_of(lene)).stand_in_id == ""


async def test_an_absence_that_is_still_to_come_pauses_nobody(town: Town) -> None:
    lene = await town.leader()
    await lene.user("jeg er på ferie fra 20. december til 3. januar")
    lene.bot("Jeg har noteret, at du er væk til og med søndag den 3. januar")
    assert (await settings_of(lene)).paused_until is None
    mads = await town.employee()
    await mads.user("jeg er på ferie fra 20. december til 3. januar")
    mads.bot("Det er først fra søndag den 20. december")


async def test_a_reminder_waits_for_the_end_of_a_pause_that_began_after_it_was_written(town: Town) -> None:
    await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("tag sag 1")
    await town.deliver()
    await kirsten.user("pause til mandag")
    told = len(kirsten.messages)
    await it_is(town, "2026-11-27")
    assert len(kirsten.messages) == told
    await it_is(town, "2026-11-30", "06:59")
    assert len(kirsten.messages) == told
    await it_is(town, "2026-11-30", "07:00")
    [reminder] = kirsten.messages[told:]
    assert "KV-2026-0001 har frist i dag" in reminder.words
    assert (await town.outbox.depth()).dead == 0


async def test_what_was_settled_during_a_pause_is_not_told_after_it(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("tag sag 1")
    await kirsten.user("pause til mandag")
    await it_is(town, "2026-11-27")
    await lene.user("træk sag 1 tilbage")
    told = len(kirsten.messages)
    await it_is(town, "2026-11-30", "12:00")
    assert all("har frist" not in message.words for message in kirsten.messages[told:])


async def test_a_reminder_reaches_the_stand_in_once_however_often_it_is_tried(town: Town) -> None:
    await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("hej")
    await kirsten.user("tag sag 1")
    await kirsten.user("pause til mandag")
    await it_is(town, "2026-11-26", "12:00")
    await kirsten.user("jeg er syg til 4. december, Grethe passer mine sager")
    for day, clock in (("2026-11-27", "08:00"), ("2026-11-30", "07:00"), ("2026-11-30", "08:00")):
        await it_is(town, day, clock)
    reminders = [message.words for message in grethe.messages if "har frist" in message.words]
    assert len(reminders) == 1
    assert "Kirsten Bang er væk, og du passer sagen imens." in reminders[0]
    assert "har frist i dag" in kirsten.messages[-1].words


async def test_a_stand_in_s_own_quiet_hours_count_too(town: Town) -> None:
    await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("ingen beskeder efter kl. 16 og før kl. 10")
    await kirsten.user("tag sag 1")
    await kirsten.user("jeg er syg til 4. december, Grethe passer mine sager")
    told = len(grethe.messages)
    await it_is(town, "2026-11-27", "09:59")
    assert len(grethe.messages) == told
    await it_is(town, "2026-11-27", "10:00")
    assert "har frist" in grethe.messages[-1].words


async def test_who_hands_a_case_to_somebody_away_is_told_until_when_and_who_stands_in(town: Town) -> None:
    await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await town.consultant("Ulla Ny")
    await grethe.user("jeg er på ferie til fredag")
    await kirsten.user("giv sag 1 til Grethe")
    kirsten.bot(
        "Grethe Lund er væk til og med fredag den 27. november, og ingen står klar imens",
        "Skal en anden have den? Skriv »giv KV-2026-0001 til …« med navnet.",
    )
    await grethe.user("Ulla passer mine sager")
    await kirsten.user("giv KV-2026-0001 til Kirsten")
    kirsten.bot_did_not_say("er væk")
    await kirsten.user("giv sag 1 til Grethe")
    kirsten.bot("Ulla Ny har også fået besked og passer sagen imens")
    await grethe.user("Kirsten passer mine sager")
    await kirsten.user("giv sag 1 til Grethe")
    kirsten.bot("det er dig, der passer sagen imens")


async def test_several_cases_handed_over_at_once_warn_once(town: Town) -> None:
    lene = await filed(town)
    await lene.user("Vi er 8 der skal lære om medicinhåndtering inden jul")
    await lene.clicks("Vælg")
    await lene.clicks("Send til centret")
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("jeg er på ferie til fredag")
    await kirsten.user("giv sag 1 og 2 til Grethe")
    kirsten.bot("Skal en anden have dem? Skriv »giv KV-2026-0001, KV-2026-0002 til …« med navnet.")
    await kirsten.user("giv KV-2026-0001, KV-2026-0002 til Kirsten")
    kirsten.bot("KV-2026-0001, KV-2026-0002")


async def test_a_case_handed_over_on_its_card_warns_the_one_who_pressed(town: Town) -> None:
    await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("jeg er på ferie til fredag")
    await kirsten.clicks_in_channel("case.more", town.cases[0], colleague=grethe.person_id)
    assert "Grethe Lund er væk til og med fredag den 27. november" in kirsten.whispered


async def test_the_leaders_pause_ends_when_the_absence_does(town: Town) -> None:
    lene, _ = await leaders(town)
    await lene.user("jeg er på ferie til 6. december, Bo passer mine sager")
    assert (await settings_of(lene)).paused_until == datetime(2026, 12, 7, 7, tzinfo=COPENHAGEN)
    await lene.user("indstillinger")
    lene.bot("Bo Friis passer dine sager", "[Gem | Stop pausen | Jeg er tilbage]")
    await lene.clicks("Jeg er tilbage")
    lene.bot("Velkommen tilbage!")
