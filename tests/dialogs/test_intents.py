"""Whole utterances mean one thing; needs are never mistaken for them."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from bot.demo.sample import read_sample
from centre.requests import CaseNumber
from dialogs.intents import (
    SHORTEST_FUZZY,
    Intent,
    case_number_in,
    corrects,
    intent_of,
    normalise,
    picked_number,
    slips_forgiven,
)
from dialogs.search import asks_about_topic, asks_for_list
from dialogs.texts import FOLDER, LOCALES

TODAY = date(2026, 11, 22)
PROJECT = Path(__file__).parents[2]
UTTERANCES = [
    (said, intent, locale)
    for locale in LOCALES
    for intent, all_said in tomllib.loads((FOLDER / locale / "utterances.toml").read_text("utf-8")).items()
    for said in all_said
]
NEEDS = [
    row["need"]
    for row in map(json.loads, (PROJECT / "benchmarks" / "needs.jsonl").read_text("utf-8").splitlines())
    if row["answers"]
]
READ = tomllib.loads((PROJECT / "tests" / "catalogue" / "utterances" / "needs.toml").read_text("utf-8"))["need"]
LANGUAGES = {"dansk", "engelsk"}
"""Topics that are commands all the same: one must be able to change the language from anywhere."""


@pytest.mark.parametrize(("said", "intent", "locale"), UTTERANCES)
def test_every_utterance_means_what_its_list_says(said: str, intent: str, locale: str) -> None:
    assert intent_of(said) is Intent(intent), locale
    assert intent_of(f"  {said.capitalize()}! 😊 ") is Intent(intent)


def test_no_utterance_is_in_two_lists() -> None:
    meanings: dict[str, set[str]] = {}
    for said, intent, _ in UTTERANCES:
        meanings.setdefault(normalise(said), set()).add(intent)
    assert {said: intents for said, intents in meanings.items() if len(intents) > 1} == {}


def test_both_languages_know_every_intent() -> None:
    for locale in LOCALES:
        assert {intent for _, intent, known in UTTERANCES if known == locale} == {
            intent.value for intent in Intent
        }


def test_utterances_are_written_as_the_list_asks() -> None:
    assert [said for said, _, _ in UTTERANCES if said != said.lower() or said != said.strip()] == []


def test_utterances_of_different_meaning_are_further_apart_than_a_slip_of_the_finger() -> None:
    long = {normalise(said): intent for said, intent, _ in UTTERANCES if len(normalise(said)) >= SHORTEST_FUZZY}
    near = {
        (a, b)
        for a, b in combinations(long, 2)
        if long[a] != long[b] and OSA.distance(a, b) <= max(slips_forgiven(a), slips_forgiven(b))
    }
    assert near == set()


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("anuller", Intent.CANCEL),
        ("annulér", Intent.CANCEL),
        ("mine henvedelser", Intent.MY_REQUESTS),
        ("mine henvendleser", Intent.MY_REQUESTS),
        ("fortsat", Intent.RESUME),
        ("ingen af dem paser", Intent.NONE_FITS),
        ("vis flerre", Intent.MORE),
        ("send til centeret", Intent.SEND),
        ("vis kataloged", Intent.FIND_COURSE),
        ("slet kladen", Intent.DROP_DRAFT),
        ("hjælp!!!", Intent.HELP),
        ("Hvad kan du?", Intent.HELP),
        ("ENGLISH", Intent.ENGLISH),
        ("?", Intent.HELP),
        ("???", Intent.HELP),
        ("Det var en stor hjælp!", Intent.THANKS),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(said: str, intent: Intent) -> None:
    assert intent_of(said) is intent


@pytest.mark.parametrize(
    "said",
    [
        "hjælp til demens",
        "vi har brug for hjælp med forflytning",
        "kan I hjælpe med demens",
        "stop vold",
        "stop volden på afdelingen",
        "send mere om demens",
        "send mig noget om autisme",
        "ret og pligt",
        "ret til privatliv",
        "tilbage på arbejde efter stress",
        "tilbagefald",
        "dansk for medarbejdere",
        "engelsk for sygeplejersker",
        "status på borgerens sår",
        "ny leder",
        "leder på demensafsnit",
        "nye medarbejdere",
        "menuplanlægning",
        "flere hænder",
        "tage sagen alvorligt",
        "køreprøve",
        "forflytning",
        "kurser i førstehjælp",
        "kursus for ledere",
        "vi har brug for noget",
        "vi har brug for dem",
        "vi tager del i projektet",
        "mentor",
        "hygiejne",
        "humor",
        "mad",
        "sår",
        "kol",
        "trivsel",
        "grænser",
        "tryghed",
        "tal om døden",
        "ring til pårørende",
        "kontakt til pårørende",
        "lad være med at slå",
        "luk munden op",
        "glemsomhed",
        "et godt arbejdsmiljø",
        "godt samarbejde",
        "start på jobbet",
        "forfra og bagfra ved forflytning",
        "ingen magt",
        "jeg er leder og har 12 medarbejdere",
        "jeg har et behov for ro",
    ],
)
def test_a_need_is_no_command(said: str) -> None:
    assert intent_of(said) is None


def test_no_need_that_people_write_is_a_command() -> None:
    needs = (*NEEDS, *(entry["says"] for entry in READ if entry.get("topic")))
    assert len(needs) > 200
    assert [need for need in needs if intent_of(need)] == []


def test_no_title_and_no_topic_of_the_catalogue_is_a_command() -> None:
    offers = read_sample(TODAY)[0]
    names = {name for offer in offers for name in (offer.title, *offer.topics)}
    assert len(names) > len(offers)
    assert {name for name in names if intent_of(name) or picked_number(name)} == LANGUAGES


@pytest.mark.parametrize("said", ["", "   ", "👍", "x" * 61, "hjælp " * 20])
def test_nothing_and_much_mean_nothing(said: str) -> None:
    assert intent_of(said) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2", 2),
        ("nr. 2", 2),
        ("Nummer 2, tak", 2),
        ("nr 12", 12),
        ("den anden", 2),
        ("det første", 1),
        ("jeg tager den tredje", 3),
        ("vælg nummer to", 2),
        ("2'eren", 2),
        ("3er", 3),
        ("ja, nr. 1", 1),
        ("nej, den anden", 2),
        ("the first one, please", 1),
        ("option 3", 3),
    ],
)
def test_a_number_on_a_list_is_read(said: str, number: int) -> None:
    assert picked_number(said) == number


@pytest.mark.parametrize(
    "said",
    [
        "",
        "12 personer",
        "vi er 2",
        "123",
        "to personer",
        "uge 2",
        "2 dage",
        "første hjælp",
        "den anden dag",
        "nr.",
    ],
)
def test_other_numbers_pick_nothing(said: str) -> None:
    assert picked_number(said) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("KV-2026-0042", CaseNumber(2026, 42)),
        ("kv 2026 42", CaseNumber(2026, 42)),
        ("kv-2025-0001, tak", CaseNumber(2025, 1)),
        ("sag 42", CaseNumber(2026, 42)),
        ("Sag nr. 42", CaseNumber(2026, 42)),
        ("træk sag 3 tilbage", CaseNumber(2026, 3)),
        ("case 7", CaseNumber(2026, 7)),
        ("KV-2026-12345", CaseNumber(2026, 12345)),
    ],
)
def test_a_case_number_is_read(said: str, number: CaseNumber) -> None:
    assert case_number_in(said, 2026) == number


@pytest.mark.parametrize("said", ["sag", "en svær sag", "KV", "sagen 3", "2026-0042", "besag 4", "12"])
def test_what_is_no_case_number_is_left_alone(said: str) -> None:
    assert case_number_in(said, 2026) is None


@pytest.mark.parametrize(
    "said",
    [
        "Hvilke kurser er der om demens?",
        "hvad har I om autisme",
        "findes der noget om KRAP?",
        "vis e-læring om medicin",
        "Which courses are there?",
        "¿hvilke",
    ],
)
def test_a_question_asks_for_a_list(said: str) -> None:
    assert asks_for_list(said)


@pytest.mark.parametrize(
    "said", ["Vi vil blive bedre til demens", "vision og værdier", "hvordan taler man med pårørende", "findemand"]
)
def test_a_need_asks_for_no_list(said: str) -> None:
    assert not asks_for_list(said)


@pytest.mark.parametrize(
    ("said", "of_its_own"),
    [
        ("hvad har I om stress?", True),
        ("Hvilke kurser er der om demens i foråret?", True),
        ("har I noget online?", False),
        ("er der noget efter påske?", False),
        ("vis noget efter påske", False),
        ("vi vil lære om stress", False),
    ],
)
def test_a_question_with_a_topic_of_its_own_is_a_new_one(said: str, of_its_own: bool) -> None:
    assert asks_about_topic(said, TODAY) is of_its_own


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("nej, efter påske", True),
        ("Hellere konflikthåndtering", True),
        ("rather something else", True),
        ("nejrosen", False),
        ("vi er 14", False),
    ],
)
def test_a_correction_says_so_itself(said: str, yes: bool) -> None:
    assert corrects(said) is yes
