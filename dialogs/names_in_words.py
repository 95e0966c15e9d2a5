"""Which of several things a few typed words mean: people by name, courses by code or title."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rapidfuzz import fuzz, process, utils

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SURE = 82
"""rapidfuzz score (0-100) from which words name something: "mads" is Mads Kjær."""

Thing = TypeVar("Thing")


def named_in(words: str, things: Sequence[Thing], name_of: Callable[[Thing], str]) -> list[Thing]:
    """Return what the words fit best; several when they fit equally well, none when they fit nothing."""
    names = {number: name_of(thing) for number, thing in enumerate(things)}
    found = process.extract(
        words, names, scorer=fuzz.token_set_ratio, processor=utils.default_process, score_cutoff=SURE, limit=None
    ) or process.extract(
        words, names, scorer=fuzz.partial_ratio, processor=utils.default_process, score_cutoff=SURE, limit=None
    )
    best = max((score for _, score, _ in found), default=0)
    return [things[number] for _, score, number in found if score == best]
