"""Each channel's own morning: about the cases that it holds, and no word where there is nothing to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery import Outcome
from catalogue.offers import Area
from tests.chat import CHANNEL
from tests.dialogs.test_reminders import it_is
from tests.dialogs.test_routing import DEMENTIA, DISABILITY, SENIOR, files, in_channel, says_in, three_channels

if TYPE_CHECKING:
    from tests.chat import Chat, Town


def mornings(town: Town, channel: str) -> list[str]:
    return [message.words for message in in_channel(town, channel) if message.words.startswith("Godmorgen!")]


async def town_with_cases(town: Town) -> tuple[Chat, Chat]:
    """One case for each of the channels of Senior and of everything else, none for Handicap."""
    await it_is(town, "2026-11-23", "10:00")
    kirsten = await three_channels(town)
    lene = await town.leader()
    await files(town, lene)
    await files(town, await town.leader("Søren Østergaard", area=Area.PSYCHIATRY, department="Centret"))
    return kirsten, lene


async def test_each_channel_is_told_of_its_own_cases_and_one_without_any_is_left_in_peace(town: Town) -> None:
    await town_with_cases(town)
    await it_is(town, "2026-11-24")
    [senior], [rest] = mornings(town, SENIOR), mornings(town, CHANNEL)
    assert "1 ny sag, som ingen har taget" in senior
    assert "KV-2026-0001" in senior
    assert "KV-2026-0002" not in senior
    assert "KV-2026-0002" in rest
    assert "KV-2026-0001" not in rest
    assert mornings(town, DISABILITY) == []


async def test_what_is_due_late_or_unanswered_is_told_where_the_case_is(town: Town) -> None:
    kirsten, _ = await town_with_cases(town)
    await kirsten.user("spørg i sag 2: hvor mange er I?")
    await it_is(town, "2026-11-30")
    assert "1 sag har frist i dag" in mornings(town, SENIOR)[-1]
    assert "har ikke svaret" not in mornings(town, SENIOR)[-1]
    assert "1 leder har ikke svaret i fem arbejdsdage" in mornings(town, CHANNEL)[-1]
    await it_is(town, "2026-12-01")
    assert "1 sag har ventet for længe" in mornings(town, SENIOR)[-1]


async def test_who_was_not_told_is_named_where_the_case_is(town: Town) -> None:
    kirsten, _ = await town_with_cases(town)
    await it_is(town, "2026-11-24", "07:30")
    await kirsten.user("tag sag 1")
    town.teams.answers = [Outcome.NOT_INSTALLED]
    await town.deliver()
    await it_is(town, "2026-11-24")
    assert "KV-2026-0001 · Lene Holm har ikke appen endnu" in mornings(town, SENIOR)[-1]
    assert "Ikke leveret" not in mornings(town, CHANNEL)[-1]


async def test_a_topic_s_channel_has_its_own_morning(town: Town) -> None:
    kirsten, lene = await town_with_cases(town)
    await says_in(kirsten, DEMENTIA, "brug denne kanal til demens")
    await files(town, lene, "Vi er 8 der skal blive bedre til demens")
    await it_is(town, "2026-11-24", "07:00")
    await it_is(town, "2026-11-24")
    assert "KV-2026-0003" in mornings(town, DEMENTIA)[-1]
    assert "KV-2026-0003" not in mornings(town, SENIOR)[-1]


async def test_a_channel_that_holds_nothing_any_more_gets_no_morning_that_was_planned(town: Town) -> None:
    kirsten, _ = await town_with_cases(town)
    await it_is(town, "2026-11-24", "07:00")
    await says_in(kirsten, CHANNEL, "brug denne kanal til alt")
    await it_is(town, "2026-11-24")
    assert mornings(town, SENIOR) == []
    assert "2 nye sager" in mornings(town, CHANNEL)[-1]
    assert (await town.outbox.depth()).waiting == 0
