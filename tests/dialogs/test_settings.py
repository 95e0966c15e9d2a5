"""When somebody wants to hear: at once, together, never in the evening; and who stands in for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from centre.clock import COPENHAGEN
from centre.settings import Frequency, PersonSettings
from dialogs.settings_words import Wanted, read_settings
from tests.chat import TENANT
from tests.dialogs.test_casework import filed

if TYPE_CHECKING:
    from tests.chat import Chat, Town

TODAY = date(2026, 11, 22)  # a Sunday


async def settings_of(chat: Chat) -> PersonSettings:
    async with chat.town.database.read_only(TENANT) as work:
        return (await work.settings.of({chat.person_id}))[chat.person_id]


async def later(town: Town, moment: datetime) -> None:
    """Let it be so late, for the town and for its database, and the notifier work."""
    town.clock.time = moment
    town.database.clock_offset = moment - datetime.now(UTC)
    await town.deliver()


@pytest.mark.parametrize(
    ("said", "wanted", "day", "stand_in"),
    [
        ("indstillinger", Wanted.SHOW, None, ""),
        ("Settings", Wanted.SHOW, None, ""),
        ("pause til mandag", Wanted.PAUSE, date(2026, 11, 23), ""),
        ("pause til 3. januar", Wanted.PAUSE, date(2027, 1, 3), ""),
        ("pause i en uge", Wanted.PAUSE, date(2026, 11, 29), ""),
        ("pause for 3 days", Wanted.PAUSE, date(2026, 11, 25), ""),
        ("pause", Wanted.PAUSE, None, ""),
        ("stop pause", Wanted.NO_PAUSE, None, ""),
        ("slut pausen", Wanted.NO_PAUSE, None, ""),
        ("ingen beskeder i weekenden", Wanted.QUIET_WEEKENDS, None, ""),
        ("beskeder når som helst", Wanted.ANY_HOUR, None, ""),
        ("jeg er på ferie til 3. januar, Grethe passer mine sager", Wanted.AWAY, date(2027, 1, 3), "Grethe"),
        ("jeg er på ferie i uge 7 og Grethe Lund tager over", Wanted.AWAY, date(2027, 2, 21), "Grethe Lund"),
        ("jeg er på barsel fra 20. december til 3. januar", Wanted.AWAY, date(2027, 1, 3), ""),
        ("Grethe passer mine sager til fredag", Wanted.AWAY, date(2026, 11, 27), "Grethe"),
        ("I'm on holiday until 3 January, Grethe takes over", Wanted.AWAY, date(2027, 1, 3), "Grethe"),
        ("jeg er tilbage", Wanted.BACK, None, ""),
    ],
)
def test_what_is_said_of_notices_is_read(said: str, wanted: Wanted, day: date | None, stand_in: str) -> None:
    command = read_settings(said, TODAY)
    assert command
    assert (command.wanted, command.day, command.stand_in) == (wanted, day, stand_in)


@pytest.mark.parametrize(
    ("said", "frequency"),
    [
        ("giv mig besked med det samme", Frequency.AT_ONCE),
        ("besked straks", Frequency.AT_ONCE),
        ("samlet hver dag", Frequency.DAILY),
        ("Giv mig besked samlet hver dag", Frequency.DAILY),
        ("besked én gang om ugen", Frequency.WEEKLY),
        ("give me notices weekly", Frequency.WEEKLY),
    ],
)
def test_how_often_is_read(said: str, frequency: Frequency) -> None:
    command = read_settings(said, TODAY)
    assert command
    assert (command.wanted, command.frequency) == (Wanted.FREQUENCY, frequency)


@pytest.mark.parametrize(
    ("said", "begins", "ends"),
    [
        ("ingen beskeder efter kl. 17", time(17), time(7)),
        ("ingen beskeder efter kl. 16.30 og før kl. 8", time(16, 30), time(8)),
        ("no notices between 18 and 7", time(18), time(7)),
    ],
)
def test_quiet_hours_are_read(said: str, begins: time, ends: time) -> None:
    command = read_settings(said, TODAY)
    assert command
    assert (command.wanted, command.quiet_from, command.quiet_until) == (Wanted.QUIET_HOURS, begins, ends)


@pytest.mark.parametrize(
    "said",
    [
        "hver uge",
        "med det samme",
        "stop",
        "Vi er 8 der tager pause for sjældent",
        "Vores nye medarbejdere tager over",
        "jeg er på kursus",
        "ingen af dem",
    ],
)
def test_what_may_be_part_of_a_need_is_left_to_it(said: str) -> None:
    assert read_settings(said, TODAY) is None


async def test_each_wish_is_kept_and_said_back(town: Town) -> None:
    lene = await town.leader()
    for said, answer in {
        "samlet hver dag": "én samlet besked hver arbejdsdag kl. 8",
        "ingen beskeder efter kl. 17": "Der er ro fra kl. 17 til kl. 7",
        "ingen beskeder i weekenden": "Der er ro i weekender og på helligdage",
        "pause til onsdag": "Du hører fra mig igen onsdag den 25. november kl. 7",
        "pause": "Hvor længe skal der være pause?",
    }.items():
        await lene.user(said)
        lene.bot(answer)
    assert await settings_of(lene) == PersonSettings(
        lene.person_id,
        Frequency.DAILY,
        time(17),
        time(7),
        quiet_weekends=True,
        paused_until=datetime(2026, 11, 25, 7, tzinfo=COPENHAGEN),
    )
    await lene.user("stop pause")
    await lene.user("beskeder når som helst")
    await lene.user("giv mig besked med det samme")
    assert await settings_of(lene) == PersonSettings(lene.person_id)


async def test_the_card_shows_what_is_chosen_and_takes_what_is_changed(town: Town) -> None:
    lene = await town.leader()
    await lene.user("indstillinger")
    lene.bot("Hvor tit vil du have besked?", "[Gem]")
    await lene.clicks("Gem", frequency="weekly", quiet="18", weekends="quiet")
    lene.bot("Det er gemt.")
    assert await settings_of(lene) == PersonSettings(
        lene.person_id, Frequency.WEEKLY, time(18), time(7), quiet_weekends=True
    )
    await lene.user("ingen beskeder efter kl. 19")
    await lene.user("pause til fredag")
    await lene.user("indstillinger")
    lene.bot("Der er pause til fredag den 27. november", "[Gem | Stop pausen]")
    assert lene.messages[-1].inputs == {"frequency": "weekly", "quiet": "19", "weekends": "quiet"}
    await lene.clicks("Stop pausen")
    lene.bot("Pausen er slut")
    await lene.clicks("Gem", frequency="whatever", quiet="99")
    assert (await settings_of(lene)).quiet_from == time(19)
    assert (await settings_of(lene)).paused_until is None


async def test_a_notice_waits_for_the_morning_and_comes_then(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await lene.user("ingen beskeder efter kl. 17")
    evening = datetime.now(COPENHAGEN).replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=1)
    await later(town, evening)
    await kirsten.user("tag sag 1")
    told = len(lene.messages)
    await town.deliver()
    assert len(lene.messages) == told
    await later(town, evening + timedelta(hours=11, minutes=1))
    assert "har taget din sag KV-2026-0001" in lene.messages[-1].words


async def test_a_question_does_not_wait_for_a_digest_and_the_rest_does(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await lene.user("samlet hver uge")
    await kirsten.user("tag sag 1")
    await kirsten.user("spørg i sag 1: hvor mange er I?")
    told = len(lene.messages)
    await town.deliver()
    assert ["hvor mange er I?" in message.words for message in lene.messages[told:]] == [True]


async def test_a_stand_in_hears_of_a_case_too_while_its_consultant_is_away(town: Town) -> None:
    lene = await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("hej")
    await kirsten.user("tag sag 1")
    await kirsten.user("jeg er på ferie til fredag, Grethe passer mine sager")
    kirsten.bot("væk til og med fredag den 27. november", "Grethe Lund får besked om dine sager imens")
    await lene.user("til sag 1: vi er nu 14")
    await town.deliver()
    assert "vi er nu 14" in grethe.messages[-1].words
    assert "vi er nu 14" in kirsten.messages[-1].words
    await kirsten.user("indstillinger")
    kirsten.bot("Grethe Lund passer dine sager", "[Gem | Jeg er tilbage]")
    await kirsten.clicks("Jeg er tilbage")
    kirsten.bot("Velkommen tilbage!")
    told = len(grethe.messages)
    await lene.user("til sag 1: eller 15")
    await town.deliver()
    assert len(grethe.messages) == told


async def test_an_absence_needs_an_end_and_a_colleague_who_is_there(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("jeg er syg")
    kirsten.bot("Hvor længe er du væk?")
    await kirsten.user("jeg er på ferie til fredag, Bertram passer mine sager")
    kirsten.bot("Jeg kan ikke finde »Bertram« blandt dine kolleger")
    await kirsten.user("jeg er på ferie til fredag, Kirsten passer mine sager")
    kirsten.bot("Jeg kan ikke finde »Kirsten«")
    await kirsten.user("jeg er på ferie til fredag")
    kirsten.bot("Ingen passer dine sager imens")
    await kirsten.user("Grethe passer mine sager")
    kirsten.bot("Grethe Lund får besked om dine sager imens")


async def test_a_leader_on_holiday_has_a_pause_until_they_are_back(town: Town) -> None:
    lene = await town.leader()
    await lene.user("jeg er på ferie til fredag")
    lene.bot("væk til og med fredag den 27. november", "du hører først fra mig bagefter")
    assert (await settings_of(lene)).paused_until == datetime(2026, 11, 28, 7, tzinfo=COPENHAGEN)
    await lene.user("jeg er tilbage")
    lene.bot("Velkommen tilbage!")
    assert await settings_of(lene) == PersonSettings(lene.person_id)


async def test_settings_leave_a_draft_under_way_alone(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Vi er 8 der skal blive bedre til demens")
    await lene.user("samlet hver dag")
    await lene.user("ingen af dem")
    lene.bot("Klar til at sende?")
