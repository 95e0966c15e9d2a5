"""The words of an index, numbered, with what is known of each whatever documents they stand in.

Working out what a word is made of is nearly all the work of building an index, and the documents of a catalogue
share their words. So it is done once per word and kept: an index that follows a change extends the lexicon by the
words that are new and looks at no other word again. A word keeps its number for as long as the lexicon lives.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from scipy import sparse

from catalogue.text import STOP_WORDS, compound_parts, fold, lemma, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Features = Iterable[tuple[str, float]]

_Key = TypeVar("_Key")

STOP_WORD_WEIGHT = 0.6
"""How much a word without a topic of its own counts against one with."""

_GRAM_SIZES = (3, 4, 5)
_LETTER_SIZES = (2, 3, 4)
_PART_WEIGHT = 0.7
_TWO_PARTS = 2


def _grams(folded: str, sizes: Sequence[int]) -> dict[str, int]:
    """How often each n-gram stands in a word between its borders; the whole word where it is shorter than that."""
    bordered = f" {folded} "
    counts: dict[str, int] = {}
    for size in sizes:
        for start in range(max(1, len(bordered) - size + 1)):
            gram = bordered[start : start + size]
            counts[gram] = counts.get(gram, 0) + 1
        if size >= len(bordered):
            break
    return counts


def gram_features(word: str) -> Features:
    """The n-grams of a word that texts are compared by."""
    weight = STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0
    return [(gram, weight * count) for gram, count in _grams(fold(word), _GRAM_SIZES).items()]


def letter_features(word: str) -> Features:
    """The n-grams of a word that single words are compared by: a vector of length one."""
    counts = _grams(fold(word), _LETTER_SIZES)
    length = sum(count * count for count in counts.values()) ** 0.5
    return [(gram, count / length) for gram, count in counts.items()]


def lemma_features(word: str, parts: Sequence[str]) -> Features:
    """The folded lemma of a word and the parts of a compound at less weight; each with its stem."""
    weight = STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0
    terms = {fold(part): weight * _PART_WEIGHT for part in parts}
    terms[fold(lemma(word))] = weight
    stems = {f"{stem(term)}-": share for term, share in terms.items()}
    return {**terms, **stems}.items()


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTable:
    """Words by weighted features, as a sparse matrix that only grows."""

    column: Mapping[str, int]
    matrix: sparse.csr_array[Any, tuple[int, int]]

    @classmethod
    def empty(cls) -> FeatureTable:
        """A table without words."""
        nothing = np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int32)
        return cls({}, sparse.csr_array(nothing, shape=(0, 0)))

    def extended(self, features_of_words: Iterable[Features]) -> FeatureTable:
        """Return this table with one more row per word."""
        column = dict(self.column)
        counts, columns, weights = array("i"), array("i"), array("f")
        for features in features_of_words:
            before = len(columns)
            for feature, weight in features:
                columns.append(column.setdefault(feature, len(column)))
                weights.append(weight)
            counts.append(len(columns) - before)
        known = self.matrix
        starts = np.concatenate(
            [known.indptr, known.indptr[-1] + np.cumsum(np.array(counts, np.int32), dtype=np.int32)]
        )
        entries = np.concatenate([known.data, np.array(weights, np.float32)])
        places = np.concatenate([known.indices, np.array(columns, np.int32)])
        shape = (len(starts) - 1, len(column))
        return FeatureTable(column, sparse.csr_array((entries, places, starts), shape=shape))


class Lexicon:
    """Immutable; `extended` returns a larger one that shares what it can."""

    def __init__(self, exceptions: Mapping[str, tuple[str, ...]]) -> None:
        """Start without words; `exceptions` says how words are put together where the splitter errs."""
        self.exceptions = dict(exceptions)
        self.words: list[str] = []
        self.number: dict[str, int] = {}
        self.folded: list[str] = []
        self.grams = FeatureTable.empty()
        self.lemmas = FeatureTable.empty()
        self.letters = FeatureTable.empty()
        self.lemma_columns: NDArray[np.int32] = np.zeros(0, np.int32)
        self.emphasis: NDArray[np.float32] = np.zeros(0, np.float32)
        self.by_lemma: dict[str, tuple[int, ...]] = {}
        self.by_stem: dict[str, tuple[int, ...]] = {}
        self.by_part: dict[str, tuple[int, ...]] = {}
        self.by_two_roots: dict[frozenset[str], tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.words)

    def parts_of(self, word: str) -> tuple[str, ...]:
        """Return the lemmas of a compound's parts, exceptions first; empty for a simple word."""
        exception = self.exceptions.get(lemma(word)) if self.exceptions else None
        return compound_parts(word) if exception is None else exception

    def extended(self, words: Iterable[str]) -> Lexicon:
        """Return this lexicon with those of `words` that it does not have yet; itself if it has them all."""
        new = [word for word in dict.fromkeys(words) if word not in self.number]
        if not new:
            return self
        parts = [self.parts_of(word) for word in new]
        terms = [fold(lemma(word)) for word in new]
        larger = Lexicon(self.exceptions)
        larger.words = self.words + new
        larger.number = self.number | {word: len(self) + place for place, word in enumerate(new)}
        larger.folded = self.folded + [fold(word) for word in new]
        larger.grams = self.grams.extended(map(gram_features, new))
        larger.lemmas = self.lemmas.extended(map(lemma_features, new, parts))
        larger.letters = self.letters.extended(map(letter_features, new))
        columns = np.array([larger.lemmas.column[term] for term in terms], np.int32)
        larger.lemma_columns = np.concatenate([self.lemma_columns, columns])
        emphasis = [STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0 for word in new]
        larger.emphasis = np.concatenate([self.emphasis, np.array(emphasis, np.float32)])
        roots = [frozenset(stem(fold(part)) for part in found) for found in parts]
        larger.by_lemma = _listed(self.by_lemma, len(self), ([term] for term in terms))
        larger.by_stem = _listed(self.by_stem, len(self), ([stem(term)] for term in terms))
        larger.by_part = _listed(self.by_part, len(self), ({fold(part) for part in found} for found in parts))
        two_roots = ([found] if len(found) == _TWO_PARTS else [] for found in roots)
        larger.by_two_roots = _listed(self.by_two_roots, len(self), two_roots)
        return larger


def _listed(
    known: Mapping[_Key, tuple[int, ...]], first: int, keys_of_words: Iterable[Iterable[_Key]]
) -> dict[_Key, tuple[int, ...]]:
    """Add words, numbered from `first`, to lists of words by key."""
    more: dict[_Key, list[int]] = {}
    for number, keys in enumerate(keys_of_words, start=first):
        for key in keys:
            more.setdefault(key, []).append(number)
    return {**known, **{key: (*known.get(key, ()), *numbers) for key, numbers in more.items()}}
