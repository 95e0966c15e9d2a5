"""How long what is kept about people is kept: rules in days, decided by the municipality, kept by the house.

What the board needs stays: what was asked for, where, for how many and when. What goes is whose it was, and what
they wrote. Nothing that is open is touched, nor a course that is still to come. The defaults are documented, and
justified, in docs/databeskyttelse.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kept(StrEnum):
    """What is kept about people. The names are part of the settings: never rename one."""

    REQUESTS = "requests"
    """A finished request loses its leader, their words, and the words of its audit trail."""
    PURPOSES = "purposes"
    """A purpose agreement about a run that is over is deleted, at the latest with the person of its enrolment."""
    ENROLMENTS = "enrolments"
    """An enrolment on a run that is over loses its person and its audit trail's words."""
    INTERESTS = "interests"
    """An interest or wish that nothing came of is deleted."""


DAYS = {
    Kept.REQUESTS: 5 * 365,
    Kept.ENROLMENTS: 5 * 365,
    Kept.PURPOSES: 2 * 365,
    Kept.INTERESTS: 2 * 365,
}
"""How many days each kind is kept, unless the municipality decides otherwise."""
LONGEST_DAYS = 100 * 365


@dataclass(frozen=True, slots=True)
class Due:
    """How much of a kind is kept longer than its rule allows, and since when the oldest is."""

    kept: Kept
    number: int
    oldest: datetime | None


def kept_since(days: int, now: datetime) -> datetime | None:
    """Return the moment before which things are too old; None where they are kept for good (0 days)."""
    return now - timedelta(days=days) if days else None
