"""A sparse text index for Danish: which documents resemble this text, and how much.

It knows nothing of offers; `catalogue.matching` stands on it and `benchmarks/match.py` measures it. A document
is a row of texts, one per field. Two views of the text are weighted by TF-IDF, made unit length per document, and
added: character n-grams within words (robust against endings, compounds and typing errors) and lemmas with the
parts of compounds. Words that neither the index nor the Danish word list knows are read as the nearest word of
the index.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from scipy import sparse

from catalogue.text import STOP_WORDS, compound_parts, fold, is_known, lemma, stem, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Scores = NDArray[np.float32]
    Features = Callable[[str], tuple[tuple[str, float], ...]]

_GRAM_SIZES = (3, 4, 5)
_LEMMA_SHARE = 0.35
_STOP_WORD_WEIGHT = 0.25
_PART_WEIGHT = 0.7
_MIN_CORRECTED = 4
_MIN_LIKENESS = 0.78


@lru_cache(maxsize=100_000)
def grams_of_word(word: str) -> tuple[tuple[str, float], ...]:
    """All n-grams of one word between its borders; the whole word where it is shorter than that."""
    bordered = f" {fold(word)} "
    weight = _STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0
    grams: dict[str, float] = {}
    for size in _GRAM_SIZES:
        for start in range(max(1, len(bordered) - size + 1)):
            gram = bordered[start : start + size]
            grams[gram] = grams.get(gram, 0.0) + weight
        if size >= len(bordered):
            break
    return tuple(grams.items())


@lru_cache(maxsize=100_000)
def lemmas_of_word(word: str) -> tuple[tuple[str, float], ...]:
    """The folded lemma of one word and, where it is a compound, its parts at less weight; each with its stem."""
    return _lemma_features(word, compound_parts(word))


def _lemma_features(word: str, parts: Sequence[str]) -> tuple[tuple[str, float], ...]:
    weight = _STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0
    terms = {fold(part): weight * _PART_WEIGHT for part in parts}
    terms[fold(lemma(word))] = weight
    stems = {f"{stem(term)}-": share for term, share in terms.items()}
    return tuple({**terms, **stems}.items())


class _View:
    """One way to see texts as weighted features; postings by feature over unit-length documents."""

    def __init__(
        self, features: Features, vocabulary: Sequence[str], fields: Sequence[tuple[float, sparse.csr_array]]
    ) -> None:
        self._features = features
        self._column: dict[str, int] = {}
        spread = self._feature_matrix(vocabulary)
        terms = sparse.csr_array((fields[0][1].shape[0], len(self._column)), dtype=np.float32)
        for weight, counts in fields:
            per_field = (counts @ spread).tocsr()
            per_field.data = _dampened(per_field.data) * np.float32(weight)
            terms = terms + per_field
        documents = terms.shape[0]
        frequency = np.bincount(terms.indices, minlength=len(self._column))
        self._rarity = (np.log((1 + documents) / (1 + frequency)) + 1).astype(np.float32)
        terms.data *= self._rarity[terms.indices]
        rows = np.repeat(np.arange(documents), np.diff(terms.indptr))
        lengths = np.sqrt(np.bincount(rows, weights=terms.data**2, minlength=documents))
        lengths[lengths == 0] = 1
        terms.data /= lengths[rows].astype(np.float32)
        postings = terms.tocsc()
        self._starts, self._documents, self._weights = postings.indptr, postings.indices, postings.data
        self._size = documents

    def _feature_matrix(self, vocabulary: Sequence[str]) -> sparse.csr_array:
        """Words by features: counting each word once and multiplying is far quicker than counting per text."""
        starts, columns, weights = [0], [], []
        for word in vocabulary:
            for feature, weight in self._features(word):
                columns.append(self._column.setdefault(feature, len(self._column)))
                weights.append(weight)
            starts.append(len(columns))
        shape = (len(vocabulary), len(self._column))
        return sparse.csr_array((np.array(weights, np.float32), np.array(columns, np.int32), starts), shape=shape)

    def rarity(self, feature: str) -> float:
        """The feature's inverse document frequency over the largest there can be."""
        column = self._column.get(feature)
        highest = float(np.log(1 + self._size) + 1)
        return 1.0 if column is None else float(self._rarity[column]) / highest

    def add_scores(self, query: Mapping[str, float], share: float, scores: Scores) -> None:
        """Add `share` times the cosine of the query's words with every document to `scores`."""
        counts: dict[int, float] = {}
        for word, times in query.items():
            for feature, weight in self._features(word):
                column = self._column.get(feature)
                if column is not None:
                    counts[column] = counts.get(column, 0.0) + weight * times
        if not counts:
            return
        columns = np.fromiter(counts, np.int64, len(counts))
        weights = _dampened(np.fromiter(counts.values(), np.float32, len(counts))) * self._rarity[columns]
        weights *= np.float32(share) / np.sqrt(weights @ weights)
        for column, weight in zip(columns.tolist(), weights, strict=True):
            span = slice(self._starts[column], self._starts[column + 1])
            scores[self._documents[span]] += weight * self._weights[span]


