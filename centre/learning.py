"""Learning from choices: which offers are chosen for which words, counted without anybody in the counts.

When a request is filed with an offer, or staff connect one to it, each topical word of the need is counted for
that offer: tenant, word, offer, number. There is no person, no request and no time in it, and a word is looked at
by nobody and nothing until it occurs in three requests (k-anonymity with k = 3). What could be a name is not
counted at all. Two things come of the counts: suggestions of synonyms, which only count when staff accept them,
and a small bounded boost of the offers that were chosen for the same words (`catalogue.matching` says how small).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.concepts import is_generic
from catalogue.synonyms import Synonym, SynonymKind, SynonymTable
from catalogue.text import compound_parts, content_words, fold, is_known, lemma, stem
from centre.synonyms import add_synonym, in_effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalogue.offers import Offer
    from centre.ports import UnitOfWork
    from centre.requests import Wish

LEAST_REQUESTS = 3
"""A word that occurs in fewer requests is shown to nobody and moves nothing."""
MOST_WORDS = 20
"""Words of one need that are counted: whoever writes a page has named the topic by then."""
_IMAGINED = 4
"""Requests imagined to have chosen otherwise for every word, so that three choices do not weigh like thirty."""
_CLEARLY = 0.5
"""Share of the requests with a word that must be about the same topic before it is suggested as its synonym."""

_NAME = re.compile(r"(?<=[^.!?:\s])\s+([A-ZÆØÅ][^\W\d_A-ZÆØÅ]+)")
_ABBREVIATION = re.compile(r"\b[A-ZÆØÅ]{2,6}\b")


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer was chosen `times` times for a need with this word (a lemma with its Danish letters)."""

    word: str
    offer_code: str
    times: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Leaders say `word` for what the catalogue calls `meaning`."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class KeptSuggestion:
    """A suggestion by its number, and what became of it."""

    number: int
    suggestion: Suggestion
    state: SuggestionState


@dataclass(frozen=True, slots=True)
class OpenSuggestion:
    """A suggestion that waits for an answer: `times` is in how many requests, `offers` which were chosen."""

    number: int
    suggestion: Suggestion
    times: int
    offers: tuple[str, ...]


class UnknownSuggestionError(LookupError):
    """No open suggestion has this number."""


def topical_words(wish: Wish) -> tuple[str, ...]:
    """Return the words of a need's topic that may be counted."""
    return countable_words(wish.topic, wish.need)


def countable_words(text: str, sentence: str) -> tuple[str, ...]:
    """Return the words of a text out of a sentence that may be counted: lemmas, each once.

    Left out are stop words, what every need says, numbers, and whatever could be a name: words that have a
    capital letter inside the sentence, and words that no Danish word list knows, unless they are put together of
    known ones or written as an abbreviation ("BPSD").
    """
    names = {name.lower() for name in _NAME.findall(sentence)}
    abbreviations = {found.lower() for found in _ABBREVIATION.findall(text)}
    told = (
        lemma(word)
        for word in content_words(text)
        if word not in names
        and not any(map(str.isdigit, word))
        and (is_known(word) or word in abbreviations or compound_parts(word))
        and not is_generic(word)
    )
    return tuple(dict.fromkeys(told))[:MOST_WORDS]


async def learn_choice(work: UnitOfWork, wish: Wish) -> None:
    """Count a wish whose offer was chosen, by its leader or by the staff; without an offer nothing is learnt.

    Who asked for an offer by its own title taught nothing about words.
    """
    if not wish.offer_code or fold(wish.topic) == fold(wish.offer_title):
        return
    counts = await work.choices.count(topical_words(wish), wish.offer_code)
    if any(map(_is_news, counts)):
        await work.choices.make_known()


def _is_news(times: int) -> bool:
    """Whether a count moves its boost enough to build indexes anew: at 3, 6, 12, 24 and so on."""
    doublings, rest = divmod(times, LEAST_REQUESTS)
    return not rest and doublings.bit_count() == 1


def boosts(choices: Iterable[Choice]) -> Mapping[str, Mapping[str, float]]:
    """Return how strongly words (folded lemmas) speak for offers (codes): above 0, below 1."""
    by_word: dict[str, dict[str, int]] = defaultdict(dict)
    for choice in choices:
        by_word[fold(choice.word)][choice.offer_code] = choice.times
    return {
        word: {
            code: times / (sum(chosen.values()) + _IMAGINED)
            for code, times in chosen.items()
            if times >= LEAST_REQUESTS
        }
        for word, chosen in by_word.items()
        if max(chosen.values()) >= LEAST_REQUESTS
    }


