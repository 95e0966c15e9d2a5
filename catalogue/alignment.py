"""Laying a query's words beside texts' words: how much of each the other answers.

This is the close look at the few best documents of an index. A whole-text cosine lets one long word drown the
rest; here each word counts by its rarity and is worth what its best partner is like, so word order, endings,
compounds ("håndtere konflikter" and "konflikthåndtering") and typing errors cost little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from catalogue.lexicon import letter_features
from catalogue.spelling import slipped, spelling_likeness
from catalogue.text import fold, lemma, near_words, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from catalogue.lexicon import Lexicon

    Numbers = NDArray[np.int64]
    Likeness = NDArray[np.float32]

_SAME_STEM = 0.9
_PART_OF_THE_OTHER = 0.75
_COMMON_PART = 0.5
_NEAR = 0.6
_LEAST_LIKENESS = 0.3
_KEPT_WORDS = 4_000
_SPELLING_CANDIDATES = 40


class WordLikeness:
    """How alike any word is to the words of a lexicon in what it probably means (1: forms of one word)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._postings = lexicon.letters.matrix.T.tocsr()
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
        known = self._lexicon
        alike = self._by_letters(word)
        alike[alike < _LEAST_LIKENESS] = 0.0
        term = fold(lemma(word))
        parts = [fold(part) for part in known.parts_of(word)]
        _raise(alike, (known.by_part.get(part, ()) for part in parts), _COMMON_PART)
        _raise(alike, (known.by_lemma.get(near, ()) for near in near_words(term)), _NEAR)
        _raise(alike, (known.by_lemma.get(part, ()) for part in parts), _PART_OF_THE_OTHER)
        _raise(alike, [known.by_part.get(term, ())], _PART_OF_THE_OTHER)
        _raise(alike, [known.by_stem.get(stem(term), ())], _SAME_STEM)
        _raise(alike, [known.by_lemma.get(term, ())], 1.0)
        numbers = np.flatnonzero(alike)
        return numbers, alike[numbers]

    def _by_letters(self, word: str) -> Likeness:
        column = self._lexicon.letters.column
        shared = [(column[gram], weight) for gram, weight in letter_features(word) if gram in column]
        if not shared:
            return np.zeros(len(self._lexicon), np.float32)
        columns, weights = zip(*shared, strict=True)
        alike: Likeness = np.array(weights, np.float32) @ self._postings[list(columns)]
        return alike

    def nearest_spelling(self, word: str, among: NDArray[np.bool_], least: float) -> str | None:
        """Return which of the words `among` a misspelt word most likely means, if its letters agree enough.

        Of words that differ by as many typing errors the one is meant from which letters were swapped or left
        out, then the one that shares more letter groups.
        """
        alike = np.where(among, self._by_letters(word), 0)
        if len(alike) > _SPELLING_CANDIDATES:
            alike[alike < np.partition(alike, -_SPELLING_CANDIDATES)[-_SPELLING_CANDIDATES]] = 0
        words = self._lexicon.words
        near = [(number, spelling_likeness(word, words[number])) for number in np.flatnonzero(alike).tolist()]
        best = min(
            (
                (-likeness, not slipped(word, words[number]), -float(alike[number]), words[number])
                for number, likeness in near
                if likeness >= least
            ),
            default=None,
        )
        return best[-1] if best else None


def _raise(alike: Likeness, groups: Iterable[Sequence[int]], to: float) -> None:
    for group in groups:
        if group:
            numbers = list(group)
            alike[numbers] = np.maximum(alike[numbers], to)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A query beside several texts.

    Attributes:
        best: how well each text answers each query word, shape (words of the query, texts), 0 to 1.
        asked_for: how much of each text the query asks for, shape (texts,), 0 to 1.
    """

    best: Likeness
    asked_for: Likeness


def align(query: Sequence[tuple[Numbers, Likeness]], texts: Sequence[NDArray[np.int32]], rarity: Likeness) -> Laid:
    """Lay a query beside several texts at once.

    Args:
        query: per query word the vocabulary's words that are like it, as `WordLikeness.of` gives them.
        texts: the word numbers of each text; an empty one answers nothing.
        rarity: how much each word of the vocabulary counts.
    """
    best = np.zeros((len(query), len(texts)), np.float32)
    asked_for = np.zeros(len(texts), np.float32)
    written = [place for place, text in enumerate(texts) if len(text)]
    if not written:
        return Laid(best, asked_for)
    numbers_of_all = np.concatenate([texts[place] for place in written])
    starts = np.cumsum([0, *(len(texts[place]) for place in written[:-1])])
    different, place_of = np.unique(numbers_of_all, return_inverse=True)
    alike = np.zeros((len(query), len(different)), np.float32)
    for row, (numbers, values) in enumerate(query):
        if len(numbers):
            found = np.minimum(np.searchsorted(numbers, different), len(numbers) - 1)
            hit = numbers[found] == different
            alike[row, hit] = values[found[hit]]
    spread = alike[:, place_of]
    counts = rarity[numbers_of_all]
    best[:, written] = np.maximum.reduceat(spread, starts, axis=1)
    asked_for[written] = np.add.reduceat(counts * spread.max(axis=0), starts) / np.add.reduceat(counts, starts)
    return Laid(best, asked_for)
