"""Who somebody is: by the municipality's list, by their own word, or by the centre's team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.chat import Town


@pytest.mark.parametrize(
    ("role", "says", "starters"),
    [
        ("leader", "Fortæl mig med dine egne ord", "[Meld et behov | Se kurser | Mine henvendelser]"),
        ("employee", "Spørg mig om kurser", "[Kurser om demens | E-læring om medicin | Mine kurser]"),
        ("consultant", "Her kan du se køen", "[Vis køen | Find forløb | Meld et behov]"),
    ],
)
async def test_installing_greets_each_side_with_three_things_to_try(
    town: Town, role: str, says: str, starters: str
) -> None:
    await town.with_queue()
    chat = await getattr(town, role)()
    await chat.installs()
    chat.bot(f"Hej {chat.name.split()[0]}!", says, starters, "»hjælp«")


@pytest.mark.parametrize(
    ("role", "says"),
    [
        ("leader", "Skriv »mine henvendelser«"),
        ("employee", "Er du leder, så skriv »jeg er leder«"),
        ("consultant", "Skriv »kø« for at se de åbne sager"),
    ],
)
@pytest.mark.parametrize("said", ["hjælp", "?", "hvad kan du"])
async def test_help_for_each_side(town: Town, role: str, says: str, said: str) -> None:
    await town.with_queue()
    chat = await getattr(town, role)()
    await chat.user(said)
    chat.bot("Det kan jeg hjælpe med", says, "»tilbage«, »annuller«, »forfra«, »fortsæt«, »dansk« og »english«")


async def test_somebody_whom_nobody_knows_yet_is_greeted_by_name(town: Town) -> None:
    mads = await town.employee()
    mads.person_id, mads.name = "somebody.new", "Nanna Ny"
    await mads.user("hej")
    mads.bot("Hej Nanna!")


async def test_a_leader_by_their_own_word_files_and_the_centre_sees_that(town: Town) -> None:
    await town.with_queue()
    mads = await town.employee()
    await mads.user("jeg er leder")
    mads.bot("Hvor er du leder?", "En konsulent bekræfter det", "[Gem]")
    await mads.clicks("Gem", area="disability", department="Botilbuddet Åkanden")
    mads.bot("leder i Botilbuddet Åkanden (Handicap)")
    await mads.user("Vi er 8 der vil blive bedre til konflikthåndtering inden sommer")
    await mads.clicks("Vælg")
    mads.bot("Botilbuddet Åkanden · Handicap")
    await mads.clicks("Send til centret")
    mads.bot("KV-2026-0001 er sendt")
    await town.deliver()
    assert "Mads Kjær (har selv oplyst at være leder)" in town.cases[0].words


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("Senior, Plejecenter Solgården", "leder i Plejecenter Solgården (Senior)"),
        ("Plejecenter Solgården, Senior", "leder i Plejecenter Solgården (Senior)"),
        ("Handicap: Botilbuddet Åkanden", "leder i Botilbuddet Åkanden (Handicap)"),
        ("Social & Psykiatri, Værestedet Kanten", "leder i Værestedet Kanten (Social & Psykiatri)"),
    ],
)
async def test_where_one_leads_is_said_in_a_line(town: Town, said: str, noted: str) -> None:
    mads = await town.employee()
    await mads.user("jeg er leder")
    await mads.user(said)
    mads.bot(noted)


@pytest.mark.parametrize("order", [("Handicap", "Åkanden"), ("Åkanden", "Handicap")])
async def test_area_and_department_may_come_one_after_the_other(town: Town, order: tuple[str, str]) -> None:
    mads = await town.employee()
    await mads.user("jeg er leder")
    await mads.user(order[0])
    mads.bot("Jeg mangler både fagområde og afdeling")
    await town.restart()
    await mads.user(order[1])
    mads.bot("leder i Åkanden (Handicap)")


async def test_an_incomplete_card_says_what_is_missing_and_keeps_the_rest(town: Town) -> None:
    mads = await town.employee()
    await mads.user("jeg er leder")
    await mads.clicks("Gem", department="Åkanden")
    mads.bot("Jeg mangler både fagområde og afdeling")
    await mads.clicks("Gem", area="mars", department="Åkanden")
    mads.bot("Jeg mangler både fagområde og afdeling")
    await mads.user("Handicap")
    mads.bot("leder i Åkanden (Handicap)")


async def test_introducing_oneself_can_be_left(town: Town) -> None:
    mads = await town.employee()
    await mads.user("jeg er leder")
    await mads.user("annuller")
    mads.bot("Det er afbrudt")
    await mads.user("Hvilke kurser er der om demens?")
    mads.bot("Det fandt jeg")
    await mads.user("nyt behov")
    mads.bot("Det er ledere, der sender behov")


async def test_a_leader_on_the_list_need_not_introduce_themselves(town: Town) -> None:
    lene = await town.leader()
    await lene.user("jeg er leder")
    lene.bot("Du står allerede som leder hos mig")
    await lene.user("jeg er medarbejder")
    lene.bot("På kommunens liste står du som leder")
    await lene.user("Vi vil blive bedre til demens")
    lene.bot("Jeg forstod: demens")


async def test_a_leader_by_their_own_word_can_take_it_back(town: Town) -> None:
    mads = await town.employee()
    await mads.user("jeg er leder")
    await mads.user("Senior, Plejecenter Birken")
    await mads.user("jeg er medarbejder")
    mads.bot("Det er noteret")
    await mads.user("nyt behov")
    mads.bot("Det er ledere, der sender behov")


async def test_nobody_becomes_a_consultant_by_saying_so(town: Town) -> None:
    await town.with_queue()
    mads = await town.employee()
    await mads.user("jeg er konsulent")
    mads.bot("Jeg kan ikke se dig i kompetencecentrets team i Teams")
    await mads.user("kø")
    mads.bot("Det er kun kompetencecentrets medarbejdere, der kan det")
    kirsten = await town.consultant()
    await kirsten.user("jeg er konsulent")
    kirsten.bot("Ja, du er med i centrets team", "»kø«")


async def test_introducing_oneself_in_english(town: Town) -> None:
    mads = await town.employee()
    await mads.user("english")
    await mads.user("I am a leader")
    mads.bot("Where are you a leader?")
    await mads.user("Senior, Plejecenter Solgården")
    mads.bot("leader at Plejecenter Solgården (Senior)")


async def test_a_draft_waits_while_one_introduces_oneself(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("Vi vil blive bedre til demens")
    await kirsten.user("jeg er leder")
    kirsten.bot("Hvor er du leder?")
    await kirsten.user("Senior, Plejecenter Birken")
    await kirsten.user("fortsæt")
    kirsten.bot("Jeg forstod: demens")
