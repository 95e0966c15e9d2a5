"""The channel's card of an enrolment that the centre decides on: posted once, updated in place, retired."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentStatus, enrolment_id
from tests.chat import CHANNEL, TENANT

if TYPE_CHECKING:
    from centre.enrolments import Enrolment
    from tests.chat import Chat, Message, Town

CENTRES = "DEM-04-H1"
"""A run of an offer that the centre approves."""
THEME_DAY = "DEM-08-H1"
"""One that needs nobody's yes."""


@pytest.fixture
async def kirsten(town: Town) -> Chat:
    await town.with_catalogue()
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("hej")
    return kirsten


async def mads_applies(town: Town, run: str = CENTRES) -> Chat:
    mads = await town.employee(department="Plejecenter Solgården")
    await mads.user("hej")
    await mads.user(f"tilmeld mig {run}")
    await town.deliver()
    return mads


def posted(town: Town) -> list[Message]:
    """The cards about Mads that stand in the channel."""
    return [message for message in town.teams.messages.get(CHANNEL, []) if "Mads Kjær" in message.words]


def titles(message: Message) -> list[str]:
    return [button["title"] for button in message.buttons]


async def enrolment_of(town: Town, run: str = CENTRES, person: str = "mads.kjær") -> Enrolment:
    async with town.database.read_only(TENANT) as work:
        found = await work.enrolments.get(enrolment_id(run, person))
    assert found
    return found


async def trail(town: Town, run: str = CENTRES) -> list[str]:
    async with town.database.read_only(TENANT) as work:
        return [event.kind.value for event in await work.enrolments.events(enrolment_id(run, "mads.kjær"))]


async def test_an_application_is_posted_decided_and_retired_in_place(town: Town, kirsten: Chat) -> None:
    mads = await mads_applies(town)
    [card] = posted(town)
    assert titles(card) == ["Godkend", "Afslå", "Spørg"]
    for words in (
        "Mads Kjær vil gerne med på holdet", "Plejecenter Solgården", "Pladser: ", "Venteliste: ingen",
        "På det her forløb er det centret, der siger ja", "Pladsen er holdt, til I svarer",
    ):  # fmt: skip
        assert words in card.words, words
    await kirsten.clicks_in_channel("seat.approved", card)
    assert kirsten.whispered == "Du har sagt ja. Mads Kjær er med og får besked."
    await town.deliver()
    assert posted(town) == [card]
    assert titles(card) == []
    assert "Kirsten Bang har sagt ja" in card.words
    mads.bot("Kirsten Bang har sagt ja", "Du er med!")


async def test_a_refusal_needs_a_reason_and_tells_it(town: Town, kirsten: Chat) -> None:
    mads = await mads_applies(town)
    [card] = posted(town)
    await kirsten.clicks_in_channel("seat.refused", card)
    assert kirsten.whispered == "Skriv lige hvorfor. Mads Kjær får det at vide."
    await kirsten.clicks_in_channel("seat.refused", card, reason="Holdet er kun for Handicap.")
    assert kirsten.whispered == "Du har sagt nej. Mads Kjær får din begrundelse."
    await town.deliver()
    assert titles(card) == []
    assert "Afvist" in card.words
    mads.bot("Kirsten Bang har desværre sagt nej", "Holdet er kun for Handicap.")


async def test_a_question_and_its_answer_stand_on_the_card(town: Town, kirsten: Chat) -> None:
    mads = await mads_applies(town)
    [card] = posted(town)
    await kirsten.clicks_in_channel("seat.asked", card, question="Hvad vil du bruge det til?")
    await town.deliver()
    assert "Kirsten Bang har spurgt og venter på svar" in card.words
    assert "Hvad vil du bruge det til?" in card.words
    mads.bot("Kirsten Bang vil gerne vide noget", "Hvad vil du bruge det til?")
    await mads.user("svar: jeg er kontaktperson for Asta")
    await town.deliver()
    assert posted(town) == [card]
    assert "Mads Kjær har svaret" in card.words
    assert "jeg er kontaktperson for Asta" in card.words
    assert titles(card) == ["Godkend", "Afslå", "Spørg"]


