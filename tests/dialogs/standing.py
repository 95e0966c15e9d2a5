"""Every step that a person can stand at, and how a chat gets there: for restarts, upgrades and languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.chat import TENANT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.chat import Chat, Town

NEED = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"


async def describing(town: Town) -> Chat:
    lene = await town.leader()
    await lene.user("nyt behov")
    return lene


async def describing_after_going_back(town: Town) -> Chat:
    lene = await choosing(town)
    await lene.user("tilbage")
    return lene


async def choosing(town: Town) -> Chat:
    lene = await town.leader()
    await lene.user(NEED)
    return lene


async def choosing_on_the_second_page(town: Town) -> Chat:
    lene = await choosing(town)
    await lene.clicks("Vis flere")
    return lene


async def summing_up(town: Town) -> Chat:
    lene = await choosing(town)
    await lene.clicks("Vælg")
    await lene.user("Vi skal skabe ro om borgeren")
    return lene


async def summing_up_without_an_offer(town: Town) -> Chat:
    lene = await town.leader()
    await lene.user("På vegne af Plejecenter Birken: vi vil gerne have en temadag om demens til højst 20.000 kr.")
    await lene.clicks("Ingen af dem passer")
    return lene


async def editing_a_draft(town: Town) -> Chat:
    lene = await summing_up(town)
    await lene.clicks("Ret")
    return lene


async def searching(town: Town) -> Chat:
    mads = await town.employee()
    await mads.user("Hvilke kurser er der om demens?")
    await mads.user("vis flere")
    return mads


async def editing_a_request(town: Town) -> Chat:
    lene = await summing_up(town)
    await lene.clicks("Send til centret")
    await lene.clicks("Se sagen")
    await lene.clicks("Ret")
    return lene


async def editing_a_request_with_a_wrong_number(town: Town) -> Chat:
    lene = await editing_a_request(town)
    await lene.clicks("Gem", headcount="mange", time="uge 12")
    return lene


async def introducing(town: Town) -> Chat:
    mads = await town.employee()
    await mads.user("jeg er leder")
    return mads


async def working_the_queue(town: Town) -> Chat:
    await town.with_queue()
    lene = await summing_up(town)
    await lene.clicks("Send til centret")
    kirsten = await town.consultant()
    await kirsten.user("kø")
    return kirsten


async def answering_one_case_or_none(town: Town) -> Chat:
    await town.with_queue()
    lene = await summing_up(town)
    await lene.clicks("Send til centret")
    kirsten = await town.consultant()
    await kirsten.user("spørg i sag 1: hvor mange er I?")
    await lene.user("vi er nu 14")
    return lene


async def choosing_a_run(town: Town) -> Chat:
    await town.with_catalogue()
    mads = await town.employee()
    await mads.user("tilmeld mig DEM-01")
    return mads


async def naming_a_leader(town: Town) -> Chat:
    await town.with_catalogue()
    mads = await town.employee()
    await mads.user("tilmeld mig DEM-01-H2")
    return mads


async def colliding(town: Town) -> Chat:
    await town.with_catalogue()
    mads = await town.employee()
    await mads.user("tilmeld mig DEM-08-H1")
    async with town.database.unit_of_work(TENANT) as work:
        runs = await work.enrolments.runs(["DEM-08-H1", "LOW-03-H1"])
        moved = replace(
            runs["LOW-03-H1"], starts=runs["DEM-08-H1"].starts, ends=runs["DEM-08-H1"].ends, deadline=None
        )
        await work.catalogue.import_offers([], [moved], replace_offers=False, replace_runs=False)
        await work.commit()
    await mads.user("tilmeld mig LOW-03-H1")
    return mads


async def signing_people_up(town: Town) -> Chat:
    await town.with_catalogue()
    lene = await town.leader()
    await lene.user("hvilke kurser er der om demens?")
    await lene.clicks("Læs mere")
    await lene.clicks("Tilmeld medarbejdere")
    return lene


async def asked_for_a_purpose(town: Town) -> Chat:
    await town.with_catalogue()
    await town.leader()
    mads = await town.employee(leader_email="lene.holm@kommunen.example")
    await mads.user("tilmeld mig DEM-08-H1")
    await mads.clicks("Formålsaftale")
    await mads.clicks("Lav en aftale")
    return mads


async def saying_for_whom(town: Town) -> Chat:
    mads = await asked_for_a_purpose(town)
    await mads.user("Vi møder uro med ro")
    return mads


async def saying_how_it_shows(town: Town) -> Chat:
    mads = await saying_for_whom(town)
    await mads.user("Beboere, der er vågne om natten")
    return mads


async def looking_at_runs(town: Town) -> Chat:
    await town.with_catalogue()
    await town.with_queue()
    mads = await town.employee()
    await mads.user("tilmeld mig DEM-08-H1")
    kirsten = await town.consultant()
    await kirsten.user("hold")
    return kirsten


async def looking_at_participants(town: Town) -> Chat:
    kirsten = await looking_at_runs(town)
    await kirsten.user("nr. 1")
    return kirsten


async def naming_who_gets_a_wish(town: Town) -> Chat:
    mads = await town.employee()
    await mads.user("Hvilke kurser er der om svejsning?")
    await mads.clicks("Send til min leder")
    return mads


STANDING: dict[str, Callable[[Town], Awaitable[Chat]]] = {
    step.__name__: step
    for step in (
        describing,
        describing_after_going_back,
        choosing,
        choosing_on_the_second_page,
        summing_up,
        summing_up_without_an_offer,
        editing_a_draft,
        searching,
        editing_a_request,
        editing_a_request_with_a_wrong_number,
        introducing,
        working_the_queue,
        answering_one_case_or_none,
        choosing_a_run,
        naming_a_leader,
        colliding,
        signing_people_up,
        asked_for_a_purpose,
        saying_for_whom,
        saying_how_it_shows,
        looking_at_runs,
        looking_at_participants,
        naming_who_gets_a_wish,
    )
}
