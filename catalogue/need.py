"""Reading a need: what a leader's or an employee's Danish sentence says beside its topic.

Every value keeps the words that it came from, so that the chat can show them and a person can correct them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from catalogue.offers import Area

T = TypeVar("T")


class Form(StrEnum):
    """The form of learning that somebody asks for."""

    COURSE = "course"
    THEME_DAY = "theme_day"
    SUPERVISION = "supervision"
    MENTORING = "mentoring"
    PEER_TRAINING = "peer_training"
    E_LEARNING = "e_learning"
    SPECIALIST = "specialist"
    TEAM_PROGRAMME = "team_programme"
    ONLINE = "online"
    ON_SITE = "on_site"


class Urgency(StrEnum):
    """How quickly help is wanted."""

    SOON = "soon"
    NOT_URGENT = "not_urgent"


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the words of the sentence that said it."""

    value: T
    words: str


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence, read.

    `text` is the whole sentence as written (CPR numbers masked). `topic` is what is left for matching when
    the other values' words and the polite frame ("jeg har brug for", "kan I hjælpe med") are taken out;
    it keeps the writer's own words and order. `excluded_forms` are forms the person said no to ("ikke online").
    `hard` names the fields that the person insisted on ("kun", "skal være"); the rest are soft signals.
    """

    text: str
    topic: str
    headcount: Found[int] | None = None
    staff_groups: tuple[Found[str], ...] = ()
    earliest: Found[date] | None = None
    latest: Found[date] | None = None
    form: Found[Form] | None = None
    excluded_forms: tuple[Found[Form], ...] = ()
    area: Found[Area] | None = None
    place: Found[str] | None = None
    budget_dkk: Found[int] | None = None
    urgency: Found[Urgency] | None = None
    on_behalf_of: Found[str] | None = None
    hard: frozenset[str] = frozenset()


def read_need(text: str, today: date) -> Need:
    """Read one need out of a Danish (or simple English) sentence."""
    raise NotImplementedError
