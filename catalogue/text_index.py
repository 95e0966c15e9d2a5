"""A sparse text index for Danish: which documents resemble this text, and how much.

It knows nothing of offers; `catalogue.matching` stands on it and `benchmarks/match.py` measures it. A document
is a row of texts, one per field. Two views of the text are weighted by TF-IDF, made unit length per document,
and added: character n-grams within words (robust against endings, compounds and typing errors) and lemmas with
the parts of compounds. Words that neither the index nor the Danish word list knows are read as the nearest word
of the index, else as a Danish word one typing error away. The head of the list is then laid beside the query
word by word (`catalogue.alignment`).

What measuring on four public Danish sets decided (recall at 1, clean): n-grams of 3 to 5 letters alone 60 % on
alternative labels of skills, lemmas alone 43 %, lemmas with compound parts 51 %, both views together 61 %, laid
word by word 64 %, with everyday near-synonyms (`words/near.txt`) 65 %, with descriptions answering too 67 % (at
0.3 of a title's worth 65, at 0.8 66.7, at 1 67). Stop words help questions ("hvordan", "hvem") and hurt
descriptions, so they count 0.6. Stems of lemmas add half a point. Correcting misspelt words to words of the
index adds seven points where every long word has an error; counting an error in æ, ø or å once and preferring
swapped and left-out letters 0.8 more on labels and descriptions, and correcting to any Danish word 0.9, 2.8 and
4.3 more on labels, descriptions and questions (only to words related to the index: 0.8, 1.4 and 2.8), so that
errors now cost 1.8, 1.1 and 0.7 points. What did not pay: n-grams of two or six letters, rapidfuzz scores of
whole texts on top of the alignment, and latent semantic analysis of the catalogue's own descriptions (one point
lost in recall at 10, and seconds to build), a head of 80 or 150, likenesses or rarities raised to other powers
(0.6 to 2), and longer or shorter documents favoured: each gave at most 0.7 on one set and took it from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from scipy import sparse

from catalogue.alignment import WordLikeness, align
from catalogue.lexicon import STOP_WORD_WEIGHT, Lexicon, gram_features, lemma_features
from catalogue.spelling import danish_words_near, slipped
from catalogue.text import STOP_WORDS, fold, is_known, lemma, near_words, stem, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from catalogue.lexicon import Features, FeatureTable

    Scores = NDArray[np.float32]
    Matrix: TypeAlias = sparse.csr_array[Any, tuple[int, int]]

_LEMMA_SHARE = 0.35
_MIN_CORRECTED = 4
_LIKE_A_WORD = 0.78
_LIKE_A_COMPOUND = 0.86
_HEAD = 40
_LONGEST_QUERY = 2_000
_FEW_ALIKE = 4
_COMPOUND_REACH = 3
_LEAST_ALIKE = 0.45
_TITLE_ANSWERS = 0.6
_TITLE_ASKED_FOR = 0.4
_OTHER_FIELDS_ANSWER = 0.8
_DOCUMENTS_AT_ONCE = 2_000
_KEPT_CORRECTIONS = 2_000

_grams_of_query = lru_cache(maxsize=2_000)(gram_features)


class _View:
    """One way to see texts as weighted features; postings by feature over unit-length documents."""

    def __init__(
        self,
        table: FeatureTable,
        features: Callable[[str], Features],
        fields: Sequence[tuple[float, Matrix]],
    ) -> None:
        """Weigh documents, given as word counts with a weight per field; `features` are those of a query's word.

        Sums are made in double precision, so that they do not hang on the order in which words were numbered.
        """
        self._features = features
        self._column = table.column
        documents = fields[0][1].shape[0]
        starts = range(0, documents, _DOCUMENTS_AT_ONCE)
        spans = [slice(start, start + _DOCUMENTS_AT_ONCE) for start in starts]
        terms = sparse.vstack([_terms(table, fields, span) for span in spans], format="csr")
        frequency = np.bincount(terms.indices, minlength=len(self._column))
        self._used = frequency > 0
        self._rarity = (np.log((1 + documents) / (1 + frequency)) + 1).astype(np.float32)
        self._highest = float(np.log(1 + documents) + 1)
        terms.data *= self._rarity[terms.indices]
        rows = np.repeat(np.arange(documents), np.diff(terms.indptr))
        lengths = np.sqrt(np.bincount(rows, weights=terms.data.astype(np.float64) ** 2, minlength=documents))
        lengths[lengths == 0] = 1
        terms.data /= lengths[rows].astype(np.float32)
        self._postings = terms.T.tocsr()

    def rarity(self, feature: str) -> float:
        """The feature's inverse document frequency over the largest there can be."""
        column = self._column.get(feature)
        return 1.0 if column is None else float(self._rarity[column]) / self._highest

    def rarities(self, columns: NDArray[np.int32]) -> NDArray[np.float32]:
        """The same for features by their columns."""
        return self._rarity[columns] / np.float32(self._highest)

    def scores(self, query: Mapping[str, float], share: float) -> Scores:
        """Return `share` times the cosine of the query's words with every document."""
        counts: dict[int, float] = {}
        for word, times in query.items():
            for feature, weight in self._features(word):
                column = self._column.get(feature)
                if column is not None and self._used[column]:
                    counts[column] = counts.get(column, 0.0) + weight * times
        if not counts:
            return np.zeros(self._postings.shape[1], np.float32)
        columns = np.fromiter(counts, np.int32, len(counts))
        weights = _dampened(np.fromiter(counts.values(), np.float32, len(counts))) * self._rarity[columns]
        weights *= np.float32(share) / np.sqrt(weights @ weights)
        scores: Scores = weights @ self._postings[columns]
        return scores


