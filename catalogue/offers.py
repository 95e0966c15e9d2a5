"""The catalogue's nouns: an offer (forløb/tilbud) and its dated runs (hold).

Values are stable English codes, because rows keep them for years; the words that people read are in
`dialogs/texts`, the words that people write in files are in `catalogue/importing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time


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


class SignUp(StrEnum):
    """Who says yes to a person who signs up for a run."""

    FREE = "free"  # nobody needs to
    LEADER = "leader"  # the person's own leader
    CENTRE = "centre"  # the competence centre


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer of the catalogue; its `code` is unique within a tenant and never reused.

    `outcome` says what a participant can do afterwards. `topics` are the curated keywords, most important
    first. `staff_groups` are canonical names from `catalogue.staff_groups` (empty: for everyone), `areas`
    likewise. `price_dkk` is in whole kroner, 0 for free, None for unknown. `seats` is per run. `sign_up` says who
    approves those who sign up. `added_on` is the day it came into the catalogue, None where nobody knows; it is no
    part of what an offer is.
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
    sign_up: SignUp = SignUp.LEADER
    added_on: date | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """A dated run (hold) of an offer. Dates are inclusive, in Danish local time; `added_on` as in `Offer`.

    `taken` are the seats that are gone: as the catalogue says, and those of who signed up here. `begins_at` and
    `ends_at` are the clock times of each day, None where they are not known. `link` is where it is held online.
    """

    code: str
    offer_code: str
    starts: date
    ends: date
    place: str
    online: bool
    seats: int
    taken: int
    deadline: date | None
    begins_at: time | None = None
    ends_at: time | None = None
    link: str = ""
    added_on: date | None = field(default=None, compare=False)

    @property
    def last_day(self) -> date:
        """The last day on which somebody signs up, or leaves without asking."""
        return self.deadline or self.starts

    @property
    def free_seats(self) -> int:
        """Seats nobody has taken; never negative."""
        return max(0, self.seats - self.taken)

    def open_for_sign_up(self, today: date) -> bool:
        """Whether somebody can still get a seat on it."""
        return self.last_day >= today and self.free_seats > 0
