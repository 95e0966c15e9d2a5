"""How a wish (what is asked for) reads: the facts that several cards share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.staff_groups import plural
from dialogs.cards.elements import hint, panel, small, subheading

if TYPE_CHECKING:
    from microsoft_teams.cards import Container

    from centre.requests import Wish
    from dialogs.texts import Texts


def group_words(group: str) -> str:
    """Word a staff group in the plural, or as its leader wrote it where it is none that the catalogue knows."""
    try:
        return plural(group)
    except KeyError:
        return group


def people_words(texts: Texts, wish: Wish) -> str:
    """Word who it is for: "12 SOSU-assistenter", or "12 personer (SOSU-assistenter, sygeplejersker)"."""
    groups = ", ".join(map(group_words, wish.staff_groups))
    if not wish.headcount:
        return groups
    if len(wish.staff_groups) == 1:
        return f"{wish.headcount} {wish.staff_groups[0] if wish.headcount == 1 else groups}"
    heads = texts("people", count=wish.headcount)
    return f"{heads} ({groups})" if groups else heads


def time_words(texts: Texts, wish: Wish) -> str:
    """Word when: the leader's own words and the dates they were read as."""
    dates = ""
    if wish.earliest and wish.latest:
        dates = texts("time-between", first=texts.short_day(wish.earliest), last=texts.short_day(wish.latest))
    elif wish.latest:
        dates = texts("time-before", last=texts.short_day(wish.latest))
    elif wish.earliest:
        dates = texts("time-after", first=texts.short_day(wish.earliest))
    if not wish.time_words:
        return dates
    return f"{wish.time_words} ({dates})" if dates else wish.time_words


def form_words(texts: Texts, wish: Wish) -> str:
    """Word the wanted form."""
    return texts(f"form-{wish.form.value.replace('_', '-')}") if wish.form else ""


def budget_words(texts: Texts, wish: Wish) -> str:
    """Word the budget."""
    return texts("kroner", amount=texts.number(wish.budget_dkk)) if wish.budget_dkk else ""


def place_words(texts: Texts, wish: Wish) -> str:
    """Word whose department it is for, and the area."""
    area = texts(f"area-{wish.area.value}") if wish.area else ""
    behalf = texts("on-behalf-of", whom=wish.on_behalf_of) if wish.on_behalf_of else ""
    return " · ".join(part for part in (behalf or wish.department, area) if part)


def understood_words(texts: Texts, wish: Wish) -> str:
    """Word all that was read out of a sentence in one line."""
    budget = texts("budget", amount=texts.number(wish.budget_dkk)) if wish.budget_dkk else ""
    behalf = texts("on-behalf-of", whom=wish.on_behalf_of) if wish.on_behalf_of else ""
    parts = (
        wish.topic,
        people_words(texts, wish),
        time_words(texts, wish),
        form_words(texts, wish),
        budget,
        behalf,
    )
    return " · ".join(part for part in parts if part)


def chosen_panel(texts: Texts, wish: Wish, *details: str) -> Container:
    """What was chosen, or that the centre finds something, on a ground of its own."""
    return panel(
        hint(texts("label-chosen")),
        subheading(wish.offer_title or texts("nothing-chosen"), spacing="None"),
        *[small(words) for words in details],
    )


def wish_facts(texts: Texts, wish: Wish) -> list[tuple[str, str]]:
    """Label what is known of a wish beside its topic and what was chosen, in the order that cards show it."""
    return [
        (texts("label-people"), people_words(texts, wish)),
        (texts("label-time"), time_words(texts, wish)),
        (texts("label-form"), form_words(texts, wish)),
        (texts("label-budget"), budget_words(texts, wish)),
        (texts("label-department"), place_words(texts, wish)),
        (texts("label-purpose"), wish.purpose),
    ]
