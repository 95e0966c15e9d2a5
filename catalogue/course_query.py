"""What somebody wants to see of the catalogue: a question that can be refined, shown, kept and asked again."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from catalogue.learning_forms import Form
from catalogue.lengths import MOST_DAYS, Length
from catalogue.need import Need
from catalogue.offers import Area
from catalogue.sentence import Found

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WORDS = 120
"""Characters of a topic or a place; a card's button carries the query, and cards must stay small."""
MOST_GROUPS = 8
MOST_KRONER = 10_000_000
MOST_SEATS = 5_000


class Filter(StrEnum):
    """What narrows a list beside its topic, in the order in which it is shown."""

    GROUPS = "groups"
    SEATS = "seats"
    TIME = "time"
    ONLINE = "online"
    FORMS = "forms"
    EXCLUDED = "excluded"
    PLACE = "place"
    LONGEST = "longest"
    SHORTEST = "shortest"
    DEAREST = "dearest"
    AREA = "area"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class CourseQuery:
    """Which offers are wanted; what is left at its default does not narrow the list.

    `text` is the sentence that named the `topic`. Of several `forms` one is enough, `excluded` ones are not
    wanted; `online` is True for online and False for on site, neither of which is among the forms. `time_words`
    are the person's own. `seats` is for how many there must be room. `new_since`: the offer or a run of it came
    on that day or later.
    """

    topic: str = ""
    text: str = ""
    staff_groups: tuple[str, ...] = ()
    seats: int | None = None
    earliest: date | None = None
    latest: date | None = None
    time_words: str = ""
    online: bool | None = None
    forms: tuple[Form, ...] = ()
    excluded: tuple[Form, ...] = ()
    place: str = ""
    longest: Length | None = None
    shortest: Length | None = None
    dearest: int | None = None
    area: Area | None = None
    new_since: date | None = None

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that are on."""
        nothing = CourseQuery()
        return tuple(
            one
            for one, names in _FIELDS.items()
            if any(getattr(self, name) != getattr(nothing, name) for name in names)
        )

    def without(self, *filters: Filter) -> CourseQuery:
        """Return the query with these filters off."""
        nothing = CourseQuery()
        off = {name: getattr(nothing, name) for one in filters for name in _FIELDS[one]}
        return replace(self, **off)

    def narrowed(self, by: CourseQuery) -> CourseQuery:
        """Return the query with the filters of another on, and the other's topic where it names one."""
        names = [name for one in by.filters for name in _FIELDS[one]] + (["topic", "text"] if by.topic else [])
        changes: dict[str, Any] = {name: getattr(by, name) for name in names}
        return replace(self, **changes)

    def need(self) -> Need:
        """Return it as a need, for the matcher: its topic, and what may put one offer before another."""
        return Need(
            text=self.text,
            topic=self.topic,
            staff_groups=tuple(Found(group, group) for group in self.staff_groups),
            earliest=Found(self.earliest, self.time_words) if self.earliest else None,
            latest=Found(self.latest, self.time_words) if self.latest else None,
        )


_FIELDS: Mapping[Filter, tuple[str, ...]] = {
    Filter.GROUPS: ("staff_groups",),
    Filter.SEATS: ("seats",),
    Filter.TIME: ("earliest", "latest", "time_words"),
    Filter.ONLINE: ("online",),
    Filter.FORMS: ("forms",),
    Filter.EXCLUDED: ("excluded",),
    Filter.PLACE: ("place",),
    Filter.LONGEST: ("longest",),
    Filter.SHORTEST: ("shortest",),
    Filter.DEAREST: ("dearest",),
    Filter.AREA: ("area",),
    Filter.NEW: ("new_since",),
}


class UnreadableCourseQueryError(ValueError):
    """A kept query is not what this release writes."""


def course_query_json(query: CourseQuery) -> dict[str, Any]:
    """Return the query as plain JSON, without what does not narrow."""
    nothing = CourseQuery()
    written = {one.name: getattr(query, one.name) for one in fields(CourseQuery)}
    return {name: _plain(value) for name, value in written.items() if value != getattr(nothing, name)}


def course_query_from_json(data: Mapping[str, Any]) -> CourseQuery:
    """Read what `course_query_json` wrote; it may come back from a card, so nothing in it is taken on trust.

    Raises:
        UnreadableCourseQueryError: a value is not one of ours.
    """
    try:
        return CourseQuery(
            topic=_words(data, "topic"),
            text=_words(data, "text"),
            staff_groups=tuple(map(_short, data.get("staff_groups", [])))[:MOST_GROUPS],
            seats=_number(data, "seats", MOST_SEATS),
            earliest=_day(data, "earliest"),
            latest=_day(data, "latest"),
            time_words=_words(data, "time_words"),
            online=bool(data["online"]) if "online" in data else None,
            forms=tuple(map(Form, data.get("forms", []))),
            excluded=tuple(map(Form, data.get("excluded", []))),
            place=_words(data, "place"),
            longest=_length(data, "longest"),
            shortest=_length(data, "shortest"),
            dearest=_number(data, "dearest", MOST_KRONER),
            area=Area(data["area"]) if "area" in data else None,
            new_since=_day(data, "new_since"),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadableCourseQueryError(str(error)) from error


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Length(days, minutes):
            return [days, minutes]
        case tuple():
            return [str(one) for one in value]
        case StrEnum():
            return value.value
        case _:
            return value


def _words(data: Mapping[str, Any], name: str) -> str:
    return _short(data.get(name, ""))


def _short(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("words are text")
    return value[:LONGEST_WORDS]


def _number(data: Mapping[str, Any], name: str, most: int) -> int | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{name} is out of bounds")
    return value


def _day(data: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(data[name]) if name in data else None


def _length(data: Mapping[str, Any], name: str) -> Length | None:
    if name not in data:
        return None
    days, minutes = data[name]
    if not (0 < int(days) <= MOST_DAYS and 0 < int(minutes) <= MOST_DAYS * 24 * 60):
        raise ValueError(f"{name} is out of bounds")
    return Length(int(days), int(minutes))
