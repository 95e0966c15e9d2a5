"""The catalogue's nouns: an offer (forløb/tilbud) and its dated runs (hold).

Values are stable English codes, because rows keep them for years; the words that people read are in
`dialogs/texts`, the words that people write in files are in `catalogue/importing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Area(StrEnum):
    """A professional area (fagområde) of the municipality."""

    DISABILITY = "disability"
    SENIOR = "senior"
    PSYCHIATRY = "psychiatry"


class OfferKind(StrEnum):
    """In which way an offer builds competence."""

    OWN_COURSE = "own_course"
    BOUGHT_COURSE = "bought_course"
    THEME_DAY = "theme_day"
    SUPERVISION = "supervision"
    MENTORING = "mentoring"
    PEER_TRAINING = "peer_training"
    E_LEARNING = "e_learning"
    SPECIALIST = "specialist"
    TEAM_PROGRAMME = "team_programme"


class PriceUnit(StrEnum):
    """What one price buys."""

    PERSON = "person"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer of the catalogue; its `code` is unique within a tenant and never reused.

    `outcome` says what a participant can do afterwards. `topics` are the curated keywords, most important
    first. `staff_groups` are canonical names from `catalogue.staff_groups` (empty: for everyone), `areas`
    likewise. `price_dkk` is in whole kroner, 0 for free, None for unknown. `seats` is per run. `added_on` is the
    day it came into the catalogue, None where nobody knows; it is no part of what an offer is.
    """

    code: str
    title: str
    summary: str
    outcome: str
    topics: tuple[str, ...]
    areas: tuple[Area, ...]
    staff_groups: tuple[str, ...]
    kind: OfferKind
    length: str
    price_dkk: int | None
    price_unit: PriceUnit
    provider: str
    place: str
    online: bool
    seats: int | None
    link: str
    language: str
    added_on: date | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """A dated run (hold) of an offer. Dates are inclusive, in Danish local time; `added_on` as in `Offer`."""

    code: str
    offer_code: str
    starts: date
    ends: date
    place: str
    online: bool
    seats: int
    taken: int
    deadline: date | None
    added_on: date | None = field(default=None, compare=False)

    @property
    def free_seats(self) -> int:
        """Seats nobody has taken; never negative."""
        return max(0, self.seats - self.taken)

    def open_for_sign_up(self, today: date) -> bool:
        """Whether somebody can still get a seat on it."""
        last_day = self.deadline or self.starts
        return last_day >= today and self.free_seats > 0
