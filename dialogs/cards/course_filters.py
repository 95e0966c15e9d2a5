"""How the filters of a course query read: one by one on their buttons, and together as the list's line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.course_query import Filter
from catalogue.lengths import HOUR
from dialogs.cards.wish import group_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from catalogue.course_query import CourseQuery
    from catalogue.learning_forms import Form
    from catalogue.lengths import Length
    from dialogs.texts import Texts


def query_words(texts: Texts, query: CourseQuery) -> str:
    """Word all that is asked: "demens · i foråret (1. mar. til 31. maj 2027) · Online · højst 1 dag"."""
    dated = {Filter.TIME: _time_with_days(texts, query)}
    words = [query.topic, *(dated.get(one) or filter_words(texts, query, one) for one in query.filters)]
    return " · ".join(word for word in words if word)


def filters_words(texts: Texts, query: CourseQuery, filters: Iterable[Filter]) -> str:
    """Word some of the filters."""
    return " · ".join(filter_words(texts, query, one) for one in filters)


def filter_words(texts: Texts, query: CourseQuery, one: Filter) -> str:
    """Word one filter that is on."""
    return _WORDS[one](texts, query)


def button_words(texts: Texts, query: CourseQuery, one: Filter) -> str:
    """Word a filter on a button: its value, or its name where the value may be too long for one."""
    return texts(_NAMED[one]) if one in _NAMED else filter_words(texts, query, one)


def length_words(texts: Texts, length: Length) -> str:
    """Word a length: in days, in hours or minutes of a single day, or as so many times."""
    if length.whole_days:
        return texts("length-days", count=length.days)
    if length.days > 1:
        return texts("length-times", count=length.days)
    if length.minutes < HOUR:
        return texts("length-minutes", count=length.minutes)
    return texts("length-hours", count=round(length.minutes / HOUR, 1))


def _time_with_days(texts: Texts, query: CourseQuery) -> str:
    days = _days(texts, query)
    return f"{query.time_words} ({days})" if query.time_words and days else query.time_words or days


def _days(texts: Texts, query: CourseQuery) -> str:
    if query.earliest and query.latest:
        return texts("time-between", first=texts.short_day(query.earliest), last=texts.short_day(query.latest))
    if query.latest:
        return texts("time-before", last=texts.short_day(query.latest))
    return texts("time-after", first=texts.short_day(query.earliest)) if query.earliest else ""


def _form(texts: Texts, form: Form) -> str:
    return texts(f"form-{form.value.replace('_', '-')}")


def _limit(texts: Texts, key: str, length: Length | None) -> str:
    return texts(key, length=length_words(texts, length)) if length else ""


def _dearest(texts: Texts, query: CourseQuery) -> str:
    if not query.dearest:
        return texts("filter-free")
    return texts("filter-dearest", amount=texts.number(query.dearest))


_NAMED: Mapping[Filter, str] = {
    Filter.GROUPS: "filter-name-groups",
    Filter.TIME: "filter-name-time",
    Filter.PLACE: "filter-name-place",
    Filter.NEW: "filter-name-new",
}
_WORDS: Mapping[Filter, Callable[[Texts, CourseQuery], str]] = {
    Filter.GROUPS: lambda _, query: ", ".join(map(group_words, query.staff_groups)),
    Filter.SEATS: lambda texts, query: texts("filter-seats", count=query.seats or 1),
    Filter.TIME: lambda texts, query: query.time_words or _days(texts, query),
    Filter.ONLINE: lambda texts, query: texts("form-online" if query.online else "filter-on-site"),
    Filter.FORMS: lambda texts, query: ", ".join(_form(texts, form) for form in query.forms),
    Filter.EXCLUDED: lambda texts, query: ", ".join(
        texts("filter-excluded", form=_form(texts, form)) for form in query.excluded
    ),
    Filter.PLACE: lambda texts, query: texts("filter-place", place=query.place),
    Filter.LONGEST: lambda texts, query: _limit(texts, "filter-longest", query.longest),
    Filter.SHORTEST: lambda texts, query: _limit(texts, "filter-shortest", query.shortest),
    Filter.DEAREST: _dearest,
    Filter.AREA: lambda texts, query: texts(f"area-{query.area.value}") if query.area else "",
    Filter.NEW: lambda texts, query: (
        texts("filter-new", day=texts.short_day(query.new_since)) if query.new_since else ""
    ),
}
