"""Which offers fit this need, how surely, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from catalogue.need import Need
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
    """One reason, `words` as the reader would say it ("demens", "SOSU-assistenter", "før 1. juli")."""

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


@dataclass(frozen=True, slots=True)
class Answer:
    """The matcher's answer: best first; empty only when nothing resembles the need at all.

    With verdict NONE the matches are the nearest things there are, worth offering but not promising.
    """

    verdict: Verdict
    matches: tuple[Match, ...]


class MatchIndex:
    """An immutable index over one tenant's catalogue. Building takes CPU time: do it off the event loop."""

    @classmethod
    def build(cls, offers: Iterable[Offer], runs: Iterable[Run]) -> MatchIndex:
        """Index the offers and their runs."""
        raise NotImplementedError

    def match(self, need: Need, today: date, limit: int = 20) -> Answer:
        """Answer a need with at most `limit` matches."""
        raise NotImplementedError

    def offer(self, code: str) -> Offer | None:
        """Return the offer with this code, or None."""
        raise NotImplementedError

    def runs_of(self, code: str) -> Sequence[Run]:
        """All known runs of an offer, soonest first."""
        raise NotImplementedError
