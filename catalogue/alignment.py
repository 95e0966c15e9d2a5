"""Laying a query's words beside titles' words: how much of each the other answers.

This is the close look at the few best documents of an index. A whole-text cosine lets one long word drown the
rest; here each word counts by its rarity and is worth what its best partner is like, so word order, endings,
compounds ("håndtere konflikter" and "konflikthåndtering") and typing errors cost little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from scipy import sparse

from catalogue.text import fold, lemma, near_words, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Likeness = NDArray[np.float32]

_GRAM_SIZES = (2, 3, 4)
_SAME_STEM = 0.9
_PART_OF_THE_OTHER = 0.75
_COMMON_PART = 0.5
_NEAR = 0.6
_LEAST_LIKENESS = 0.3
_KEPT_WORDS = 4_000
_SPELLING_CANDIDATES = 40


def _grams(word: str) -> dict[str, float]:
    """The character n-grams of a word between its borders, as a vector of length one."""
    bordered = f" {fold(word)} "
    counts: dict[str, float] = {}
    for size in _GRAM_SIZES:
        for start in range(max(1, len(bordered) - size + 1)):
            gram = bordered[start : start + size]
            counts[gram] = counts.get(gram, 0.0) + 1.0
    length = sum(count * count for count in counts.values()) ** 0.5
    return {gram: count / length for gram, count in counts.items()}


class WordLikeness:
    """How alike any word is to the words of a vocabulary in what it probably means (1: forms of one word)."""

    def __init__(self, vocabulary: Sequence[str], parts_of: Callable[[str], tuple[str, ...]]) -> None:
        """`parts_of` gives the lemmas of a compound's parts."""
        self._size = len(vocabulary)
        self._parts_of = parts_of
        self._folded = [fold(word) for word in vocabulary]
        self._column: dict[str, int] = {}
        starts, columns, weights = [0], [], []
        groups: tuple[dict[str, list[int]], ...] = ({}, {}, {})
        for number, word in enumerate(vocabulary):
            for gram, weight in _grams(word).items():
                columns.append(self._column.setdefault(gram, len(self._column)))
                weights.append(weight)
            starts.append(len(columns))
            term = fold(lemma(word))
            groups[0].setdefault(term, []).append(number)
            groups[1].setdefault(stem(term), []).append(number)
            for part in parts_of(word):
                groups[2].setdefault(fold(part), []).append(number)
        shape = (self._size, len(self._column))
        matrix = sparse.csr_array(
            (np.array(weights, np.float32), np.array(columns, np.int32), starts), shape=shape
        )
        postings = matrix.tocsc()
        self._starts, self._words, self._weights = postings.indptr, postings.indices, postings.data
        self._by_lemma, self._by_stem, self._by_part = groups
        self._kept: dict[str, tuple[Numbers, Likeness]] = {}

    def of(self, word: str) -> tuple[Numbers, Likeness]:
        """Return the numbers of the words that are like `word`, ascending, and how much."""
        kept = self._kept.get(word)
        if kept is None:
            kept = self._compare(word)
            if len(self._kept) >= _KEPT_WORDS:
                self._kept.clear()
            self._kept[word] = kept
        return kept

    def _compare(self, word: str) -> tuple[Numbers, Likeness]:
        alike = self._by_letters(word)
        alike[alike < _LEAST_LIKENESS] = 0.0
        term = fold(lemma(word))
        parts = [fold(part) for part in self._parts_of(word)]
        _raise(alike, (self._by_part.get(part, ()) for part in parts), _COMMON_PART)
        _raise(alike, (self._by_lemma.get(near, ()) for near in near_words(term)), _NEAR)
        _raise(alike, (self._by_lemma.get(part, ()) for part in parts), _PART_OF_THE_OTHER)
        _raise(alike, [self._by_part.get(term, ())], _PART_OF_THE_OTHER)
        _raise(alike, [self._by_stem.get(stem(term), ())], _SAME_STEM)
        _raise(alike, [self._by_lemma.get(term, ())], 1.0)
        numbers = np.flatnonzero(alike)
        return numbers, alike[numbers]

    def _by_letters(self, word: str) -> Likeness:
        alike = np.zeros(self._size, np.float32)
        for gram, weight in _grams(word).items():
            column = self._column.get(gram)
            if column is not None:
                span = slice(self._starts[column], self._starts[column + 1])
                alike[self._words[span]] += np.float32(weight) * self._weights[span]
        return alike

    def nearest_spelling(self, word: str, least: float) -> int | None:
        """Return the number of the word that a misspelt word most likely means, if its letters agree enough."""
        alike = self._by_letters(word)
        few = min(_SPELLING_CANDIDATES, self._size)
        candidates = np.argpartition(-alike, few - 1)[:few] if few else alike[:0]
        spellings = {int(number): self._folded[number] for number in candidates}
        best = process.extractOne(fold(word), spellings, scorer=OSA.normalized_similarity, score_cutoff=least)
        return best[2] if best else None


def _raise(alike: Likeness, groups: Iterable[Sequence[int]], to: float) -> None:
    for group in groups:
        for number in group:
            alike[number] = max(alike[number], to)


def align(
    query: Sequence[tuple[Numbers, Likeness]],
    weights: Likeness,
    titles: Numbers,
    starts: Numbers,
    rarity: Likeness,
) -> tuple[Likeness, Likeness]:
    """Lay a query beside several titles at once.

    Args:
        query: per query word the vocabulary's words that are like it, as `WordLikeness.of` gives them.
        weights: how much each query word counts, shape (words of the query,).
        titles: the word numbers of all titles, one title after another; none of them empty.
        starts: where each title starts in `titles`.
        rarity: how much each entry of `titles` counts.

    Returns:
        Per title how much of the query it answers, and how much of it the query asks for (0 to 1).
    """
    different, place = np.unique(titles, return_inverse=True)
    alike = np.zeros((len(query), len(different)), np.float32)
    for row, (numbers, values) in enumerate(query):
        if len(numbers):
            found = np.minimum(np.searchsorted(numbers, different), len(numbers) - 1)
            hit = numbers[found] == different
            alike[row, hit] = values[found[hit]]
    spread = alike[:, place]
    answered = weights @ np.maximum.reduceat(spread, starts, axis=1) / weights.sum()
    asked_for = np.add.reduceat(rarity * spread.max(axis=0), starts) / np.add.reduceat(rarity, starts)
    return answered.astype(np.float32), asked_for.astype(np.float32)