def most_chosen(choices: Iterable[Choice]) -> Sequence[str]:
    """Return the codes of the offers that were chosen often, the most often chosen first.

    How often is the count of the offer's most frequent word: a need counts each of its words once, so that is no
    more than the number of requests. An offer below `LEAST_REQUESTS` is not named.
    """
    times: Counter[str] = Counter()
    for choice in choices:
        times[choice.offer_code] = max(times[choice.offer_code], choice.times)
    often = [(-count, code) for code, count in times.items() if count >= LEAST_REQUESTS]
    return [code for _, code in sorted(often)]


@dataclass(frozen=True, slots=True)
class _Evidence:
    times: int
    offers: tuple[str, ...]


async def suggest_synonyms(work: UnitOfWork, offers: Iterable[Offer]) -> Sequence[OpenSuggestion]:
    """Return what the choices suggest today and nobody has answered, the most frequent first.

    Every suggestion keeps the number that it gets when it first comes up.
    """
    rows = [kept.row for kept in in_effect(await work.synonyms.own()).values()]
    found = _candidates(await work.choices.counts(LEAST_REQUESTS), offers, SynonymTable(rows))
    await work.choices.suggest(sorted(found, key=lambda new: (-found[new].times, new.word, new.meaning)))
    waiting = [
        OpenSuggestion(kept.number, kept.suggestion, evidence.times, evidence.offers)
        for kept in await work.choices.suggestions()
        if kept.state is SuggestionState.OPEN and (evidence := found.get(kept.suggestion))
    ]
    return sorted(waiting, key=lambda suggestion: (-suggestion.times, suggestion.number))


async def accept_suggestion(work: UnitOfWork, number: int) -> Synonym:
    """Make a suggestion a row of the staff's: a way of speaking, because it holds one way only.

    Raises:
        UnknownSuggestionError: no open suggestion has this number.
    """
    suggestion = await _settle(work, number, SuggestionState.ACCEPTED)
    return await add_synonym(work, Synonym(suggestion.word, (suggestion.meaning,), SynonymKind.PHRASE))


async def dismiss_suggestion(work: UnitOfWork, number: int) -> Suggestion:
    """Never suggest this again.

    Raises:
        UnknownSuggestionError: no open suggestion has this number.
    """
    return await _settle(work, number, SuggestionState.DISMISSED)


async def _settle(work: UnitOfWork, number: int, state: SuggestionState) -> Suggestion:
    for kept in await work.choices.suggestions():
        if kept.number == number and kept.state is SuggestionState.OPEN:
            await work.choices.settle(number, state)
            return kept.suggestion
    raise UnknownSuggestionError(number)


def _candidates(
    choices: Iterable[Choice], offers: Iterable[Offer], synonyms: SynonymTable
) -> Mapping[Suggestion, _Evidence]:
    """Find words that stand for a topic: chosen often enough, and in no text of the offers that were chosen."""
    by_code = {offer.code: offer for offer in offers}
    requests: Counter[str] = Counter()
    times: Counter[Suggestion] = Counter()
    chosen: dict[Suggestion, list[str]] = defaultdict(list)
    for choice in choices:
        requests[choice.word] += choice.times
        offer = by_code.get(choice.offer_code)
        if offer and not _says(offer, choice.word, synonyms):
            suggestion = Suggestion(choice.word, offer.topics[0] if offer.topics else offer.title)
            times[suggestion] += choice.times
            chosen[suggestion].append(offer.code)
    return {
        suggestion: _Evidence(number, tuple(chosen[suggestion]))
        for suggestion, number in times.items()
        if number >= max(LEAST_REQUESTS, _CLEARLY * requests[suggestion.word])
    }


def _says(offer: Offer, word: str, synonyms: SynonymTable) -> bool:
    """Whether the offer's text has the word, as it stands, inside a compound, derived, or by a synonym."""
    said = _terms(" ".join((offer.title, *offer.topics, offer.outcome, offer.summary)))
    if _terms(word) & said:
        return True
    meanings = (meaning for found in synonyms.expansions([word]) for meaning in found.meanings)
    return any(_terms(meaning) <= said for meaning in meanings)


def _terms(text: str) -> frozenset[str]:
    words = content_words(text)
    lemmas = {lemma(word) for word in words}.union(*map(compound_parts, words))
    return frozenset(stem(fold(term)) for term in lemmas)
