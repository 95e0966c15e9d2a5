"""What comes by itself at its time: reminders, the morning's digest, and who was not told, as chats."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.delivery import Outcome
from bot.digests import plan_mornings
from centre.clock import COPENHAGEN
from centre.settings import Frequency, PersonSettings
from tests.chat import CHANNEL, TENANT
from tests.dialogs.test_need import COMPLETE

if TYPE_CHECKING:
    from tests.chat import Chat, Town


async def it_is(town: Town, day: str, clock: str = "08:00") -> None:
    """Let it be that time in Denmark, for everybody; deliver what is due by then."""
    moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=COPENHAGEN)
    town.clock.time = moment
    town.database.clock_offset = moment - datetime.now(UTC)
    await plan_mornings(town.database, {TENANT}, moment)
    await town.deliver()


def in_channel(town: Town) -> list[str]:
    """What stands in the channel beside the cards of cases."""
    messages = town.teams.messages.get(CHANNEL, [])
    return [message.words for message in messages if "Sag KV-" not in message.words]


async def filed(town: Town, name: str = "Lene Holm") -> Chat:
    await it_is(town, "2026-11-23", "10:00")
    await town.with_queue()
    lene = await town.leader(name)
    await lene.user(COMPLETE)
    await lene.clicks("Vælg")
    await lene.clicks("Send til centret")
    await town.deliver()
    return lene


async def test_a_leader_who_has_not_answered_is_reminded_with_the_question_at_hand(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("spørg i sag 1: hvor mange nattevagter er med?")
    await it_is(town, "2026-11-30", "08:59")
    before = len(lene.messages)
    await it_is(town, "2026-11-30", "09:00")
    [reminder] = lene.messages[before:]
    assert "En venlig påmindelse: Kirsten Bang venter på dit svar i KV-2026-0001" in reminder.words
    assert "hvor mange nattevagter er med?" in reminder.words
    assert "Lene Holm har ikke svaret i KV-2026-0001 i fem arbejdsdage" in kirsten.messages[-1].words
    await lene.presses(reminder, "Send svar", words="Alle fire")
    lene.bot("Tak! Dit svar er sendt til centret")


async def test_who_has_answered_is_not_reminded(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("spørg i sag 1: hvor mange nattevagter er med?")
    await town.deliver()
    await lene.clicks("Send svar", words="Alle fire")
    await town.deliver()
    before = len(lene.messages)
    await it_is(town, "2026-11-30", "09:00")
    assert len(lene.messages) == before
    assert all("har ikke svaret" not in message.words for message in kirsten.messages)
    assert (await town.outbox.depth()).dead == 0


async def test_who_has_a_case_is_reminded_on_the_morning_before_it_is_due(town: Town) -> None:
    await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("tag sag 1")
    await it_is(town, "2026-11-27")
    assert "KV-2026-0001 har frist mandag den 30. november" in kirsten.messages[-1].words
    await kirsten.presses(kirsten.messages[-1], "Åbn sagen")
    kirsten.bot("Sag KV-2026-0001")


async def test_a_case_that_was_given_away_is_mentioned_to_who_has_it_now(town: Town) -> None:
    await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("hej")
    await kirsten.user("tag sag 1")
    await kirsten.user("giv sag 1 til Grethe")
    await town.deliver()
    before = len(kirsten.messages)
    await it_is(town, "2026-11-27")
    assert len(kirsten.messages) == before
    assert "har frist" in grethe.messages[-1].words


async def test_the_channel_begins_the_day_with_what_waits(town: Town) -> None:
    await filed(town)
    await it_is(town, "2026-11-24")
    assert "Godmorgen! Det er tirsdag den 24. november." in in_channel(town)[-1]
    assert "1 ny sag, som ingen har taget" in in_channel(town)[-1]
    assert "KV-2026-0001 · møde borgere med demens" in in_channel(town)[-1]
    await it_is(town, "2026-11-30")
    assert "1 sag har frist i dag" in in_channel(town)[-1]
    await it_is(town, "2026-12-01")
    assert "1 sag har ventet for længe" in in_channel(town)[-1]


async def test_a_leader_who_keeps_silent_is_named_in_the_morning(town: Town) -> None:
    await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("spørg i sag 1: hvor mange nattevagter er med?")
    await it_is(town, "2026-12-01")
    assert "1 leder har ikke svaret i fem arbejdsdage" in in_channel(town)[-1]


async def test_a_morning_with_nothing_to_do_is_a_quiet_one(town: Town) -> None:
    await it_is(town, "2026-11-23", "07:00")
    await town.with_queue()
    await it_is(town, "2026-11-24")
    assert in_channel(town) == []
    assert (await town.outbox.depth()).dead == 0


async def test_there_is_no_digest_on_a_day_off_nor_twice_on_a_working_day(town: Town) -> None:
    await filed(town)
    await it_is(town, "2026-11-27")
    before = len(in_channel(town))
    for day, clock in (("2026-11-27", "09:00"), ("2026-11-28", "08:00"), ("2026-11-29", "08:00")):
        await it_is(town, day, clock)
    assert len(in_channel(town)) == before
    await it_is(town, "2026-11-30")
    assert len(in_channel(town)) == before + 1


async def test_a_bot_that_slept_late_tells_the_morning_until_noon_and_no_older_one(town: Town) -> None:
    await filed(town)
    await town.restart()
    await it_is(town, "2026-12-02", "11:30")
    [digest] = in_channel(town)
    assert "onsdag den 2. december" in digest
    await town.restart()
    await it_is(town, "2026-12-03", "14:00")
    assert len(in_channel(town)) == 1


async def test_the_change_of_the_clock_moves_no_morning(town: Town) -> None:
    await it_is(town, "2027-03-22", "10:00")
    await town.with_queue()
    lene = await town.leader()
    await lene.user(COMPLETE)
    await lene.clicks("Vælg")
    await lene.clicks("Send til centret")
    for day in ("2027-03-23", "2027-03-24", "2027-03-30", "2027-03-31"):
        await it_is(town, day, "07:59")
        before = len(in_channel(town))
        await it_is(town, day, "08:00")
        assert len(in_channel(town)) == before + 1, day


async def test_staff_see_on_the_case_and_in_the_morning_who_was_not_told(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await it_is(town, "2026-11-24", "07:30")
    await kirsten.user("tag sag 1")
    town.teams.answers = [Outcome.NOT_INSTALLED]
    await town.deliver()
    assert "Lene Holm (har ikke appen endnu)" in town.cases[0].words
    await it_is(town, "2026-11-24")
    assert "Ikke leveret: 1 besked" in in_channel(town)[-1]
    assert "KV-2026-0001 · Lene Holm har ikke appen endnu" in in_channel(town)[-1]
    await lene.installs()
    await town.deliver()
    assert "har taget din sag" in lene.messages[-1].words
    assert "har ikke appen endnu" not in town.cases[0].words


async def test_who_wants_a_daily_digest_is_told_all_at_once_and_nothing_in_between(town: Town) -> None:
    lene = await filed(town)
    async with town.database.unit_of_work(TENANT) as work:
        await work.settings.save(PersonSettings(lene.person_id, Frequency.DAILY))
        await work.commit()
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await kirsten.user("tag sag 1")
    await grethe.user("giv sag 1 til Grethe")
    await kirsten.user("læg sag 1 i fælles indkøb")
    await town.deliver()
    before = len(lene.messages)
    await it_is(town, "2026-11-24", "07:59")
    assert len(lene.messages) == before
    await it_is(town, "2026-11-24", "08:00")
    [digest] = lene.messages[before:]
    assert "Nyt i 1 sag siden sidst" in digest.words
    assert "Kirsten Bang tog sagen" in digest.words
    assert "Kirsten Bang lagde sagen i fælles indkøb" in digest.words
    assert (await town.outbox.depth()).due == 0
    await it_is(town, "2026-11-25", "08:00")
    assert len(lene.messages) == before + 1
