"""Purpose agreements: transcripts of an employee, their leader and the centre."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from centre import agreeing
from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentEvent, EnrolmentEventKind, enrolment_id
from centre.filing import NotFoundError
from centre.people import Listing, Person, Role
from centre.purpose_news import follow
from tests.chat import A_SUNDAY_MORNING as NOW
from tests.chat import TENANT
from tests.dialogs.test_reminders import it_is
from tests.dialogs.test_signing_up import lene_and_mads

if TYPE_CHECKING:
    from centre.purpose import Purpose
    from tests.chat import Chat, Town

RUN = "DEM-01-H2"
"""Needs the leader's yes."""
THEME_DAY = "DEM-08-H1"
"""Needs nobody's yes."""
MADS_SAYS = {"practice": "Vi møder uro med ro", "whom": "Beboere, der er vågne om natten", "sign": "Færre alarmer"}
LENE_SAYS = {"practice": "Nattevagterne er fælles om det", "whom": "Hele afdeling 2", "sign": "Færre sygedage"}
SECRETS = (*MADS_SAYS.values(), *LENE_SAYS.values())


@pytest.fixture
async def solgaarden(town: Town) -> Town:
    """The town with its catalogue in the database."""
    return await town.with_catalogue()


async def approved(town: Town) -> tuple[Chat, Chat]:
    """Lene has said yes to Mads, and both have been asked."""
    lene, mads = await lene_and_mads(town)
    await mads.user(f"tilmeld mig {RUN}")
    await lene.user("godkend Mads")
    await town.deliver()
    return lene, mads


async def both_answered(town: Town) -> tuple[Chat, Chat]:
    lene, mads = await approved(town)
    await mads.clicks("Gem svar", **MADS_SAYS)
    await lene.clicks("Gem svar", **LENE_SAYS)
    await town.deliver()
    return lene, mads


async def purpose_of(town: Town, run: str = RUN, person: str = "mads.kjær") -> Purpose:
    async with town.database.read_only(TENANT) as work:
        found = await work.purposes.get(enrolment_id(run, person))
    assert found
    return found


async def change_leader(town: Town, email: str) -> None:
    async with town.database.unit_of_work(TENANT) as work:
        mads = await work.people.get("mads.kjær")
        assert mads
        await work.people.save(replace(mads, leader_email=email, listing=Listing.LISTED))
        await work.commit()


def everything_said_to(chat: Chat) -> str:
    return "\n".join(str(message.activity.as_dict()) for message in chat.messages)


