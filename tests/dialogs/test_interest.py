"""Interest and wishes: transcripts of employees, their leaders and the centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from catalogue.offers import Area, Run
from centre.interest import Want, interest_id, new_runs_waited_for, tell_of_new_runs
from centre.people import Person, Role
from tests.chat import TENANT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.chat import Chat, Town

IN_VAIN = "Hvilke kurser er der om svejsning?"
"""Nothing in the sample catalogue is about it."""
WITHOUT_RUN = "GRP-01"
WISH = interest_id("mads.kjær", Want("", "svejsning"))


@pytest.fixture
async def solgaarden(town: Town) -> Town:
    """The town with its catalogue in the database."""
    return await town.with_catalogue()


async def lene_and_mads(town: Town) -> tuple[Chat, Chat]:
    """A leader who has the bot, and an employee of hers."""
    lene = await town.leader()
    await lene.user("hej")
    mads = await town.employee(leader_email="lene.holm@kommunen.example", area=Area.SENIOR)
    await mads.user("hej")
    return lene, mads


async def plan(town: Town, *runs: Run) -> Sequence[Run]:
    """Import runs as a catalogue file does."""
    async with town.database.unit_of_work(TENANT) as work:
        new = await new_runs_waited_for(work, runs)
        await work.catalogue.import_offers([], runs, replace_offers=False, replace_runs=False)
        await tell_of_new_runs(work, new, town.clock.now())
        await work.commit()
    await town.deliver()
    return new


def a_run(town: Town, code: str, offer: str, days: int = 30) -> Run:
    day = town.clock.today + timedelta(days=days)
    return Run(code, offer, day, day, "Åbro", False, 20, 0, None)


async def test_nothing_found_leads_to_the_leader_and_a_need(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(IN_VAIN)
    mads.bot("[Skriv mig op | Send til min leder]")
    await mads.clicks("Send til min leder")
    mads.bot("Lene Holm får dit ønske", "[Tag mig af]")
    await solgaarden.deliver()
    lene.bot("Mads Kjær ønsker sig:", "svejsning", "[Meld behovet | Ikke nu]")
    await lene.clicks("Meld behovet")
    lene.bot("svejsning")
    lene.bot("Jeg forstod: svejsning", "[Send behovet til centret]")


async def test_words_do_what_the_buttons_do(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(IN_VAIN)
    await mads.user("skriv mig op")
    mads.bot("Du er skrevet op", "[Send til min leder | Tag mig af]")
    await mads.user(IN_VAIN)
    await mads.user("send det til min leder")
    mads.bot("Lene Holm får dit ønske")
    await solgaarden.deliver()
    await lene.user("ønsker")
    lene.bot("Det ønsker dine medarbejdere sig", "Mads Kjær", "[Se]")
    await lene.user("meld behovet for Mads")
    lene.bot("svejsning")
    await mads.user("slet mig fra interesselisten")
    mads.bot("Du er taget af listen til »svejsning«")
    await mads.user("mine ønsker")
    mads.bot("Du er ikke skrevet op til noget")


async def test_not_now_is_a_kind_word_and_is_said_once(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    await solgaarden.deliver()
    await lene.clicks("Ikke nu")
    lene.bot("Jeg siger det pænt til Mads Kjær")
    await lene.clicks("Ikke nu")
    lene.bot("Det har Mads Kjær fået at vide")
    await solgaarden.deliver()
    mads.bot("Lene Holm har set dit ønske", "Du er stadig skrevet op", "[Se andre kurser]")
    assert "\n".join(message.words for message in mads.messages).count("Lene Holm har set dit ønske") == 1
    await lene.user("ønsker")
    lene.bot("Ingen af dine medarbejdere venter på svar")


async def test_not_now_in_words_names_who_wished(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    await lene.user("ikke nu til Mads")
    lene.bot("Jeg siger det pænt til Mads Kjær")


async def test_the_same_wish_twice_is_one(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    await mads.clicks("Send til min leder")
    mads.bot("Lene Holm har allerede dit ønske")
    await solgaarden.deliver()
    assert "\n".join(message.words for message in lene.messages).count("Mads Kjær ønsker sig") == 1


async def test_who_has_no_known_leader_names_them(solgaarden: Town) -> None:
    lene = await solgaarden.leader()
    await lene.user("hej")
    mads = await solgaarden.employee()
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    mads.bot("Hvem er din leder?", "[Videre | Det ved jeg ikke]")
    await mads.user("Lene Holm")
    mads.bot("Lene Holm får dit ønske")
    await solgaarden.deliver()
    lene.bot("Mads Kjær ønsker sig:", "svejsning")


async def test_who_does_not_know_their_leader_is_on_the_list(solgaarden: Town) -> None:
    mads = await solgaarden.employee()
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    await mads.clicks("Det ved jeg ikke")
    mads.bot("Jeg kan ikke finde din leder. Nu er du skrevet op", "[Tag mig af]")


async def test_who_waits_is_told_of_a_run_once(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.user("skriv mig op til KON-03")
    mads.bot("Jeg skriver til dig her, så snart der er et hold")
    assert len(await plan(solgaarden, a_run(solgaarden, "KON-03-H1", "KON-03"))) == 1
    mads.bot("Nu er der et hold", "[Tilmeld mig | Vent på næste hold]")
    assert not await plan(solgaarden, a_run(solgaarden, "KON-03-H1", "KON-03"))
    await plan(solgaarden, a_run(solgaarden, "KON-03-H2", "KON-03", 60))
    assert "\n".join(message.words for message in mads.messages).count("Nu er der et hold") == 1
    await mads.clicks("Tilmeld mig")
    mads.bot("Jeg har spurgt Lene Holm")


async def test_who_waits_for_the_next_run_is_told_of_that(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.presses_verb("interest.add", code="KON-03")
    await plan(solgaarden, a_run(solgaarden, "KON-03-H1", "KON-03"))
    await solgaarden.it_is(solgaarden.clock.time + timedelta(days=1))
    await mads.clicks("Vent på næste hold")
    mads.bot("Du er skrevet op")
    await plan(solgaarden, a_run(solgaarden, "KON-03-H2", "KON-03", 60))
    assert "\n".join(message.words for message in mads.messages).count("Nu er der et hold") == 2


async def test_who_took_it_back_is_told_nothing(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.presses_verb("interest.add", code="KON-03")
    await mads.clicks("Tag mig af")
    assert not await plan(solgaarden, a_run(solgaarden, "KON-03-H1", "KON-03"))
    assert "Nu er der et hold" not in "\n".join(message.words for message in mads.messages)


async def test_a_run_that_nobody_can_join_is_not_told_of(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.presses_verb("interest.add", code="KON-03")
    full = replace(a_run(solgaarden, "KON-03-H1", "KON-03"), taken=20)
    await plan(solgaarden, full)
    assert "Nu er der et hold" not in "\n".join(message.words for message in mads.messages)


async def test_an_offer_with_free_seats_is_signed_up_for_instead(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.presses_verb("interest.add", code="DEM-01")
    mads.bot("Der er et hold, du kan nå", "Mødet med borgere, der har demens")


@pytest.mark.parametrize("name", ["Poul Bak", "Kirsten Bang"])
async def test_nobody_else_answers_a_wish_or_takes_it_back(solgaarden: Town, name: str) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    await solgaarden.with_queue()
    other = await (solgaarden.consultant(name) if name == "Kirsten Bang" else solgaarden.leader(name))
    for verb in ("wish.need", "wish.not_now", "wish.show"):
        await other.presses_verb(verb, interest=WISH)
        other.bot("Det ønske er ikke længere dit at svare på")
        other.bot_did_not_say("svejsning")
    for verb in ("interest.drop", "interest.wait"):
        await other.presses_verb(verb, interest=WISH)
        other.bot("Det står du ikke på listen til")
    await other.presses_verb("wish.send", interest=WISH)
    other.bot("Hvad ønsker du dig?")
    await mads.user("mine ønsker")
    mads.bot("svejsning")


async def test_a_former_leader_neither_hears_nor_answers(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    poul = await solgaarden.leader("Poul Bak")
    await poul.user("hej")
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    moved = Person(
        TENANT, "mads.kjær", "Mads Kjær", "mads.kjær@kommunen.example", leader_email="poul.bak@kommunen.example"
    )
    async with solgaarden.database.unit_of_work(TENANT) as work:
        await work.people.save(moved)
        await work.commit()
    await solgaarden.deliver()
    assert "ønsker sig" not in "\n".join(message.words for message in lene.messages)
    await lene.presses_verb("wish.not_now", interest=WISH)
    lene.bot("Det ønske er ikke længere dit at svare på")


async def test_who_leads_no_more_answers_no_more(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(IN_VAIN)
    await mads.clicks("Send til min leder")
    await solgaarden.deliver()
    async with solgaarden.database.unit_of_work(TENANT) as work:
        person = await work.people.get("lene.holm")
        assert person
        await work.people.save(replace(person, role=Role.EMPLOYEE))
        await work.commit()
    await lene.clicks("Ikke nu")
    lene.bot("Det ønske er ikke længere dit at svare på")


async def test_the_centre_sees_how_many_and_never_who(solgaarden: Town) -> None:
    for name in ("Mads Kjær", "Ida Lund", "Carl Juhl"):
        chat = await solgaarden.employee(name, area=Area.SENIOR)
        await chat.presses_verb("interest.add", code="KON-03")
    await chat.user(IN_VAIN)
    await chat.clicks("Skriv mig op")
    await solgaarden.with_queue()
    kirsten = await solgaarden.consultant()
    await kirsten.user("interesse")
    kirsten.bot("Konflikter mellem kolleger (KON-03)", "3 venter", "Senior 3", "svejsning", "1-2 venter")
    kirsten.bot_did_not_say("Mads", "Ida", "Carl")
    await kirsten.presses_verb("offer.show", code="KON-03")
    await kirsten.clicks("Se interessen")
    kirsten.bot("3 venter")


async def test_colleagues_see_no_numbers(solgaarden: Town) -> None:
    _, mads = await lene_and_mads(solgaarden)
    await mads.presses_verb("interest.add", code="KON-03")
    ida = await solgaarden.employee("Ida Lund")
    await ida.user("interesse")
    ida.bot("Du er ikke skrevet op til noget")
    await ida.presses_verb("interest.demand", code="KON-03")
    ida.bot("Det er kun for kompetencecentret")


async def test_in_english_too(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await lene.user("english")
    await mads.user("english")
    await mads.user(IN_VAIN)
    mads.bot("[Put me down | Send to my leader]")
    await mads.user("send it to my leader")
    mads.bot("Lene Holm will get your wish", "[Take me off]")
    await solgaarden.deliver()
    lene.bot("Mads Kjær wishes for:", "[Report the need | Not now]")
    await lene.user("not now to Mads")
    await solgaarden.deliver()
    mads.bot("It just will not be right now")
    await mads.user("take me off the list")
    mads.bot("You are off the list")
