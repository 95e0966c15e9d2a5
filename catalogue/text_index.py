"""A sparse text index for Danish: which documents resemble this text, and how much.

It knows nothing of offers; `catalogue.matching` stands on it and `benchmarks/match.py` measures it. A document
is a row of texts, one per field. Two views of the text are weighted by TF-IDF, made unit length per document, and
added: character n-grams within words (robust against endings, compounds and typing errors) and lemmas with the
parts of compounds. Words that neither the index nor the Danish word list knows are read as the nearest word of
the index. The head of the list is then laid beside the query word by word (`catalogue.alignment`).

What measuring on four public Danish sets decided (recall at 1, clean): n-grams of 3 to 5 letters alone 60 % on
alternative labels of skills, lemmas alone 43 %, lemmas with compound parts 51 %, both views together 61 %, laid
word by word 64 %, with everyday near-synonyms (`words/near.txt`) 65 %. Stop words help questions ("hvordan",
"hvem") and hurt descriptions, so they count 0.6. Stems of lemmas add half a point. Correcting misspelt words
adds seven points where every long word has an error. What did not pay: n-grams of two or six letters, rapidfuzz
scores of whole texts on top of the alignment, and latent semantic analysis of the catalogue's own descriptions
(one point lost in recall at 10, and seconds to build).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from catalogue.alignment import WordLikeness, align
from catalogue.text import STOP_WORDS, compound_parts, fold, is_known, lemma, stem, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Scores = NDArray[np.float32]
    Features = Callable[[str], tuple[tuple[str, float], ...]]

_GRAM_SIZES = (3, 4, 5)
_LEMMA_SHARE = 0.35
_STOP_WORD_WEIGHT = 0.6
_PART_WEIGHT = 0.7
_MIN_CORRECTED = 4
_LIKE_A_WORD = 0.78
_LIKE_A_COMPOUND = 0.86
_HEAD = 40
_LONGEST_QUERY = 2_000
_FEW_ALIKE = 4
_COMPOUND_REACH = 3
_TWO_PARTS = 2
_LEAST_ALIKE = 0.45
_TITLE_ANSWERS = 0.6
_TITLE_ASKED_FOR = 0.4


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
        self._titles = counters[0].rows()
        self._compounds_by_parts: dict[frozenset[str], str] = {}
        for word in vocabulary:
            roots = frozenset(stem(fold(part)) for part in self.parts_of(word))
            if len(roots) == _TWO_PARTS:
                self._compounds_by_parts.setdefault(roots, word)
        self._spelt = [*vocabulary, *(word for word in also_spelt if word not in column)]
        self._spellings = frozenset(fold(word) for word in self._spelt)
        self._likeness = WordLikeness(self._spelt, self.parts_of)
        if size:
            self._grams = _View(grams_of_word, vocabulary, weighted)
            self._lemmas = _View(self._lemmas_of, vocabulary, weighted)
        self._word_weights = np.array([self._weight(word) for word in vocabulary], np.float32)

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
        sound = any(fold(part) in self._spellings for part in self.parts_of(word))
        nearest = self._likeness.nearest_spelling(word, _LIKE_A_COMPOUND if sound else _LIKE_A_WORD)
        return word if nearest is None else self._spelt[nearest]

    def alike(self, word: str) -> list[tuple[str, float]]:
        """Return the few words of the index that an unknown word looks like, most alike first."""
        if is_known(word) or fold(word) in self._spellings:
            return []
        numbers, values = self._likeness.of(word)
        best = sorted(zip(values.tolist(), numbers.tolist(), strict=True), reverse=True)[:_FEW_ALIKE]
        return [(self._spelt[number], value) for value, number in best if value >= _LEAST_ALIKE]

    def compounds_in(self, tokens: Sequence[str]) -> list[tuple[tuple[int, int], str]]:
        """Find words that the documents write as one compound ("håndtere konflikter": konflikthåndtering).

        Returns:
            The positions of the two words in `tokens`, at most three apart, and the documents' compound.
        """
        roots = ["" if word in STOP_WORDS else stem(fold(lemma(word))) for word in tokens]
        found = []
        for first, root in enumerate(roots):
            for second in range(first + 1, min(len(roots), first + 1 + _COMPOUND_REACH)):
                compound = root and self._compounds_by_parts.get(frozenset((root, roots[second])))
                if compound:
                    found.append(((first, second), compound))
        return found

    def read(self, text: str) -> list[str]:
        """Split a query into words, misspelt ones corrected; of an endless one the beginning."""
        return [self.correct(word) for word in words(text[:_LONGEST_QUERY])]

    def scores(self, texts: Iterable[tuple[Sequence[str], float]]) -> Scores:
        """How much every document resembles the weighted texts together, each given as words (see `read`)."""
        query: dict[str, float] = {}
        for text, weight in texts:
            for word in text:
                query[word] = query.get(word, 0.0) + weight
        scores = np.zeros(self._size, np.float32)
        if self._size:
            self._grams.add_scores(query, 1 - _LEMMA_SHARE, scores)
            self._lemmas.add_scores(query, _LEMMA_SHARE, scores)
        return scores

    def search(self, text: str, limit: int) -> list[Hit]:
        """Return the `limit` documents that resemble `text` most, best first; none that share nothing with it.

        The head of the list is laid beside the query word by word (`catalogue.alignment`), first field only.
        """
        query = self.read(text)
        return self.closer(query, best_of(self.scores([(query, 1.0)]), max(limit, _HEAD)))[:limit]

    def closer(self, query: Sequence[str], head: Sequence[Hit]) -> list[Hit]:
        """Score the head of a list anew by laying each first field beside the query; best first, 0 to about 1."""
        starts, columns = self._titles
        titled = [hit for hit in head if starts[hit.position + 1] > starts[hit.position]]
        if not query or not titled:
            return list(head)
        spans = [columns[starts[hit.position] : starts[hit.position + 1]] for hit in titled]
        titles = np.concatenate(spans).astype(np.int64)
        begins = np.cumsum([0, *(len(span) for span in spans[:-1])])
        weights = np.array([self._weight(word) for word in query], np.float32)
        alike = [self._likeness.of(word) for word in query]
        answered, asked_for = align(alike, weights, titles, begins, self._word_weights[titles])
        total = 1 + _TITLE_ANSWERS + _TITLE_ASKED_FOR
        near = _TITLE_ANSWERS * answered + _TITLE_ASKED_FOR * asked_for
        closer = {hit.position: float(more) for hit, more in zip(titled, near, strict=True)}
        scored = (Hit(hit.position, (hit.score + closer.get(hit.position, 0.0)) / total) for hit in head)
        return sorted(scored, key=lambda hit: (-hit.score, hit.position))

    def _weight(self, word: str) -> float:
        """How much a word of a query or title tells documents apart."""
        return self.rarity(fold(lemma(word))) * (_STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0)


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

    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Where each document's words start, and the words' numbers one after another."""
        return np.array(self._starts), np.array(self._columns, np.int32)

    def matrix(self, width: int) -> sparse.csr_array:
        shape = (len(self._starts) - 1, width)
        ones = np.ones(len(self._columns), np.float32)
        matrix = sparse.csr_array((ones, np.array(self._columns, np.int32), self._starts), shape=shape)
        matrix.sum_duplicates()
        return matrix