async def test_both_are_asked_when_the_leader_has_said_yes(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    mads.bot(
        "Formålsaftale: Mødet med borgere, der har demens", "Hvad skal være anderledes i det daglige bagefter?"
    )
    mads.bot(
        "I ser hinandens svar, når I begge har svaret, og ellers fredag den 4. december kl. 12.00", "[Gem svar]"
    )
    lene.bot("Formålsaftale med Mads Kjær: Mødet med borgere, der har demens", "[Gem svar]")


async def test_two_people_agree_with_one_click_each(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    await mads.clicks("Gem svar", **MADS_SAYS)
    mads.bot("Tak, dine svar er gemt")
    assert "Venter på svar fra Lene Holm" in mads.messages[-2].words
    await lene.clicks("Gem svar", **LENE_SAYS)
    lene.bot("Tak, dine svar er gemt")
    card = lene.messages[-2].words
    assert "Mads Kjær: Vi møder uro med ro" in card
    assert "Du: Nattevagterne er fælles om det" in card
    await solgaarden.deliver()
    mads.bot("I har begge svaret", "Lene Holm: Nattevagterne er fælles om det", "[Bekræft | Ret mine svar]")
    await mads.clicks("Bekræft")
    mads.bot("Du har bekræftet. Nu mangler kun Lene Holm")
    await solgaarden.deliver()
    lene.bot("Mads Kjær har bekræftet")
    await lene.clicks("Bekræft")
    lene.bot("I er enige om formålet")
    await solgaarden.deliver()
    mads.bot("I er enige om formålet", "Aftalt")
    assert (await purpose_of(solgaarden)).agreed


async def test_two_people_agree_by_words_only(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    await mads.user("formålsaftale")
    await mads.user("Vi møder uro med ro")
    mads.bot("For hvilke borgere eller opgaver?")
    await mads.user("Beboere, der er vågne om natten")
    mads.bot("Hvordan kan I se, at det virker?")
    await mads.user("Færre alarmer")
    mads.bot("Tak, dine svar er gemt", "Venter på svar fra Lene Holm")
    await lene.user("formålsaftaler")
    await lene.user("1. Nattevagterne er fælles om det\n2. Hele afdeling 2\n3. Færre sygedage")
    lene.bot("Tak, dine svar er gemt", "Mads Kjær: Færre alarmer")
    await lene.user("bekræft")
    lene.bot("Du har bekræftet. Nu mangler kun Mads Kjær")
    await mads.user("bekræft")
    mads.bot("I er enige om formålet")
    assert (await purpose_of(solgaarden)).agreed


async def test_two_people_agree_in_english(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await lene.user("english")
    await mads.user("english")
    await mads.user(f"sign me up for {RUN}")
    await lene.user("approve Mads")
    await solgaarden.deliver()
    mads.bot("Purpose agreement: ", "What should be different in everyday work afterwards?", "[Save answers]")
    await mads.clicks("Save answers", **MADS_SAYS)
    await lene.user("purpose agreements")
    for words in LENE_SAYS.values():
        await lene.user(words)
    lene.bot("Thank you, your answers are saved", "Mads Kjær: Vi møder uro med ro")
    await lene.user("confirm")
    lene.bot("You have confirmed. Now only Mads Kjær is missing")
    await solgaarden.deliver()
    await mads.clicks("Confirm")
    mads.bot("You agree on the purpose")
    assert (await purpose_of(solgaarden)).agreed


async def test_nobody_sees_the_other_before_both_have_answered(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    await mads.clicks("Gem svar", **MADS_SAYS)
    for words in ("formålsaftaler", "formål Mads", "mine medarbejdere"):
        await lene.user(words)
    await solgaarden.deliver()
    said = everything_said_to(lene)
    assert not [words for words in MADS_SAYS.values() if words in said]


async def test_the_deadline_shows_what_one_has_said_to_who_said_nothing(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    await mads.clicks("Gem svar", **MADS_SAYS)
    await it_is(solgaarden, "2026-12-04", "11:59")
    assert "Vi møder uro med ro" not in everything_said_to(lene)
    await it_is(solgaarden, "2026-12-04", "12:01")
    told = lene.messages[-1].words
    assert "Fristen er gået, men du kan stadig svare" in told
    assert "Mads Kjær: Vi møder uro med ro" in told
    assert "Nu kan Lene Holm se dine svar" in mads.messages[-1].words
    await lene.clicks("Gem svar", **LENE_SAYS)
    await solgaarden.deliver()
    assert "Lene Holm: Hele afdeling 2" in mads.messages[-1].words


async def test_only_who_has_not_answered_is_reminded(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    await mads.clicks("Gem svar", **MADS_SAYS)
    said = len(mads.messages)
    await it_is(solgaarden, "2026-12-01", "08:59")
    assert "En venlig påmindelse" not in everything_said_to(lene)
    await it_is(solgaarden, "2026-12-01", "09:01")
    assert "En venlig påmindelse: De tre spørgsmål" in lene.messages[-1].words
    assert len(mads.messages) == said


async def test_whoever_changes_their_answers_takes_back_both_confirmations(solgaarden: Town) -> None:
    lene, mads = await both_answered(solgaarden)
    await lene.user("bekræft")
    await mads.user("bekræft")
    await solgaarden.deliver()
    await mads.user("ret formål")
    mads.bot("Hvad skal være anderledes i det daglige bagefter?", "[Gem svar]")
    await mads.user("Vi møder uro med ro og tid")
    await mads.user("behold")
    await mads.user("behold")
    mads.bot("Tak, dine svar er gemt", "Mangler din bekræftelse")
    assert not (await purpose_of(solgaarden)).agreed
    await solgaarden.deliver()
    lene.bot("Mads Kjær har skrevet sine svar om", "Mads Kjær: Vi møder uro med ro og tid", "[Bekræft]")


async def test_an_old_cards_confirmation_is_not_one_of_what_is_there_now(solgaarden: Town) -> None:
    lene, mads = await both_answered(solgaarden)
    old = lene.messages[-2]
    await mads.user("ret formål")
    await mads.clicks("Gem svar", **{**MADS_SAYS, "sign": "Noget helt andet"})
    await lene.presses(old, "Bekræft")
    lene.bot("Der er sket noget, siden du så den", "Mads Kjær: Noget helt andet")
    assert (await purpose_of(solgaarden)).leader.confirmed_at is None


async def test_the_same_press_twice_has_one_effect(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    form = mads.messages[-1]
    press = mads.click(form, "Gem svar", **MADS_SAYS)
    await solgaarden.receive(press)
    before = await purpose_of(solgaarden)
    await solgaarden.receive(press)
    press.id = solgaarden.new_id()
    await solgaarden.receive(press)
    mads.bot("Dine svar er gemt, som de står her")
    assert await purpose_of(solgaarden) == before
    await lene.clicks("Gem svar", **LENE_SAYS)
    card = lene.messages[-2]
    confirm = lene.click(card, "Bekræft")
    await solgaarden.receive(confirm)
    once = await purpose_of(solgaarden)
    confirm.id = solgaarden.new_id()
    await solgaarden.receive(confirm)
    lene.bot("Du har allerede bekræftet")
    assert await purpose_of(solgaarden) == once


async def test_nothing_typed_is_lost_on_the_way(solgaarden: Town) -> None:
    _, mads = await approved(solgaarden)
    await mads.user("formålsaftale")
    await mads.user("Vi møder uro med ro")
    await mads.user("hjælp")
    await solgaarden.restart()
    await mads.user("Beboere, der er vågne om natten")
    await mads.user("annuller")
    mads.bot("Mødet med borgere, der har demens")
    await mads.user("mine kurser")
    await mads.user("formålsaftale")
    mads.bot("Hvordan kan I se, at det virker?")
    assert mads.messages[-1].inputs == {**MADS_SAYS, "sign": ""}
    await mads.user("tilbage")
    mads.bot("For hvilke borgere eller opgaver?")
    await mads.user("behold")
    await mads.user("Færre alarmer")
    mads.bot("Tak, dine svar er gemt")
    assert (await purpose_of(solgaarden)).person.answers.whom == "Beboere, der er vågne om natten"


async def test_a_card_with_an_empty_field_keeps_what_was_typed(solgaarden: Town) -> None:
    _, mads = await approved(solgaarden)
    await mads.clicks("Gem svar", practice="Vi møder uro med ro", whom="", sign="Færre alarmer")
    mads.bot("Der mangler svar på et eller flere af spørgsmålene", "For hvilke borgere eller opgaver?")
    await mads.user("Beboere, der er vågne om natten")
    mads.bot("Tak, dine svar er gemt")


async def test_an_answer_that_is_too_long_is_asked_for_again(solgaarden: Town) -> None:
    _, mads = await approved(solgaarden)
    await mads.user("formålsaftale")
    await mads.user("ro " * 200)
    mads.bot("Kort hvert svar ned til højst 500 tegn")
    await mads.user("Vi møder uro med ro")
    mads.bot("For hvilke borgere eller opgaver?")


async def test_others_find_nothing_and_change_nothing(solgaarden: Town) -> None:
    lene, mads = await both_answered(solgaarden)
    card = lene.messages[-2]
    before = await purpose_of(solgaarden)
    bo = await solgaarden.leader("Bo Friis", department="Hjemmeplejen Vest")
    ida = await solgaarden.employee("Ida Lund", leader_email="lene.holm@kommunen.example")
    for stranger in (bo, ida):
        for title in ("Bekræft", "Ret mine svar", "Del med centret"):
            await stranger.presses(card, title)
            stranger.bot("Den aftale kan jeg ikke finde blandt dine")
        form = {"verb": "purpose.save", "nonce": "", "enrolment": before.enrolment_id, **LENE_SAYS}
        await stranger.user("", value=form)
        stranger.bot("Den aftale kan jeg ikke finde blandt dine")
        await stranger.user("formålsaftaler")
        await stranger.user("formål Mads")
        assert not [words for words in SECRETS if words in everything_said_to(stranger)]
    assert await purpose_of(solgaarden) == before
    assert mads


async def test_a_new_leader_takes_over_and_the_former_one_sees_nothing(solgaarden: Town) -> None:
    lene, mads = await both_answered(solgaarden)
    bo = await solgaarden.leader("Bo Friis", department="Hjemmeplejen Vest")
    await bo.user("hej")
    await change_leader(solgaarden, "bo.friis@kommunen.example")
    seen = len(lene.messages)
    await lene.presses(lene.messages[-2], "Bekræft")
    lene.bot("Den aftale kan jeg ikke finde blandt dine")
    await lene.user("formål Mads")
    await lene.user("formålsaftaler")
    assert not any(words in message.words for message in lene.messages[seen:] for words in SECRETS)
    await bo.user("formålsaftaler")
    bo.bot("Mads Kjær: Vi møder uro med ro", "[Bekræft | Ret mine svar]")
    await mads.user("ret formål")
    await mads.clicks("Gem svar", **{**MADS_SAYS, "sign": "Ny måling"})
    await solgaarden.deliver()
    assert "Ny måling" in bo.messages[-1].words
    assert "Ny måling" not in everything_said_to(lene)


async def test_a_leader_who_came_later_is_the_one_who_is_reminded(solgaarden: Town) -> None:
    lene, _ = await approved(solgaarden)
    bo = await solgaarden.leader("Bo Friis", department="Hjemmeplejen Vest")
    await bo.user("hej")
    await change_leader(solgaarden, "bo.friis@kommunen.example")
    told = len(lene.messages)
    await it_is(solgaarden, "2026-12-01", "09:01")
    assert len(lene.messages) == told
    assert "Formålsaftale med Mads Kjær" in bo.messages[-1].words
    await bo.clicks("Gem svar", **LENE_SAYS)
    assert (await purpose_of(solgaarden)).leader.by_name == "Bo Friis"


async def test_a_stand_in_answers_for_who_is_away(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    bo = await solgaarden.leader("Bo Friis", department="Hjemmeplejen Vest")
    await bo.user("hej")
    await mads.clicks("Gem svar", **MADS_SAYS)
    await lene.user("jeg er på ferie til 1. december, Bo Friis passer mine sager")
    await bo.user("formålsaftaler")
    bo.bot("Formålsaftale med Mads Kjær", "[Gem svar]")
    await bo.clicks("Gem svar", **LENE_SAYS)
    bo.bot("Tak, dine svar er gemt")
    await solgaarden.deliver()
    assert "Bo Friis: Hele afdeling 2" in mads.messages[-1].words
    await lene.user("jeg er tilbage")
    await bo.user("formålsaftaler")
    bo.bot("Der er ingen formålsaftaler, der venter på dig")
    await lene.user("bekræft")
    lene.bot("Du har bekræftet")


async def test_leaving_the_course_closes_the_agreement(solgaarden: Town) -> None:
    lene, mads = await both_answered(solgaarden)
    card = lene.messages[-2]
    await mads.user("meld mig fra")
    await solgaarden.deliver()
    assert (await purpose_of(solgaarden)).closed_at is not None
    await lene.presses(card, "Bekræft")
    lene.bot("Der er sket noget, siden du så den", "Lukket, fordi pladsen er væk")
    lene.bot_did_not_say(*MADS_SAYS.values())
    await lene.user("formålsaftaler")
    lene.bot("Der er ingen formålsaftaler, der venter på dig")
    told = len(mads.messages)
    await it_is(solgaarden, "2026-12-04", "12:01")
    assert len(mads.messages) == told


async def test_whoever_comes_back_goes_on_from_what_they_said(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    await mads.clicks("Gem svar", **MADS_SAYS)
    await mads.user("meld mig fra")
    await mads.user(f"tilmeld mig {RUN}")
    await lene.user("godkend Mads")
    await solgaarden.deliver()
    purpose = await purpose_of(solgaarden)
    assert purpose.closed_at is None
    assert purpose.person.answers.sign == "Færre alarmer"
    await lene.clicks("Gem svar", **LENE_SAYS)
    await solgaarden.deliver()
    mads.bot("I har begge svaret")


async def test_nothing_changes_once_the_run_has_begun(solgaarden: Town) -> None:
    lene, mads = await both_answered(solgaarden)
    async with solgaarden.database.read_only(TENANT) as work:
        run = (await work.enrolments.runs([RUN]))[RUN]
    await it_is(solgaarden, run.starts.isoformat(), "09:30")
    await mads.user("formål Mødet med borgere")
    mads.bot("[Bekræft | Del med centret]")
    assert "Ret mine svar" not in [button["title"] for button in mads.messages[-1].buttons]
    await lene.presses(lene.messages[-2] if lene.messages[-2].buttons else lene.messages[-1], "Bekræft")
    purpose = await purpose_of(solgaarden)
    form = {"verb": "purpose.save", "nonce": "", "enrolment": purpose.enrolment_id, **LENE_SAYS}
    await mads.user("", value=form)
    mads.bot("Kurset er begyndt, eller pladsen er væk")
    assert await purpose_of(solgaarden) == purpose


async def test_a_course_that_needs_no_yes_has_one_only_when_the_employee_wants_it(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(f"tilmeld mig {THEME_DAY}")
    await solgaarden.deliver()
    assert "Formålsaftale" not in everything_said_to(lene)
    await mads.clicks("Formålsaftale")
    mads.bot("Du kan lave en formålsaftale om kurset", "Lene Holm", "[Lav en aftale]")
    await solgaarden.deliver()
    assert "Formålsaftale" not in everything_said_to(lene)
    await mads.clicks("Lav en aftale")
    mads.bot("Hvad skal være anderledes i det daglige bagefter?", "[Gem svar]")
    await solgaarden.deliver()
    lene.bot("Formålsaftale med Mads Kjær")
    assert (await purpose_of(solgaarden, THEME_DAY)).edition == 0


async def test_without_a_leader_there_is_nobody_to_agree_with(solgaarden: Town) -> None:
    mads = await solgaarden.employee()
    await mads.user(f"tilmeld mig {THEME_DAY}")
    await mads.user("formålsaftale")
    mads.bot("Jeg ved ikke, hvem din leder er")


async def test_the_agreement_is_shown_from_my_courses(solgaarden: Town) -> None:
    _, mads = await both_answered(solgaarden)
    await mads.user("mine kurser")
    await mads.clicks("Se")
    await mads.clicks("Formålsaftale")
    mads.bot("Du: Vi møder uro med ro", "Lene Holm: Nattevagterne er fælles om det")


async def test_the_centre_sees_the_text_only_when_both_let_it(solgaarden: Town) -> None:
    await solgaarden.with_queue()
    lene, mads = await both_answered(solgaarden)
    kirsten = await solgaarden.consultant()
    await kirsten.user(f"formål {RUN}")
    kirsten.bot(f"Formål på {RUN}", "1 deltager har en formålsaftale", "Bekræftet af begge: 0")
    await mads.user("del med kompetencecentret")
    mads.bot("Du har sagt ja til, at kompetencecentret læser aftalen")
    await kirsten.user(f"formål {RUN}")
    assert not [words for words in SECRETS if words in everything_said_to(kirsten)]
    assert "Mads Kjær" not in everything_said_to(kirsten)
    await lene.user("del formålsaftalen med centret")
    await kirsten.user(f"formål {RUN}")
    kirsten.bot("Mads Kjær: Vi møder uro med ro", "Lene Holm: Hele afdeling 2")
    await mads.clicks("Del ikke længere")
    mads.bot("Kompetencecentret kan ikke læse aftalen")
    await kirsten.user(f"formål {RUN}")
    kirsten.bot_did_not_say(*SECRETS)


async def test_nobody_but_the_centre_sees_a_runs_agreements(solgaarden: Town) -> None:
    lene, mads = await both_answered(solgaarden)
    bo = await solgaarden.leader("Bo Friis", department="Hjemmeplejen Vest")
    for chat in (mads, lene, bo):
        await chat.user("", value={"verb": "purpose.run", "nonce": "", "run": RUN, "page": "0"})
        chat.bot("Den aftale kan jeg ikke finde blandt dine")
    await bo.user(f"formål {RUN}")
    bo.bot_did_not_say("har en formålsaftale", *SECRETS)


async def test_words_show_up_when_three_people_have_used_them(solgaarden: Town) -> None:
    await solgaarden.with_queue()
    lene, _ = await lene_and_mads(solgaarden)
    kirsten = await solgaarden.consultant()
    for number, name in enumerate(("Mads Kjær", "Ida Lund", "Ove Bech"), start=1):
        chat = await solgaarden.employee(name, leader_email="lene.holm@kommunen.example")
        await chat.user(f"tilmeld mig {RUN}")
        await lene.user(f"godkend {name}")
        await solgaarden.deliver()
        await chat.clicks("Gem svar", practice="Mere ro ved måltiderne", whom="Anna Grå", sign="Færre alarmer")
        await kirsten.user(f"formål {RUN}")
        words = "\n".join(message.words for message in kirsten.news)
        assert ("Går igen i svarene" in words) == (number == 3)
    kirsten.bot("måltid", "alarm")
    kirsten.bot_did_not_say("grå", "anna", "Mads", "Ida")


async def test_the_deadline_is_ten_working_days_after_the_yes(solgaarden: Town) -> None:
    _, mads = await approved(solgaarden)
    assert (await purpose_of(solgaarden)).deadline == datetime(2026, 12, 4, 12, tzinfo=COPENHAGEN)
    await mads.user("formålsaftaler")
    mads.bot("fredag den 4. december kl. 12.00")


async def test_several_agreements_are_listed_and_words_say_which(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    ida = await solgaarden.employee("Ida Lund", leader_email="lene.holm@kommunen.example")
    await ida.user(f"tilmeld mig {RUN}")
    await lene.user("godkend Ida")
    await solgaarden.deliver()
    await lene.user("formålsaftaler")
    lene.bot("2 formålsaftaler venter på dig", "Ida Lund", "Mads Kjær", "Mangler dine svar")
    await lene.clicks("Se", 2)
    lene.bot("Formålsaftale med Mads Kjær")
    await lene.user("formål Ida")
    lene.bot("Formålsaftale med Ida Lund")
    await ida.clicks("Gem svar", **MADS_SAYS)
    await mads.clicks("Gem svar", **MADS_SAYS)
    for _ in range(2):
        for words in LENE_SAYS.values():
            await lene.user(words)
        await lene.user("formål Mads")
    await lene.user("bekræft")
    lene.bot("Hvilken aftale mener du?")
    await lene.user("bekræft Ida")
    lene.bot("Du har bekræftet. Nu mangler kun Ida Lund")


async def test_what_a_leader_says_of_a_needs_purpose_is_no_word_to_an_agreement(solgaarden: Town) -> None:
    lene, _ = await both_answered(solgaarden)
    await lene.user("Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer")
    await lene.clicks("Vælg")
    await lene.user("Formålet er at skabe ro om borgeren")
    lene.bot("Tak, det har jeg skrevet som formålet", "[Send til centret]")


async def test_two_press_at_once_and_neither_is_lost(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    presses = [mads.click(mads.messages[-1], "Gem svar", **MADS_SAYS)]
    presses.append(lene.click(lene.messages[-1], "Gem svar", **LENE_SAYS))
    await asyncio.gather(*(solgaarden.receive(press) for press in presses))
    assert (await purpose_of(solgaarden)).both_answered
    await solgaarden.deliver()
    assert "Hele afdeling 2" in everything_said_to(mads)
    assert "Færre alarmer" in everything_said_to(lene)


async def test_another_tenant_finds_nothing(solgaarden: Town) -> None:
    lene, _ = await both_answered(solgaarden)
    before = await purpose_of(solgaarden)
    other = "22222222-2222-4222-8222-222222222222"
    async with solgaarden.database.unit_of_work(other) as work:
        assert await work.purposes.get(before.enrolment_id) is None
        actor = Person(other, lene.person_id, lene.name, "lene.holm@kommunen.example", Role.LEADER)
        for act in (
            agreeing.see(work, actor, before.enrolment_id, solgaarden.clock.now()),
            agreeing.confirm(work, actor, before.enrolment_id, None, solgaarden.clock.now()),
            agreeing.share(work, actor, before.enrolment_id, solgaarden.clock.now(), shares=True),
        ):
            with pytest.raises(NotFoundError):
                await act


async def test_a_run_that_moves_takes_the_deadline_and_its_timers_along(solgaarden: Town) -> None:
    lene, mads = await approved(solgaarden)
    await mads.clicks("Gem svar", **MADS_SAYS)
    own = enrolment_id(RUN, "mads.kjær")
    async with solgaarden.database.unit_of_work(TENANT) as work:
        enrolment = await work.enrolments.get(own)
        assert enrolment
        run = (await work.enrolments.runs([RUN]))[RUN]
        sooner = replace(run, starts=date(2026, 12, 1), ends=date(2026, 12, 1))
        event = EnrolmentEvent(
            own, NOW, "", "", EnrolmentEventKind.RUN_CHANGED, enrolment.status, enrolment.status
        )
        await follow(work, enrolment, event, sooner, NOW)
        await work.commit()
    assert (await purpose_of(solgaarden)).deadline == datetime(2026, 11, 27, 12, tzinfo=COPENHAGEN)
    await it_is(solgaarden, "2026-11-27", "12:01")
    assert "Fristen er gået" in lene.messages[-1].words
    told = len(lene.messages)
    await it_is(solgaarden, "2026-12-04", "12:01")
    assert [message for message in lene.messages[told:] if "Formålsaftale" in message.words] == []


async def test_what_is_told_stops_when_its_reason_has_gone(solgaarden: Town) -> None:
    lene, mads = await lene_and_mads(solgaarden)
    await mads.user(f"tilmeld mig {RUN}")
    await lene.user("godkend Mads")
    await mads.user("formålsaftale")
    for words in MADS_SAYS.values():
        await mads.user(words)
    told = len(mads.messages)
    await solgaarden.deliver()
    assert not [message for message in mads.messages[told:] if "Formålsaftale" in message.words]


async def test_who_was_never_seen_is_asked_once_they_come(solgaarden: Town) -> None:
    lene, _ = await lene_and_mads(solgaarden)
    await solgaarden.listed("Ida Lund", leader_email="lene.holm@kommunen.example")
    await lene.user(f"tilmeld Ida Lund til {RUN}")
    await solgaarden.deliver()
    lene.bot("Formålsaftale med Ida Lund")
    await lene.clicks("Gem svar", **LENE_SAYS)
    await solgaarden.deliver()
    ida = solgaarden.newcomer("Ida Lund")
    await ida.user("hej")
    await solgaarden.outbox.wake_lane(TENANT, "ida.lund")
    await solgaarden.deliver()
    assert "Formålsaftale: Mødet med borgere" in ida.messages[-1].words
    assert "Hele afdeling 2" not in everything_said_to(ida)
    await ida.clicks("Gem svar", **MADS_SAYS)
    assert (await purpose_of(solgaarden, RUN, "mail:ida.lund@kommunen.example")).both_answered
    await ida.user("formålsaftale")
    ida.bot("Lene Holm: Hele afdeling 2")
