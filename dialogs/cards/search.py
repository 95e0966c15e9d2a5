"""The list that answers "hvilke kurser er der om …?": what was asked, what fits, and how to change it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.course_query import CourseQuery, Filter, course_query_json
from catalogue.course_search import CourseList, WaysOn, is_new
from centre.interest import Want
from dialogs.cards.course_filters import button_words, filter_words, filters_words, query_words
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    heading,
    hint,
    line,
    paragraph,
    plain,
    reason,
    section,
    sentences,
    shorten,
    small,
    subheading,
)
from dialogs.cards.interest import subject_buttons
from dialogs.cards.offer import kind_line, spoken_titles, when_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action, CardElement

    from catalogue.matching import Match
    from dialogs.texts import Texts

SHOWN = 5
MOST_BUTTONS = 6
LONGEST_FILTER = 22
"""Letters of a filter on its button: more are cut off on a phone."""
LONGEST_SPOKEN = 200


NOWHERE = WaysOn()


@dataclass(frozen=True, slots=True)
class Before:
    """What the list was before the last change, and how much was on it."""

    query: CourseQuery
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of the list, `first` counted from 0; `ways_on` where nothing was found."""

    query: CourseQuery
    found: CourseList
    first: int = 0
    before: Before | None = None
    ways_on: WaysOn = NOWHERE

    @property
    def listed(self) -> Sequence[Match]:
        """What has a number: the offers found, or the nearest where there are none."""
        return self.found.matches or self.ways_on.nearest

    @property
    def shown(self) -> Sequence[Match]:
        """The offers of this page."""
        return self.listed[self.first : self.first + SHOWN]

    @property
    def in_vain(self) -> bool:
        """Whether nothing has the topic that was asked for: where an interest list or a wish is the way on."""
        return bool(self.query.topic) and (self.found.near or not self.found.matches)

    @property
    def more(self) -> bool:
        """Whether there is a page after this one."""
        return len(self.listed) > self.first + SHOWN


def search_card(texts: Texts, page: SearchPage, nonce: str, *, may_file: bool) -> Card:
    """A page of offers, each with `Læs mere`, the filters with a way to take each off, and the ways on."""
    title, asked, counted = _title(texts, page), query_words(texts, page.query), _counted(texts, page)
    body: list[CardElement] = [
        heading(title),
        *([line(texts("label-searched"), asked)] if asked else []),
        *([small(counted)] if counted else []),
        *_ways(texts, page),
        *_filter_buttons(texts, page.query),
        *([subheading(texts("asking-near-heading"))] if page.shown and not page.found.matches else []),
        *[_item(texts, page, number, match) for number, match in enumerate(page.shown, page.first + 1)],
        *_last_words(texts, page, may_file=may_file),
    ]
    rest = spoken_titles(page.shown, page.first + 1) if page.shown else _next_words(texts, page, may_file=may_file)
    return Card(
        sentences(title, shorten(asked, LONGEST_SPOKEN), shorten(counted, LONGEST_SPOKEN), rest),
        body,
        _actions(texts, page, nonce, may_file=may_file),
        texts.locale,
    )


def list_button(words: str, query: CourseQuery, first: int = 0, tooltip: str = "") -> Action:
    """A button that shows a list; the query goes with it, so that it is good for ever."""
    packed = json.dumps(course_query_json(query), ensure_ascii=False, separators=(",", ":"))
    return bare_submit(words, "search.list", tooltip=tooltip, query=packed, first=str(first))


def _title(texts: Texts, page: SearchPage) -> str:
    if not page.found.matches:
        return texts("asking-nothing-filtered" if page.ways_on.nearest else "search-nothing")
    if page.found.near:
        return texts("search-nearest")
    return texts("search-found" if page.query != CourseQuery() else "search-coming")


def _counted(texts: Texts, page: SearchPage) -> str:
    """Say how many there are, and what the last change did."""
    if page.found.near or page.query == CourseQuery():
        return ""
    counted = _changed(texts, page) or (texts("asking-count", count=page.found.sure) if page.found.matches else "")
    unsure = page.found.unsure
    if not unsure:
        return counted
    limits = {Filter.LONGEST, Filter.SHORTEST}.intersection(page.query.filters)
    price = Filter.DEAREST in page.query.filters
    what = texts(f"asking-unsure-{'both' if limits and price else 'price' if price else 'length'}")
    return f"{counted} · {texts('asking-unsure', count=unsure, what=what)}"