def _dampened(counts: NDArray[np.float32]) -> NDArray[np.float32]:
    """The tenth mention of a word says little more than the ninth: 1 + log of counts above one."""
    return np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document by its place in what was indexed, and how much it resembles the query (0 to about 1)."""

    position: int
    score: float


class TextIndex:
    """An immutable index over documents of several fields."""

    def __init__(
        self,
        documents: Iterable[Sequence[str]],
        field_weights: Sequence[float],
        compounds: Mapping[str, tuple[str, ...]] | None = None,
        also_spelt: Iterable[str] = (),
    ) -> None:
        """Index `documents`, each with one text per entry of `field_weights`.

        `compounds` says how words are put together where the splitter errs (lemma to lemmas of its parts);
        `also_spelt` are words to correct towards beside those of the documents.
        """
        self._compounds = dict(compounds or {})
        column: dict[str, int] = {}
        counters = [_FieldCounts() for _ in field_weights]
        size = 0
        for size, fields in enumerate(documents, start=1):  # noqa: B007 - its last value is the number of documents
            for counter, text in zip(counters, fields, strict=True):
                counter.add([column.setdefault(word, len(column)) for word in words(text)])
        self._size = size
        vocabulary = list(column)
        weighted = [
            (weight, counter.matrix(len(vocabulary)))
            for weight, counter in zip(field_weights, counters, strict=True)
        ]
        self._spellings = {fold(word): word for word in (*also_spelt, *vocabulary)}
        self._folded = list(self._spellings)
        if size:
            self._grams = _View(grams_of_word, vocabulary, weighted)
            self._lemmas = _View(self._lemmas_of, vocabulary, weighted)

    def __len__(self) -> int:
        return self._size

    def parts_of(self, word: str) -> tuple[str, ...]:
        """Return the lemmas of a compound's parts, exceptions first; empty for a simple word."""
        exception = self._compounds.get(lemma(word)) if self._compounds else None
        return compound_parts(word) if exception is None else exception

    def _lemmas_of(self, word: str) -> tuple[tuple[str, float], ...]:
        if lemma(word) in self._compounds:
            return _lemma_features(word, self._compounds[lemma(word)])
        return lemmas_of_word(word)

    def rarity(self, term: str) -> float:
        """How much a folded lemma tells the documents apart, from 1 (none of them has it) towards 0."""
        return self._lemmas.rarity(term) if self._size else 1.0

    def correct(self, word: str) -> str:
        """Return the word of the index that a misspelt word most likely means; known words come back unchanged."""
        folded = fold(word)
        if len(folded) < _MIN_CORRECTED or folded in self._spellings or is_known(word):
            return word
        return self._nearest(folded) or word

    def _nearest(self, folded: str) -> str | None:
        best = process.extractOne(
            folded, self._folded, scorer=OSA.normalized_similarity, score_cutoff=_MIN_LIKENESS
        )
        return self._spellings[best[0]] if best else None

    def scores(self, texts: Iterable[tuple[str, float]]) -> Scores:
        """How much every document resembles the weighted texts together."""
        query: dict[str, float] = {}
        for text, weight in texts:
            for word in words(text):
                corrected = self.correct(word)
                query[corrected] = query.get(corrected, 0.0) + weight
        scores = np.zeros(self._size, np.float32)
        if self._size:
            self._grams.add_scores(query, 1 - _LEMMA_SHARE, scores)
            self._lemmas.add_scores(query, _LEMMA_SHARE, scores)
        return scores

    def search(self, text: str, limit: int) -> list[Hit]:
        """Return the `limit` documents that resemble `text` most, best first; none that share nothing with it."""
        return best_of(self.scores([(text, 1.0)]), limit)


def best_of(scores: Scores, limit: int) -> list[Hit]:
    """Return the `limit` best scores above zero, best first; equal ones in document order."""
    few = limit < len(scores)
    head = np.argpartition(-scores, limit)[:limit] if few else np.arange(len(scores))
    order = head[np.lexsort((head, -scores[head]))]
    return [Hit(int(position), float(scores[position])) for position in order if scores[position] > 0]


class _FieldCounts:
    """Word counts of one field over documents, gathered row by row."""

    def __init__(self) -> None:
        self._starts = [0]
        self._columns: list[int] = []

    def add(self, columns: list[int]) -> None:
        self._columns += columns
        self._starts.append(len(self._columns))

    def matrix(self, width: int) -> sparse.csr_array:
        shape = (len(self._starts) - 1, width)
        ones = np.ones(len(self._columns), np.float32)
        matrix = sparse.csr_array((ones, np.array(self._columns, np.int32), self._starts), shape=shape)
        matrix.sum_duplicates()
        return matrix
