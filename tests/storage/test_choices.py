"""Learning from choices: counts without people, suggestions with numbers that stay, and boosts."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from catalogue.offers import Offer, OfferKind, PriceUnit
from catalogue.synonyms import Synonym, SynonymKind
from centre.filing import file_request
from centre.learning import (
    LEAST_REQUESTS,
    Choice,
    OpenSuggestion,
    Suggestion,
    UnknownSuggestionError,
    accept_suggestion,
    boosts,
    dismiss_suggestion,
    learn_choice,
    suggest_synonyms,
    topical_words,
)
from centre.people import Person, Role
from centre.requests import Wish
from centre.synonyms import in_effect
from storage.models import ChoiceRow
from tests.storage.conftest import NOON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import Database

TENANT = "tenant-1"
LEADER = Person(TENANT, "lene", "Lene Leder", "lene@kommune.example", Role.LEADER)
DEMENTIA = Offer(
    "DEM-01", "Demens i hverdagen", "Om at møde mennesker med demens.", "", ("demens",), (), (),
    OfferKind.OWN_COURSE, "2 dage", None, PriceUnit.PERSON, "", "", False, None, "", "da",
)  # fmt: skip
MUSIC = replace(DEMENTIA, code="DEM-02", title="Musik og sanser", summary="", topics=("demens", "musik"))
MOVING = replace(DEMENTIA, code="FLY-01", title="Forflytning", summary="", topics=("forflytning",))
OFFERS = [DEMENTIA, MUSIC, MOVING]


def wish(topic: str, offer: Offer | None = DEMENTIA) -> Wish:
    return Wish(
        f"Vi vil gerne lære om {topic}",
        topic,
        offer_code=offer.code if offer else "",
        offer_title=offer.title if offer else "",
    )


async def learn(database: Database, *wishes: Wish, tenant: str = TENANT) -> None:
    for one in wishes:
        async with database.unit_of_work(tenant) as work:
            await learn_choice(work, one)
            await work.commit()


async def counts(database: Database, least: int = 1) -> Sequence[Choice]:
    async with database.read_only(TENANT) as work:
        return await work.choices.counts(least)


async def suggestions(database: Database) -> Sequence[OpenSuggestion]:
    async with database.unit_of_work(TENANT) as work:
        found = await suggest_synonyms(work, OFFERS)
        await work.commit()
    return found


async def bring_in(database: Database) -> None:
    async with database.unit_of_work(TENANT) as work:
        await work.catalogue.import_offers(OFFERS, [], replace_offers=False, replace_runs=False)
        await work.commit()


async def version(database: Database) -> int:
    async with database.read_only(TENANT) as work:
        return await work.catalogue.version()


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Møde borgere med demens", ("demens",)),
        ("vandring og uro om natten", ("vandring", "uro")),
        ("vold mod Fatima, Ahmed og Yrsa Jensen", ("vold",)),
        ("fatima slår", ("slå",)),
        ("BPSD og sondemad", ("bpsd", "sondemad")),
        ("010190-1234 bider i 2026", ("bide",)),
        ("", ()),
    ],
)
def test_only_words_that_say_what_it_is_about_are_counted(text: str, counted: tuple[str, ...]) -> None:
    assert topical_words(Wish(need=text, topic=text)) == counted


def test_a_name_inside_the_sentence_stays_a_name_at_the_start_of_the_topic() -> None:
    assert topical_words(Wish(need="Vi kan ikke rumme Jens mere", topic="Jens")) == ()


def test_a_page_of_words_is_not_counted_word_for_word() -> None:
    text = (
        "bog by bil båd bro bær blomst bjerg bål bold bus bror bryst busk bord bad bænk brand mad musik sprog sang"
    )
    assert len(topical_words(Wish(need=text, topic=text))) == 20


async def test_filing_with_an_offer_counts_its_words_once_and_only_when_kept(database: Database) -> None:
    for keep in (False, True, True):
        async with database.unit_of_work(TENANT) as work:
            await file_request(work, LEADER, "draft-1", wish("vandring"), OfferKind.OWN_COURSE, NOON)
            if keep:
                await work.commit()
    assert await counts(database) == [Choice("vandring", "DEM-01", 1)]


async def test_without_an_offer_or_by_an_offers_own_title_nothing_is_learnt(database: Database) -> None:
    await learn(database, wish("vandring", offer=None), wish("demens i hverdagen"))
    assert await counts(database) == []


def test_no_column_says_whose_need_it_was_or_when() -> None:
    assert set(ChoiceRow.__table__.columns.keys()) == {"tenant", "word", "offer_code", "times"}
    assert [field.name for field in fields(Choice)] == ["word", "offer_code", "times"]


async def test_words_of_fewer_than_three_requests_are_seen_by_nobody(database: Database) -> None:
    await learn(database, wish("vandring"), wish("vandring", MOVING), wish("uro"))
    assert await counts(database, LEAST_REQUESTS) == []
    await learn(database, wish("vandring"))
    assert await counts(database, LEAST_REQUESTS) == [
        Choice("vandring", "DEM-01", 2),
        Choice("vandring", "FLY-01", 1),
    ]


async def test_tenants_learn_apart(database: Database) -> None:
    await learn(database, *[wish("vandring")] * 3, tenant="another tenant")
    assert await counts(database) == []
    assert await suggestions(database) == []


async def test_requests_at_the_same_time_are_all_counted(database: Database) -> None:
    many = [wish("vandring, uro og musik"), wish("musik, uro og vandring")] * 5
    await asyncio.gather(*(learn(database, one) for one in many))
    assert {choice.times for choice in await counts(database)} == {10}


async def test_replicas_hear_of_the_third_choice_and_then_of_every_doubling(database: Database) -> None:
    await bring_in(database)
    versions = []
    for _ in range(12):
        await learn(database, wish("vandring"))
        versions.append(await version(database))
    assert versions == [1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4]


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_no_request_waits_for_an_import_because_of_its_words(database: Database) -> None:
    await bring_in(database)
    async with database.unit_of_work(TENANT) as importing:
        await importing.synonyms.to_change()
        await asyncio.create_task(learn(database, *[wish("vandring")] * 3))
    assert await counts(database) == [Choice("vandring", "DEM-01", 3)]
    assert await version(database) == 1


async def test_words_that_the_chosen_offers_lack_are_suggested(database: Database) -> None:
    await learn(
        database, *[wish("vandring og demens")] * 3, *[wish("vandring", MUSIC)] * 2, wish("vandring", MOVING)
    )
    assert await suggestions(database) == [
        OpenSuggestion(1, Suggestion("vandring", "demens"), 5, ("DEM-01", "DEM-02"))
    ]


async def test_words_that_lead_everywhere_are_no_synonym_of_anything(database: Database) -> None:
    offers = [*OFFERS, *(replace(MOVING, code=code, title=code, topics=(code,)) for code in ("A", "B", "C"))]
    await learn(database, *(wish("uro", offer) for offer in offers * 3))
    assert await suggestions(database) == []


async def test_a_suggestion_keeps_its_number_when_others_pass_it(database: Database) -> None:
    await learn(database, *[wish("vandring")] * 3)
    await suggestions(database)
    await learn(database, *[wish("løft", MOVING)] * 4)
    assert [(open_one.number, open_one.suggestion.word) for open_one in await suggestions(database)] == [
        (2, "løft"),
        (1, "vandring"),
    ]


async def test_an_accepted_suggestion_becomes_a_row_and_is_not_suggested_again(database: Database) -> None:
    await learn(database, *[wish("vandring")] * 3)
    await suggestions(database)
    async with database.unit_of_work(TENANT) as work:
        row = await accept_suggestion(work, 1)
        await work.commit()
    assert row == Synonym("vandring", ("demens",), SynonymKind.PHRASE)
    async with database.read_only(TENANT) as work:
        assert row in [kept.row for kept in in_effect(await work.synonyms.own()).values()]
    assert await suggestions(database) == []
    async with database.unit_of_work(TENANT) as work:
        with pytest.raises(UnknownSuggestionError):
            await accept_suggestion(work, 1)


async def test_a_dismissed_suggestion_does_not_come_back(database: Database) -> None:
    await learn(database, *[wish("vandring")] * 3)
    await suggestions(database)
    async with database.unit_of_work(TENANT) as work:
        assert await dismiss_suggestion(work, 1) == Suggestion("vandring", "demens")
        await work.commit()
    await learn(database, *[wish("vandring")] * 30)
    assert await suggestions(database) == []


def test_a_boost_grows_with_the_choices_and_never_reaches_one() -> None:
    few = boosts([Choice("vandring", "DEM-01", 3), Choice("vandring", "FLY-01", 1), Choice("uro", "DEM-01", 2)])
    many = boosts([Choice("vandring", "DEM-01", 300)])
    assert few == {"vandring": {"DEM-01": 3 / 8}}
    assert few["vandring"]["DEM-01"] < many["vandring"]["DEM-01"] < 1