def _terms(table: FeatureTable, fields: Sequence[tuple[float, Matrix]], span: slice) -> Matrix:
    """Documents by features, each field's counts dampened and weighted before they are added."""
    total: Matrix = sparse.csr_array((fields[0][1][span].shape[0], len(table.column)))
    for weight, counts in fields:
        terms = (counts[span] @ table.matrix).tocsr()
        terms.data = _dampened(terms.data) * weight
        total = total + terms
    narrow: Matrix = total.astype(np.float32)
    return narrow


def _dampened(counts: NDArray[Any]) -> NDArray[Any]:
    """The tenth mention of a word says little more than the ninth: 1 + log of counts above one."""
    return np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts).astype(counts.dtype)


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
        split = [[words(text) for text in fields] for fields in documents]
        also = sorted(also_spelt)
        everything = (word for fields in split for field in fields for word in field)
        lexicon = Lexicon(compounds or {}).extended((*everything, *also))
        places = range(len(field_weights))
        fields = [_Field.of([document[place] for document in split], lexicon.number) for place in places]
        self._compile(lexicon, fields, tuple(field_weights), also)

    def _compile(
        self, lexicon: Lexicon, fields: Sequence[_Field], weights: tuple[float, ...], also_spelt: Sequence[str]
    ) -> None:
        """Weigh what was read; this is quick, as nothing is done word by word."""
        self._lexicon = lexicon
        self._fields = fields
        self._field_weights = weights
        self._size = len(fields[0])
        self._live = np.zeros(len(lexicon), np.bool_)
        for field in fields:
            self._live[field.columns] = True
        self._live[[lexicon.number[word] for word in also_spelt]] = True
        self._spellings = {lexicon.folded[number] for number in np.flatnonzero(self._live)}
        self._likeness = WordLikeness(lexicon)
        self._corrected: dict[str, str] = {}
        self._word_weights = lexicon.emphasis
        if self._size:
            counted = [(weight, field.matrix(len(lexicon))) for weight, field in zip(weights, fields, strict=True)]
            self._grams = _View(lexicon.grams, _grams_of_query, counted)
            self._lemmas = _View(lexicon.lemmas, self._lemmas_of, counted)
            self._word_weights = self._lemmas.rarities(lexicon.lemma_columns) * lexicon.emphasis

    def changed(self, rows: Sequence[int | Sequence[str]], also_spelt: Iterable[str] = ()) -> TextIndex:
        """Return an index over other documents that shares what it can with this one.

        Args:
            rows: every document in its new order: the position it has in this index where its texts are the
                same, or else its texts, one per field.
            also_spelt: as for a new index.

        Returns:
            An index that answers as one built anew with the same compound exceptions. Only words that are new
            are read; all weights are computed afresh, since one document changes how rare every word is.
        """
        split = {at: [words(text) for text in row] for at, row in enumerate(rows) if not isinstance(row, int)}
        also = sorted(also_spelt)
        everything = (word for texts in split.values() for text in texts for word in text)
        lexicon = self._lexicon.extended((*everything, *also))
        fields = []
        for place, field in enumerate(self._fields):
            spans = [
                field.row(row)
                if isinstance(row, int)
                else np.array([lexicon.number[word] for word in split[at][place]], np.int32)
                for at, row in enumerate(rows)
            ]
            fields.append(_Field.joined(spans))
        index = TextIndex.__new__(TextIndex)
        index._compile(lexicon, fields, self._field_weights, also)  # noqa: SLF001 - of this class
        return index

    def __len__(self) -> int:
        return self._size

    @property
    def wear(self) -> float:
        """The share of the known words that no document has any more (0 to 1)."""
        return 1 - float(np.mean(self._live)) if len(self._live) else 0.0

    def parts_of(self, word: str) -> tuple[str, ...]:
        """Return the lemmas of a compound's parts, exceptions first; empty for a simple word."""
        return self._lexicon.parts_of(word)

    def _lemmas_of(self, word: str) -> Features:
        return lemma_features(word, self.parts_of(word))

    def rarity(self, term: str) -> float:
        """How much a folded lemma tells the documents apart, from 1 (none of them has it) towards 0."""
        return self._lemmas.rarity(term) if self._size else 1.0

    def correct(self, word: str) -> str:
        """Return what a misspelt word most likely means; known words come back unchanged.

        First a word of the index, then any Danish word: only read rightly can it be recognised as a stop word, or
        meet the index by its lemma or its parts.
        """
        folded = fold(word)
        if len(folded) < _MIN_CORRECTED or folded in self._spellings or is_known(word):
            return word
        corrected = self._corrected.get(word)
        if corrected is None:
            corrected = self._correct(word)
            if len(self._corrected) >= _KEPT_CORRECTIONS:
                self._corrected.clear()
            self._corrected[word] = corrected
        return corrected

    def _correct(self, word: str) -> str:
        sound = any(fold(part) in self._spellings for part in self.parts_of(word))
        least = _LIKE_A_COMPOUND if sound else _LIKE_A_WORD
        nearest = self._likeness.nearest_spelling(word, self._live, least)
        if nearest or sound or len(word) <= _MIN_CORRECTED:
            return nearest or word
        return max(danish_words_near(word), key=lambda near: self._familiarity(word, near), default=word)

    def _familiarity(self, typed: str, meant: str) -> tuple[int, bool]:
        """How well the index knows a word that `typed` may stand for, and whether letters only slipped."""
        lexicon, term = self._lexicon, fold(lemma(meant))
        alike = (lexicon.by_lemma.get(near, ()) for near in near_words(term))
        parts = (lexicon.by_lemma.get(fold(part), ()) for part in self.parts_of(meant))
        if self._live[list(lexicon.by_lemma.get(term, ()))].any():
            known = 3
        elif any(self._live[list(numbers)].any() for numbers in (lexicon.by_stem.get(stem(term), ()), *alike)):
            known = 2
        else:
            known = int(any(self._live[list(numbers)].any() for numbers in parts))
        return known, slipped(typed, meant)

    def alike(self, word: str) -> list[tuple[str, float]]:
        """Return the few words of the index that an unknown word looks like, most alike first."""
        if is_known(word) or fold(word) in self._spellings:
            return []
        numbers, values = self._likeness.of(word)
        enough = (values >= _LEAST_ALIKE) & self._live[numbers]
        found = zip(numbers[enough].tolist(), values[enough].tolist(), strict=True)
        named = [(self._lexicon.words[number], value) for number, value in found]
        return sorted(named, key=lambda pair: (-pair[1], pair[0]))[:_FEW_ALIKE]

    def compounds_in(self, tokens: Sequence[str]) -> list[tuple[tuple[int, int], str]]:
        """Find words that are known as one compound ("håndtere konflikter": konflikthåndtering).

        Returns:
            The positions of the two words in `tokens`, at most three apart, and the compound.
        """
        roots = ["" if word in STOP_WORDS else stem(fold(lemma(word))) for word in tokens]
        found = []
        for first, root in enumerate(roots):
            for second in range(first + 1, min(len(roots), first + 1 + _COMPOUND_REACH)):
                compound = root and self._compound_of(root, roots[second])
                if compound:
                    found.append(((first, second), compound))
        return found

    def _compound_of(self, root: str, other: str) -> str:
        """The shortest known word that is put together of these two roots; empty if there is none."""
        numbers = self._lexicon.by_two_roots.get(frozenset((root, other)), ())
        named = [self._lexicon.words[number] for number in numbers if self._live[number]]
        return min(named, key=lambda word: (len(word), word), default="")

    def read(self, text: str) -> list[str]:
        """Split a query into words, misspelt ones corrected; of an endless one the beginning."""
        return [self.correct(word) for word in words(text[:_LONGEST_QUERY])]

    def scores(self, texts: Iterable[tuple[Sequence[str], float]]) -> Scores:
        """How much every document resembles the weighted texts together, each given as words (see `read`)."""
        query: dict[str, float] = {}
        for text, weight in texts:
            for word in text:
                query[word] = query.get(word, 0.0) + weight
        if not self._size:
            return np.zeros(0, np.float32)
        return self._grams.scores(query, 1 - _LEMMA_SHARE) + self._lemmas.scores(query, _LEMMA_SHARE)

    def search(self, text: str, limit: int) -> list[Hit]:
        """Return the `limit` documents that resemble `text` most, best first; none that share nothing with it.

        The head of the list is laid beside the query word by word (`catalogue.alignment`).
        """
        query = self.read(text)
        return self.closer(query, best_of(self.scores([(query, 1.0)]), max(limit, _HEAD)))[:limit]

    def closer(self, query: Sequence[str], head: Sequence[Hit]) -> list[Hit]:
        """Score the head of a list anew by laying it beside the query; best first, 0 to about 1.

        What the query asks is answered by the first field, and a little less by the others; what it does not ask
        for counts against the first field only, as descriptions are long.
        """
        if not query or not head:
            return list(head)
        alike = [self._likeness.of(word) for word in query]
        weights = np.array([self._weight(word) for word in query], np.float32)
        rows = [[field.row(hit.position) for field in self._fields] for hit in head]
        laid = align(alike, [texts[0] for texts in rows], self._word_weights)
        best = laid.best
        if len(self._fields) > 1:
            others = align(alike, [np.concatenate(texts[1:]) for texts in rows], self._word_weights)
            best = np.maximum(best, _OTHER_FIELDS_ANSWER * others.best)
        near = _TITLE_ANSWERS * (weights @ best / weights.sum()) + _TITLE_ASKED_FOR * laid.asked_for
        total = 1 + _TITLE_ANSWERS + _TITLE_ASKED_FOR
        scored = (
            Hit(hit.position, (hit.score + more) / total) for hit, more in zip(head, near.tolist(), strict=True)
        )
        return sorted(scored, key=lambda hit: (-hit.score, hit.position))

    def _weight(self, word: str) -> float:
        """How much a word of a query or title tells documents apart."""
        return self.rarity(fold(lemma(word))) * (STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0)


