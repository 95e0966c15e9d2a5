"""What a need speaks of, concept by concept, and how well a document answers each of them.

The sparse index finds the documents; this module looks at the few best of them closely, because "how surely" and
"why" can only be said word by word. A concept is a word or a phrase of the need with its readings: itself, its
compound parts, its derivations, and what the synonym rows say it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from catalogue.text import STOP_WORDS, compound_parts, content_words, fold, lemma, stem, word_list, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from catalogue.synonyms import Expansion

_AS_PARTS = 0.85
_AS_MEANING = 0.92
_AS_DERIVATION = 0.85
_AS_ALIKE = 0.85
_PART_OF_DOCUMENT_WORD = 0.68
_PARTLY = 1.5
_GENERIC_WEIGHT = 0.15
_INSIDE_PHRASE_WEIGHT = 0.25
_MAX_DISPLAYED_TOPIC = 4

GENERIC_WORDS = frozenset(fold(word) for word in word_list("generic"))
"""Lemmas (folded) that nearly every need holds whatever it is about; they count a little, and never alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a concept: all of `terms` (folded lemmas, stems), believed by `strength` (0 to 1)."""

    terms: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Concept:
    """Words of the need that mean one thing; `weight` is how much the need's topic hangs on them (0 to 1)."""

    words: str
    positions: tuple[int, ...]
    weight: float
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in a document: how prominent its field is (0 to 1), and the words as the document writes them."""

    strength: float
    shown: str


@dataclass(frozen=True, slots=True)
class Support:
    """How well a document answers one concept (0 to 1) and the document's words that do."""

    concept: Concept
    value: float
    shown: tuple[str, ...]


def concepts_of(
    tokens: Sequence[str],
    expansions: Iterable[Expansion],
    rarity: Callable[[str], float],
    parts_of: Callable[[str], tuple[str, ...]] = compound_parts,
    alike: Callable[[str], Sequence[tuple[str, float]]] = lambda _: (),
) -> list[Concept]:
    """Read the words of a need as concepts.

    `rarity` says how much a term tells documents apart (0 to 1), `alike` which known words an unknown one looks
    like and how much.
    """
    single: dict[int, list[str]] = {}
    phrases: list[Expansion] = []
    for expansion in expansions:
        if len(expansion.positions) == 1:
            single.setdefault(expansion.positions[0], []).extend(expansion.meanings)
        else:
            phrases.append(expansion)
    concepts = phrase_concepts(tokens, phrases, parts_of)
    in_phrase = {position for phrase in phrases for position in phrase.positions}
    for position, token in enumerate(tokens):
        meanings = single.get(position, [])
        if not meanings and (token in STOP_WORDS or len(token) == 1):
            continue
        readings = list(_word(token, parts_of))
        readings += [Reading((fold(lemma(word)),), likeness * _AS_ALIKE) for word, likeness in alike(token)]
        readings += [reading for meaning in meanings for reading in _meaning(meaning, parts_of)]
        weight = _GENERIC_WEIGHT if fold(lemma(token)) in GENERIC_WORDS and not meanings else 1.0
        if weight == 1.0 and not meanings:
            weight = max(rarity(readings[0].terms[0]), 0.3)
        if position in in_phrase:
            weight *= _INSIDE_PHRASE_WEIGHT
        concepts.append(Concept(token, (position,), weight, tuple(readings)))
    return concepts


def phrase_concepts(
    tokens: Sequence[str], phrases: Iterable[Expansion], parts_of: Callable[[str], tuple[str, ...]]
) -> list[Concept]:
    """Read phrases of several words: each is one concept, literally or by what it means."""
    concepts: list[Concept] = []
    for phrase in phrases:
        readings = [Reading(tuple(fold(lemma(tokens[at])) for at in phrase.positions), 1.0)]
        readings += [reading for meaning in phrase.meanings for reading in _meaning(meaning, parts_of)]
        said = " ".join(tokens[phrase.positions[0] : phrase.positions[-1] + 1])
        concepts.append(Concept(said, phrase.positions, 1.0, tuple(readings)))
    return concepts


def _word(token: str, parts_of: Callable[[str], tuple[str, ...]]) -> Iterable[Reading]:
    base = lemma(token)
    term = fold(base)
    yield Reading((term,), 1.0)
    root = stem(term)
    yield Reading((_as_stem(root),), _AS_DERIVATION)
    parts = tuple(fold(part) for part in parts_of(token))
    if parts:
        yield Reading(parts, _AS_PARTS)


def _meaning(meaning: str, parts_of: Callable[[str], tuple[str, ...]]) -> Iterable[Reading]:
    tokens = content_words(meaning) or words(meaning)
    yield Reading(tuple(fold(lemma(token)) for token in tokens), _AS_MEANING)
    if len(tokens) == 1:
        parts = tuple(fold(part) for part in parts_of(tokens[0]))
        if parts:
            yield Reading(parts, _AS_MEANING * _AS_PARTS)


@lru_cache(maxsize=100_000)
def _as_stem(root: str) -> str:
    """Stems live beside lemmas among a document's terms; the mark keeps them apart."""
    return f"{root}-"


def mentions_of(
    fields: Iterable[tuple[float, Sequence[str]]],
    parts_of: Callable[[str], tuple[str, ...]] = compound_parts,
) -> dict[str, Mention]:
    """Read a document, given as (strength, texts) per field with the strongest first, into its terms."""
    mentions: dict[str, Mention] = {}
    for strength, texts in fields:
        for text in texts:
            tokens = content_words(text)
            whole = len(tokens) <= _MAX_DISPLAYED_TOPIC and len(texts) > 1
            for token in tokens:
                shown = text if whole else token
                base = fold(lemma(token))
                _note(mentions, base, strength, shown)
                _note(mentions, _as_stem(stem(base)), strength, shown)
                for part in parts_of(token):
                    _note(mentions, fold(part), strength * _PART_OF_DOCUMENT_WORD, shown)
    return mentions


def _note(mentions: dict[str, Mention], term: str, strength: float, shown: str) -> None:
    known = mentions.get(term)
    if known is None or known.strength < strength:
        mentions[term] = Mention(strength, shown)


def support(concept: Concept, mentions: Mapping[str, Mention], rarity: Callable[[str], float]) -> Support:
    """Find the reading of `concept` that a document answers best."""
    best = 0.0
    shown: tuple[str, ...] = ()
    for reading in concept.readings:
        value, words_shown = _answered(reading, mentions, rarity)
        if value > best:
            best, shown = value, words_shown
    return Support(concept, best, shown)


def _answered(
    reading: Reading, mentions: Mapping[str, Mention], rarity: Callable[[str], float]
) -> tuple[float, tuple[str, ...]]:
    """How much of a reading's terms a document has, rare ones counting more; half a compound is far from whole."""
    if len(reading.terms) == 1:
        mention = mentions.get(reading.terms[0])
        return (reading.strength * mention.strength, (mention.shown,)) if mention else (0.0, ())
    total = have = 0.0
    shown: list[str] = []
    for term in reading.terms:
        weight = rarity(term) * (_GENERIC_WEIGHT if term in GENERIC_WORDS else 1.0)
        total += weight
        mention = mentions.get(term)
        if mention:
            have += weight * mention.strength
            shown.append(mention.shown)
    if not have:
        return 0.0, ()
    return reading.strength * (have / total) ** _PARTLY, tuple(dict.fromkeys(shown))
