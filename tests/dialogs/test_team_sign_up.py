"""A leader signs several people up, sees who got in, and swaps one for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from centre.people import Listing
from tests.chat import TENANT
from tests.dialogs.test_signing_up import DEMENTIA, enrolment_of, fill, solgaarden

if TYPE_CHECKING:
    from tests.chat import Chat, Town

__all__ = ["solgaarden"]  # the fixture


@pytest.fixture
async def lene(solgaarden: Town) -> Chat:
    """A leader of four people; one of them has never opened Teams."""
    lene = await solgaarden.leader()
    await lene.user("hej")
    for name in ("Mads Kjær", "Ida Lund", "Bo Bak"):
        await solgaarden.employee(name, leader_email="lene.holm@kommunen.example", listing=Listing.LISTED)
    await solgaarden.listed("Uma Uset", leader_email="lene.holm@kommunen.example")
    return lene


async def test_several_people_in_one_sentence(solgaarden: Town, lene: Chat) -> None:
    await fill(solgaarden, DEMENTIA, but=2)
    await lene.user("tilmeld Mads, Ida og Bo til DEM-01-H2")
    lene.bot("Mads Kjær: er med", "Ida Lund: er med", "Bo Bak: står som nr. 1 på ventelisten")
    mads = await solgaarden.employee(leader_email="lene.holm@kommunen.example", listing=Listing.LISTED)
    await mads.user("mine kurser")
    mads.bot("Mødet med borgere, der har demens", "Deltager")


async def test_chosen_from_the_department_and_typed(lene: Chat) -> None:
    await lene.user("hvilke kurser er der om demens?")
    await lene.clicks("Læs mere")
    await lene.clicks("Tilmeld medarbejdere", 2)
    lene.bot("Hvem skal med?")
    await lene.clicks("Tilmeld", people="mads.kjær,ida.lund", names="uma.uset@kommunen.example, Carl Ukendt")
    lene.bot("Mads Kjær: er med", "Uma Uset: er med", "Carl Ukendt: kan jeg ikke finde")


async def test_who_was_never_seen_is_told_when_they_come(solgaarden: Town, lene: Chat) -> None:
    await lene.user("tilmeld Uma Uset til DEM-01-H2")
    await solgaarden.deliver()
    uma = solgaarden.newcomer("Uma Uset")
    await uma.user("hej")
    await uma.user("mine kurser")
    uma.bot("Mødet med borgere, der har demens", "Deltager")
    await solgaarden.outbox.wake_lane(TENANT, "uma.uset")
    await solgaarden.deliver()
    assert any("Lene Holm har meldt dig til" in message.words for message in uma.messages)


async def test_one_for_another(solgaarden: Town, lene: Chat) -> None:
    await lene.user("tilmeld Mads til DEM-01-H2")
    await lene.user("byt Mads ud med Ida")
    lene.bot("Ida Lund har fået Mads Kjærs plads")
    await lene.user("mine medarbejdere")
    lene.bot("Ida Lund", "Deltager")
    lene.bot_did_not_say("Mads")
    await lene.clicks("Se")
    lene.bot("[Byt ud | Meld fra | Mine medarbejdere]")
    await lene.presses_verb(
        "team.swap", other="bo.bak", enrolment=(await enrolment_of(solgaarden, DEMENTIA, "ida.lund")).id
    )
    lene.bot("Bo Bak har fået Ida Lunds plads")
    await lene.user("byt Bo ud med Bo")
    lene.bot("allerede tilmeldt")


async def test_nobody_elses_people(solgaarden: Town, lene: Chat) -> None:
    await solgaarden.employee("Eva Enlig", leader_email="amina@kommunen.example", listing=Listing.LISTED)
    await lene.user("tilmeld Eva Enlig til DEM-01-H2")
    lene.bot("Jeg kan ikke finde Eva Enlig blandt dine medarbejdere")
    await lene.user("annuller")
    lene.bot("Det er afbrudt")
