"""Opening an offer by what it is called: from a link's prepared sentence, by its code or by its whole title."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.demo.sample import read_sample
from catalogue.offer_names import LEAST_TITLE_WORDS, OfferNames

if TYPE_CHECKING:
    from catalogue.offers import Offer
    from tests.chat import Town

TITLE, CODE = "Demens og svære situationer i plejen", "DEM-02"
OFFERS, _ = read_sample(date(2026, 11, 22))
NAMES = OfferNames(OFFERS)


@pytest.mark.parametrize(
    "said",
    [
        f"Det vil jeg gerne: {TITLE} ({CODE})",
        f"Det vil jeg gerne: {CODE}",
        f"Vis {TITLE} ({CODE})",
        "vis dem-02",
        "DEM-02",
        "dem 02",
        "DEM-02?",
        TITLE,
        f"»{TITLE.upper()}«",
        f"læs mere om {TITLE}",
        "hvad er DEM-02?",
        "Jeg vil gerne høre om DEM-02",
        "Kan du fortælle mig lidt om det forløb der hedder DEM-02",
        f"I would like this: {TITLE} ({CODE})",
        "show me DEM-02",
    ],
)
async def test_a_sentence_that_names_an_offer_opens_it_for_everybody(town: Town, said: str) -> None:
    for person in (await town.employee(), await town.leader(), await town.consultant()):
        await person.user(said)
        person.bot(TITLE, f"Kode: {CODE}")


async def test_a_leader_goes_on_from_the_offer_by_click_or_by_words(town: Town) -> None:
    for name, way in (("Lene Holm", "Det har vi brug for"), ("Amina Berg", "det har vi brug for")):
        leader = await town.leader(name)
        await leader.user("vis DEM-02")
        await (leader.clicks(way) if way[0].isupper() else leader.user(way))
        leader.bot(TITLE, "[Send til centret]")


@pytest.mark.parametrize(
    "said",
    [
        "Mine folk skal lære om demens",
        "Vi er 4 der skal have styr på Demens og svære situationer i plejen",
    ],
)
async def test_a_need_stays_a_need(town: Town, said: str) -> None:
    lene = await town.leader()
    await lene.user(said)
    lene.bot("Jeg forstod", "[Ingen af dem passer]")


async def test_a_need_for_an_offer_by_its_code_is_ready_to_send(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Jeg har 12 SOSU-assistenter der skal på DEM-02 inden sommer")
    lene.bot("Klar til at sende?", TITLE, "12 SOSU-assistenter", "inden sommer", "[Send til centret]")


async def test_a_question_about_a_topic_stays_a_search(town: Town) -> None:
    mads = await town.employee()
    await mads.user("vis demens")
    mads.bot("Det fandt jeg", "[Vis flere]")


async def test_an_offer_opened_by_name_does_not_lose_the_draft(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Mine folk skal blive bedre til medicinhåndtering")
    await lene.user("vis DEM-02")
    lene.bot(TITLE, "Vi er stadig i gang med")
    await lene.user("vis flere")
    lene.bot("[Ingen af dem passer]")


async def test_an_offer_opened_by_name_does_not_lose_the_list(town: Town) -> None:
    mads = await town.employee()
    await mads.user("hvilke kurser er der om medicin?")
    second = mads.news[-1].words.partition("\n2. ")[2].partition("\n")[0]
    await mads.user("vis DEM-02")
    await mads.user("nr. 2")
    mads.bot(second, "Kode:")


async def test_in_the_middle_of_a_draft_a_code_inside_a_longer_sentence_is_left_to_the_draft(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Jeg har 12 SOSU-assistenter der skal blive bedre til demens inden sommer")
    await lene.clicks("Vælg")
    await lene.user("Vi bygger videre på det, vi lærte på MED-01")
    lene.bot("Klar til at sende?", "[Send til centret]")
    lene.bot_did_not_say("Kode: MED-01")


async def test_a_code_that_is_no_offers_is_no_offer(town: Town) -> None:
    mads = await town.employee()
    await mads.user("vis DEM-99")
    mads.bot_did_not_say("Kode: DEM")


@pytest.mark.parametrize("offer", OFFERS[::12], ids=lambda offer: offer.code)
def test_every_offer_is_known_by_its_code_title_and_address(offer: Offer) -> None:
    assert NAMES.with_code(offer.code.lower()) is offer
    assert NAMES.in_sentence(f"Er der plads på {offer.code}?") is offer
    assert NAMES.at_address(offer.link + "/#top") is offer
    if len(re.findall(r"\w+", offer.title)) >= LEAST_TITLE_WORDS:
        assert NAMES.called(offer.title) is offer


def test_a_code_without_a_letter_or_a_digit_is_only_known_in_an_address() -> None:
    names = OfferNames([replace(OFFERS[0], code="12"), replace(OFFERS[1], code="DEMENS")])
    assert names.with_code("12")
    assert names.with_code("demens")
    for said in ("12", "vi er 12", "demens", "noget om demens"):
        assert names.called(said) is None
        assert names.in_sentence(said) is None


def test_a_short_title_is_a_topic_and_not_a_name() -> None:
    long, short = replace(OFFERS[0], title="Demens i hjemmet"), replace(OFFERS[1], title="Konflikthåndtering")
    names = OfferNames([long, short])
    assert names.called("demens i hjemmet!") is long
    assert names.called("Konflikthåndtering") is None


def test_words_that_are_half_written_find_titles_before_topics() -> None:
    by_topic, by_title = (
        replace(OFFERS[0], title="Ro på", topics=("konflikt",)),
        replace(OFFERS[1], title="Konflikter"),
    )
    names = OfferNames([by_topic, by_title])
    assert names.beginning("Konf") == [by_title, by_topic]
    assert names.beginning("ro konf") == [by_topic]
    assert names.beginning("onf") == []
    assert names.beginning("!?") == []