def best_of(scores: Scores, limit: int) -> list[Hit]:
    """Return the `limit` best scores above zero, best first; equal ones in document order."""
    few = limit < len(scores)
    head = np.argpartition(-scores, limit)[:limit] if few else np.arange(len(scores))
    order = head[np.lexsort((head, -scores[head]))]
    return [Hit(int(position), float(scores[position])) for position in order if scores[position] > 0]


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """One field of all documents: the numbers of its words one after another, and where each document starts."""

    starts: NDArray[np.int32]
    columns: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], number: Mapping[str, int]) -> _Field:
        """Number the words of one text per document."""
        starts = np.cumsum([0, *map(len, texts)], dtype=np.int32)
        return cls(starts, np.array([number[word] for text in texts for word in text], np.int32))

    @classmethod
    def joined(cls, rows: Sequence[NDArray[np.int32]]) -> _Field:
        """Put documents together that are numbered already."""
        return cls(np.cumsum([0, *map(len, rows)], dtype=np.int32), np.concatenate([np.zeros(0, np.int32), *rows]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, position: int) -> NDArray[np.int32]:
        """The words of one document, in order."""
        return self.columns[self.starts[position] : self.starts[position + 1]]

    def matrix(self, width: int) -> Matrix:
        """Documents by words: how often each stands there."""
        ones = np.ones(len(self.columns), np.float64)
        matrix = sparse.csr_array((ones, self.columns, self.starts), shape=(len(self), width), copy=True)
        matrix.sum_duplicates()
        return matrix