async def test_of_two_who_press_at_once_one_decides_and_the_other_is_told(town: Town, kirsten: Chat) -> None:
    await mads_applies(town)
    grethe = await town.consultant("Grethe Lund")
    [card] = posted(town)
    await asyncio.gather(
        kirsten.clicks_in_channel("seat.approved", card),
        grethe.clicks_in_channel("seat.refused", card, reason="Holdet er fyldt."),
    )
    assert len(await trail(town)) == 2


async def test_who_comes_second_hears_who_was_first(town: Town, kirsten: Chat) -> None:
    await mads_applies(town)
    grethe = await town.consultant("Grethe Lund")
    [card] = posted(town)
    await kirsten.clicks_in_channel("seat.approved", card)
    await grethe.clicks_in_channel("seat.refused", card, reason="Holdet er fyldt.")
    assert grethe.whispered == "Kirsten Bang var der først. Mads Kjær står nu som Deltager."
    await kirsten.clicks_in_channel("seat.approved", card)
    assert kirsten.whispered == "Det er afgjort i mellemtiden. Mads Kjær står nu som Deltager."
    assert await trail(town) == ["signed_up", "approved"]


async def test_where_no_leader_is_known_the_card_says_so(town: Town, kirsten: Chat) -> None:
    mads = await town.employee()
    await mads.user("tilmeld mig DEM-01-H2")
    await mads.clicks("Det ved jeg ikke")
    await town.deliver()
    [card] = posted(town)
    assert "Jeg ved ikke, hvem der er leder for Mads Kjær" in card.words
    await kirsten.clicks_in_channel("seat.approved", card)
    assert (await enrolment_of(town, "DEM-01-H2")).status is EnrolmentStatus.ATTENDING


async def leaves_late(town: Town) -> Chat:
    mads = await mads_applies(town, THEME_DAY)
    async with town.database.read_only(TENANT) as work:
        last_day = (await work.enrolments.runs([THEME_DAY]))[THEME_DAY].last_day
    await town.it_is(datetime.combine(last_day + timedelta(days=1), time(10), COPENHAGEN))
    await mads.user("meld mig fra")
    await town.deliver()
    return mads


async def test_a_late_leave_is_granted(town: Town, kirsten: Chat) -> None:
    mads = await leaves_late(town)
    [card] = posted(town)
    assert titles(card) == ["Godkend afmelding", "Afvis"]
    assert "Mads Kjær vil meldes fra, men fristen er gået" in card.words
    assert "Sidste dag for at melde fra selv var" in card.words
    await kirsten.clicks_in_channel("seat.leave_granted", card)
    assert kirsten.whispered == "Mads Kjær er meldt fra, og pladsen går videre."
    await town.deliver()
    assert titles(card) == []
    assert "Kirsten Bang har godkendt afmeldingen" in card.words
    mads.bot("Du er meldt fra")


async def test_a_late_leave_is_refused_with_a_reason(town: Town, kirsten: Chat) -> None:
    mads = await leaves_late(town)
    [card] = posted(town)
    await kirsten.clicks_in_channel("seat.leave_refused", card)
    assert kirsten.whispered == "Skriv lige hvorfor. Mads Kjær får det at vide."
    await kirsten.clicks_in_channel("seat.leave_refused", card, reason="Pladsen er betalt.")
    assert kirsten.whispered == "Mads Kjær beholder pladsen og får din begrundelse."
    await town.deliver()
    assert titles(card) == []
    assert (await enrolment_of(town, THEME_DAY)).status is EnrolmentStatus.ATTENDING
    mads.bot("Du er stadig tilmeldt", "Pladsen er betalt.")


async def test_a_card_is_retired_when_the_run_goes_another_way(town: Town, kirsten: Chat) -> None:
    await leaves_late(town)
    [card] = posted(town)
    await kirsten.user("deltagere DEM-08-H1")
    await kirsten.user("fjern Mads, fordi han er syg")
    await town.deliver()
    assert titles(card) == []
    assert "Kirsten Bang har taget personen af holdet" in card.words


