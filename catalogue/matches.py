"""The nouns of a matcher's answer: verdict, matches and their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalogue.offers import Offer, Run


class Verdict(StrEnum):
    """How sure the matcher is that its best answer fits. NONE is a good answer."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


class ReasonKind(StrEnum):
    """Which part of the need carried a match; the chat words it by kind."""

    TOPIC = "topic"
    STAFF_GROUP = "staff_group"
    AREA = "area"
    TIME = "time"
    FORM = "form"
    PLACE = "place"
    SEATS = "seats"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, `words` as the reader would say it ("demens", "SOSU-assistenter", "før 1. juli").

    A TIME, FORM, AREA or PRICE reason repeats the need's own words, a SEATS reason is the number of people there
    is room for.
    """

    kind: ReasonKind
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """One offer that fits. `runs` are its runs with free seats that fit the need's time, soonest first.

    `score` is 0 to 1 and comparable between needs (the verdict is read off it).
    """

    offer: Offer
    runs: tuple[Run, ...]
    score: float
    reasons: tuple[Reason, ...]


NEAR = 0.35
"""Below this an offer of a NONE answer shares letters, not meaning (read off the needs of `benchmarks/`)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The matcher's answer: best first; empty only when nothing resembles the need at all.

    Where a sentence names several topics, the best offer of each comes before the second best of any.
    With verdict NONE the matches are the nearest things there are, worth offering but not promising.
    """

    verdict: Verdict
    matches: tuple[Match, ...]

    def worth_showing(self) -> Answer:
        """Return the answer without what is alike by chance only, at which a reader would shake their head."""
        if self.verdict is not Verdict.NONE:
            return self
        return Answer(self.verdict, tuple(match for match in self.matches if match.score >= NEAR))
