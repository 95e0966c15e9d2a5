"""Typing errors: how near two spellings are, and which Danish words a misspelt word may stand for."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from catalogue.text import fold, is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_LONGEST = 20


def spelling_likeness(typed: str, meant: str) -> float:
    """How much two spellings agree (0 to 1): the share of letters that no edit touches.

    Both as written and folded: "hjlæp" is one edit from "hjælp", but folding makes two letters of each æ.
    """
    written = OSA.normalized_similarity(typed, meant)
    folded = OSA.normalized_similarity(fold(typed), fold(meant))
    return max(written, folded)


def slipped(typed: str, meant: str) -> bool:
    """Return the words of the Danish word list that are one edit away: letters swapped, left out, added, wrong."""
    return len(typed) < len(meant) or sorted(typed) == sorted(meant)


@lru_cache(maxsize=2_000)
def danish_words_near(typed: str) -> tuple[str, ...]:
    """Return the words of the Danish word list that are one edit away: swapped, left out, added, wrong."""
    if len(typed) > _LONGEST:
        return ()
    return tuple(edited for edited in dict.fromkeys(_edits(typed)) if is_known(edited))


def _edits(typed: str) -> Iterator[str]:
    for at, (first, second) in enumerate(pairwise(typed)):
        yield typed[:at] + second + first + typed[at + 2 :]
    for at in range(len(typed) + 1):
        for letter in _LETTERS:
            yield typed[:at] + letter + typed[at:]
    for at in range(len(typed)):
        yield typed[:at] + typed[at + 1 :]
        for letter in _LETTERS:
            yield typed[:at] + letter + typed[at + 1 :]
