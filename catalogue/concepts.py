"""What a need speaks of, concept by concept, and how well a document answers each of them.

The sparse index finds the documents; this module looks at the few best of them closely, because "how surely" and
"why" can only be said word by word. A concept is a word or a phrase of the need with its readings: itself, its
compound parts, its derivations, and what the synonym rows say it means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from catalogue.text import STOP_WORDS, content_words, fold, lemma, stem, word_list, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from catalogue.synonyms import Expansion

_AS_PARTS = 0.85
_AS_MEANING = 0.92
_AS_DERIVATION = 0.9
_AS_ALIKE = 0.85
_PART_OF_DOCUMENT_WORD = 0.68
_PARTLY = 1.5
_GENERIC_WEIGHT = 0.15
_LEAST_WEIGHT = 0.3
_EACH_TOPIC = 0.015
_LATER_TOPIC = 0.06
_INSIDE_PHRASE_WEIGHT = 0.25
_MAX_DISPLAYED_TOPIC = 4

GENERIC_WORDS = frozenset(fold(word) for word in word_list("generic"))
"""Lemmas (folded) that nearly every need holds whatever it is about; they count a little, and never alone."""


def is_generic(word: str) -> bool:
    """Whether nearly every need holds this word, as written or in its dictionary form."""
    return fold(word) in GENERIC_WORDS or fold(lemma(word)) in GENERIC_WORDS


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a concept: all of `terms` (folded lemmas, stems), believed by `strength` (0 to 1).

    `shares` says how much of the meaning each term carries; they add up to 1.
    """

    terms: tuple[str, ...]
    shares: tuple[float, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Concept:
    """Words of the need that mean one thing; `weight` is how much the need's topic hangs on them (0 to 1)."""

    words: str
    weight: float
    readings: tuple[Reading, ...]
    terms: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Note every term of every reading: most documents have none of them and need no closer look."""
        object.__setattr__(self, "terms", frozenset(term for found in self.readings for term in found.terms))


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


class ConceptReader:
    """Reads the words of a need as concepts, by what an index knows of its documents' words."""

    def __init__(
        self,
        rarity: Callable[[str], float],
        parts_of: Callable[[str], tuple[str, ...]],
        alike: Callable[[str], Sequence[tuple[str, float]]],
    ) -> None:
        """Take what the index knows.

        `rarity` says how much a term tells documents apart (0 to 1), `parts_of` how a compound is put together,
        `alike` which of the documents' words an unknown word looks like and how much.
        """
        self._rarity = rarity
        self._parts_of = parts_of
        self._alike = alike

    def read(self, tokens: Sequence[str], expansions: Iterable[Expansion]) -> list[Concept]:
        """Read a sentence: its phrases first, then its words, which count little inside a phrase."""
        meanings: dict[int, list[str]] = {}
        phrases: list[Expansion] = []
        for expansion in expansions:
            if len(expansion.positions) == 1:
                meanings.setdefault(expansion.positions[0], []).extend(expansion.meanings)
            else:
                phrases.append(expansion)
        in_phrase = {position for phrase in phrases for position in phrase.positions}
        concepts = self.read_phrases(tokens, phrases)
        for position, token in enumerate(tokens):
            also = meanings.get(position, [])
            if also or (token not in STOP_WORDS and len(token) > 1):
                share = _INSIDE_PHRASE_WEIGHT if position in in_phrase else 1.0
                concepts.append(self._read_word(token, also, share))
        return concepts

    def read_phrases(self, tokens: Sequence[str], phrases: Iterable[Expansion]) -> list[Concept]:
        """Read phrases of several words: each is one concept, literally or by what it means."""
        concepts: list[Concept] = []
        for phrase in phrases:
            readings = [self._reading([fold(lemma(tokens[at])) for at in phrase.positions], 1.0)]
            readings += [reading for meaning in phrase.meanings for reading in self._meaning(meaning)]
            said = " ".join(tokens[phrase.positions[0] : phrase.positions[-1] + 1])
            concepts.append(Concept(said, 1.0, tuple(readings)))
        return concepts

    def _read_word(self, token: str, meanings: Sequence[str], share: float) -> Concept:
        term = fold(lemma(token))
        readings = [self._reading([term], 1.0), self._reading([as_stem(term)], _AS_DERIVATION)]
        parts = [fold(part) for part in self._parts_of(token)]
        if parts:
            readings.append(self._reading(parts, _AS_PARTS))
        readings += [
            self._reading([fold(lemma(word))], likeness * _AS_ALIKE)
            for word, likeness in self._alike(token)
            if not is_generic(word)
        ]
        readings += [reading for meaning in meanings for reading in self._meaning(meaning)]
        if meanings:
            weight = 1.0
        else:
            weight = _GENERIC_WEIGHT if is_generic(token) else max(_LEAST_WEIGHT, self._rarity(term))
        return Concept(token, weight * share, tuple(readings))

    def _meaning(self, meaning: str) -> Iterable[Reading]:
        tokens = content_words(meaning) or words(meaning)
        yield self._reading([fold(lemma(token)) for token in tokens], _AS_MEANING)
        if len(tokens) == 1:
            parts = [fold(part) for part in self._parts_of(tokens[0])]
            if parts:
                yield self._reading(parts, _AS_MEANING * _AS_PARTS)

    def _reading(self, terms: Sequence[str], strength: float) -> Reading:
        if len(terms) == 1:
            return Reading(tuple(terms), (1.0,), strength)
        weights = [self._rarity(term) * (_GENERIC_WEIGHT if term in GENERIC_WORDS else 1.0) for term in terms]
        total = sum(weights)
        return Reading(tuple(terms), tuple(weight / total for weight in weights), strength)


@lru_cache(maxsize=100_000)
def as_stem(term: str) -> str:
    """The stem of a folded lemma; the mark at its end keeps it apart from lemmas among a document's terms."""
    return f"{stem(term)}-"


def mentions_of(
    fields: Iterable[tuple[float, Sequence[str]]], parts_of: Callable[[str], tuple[str, ...]]
) -> dict[str, Mention]:
    """Read a document, given as (strength, texts) per field with the strongest first, into its terms.

    Where a field has several texts, as topics do, the earlier ones count a little more, and a short one is shown
    whole ("udadreagerende adfærd").
    """
    mentions: dict[str, Mention] = {}
    for field_strength, texts in fields:
        for place, text in enumerate(texts):
            strength = field_strength - min(_LATER_TOPIC, _EACH_TOPIC * place)
            tokens = content_words(text)
            whole = len(tokens) <= _MAX_DISPLAYED_TOPIC and len(texts) > 1
            for token in tokens:
                shown = text if whole else token
                base = fold(lemma(token))
                _note(mentions, base, strength, shown)
                _note(mentions, as_stem(base), strength, shown)
                for part in parts_of(token):
                    _note(mentions, fold(part), strength * _PART_OF_DOCUMENT_WORD, shown)
    return mentions


def _note(mentions: dict[str, Mention], term: str, strength: float, shown: str) -> None:
    known = mentions.get(term)
    if known is None or known.strength < strength:
        mentions[term] = Mention(strength, shown)


def support(concept: Concept, mentions: Mapping[str, Mention]) -> Support:
    """Find the reading of `concept` that a document answers best; half a compound is far from the whole."""
    if mentions.keys().isdisjoint(concept.terms):
        return Support(concept, 0.0, ())
    best = 0.0
    found: list[Mention] = []
    for reading in concept.readings:
        if reading.strength <= best:
            continue
        if len(reading.terms) == 1:
            mention = mentions.get(reading.terms[0])
            if mention and reading.strength * mention.strength > best:
                best, found = reading.strength * mention.strength, [mention]
            continue
        have = 0.0
        partly: list[Mention] = []
        for term, share in zip(reading.terms, reading.shares, strict=True):
            mention = mentions.get(term)
            if mention:
                have += share * mention.strength
                partly.append(mention)
        value = reading.strength * have**_PARTLY
        if value > best:
            best, found = value, partly
    return Support(concept, best, tuple(dict.fromkeys(mention.shown for mention in found)))