def _changed(texts: Texts, page: SearchPage) -> str:
    before, query, count = page.before, page.query, page.found.sure
    if before is None or before.query.topic != query.topic or before.query == query or not (before.count or count):
        return ""
    changed = [one for one in query.filters if query.without(one) != query and _differs(query, before.query, one)]
    dropped = [one for one in before.query.filters if one not in query.filters]
    replaced = [one for one in changed if one in before.query.filters]
    if changed and not dropped and not replaced:
        added = filters_words(texts, query, changed)
        return texts("asking-narrowed", count=count, before=before.count, added=added)
    if dropped and not changed:
        gone = filters_words(texts, before.query, dropped)
        return texts("asking-widened", count=count, before=before.count, dropped=gone)
    return texts("asking-changed", count=count, before=before.count)


def _differs(query: CourseQuery, before: CourseQuery, one: Filter) -> bool:
    return query.without(*(other for other in Filter if other is not one)) != before.without(
        *(other for other in Filter if other is not one)
    )


def _ways(texts: Texts, page: SearchPage) -> list[CardElement]:
    """Say which filter to take off to find something."""
    return [
        plain(
            texts(
                "asking-near-one-less",
                filter=shorten(filter_words(texts, page.query, way.filter), LONGEST_SPOKEN),
                count=way.count,
            ),
            spacing="None" if number else "Default",
        )
        for number, way in enumerate(page.ways_on.ways)
    ]


def _filter_buttons(texts: Texts, query: CourseQuery) -> list[CardElement]:
    """The filters, each with a press that takes it off; the last button of many takes off all."""
    filters = query.filters
    if not filters:
        return []
    most = MOST_BUTTONS - 1 if len(filters) > 1 else MOST_BUTTONS
    row = [_filter_button(texts, query, one) for one in filters[:most]]
    if len(filters) > 1:
        row.append(list_button(texts("button-remove-filters"), query.without(*Filter)))
    return [buttons(*row)]


def _filter_button(texts: Texts, query: CourseQuery, one: Filter) -> Action:
    words = filter_words(texts, query, one)
    short = shorten(button_words(texts, query, one), LONGEST_FILTER)
    return list_button(
        texts("button-remove-filter", filter=short),
        query.without(one),
        tooltip=texts("tooltip-remove-filter", filter=shorten(words, LONGEST_SPOKEN)),
    )


def _item(texts: Texts, page: SearchPage, number: int, match: Match) -> CardElement:
    new = _new_words(texts, page.query, match)
    return section(
        subheading(f"{number}. {match.offer.title}"),
        hint(kind_line(texts, match.offer), spacing="None"),
        small(when_words(texts, match.offer, match.runs)),
        *([reason(new)] if new else []),
        buttons(_details(texts, number, match)),
    )


def _new_words(texts: Texts, query: CourseQuery, match: Match) -> str:
    if query.new_since is None:
        return ""
    return texts("asking-new-offer" if is_new(match.offer, query.new_since) else "asking-new-run")


def _details(texts: Texts, number: int, match: Match) -> Action:
    words = texts("button-details")
    return bare_submit(
        words, "offer.show", tooltip=f"{words} {number}: {match.offer.title}", code=match.offer.code
    )


def _last_words(texts: Texts, page: SearchPage, *, may_file: bool) -> list[CardElement]:
    """Say what can be written next; never a dead end."""
    if page.found.matches and not page.found.near:
        return [hint(texts("search-hint"), spacing="Medium")]
    back = [hint(texts("asking-nothing-next"))] if page.before else []
    if page.ways_on.nearest:
        return [hint(texts("asking-filtered-next"), spacing="Medium"), *back]
    return [paragraph(_next_words(texts, page, may_file=may_file)), *back]


def _next_words(texts: Texts, page: SearchPage, *, may_file: bool) -> str:
    """Say what to do where nothing was found."""
    if may_file:
        return texts("asking-nothing-next-leader" if page.query.topic else "search-nothing-next")
    return texts("interest-nothing-next" if page.in_vain else "search-nothing-next")


def _actions(texts: Texts, page: SearchPage, nonce: str, *, may_file: bool) -> list[Action]:
    actions: list[Action] = []
    if page.more:
        actions.append(list_button(texts("button-more"), page.query, page.first + SHOWN))
    if page.first:
        actions.append(list_button(texts("button-previous"), page.query, max(0, page.first - SHOWN)))
    if may_file and page.in_vain:
        actions.append(bare_submit(texts("button-as-need"), "search.need", nonce))
    elif page.in_vain:
        topic = page.query.topic
        actions.extend(subject_buttons(texts, Want("", topic, page.query.text or topic)))
    return actions
