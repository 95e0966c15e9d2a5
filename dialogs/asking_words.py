"""What people say when they look for courses, read from `texts/*/asking.toml`: data that anybody can add to.

Danish and English both work at any time.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.course_query import Filter
from catalogue.sentence import danish
from dialogs.intents import LONGEST_UTTERANCE, SHORTEST_FUZZY, normalise, slips_forgiven
from dialogs.texts import FOLDER, LOCALES

if TYPE_CHECKING:
    from collections.abc import Mapping


class Part(StrEnum):
    """A part of a sentence that makes the list another."""

    SHORTER = "shorter"
    LONGER = "longer"
    CHEAPER = "cheaper"
    FREE_SEATS = "free_seats"
    FREE = "free"
    SHORT = "short"
    ONLINE = "online"
    ON_SITE = "on_site"
    COURSES = "courses"
    THEME_DAYS = "theme_days"
    E_LEARNING = "e_learning"
    SUPERVISION = "supervision"
    PEER_TRAINING = "peer_training"
    MENTORING = "mentoring"
    TEAM_PROGRAMMES = "team_programmes"
    SPECIALISTS = "specialists"
    NEWS = "news"
    NEWS_ALONE = "news_alone"


class Lead(StrEnum):
    """Words that say what the rest of the sentence is for."""

    DROP = "drop"
    WITHOUT = "without"
    ABOUT = "about"
    SWITCH = "switch"
    NEED = "need"


class Whole(StrEnum):
    """What a whole utterance asks of a list."""

    EVERYTHING = "everything"
    OTHER = "other"
    PREVIOUS = "previous"
    LIST_AGAIN = "list_again"
    MORE_RUNS = "more_runs"


class Question(StrEnum):
    """What is asked about one offer."""

    NEXT = "next"
    SEATS = "seats"
    PRICE = "price"
    AUDIENCE = "audience"
    PLACE = "place"
    LENGTH = "length"
    DEADLINE = "deadline"
    OUTCOME = "outcome"
    PROVIDER = "provider"


TABLES: Mapping[str, type[StrEnum]] = {
    "part": Part,
    "lead": Lead,
    "whole": Whole,
    "filter": Filter,
    "question": Question,
}


@cache
def said_in(table: str) -> Mapping[str, tuple[str, ...]]:
    """Return all that is said of a table, by its names, in every language."""
    files = [tomllib.loads((FOLDER / locale / "asking.toml").read_text("utf-8")) for locale in LOCALES]
    names = dict.fromkeys(name for file in files for name in file[table])
    return {name: tuple(said for file in files for said in file[table].get(name, [])) for name in names}


@cache
def pattern_of(table: str, name: str) -> re.Pattern[str]:
    """Return the pattern that finds what is said of a name inside a sentence, the longest first."""
    said = sorted(said_in(table)[name], key=len, reverse=True)
    return danish(rf"(?<!\w)(?:{'|'.join(map(re.escape, said))})(?!\w)")


def whole_meaning(text: str) -> Whole | None:
    """Return what a whole utterance asks of a list."""
    found = _meaning("whole", text)
    return Whole(found) if found else None


_LINK = re.compile(r"^(?:og|men|ok|okay|ja|så|and|but|so) ")
_TAIL = re.compile(r" (?:så|egentlig|mon|da|then|så egentlig)$")


def question_in(text: str) -> Question | None:
    """Return what is asked about an offer; the question is the whole utterance: "og hvad koster det så?"."""
    found = _meaning("question", _bare(text))
    return Question(found) if found else None


def question_to_the_letter(text: str) -> Question | None:
    """Return what is asked where the words are not the person's alone, and nothing is to be forgiven."""
    found = _utterances("question").get(_bare(text))
    return Question(found) if found else None


def without_switch(text: str) -> str:
    """Return what follows "hvad med …", "ok, hellere …"."""
    said = _LINK.sub("", normalise(text))
    opening = pattern_of("lead", Lead.SWITCH).match(said)
    return said[opening.end() :].strip() if opening else said


def _bare(text: str) -> str:
    return _TAIL.sub("", _LINK.sub("", normalise(text)))


def filters_named(text: str) -> frozenset[Filter]:
    """Return the filters whose names are in a sentence: "prisen og stedet"."""
    plain = text.lower()
    return frozenset(one for one in Filter if pattern_of("filter", one.value).search(plain))


@cache
def noise() -> frozenset[str]:
    """Words that say nothing of a topic."""
    return frozenset(said_in("noise")["words"])


def _meaning(table: str, text: str) -> str | None:
    said = normalise(text)
    if not said or len(said) > LONGEST_UTTERANCE:
        return None
    known = _utterances(table)
    if said in known or len(said) < SHORTEST_FUZZY:
        return known.get(said)
    longer = [one for one in known if len(one) >= SHORTEST_FUZZY]
    nearest = process.extractOne(said, longer, scorer=OSA.distance, score_cutoff=slips_forgiven(said))
    return known[nearest[0]] if nearest else None


@cache
def _utterances(table: str) -> Mapping[str, str]:
    return {normalise(said): name for name, all_said in said_in(table).items() for said in all_said}