@pytest.mark.usefixtures("kirsten")
async def test_the_card_says_when_a_seat_is_kept_after_all(town: Town) -> None:
    ida = await town.employee("Ida Lund")
    async with town.database.unit_of_work(TENANT) as work:
        run = (await work.enrolments.runs([CENTRES]))[CENTRES]
        await work.catalogue.import_offers(
            [], [replace(run, seats=1, taken=0)], replace_offers=False, replace_runs=False
        )
        await work.commit()
    await ida.user(f"tilmeld mig {CENTRES}")
    await mads_applies(town)
    [card] = posted(town)
    assert "Holdet er fyldt. Siger I ja, kommer Mads Kjær på ventelisten" in card.words
    await ida.user("meld mig fra")
    await town.deliver()
    assert posted(town) == [card]
    assert "Pladsen er holdt, til I svarer" in card.words


async def test_the_list_opens_what_waits_and_words_decide_it(town: Town, kirsten: Chat) -> None:
    await mads_applies(town)
    await kirsten.user("deltagere DEM-04-H1")
    kirsten.bot("1 venter på jer", "Plads holdt", "Mads Kjær", "Ansøgt · Plejecenter Solgården · venter på jer")
    await kirsten.clicks("Se")
    kirsten.bot("Mads Kjær vil gerne med på holdet", "[Godkend | Afslå | Spørg]")
    await kirsten.user("afslå Mads")
    kirsten.bot("Skriv lige hvorfor")
    await kirsten.user("godkend Mads")
    kirsten.bot("Du har sagt ja. Mads Kjær er med")
    await kirsten.user("deltagere DEM-04-H1")
    kirsten.bot("1 deltager")


async def test_a_press_in_the_own_chat_turns_the_card_into_its_receipt(town: Town, kirsten: Chat) -> None:
    await mads_applies(town)
    await kirsten.user("deltagere DEM-04-H1")
    await kirsten.clicks("Se")
    card = kirsten.messages[-1]
    await kirsten.executes(card, "Godkend")
    assert "Mads Kjær er med" in kirsten.whispered
    assert titles(card) == []
    assert "Kirsten Bang har sagt ja" in card.words


async def test_what_was_decided_before_its_card_came_posts_none(town: Town, kirsten: Chat) -> None:
    mads = await town.employee()
    await mads.user(f"tilmeld mig {CENTRES}")
    await kirsten.user("deltagere DEM-04-H1")
    await kirsten.user("godkend Mads")
    kirsten.bot("Du har sagt ja")
    await town.deliver()
    assert posted(town) == []


async def test_a_card_that_was_deleted_is_posted_anew(town: Town, kirsten: Chat) -> None:
    mads = await mads_applies(town)
    [card] = posted(town)
    town.teams.messages[CHANNEL].remove(card)
    await kirsten.clicks_in_channel("seat.asked", card, question="Hvorfor?")
    await town.deliver()
    [new] = posted(town)
    assert "Hvorfor?" in new.words
    await mads.user("svar: fordi")
    await town.deliver()
    assert posted(town) == [new]


@pytest.mark.usefixtures("kirsten")
async def test_nobody_but_the_centre_decides_though_they_know_the_button(town: Town) -> None:
    mads = await mads_applies(town)
    own = (await enrolment_of(town)).id
    for chat in (mads, await town.leader(), await town.employee("Ida Fremmed")):
        for verb in ("seat.approved", "seat.refused", "seat.asked", "seat.leave_granted", "seat.show"):
            await chat.presses_verb(verb, enrolment=own, reason="x", question="x")
            chat.bot("kompetencecentret")
    assert await trail(town) == ["signed_up"]


async def test_in_english_it_reads_as_well(town: Town, kirsten: Chat) -> None:
    await mads_applies(town)
    await kirsten.user("english")
    await kirsten.user("participants DEM-04-H1")
    await kirsten.clicks("See")
    kirsten.bot("Mads Kjær would like to take part", "For this course it is the centre that says yes")
    await kirsten.executes(kirsten.messages[-1], "Approve")
    assert kirsten.whispered == "You said yes. Mads Kjær is in and will be told."
