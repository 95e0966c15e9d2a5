"""Which offer of a list somebody means by words of its title: "den om nattevagter", "åbn BPSD-modellen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from catalogue.text import content_words, fold
from dialogs.asking_words import Lead, pattern_of
from dialogs.intents import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalogue.matching import Match

LEAST_LIKE = 0.9
"""How like its title a whole utterance must be to open an offer."""
LEAST_LETTERS = 4
"""A shorter word must be there whole: "stom" is not "stomi" yet, but "børn" may begin "børnefamilier"."""

LONGEST_ENDING = 3
"""Letters that a word may have more than the title's ("palliationen"); more make another word of it."""


def offers_named(said: str, listed: Sequence[Match], first: int, shown: int) -> list[int]:
    """Return the numbers (from 1) of the offers that words name: those on the page, else all on the list."""
    whole = [number for number, match in enumerate(listed, 1) if _is_title(said, match.offer.title)]
    if whole:
        return whole[:1]
    wanted = _words_about(said)
    if not wanted:
        return []
    titled = [n for n, match in enumerate(listed, 1) if _has(wanted, match.offer.title)]
    if not titled:
        titled = [n for n, match in enumerate(listed, 1) if _has(wanted, " ".join(match.offer.topics))]
    return [number for number in titled if first < number <= first + shown] or titled


def _is_title(said: str, title: str) -> bool:
    return OSA.normalized_similarity(normalise(said), normalise(title), score_cutoff=LEAST_LIKE) >= LEAST_LIKE


def _words_about(said: str) -> list[str]:
    text = said.strip().lower()
    opening = pattern_of("lead", Lead.ABOUT).match(text)
    return [fold(word) for word in content_words(text[opening.end() :])] if opening else []


def _has(wanted: Sequence[str], text: str) -> bool:
    """Whether every wanted word is in a text, or begins or ends one of its words."""
    there = [fold(word) for word in content_words(text)]
    return all(any(_same(word, other) for other in there) for word in wanted)


def _same(wanted: str, there: str) -> bool:
    if len(wanted) < LEAST_LETTERS:
        return wanted == there
    inflected = (
        len(there) >= LEAST_LETTERS and wanted.startswith(there) and len(wanted) - len(there) <= LONGEST_ENDING
    )
    return inflected or there.startswith(wanted) or there.endswith(wanted)
