"""Leaders who say so, leaders who left: confirmed, refused and told, all with one click of the centre."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from catalogue.offers import Area
from centre.people import Listing, Person, Role
from centre.people_list import import_people
from tests.chat import TENANT
from tests.dialogs.test_need import COMPLETE

if TYPE_CHECKING:
    from tests.chat import Chat, Town


async def own_word(town: Town) -> Chat:
    """An employee who says they are a leader, and files a need."""
    await town.with_queue()
    mads = await town.employee()
    await mads.user("jeg er leder")
    await mads.clicks("Gem", area="disability", department="Botilbuddet Åkanden")
    await files(mads)
    return mads


async def files(chat: Chat) -> None:
    await chat.user(COMPLETE)
    await chat.clicks("Vælg")
    await chat.clicks("Send til centret")
    await chat.town.deliver()


async def known(town: Town, chat: Chat) -> Person:
    async with town.database.read_only(TENANT) as work:
        person = await work.people.get(chat.person_id)
    assert person is not None
    return person


async def list_says(town: Town, *people: Person, replace_all: bool = True) -> None:
    """Take in the municipality's list, on which the centre's own people are too."""
    async with town.database.unit_of_work(TENANT) as work:
        await import_people(work, people, town.clock.now(), replace_all=replace_all)
        await work.commit()
    await town.deliver()


def listed(chat: Chat, role: Role = Role.LEADER, department: str = "Plejecenter Solgården") -> Person:
    return Person(
        TENANT, "", chat.name, f"{chat.person_id}@kommunen.example", role, area=Area.SENIOR, department=department
    )


async def test_one_click_confirms_the_person_and_every_open_case_of_theirs(town: Town) -> None:
    mads = await own_word(town)
    await files(mads)
    kirsten = await town.consultant()
    first, second = town.cases
    assert "har selv oplyst at være leder" in second.words
    await kirsten.clicks_in_channel("case.leader_confirmed", first)
    assert "Mads Kjær er bekræftet som leder" in kirsten.whispered
    await town.deliver()
    assert "har selv oplyst" not in first.words + second.words
    assert "har bekræftet dig som leder" in mads.messages[-1].words
    assert (await known(town, mads)).role_confirmed
    await files(mads)
    assert "har selv oplyst" not in town.cases[-1].words
    await kirsten.clicks_in_channel("case.leader_confirmed", request=first_case(town))
    assert "er allerede afklaret som leder" in kirsten.whispered


async def test_somebody_who_is_no_leader_is_told_kindly_and_may_not_file_for_others(town: Town) -> None:
    mads = await own_word(town)
    kirsten = await town.consultant()
    [card] = town.cases
    await kirsten.clicks_in_channel("case.leader_refused", card)
    assert "Mads Kjær er noteret som medarbejder" in kirsten.whispered
    await town.deliver()
    assert "(er ikke leder)" in card.words
    assert "har noteret, at du ikke er leder" in mads.messages[-1].words
    assert (await known(town, mads)).role is Role.EMPLOYEE
    await mads.user("nyt behov")
    mads.bot("leder")
    assert "Ikke leder" not in [button["title"] for button in card.all_buttons]
    await kirsten.clicks_in_channel("case.leader_confirmed", card)
    await town.deliver()
    assert "er ikke leder" not in card.words
    assert (await known(town, mads)).leads


async def test_a_leader_on_the_list_cannot_be_refused(town: Town) -> None:
    await town.with_queue()
    lene, kirsten = await town.leader(), await town.consultant()
    await files(lene)
    await kirsten.clicks_in_channel("case.leader_refused", request=first_case(town))
    assert "er allerede afklaret" in kirsten.whispered
    assert (await known(town, lene)).leads


@pytest.mark.parametrize("verb", ["case.leader_confirmed", "case.leader_refused"])
async def test_only_staff_say_who_leads(town: Town, verb: str) -> None:
    mads = await own_word(town)
    await mads.clicks_in_channel(verb, request=first_case(town))
    assert "Det er kun kompetencecentrets medarbejdere" in mads.whispered
    person = await known(town, mads)
    assert (person.role, person.role_confirmed) == (Role.LEADER, False)


async def test_a_leader_who_leaves_the_list_has_no_rights_and_the_centre_sees_it(town: Town) -> None:
    await town.with_queue()
    lene, kirsten, mads = await town.leader(), await town.consultant(), await town.employee()
    await kirsten.user("hej")
    await files(lene)
    await list_says(town, listed(lene), listed(mads, Role.EMPLOYEE))
    [card] = town.cases
    await kirsten.clicks_in_channel("case.take", card)
    await list_says(town, listed(mads, Role.EMPLOYEE))
    assert "Lene Holm (lederen er fratrådt)" in card.words
    assert "Plejecenter Solgården" in card.words
    assert "lederen er fratrådt" in kirsten.messages[-1].words
    told = len(lene.messages)
    await kirsten.clicks_in_channel("case.asked", card, words="Er I der endnu?")
    await town.deliver()
    assert len(lene.messages) == told
    await lene.user("mine henvendelser")
    lene.bot("Du står ikke længere på kommunens liste som leder")
    await lene.user("nyt behov")
    lene.bot_did_not_say("Hvad skal")
    for said in ("sag 1", "træk sag 1 tilbage", "til sag 1: hallo"):
        await lene.user(said)
        lene.bot_did_not_say("Afventer dig", "trukket tilbage", "Det er skrevet")
    assert not (await known(town, lene)).may_file
    await list_says(town, listed(lene), listed(mads, Role.EMPLOYEE))
    assert "fratrådt" not in card.words
    await lene.user("sag 1")
    lene.bot("Henvendelse KV-2026-0001")


async def test_who_left_by_mistake_says_so_and_is_confirmed_again(town: Town) -> None:
    await town.with_queue()
    lene, kirsten, mads = await town.leader(), await town.consultant(), await town.employee()
    await list_says(town, listed(lene))
    await list_says(town, listed(mads, Role.EMPLOYEE))
    await lene.user("jeg er leder")
    lene.bot("Hvor er du leder?")
    await lene.user("Senior, Plejecenter Solgården")
    await files(lene)
    assert "har selv oplyst at være leder" in town.cases[0].words
    await kirsten.clicks_in_channel("case.leader_confirmed", town.cases[0])
    assert (await known(town, lene)).role_confirmed


async def test_moving_departments_counts_for_new_requests_only(town: Town) -> None:
    await town.with_queue()
    lene = await town.leader()
    await files(lene)
    await list_says(town, replace(listed(lene), area=Area.DISABILITY, department="Bostedet Birken"))
    await files(lene)
    first, second = town.cases
    assert "Plejecenter Solgården" in first.words
    assert "Bostedet Birken" in second.words


async def test_the_list_confirms_a_leader_and_keeps_the_language_they_chose(town: Town) -> None:
    mads = await own_word(town)
    await mads.user("english")
    await list_says(town, listed(mads))
    assert "har selv oplyst" not in town.cases[0].words
    person = await known(town, mads)
    assert (person.locale, person.listing, person.id) == ("en", Listing.LISTED, mads.person_id)


async def test_a_leader_sees_how_many_wait_before_them(town: Town) -> None:
    await town.with_queue()
    lene, kirsten = await town.leader(), await town.consultant()
    await files(lene)
    assert "Din er den næste i køen." in receipt(lene)
    await lene.waits(days=1)
    await files(lene)
    assert "Der er 1 henvendelse foran din." in receipt(lene)
    await lene.user("sag 2")
    lene.bot("Plads i køen: Der er 1 henvendelse foran din.")
    await kirsten.clicks_in_channel("case.take", town.cases[0])
    await lene.user("sag 2")
    lene.bot("Plads i køen: Din er den næste i køen.")
    await lene.user("sag 1")
    lene.bot_did_not_say("Plads i køen")


def receipt(chat: Chat) -> str:
    """The newest receipt, which took the place of the card that was pressed."""
    return [message.words for message in chat.messages if "En konsulent læser den" in message.words][-1]


def first_case(town: Town) -> str:
    data = next(button["data"] for button in town.cases[0].all_buttons if "data" in button)
    return str(data["request"])
