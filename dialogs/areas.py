"""The areas by the names that people write: "Handicap", "Social & Psykiatri", "psychiatry"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from catalogue.importing.cells import CellError, folded
from catalogue.offers import Area
from centre.people_file import AREA
from dialogs.texts import LOCALES, texts_in

if TYPE_CHECKING:
    from collections.abc import Mapping


def area_named(words: str) -> Area | None:
    """Return the area that words name, and nothing but name; None for any other words."""
    said = words.strip(" .!?»«\"'")
    try:
        return AREA(said)
    except CellError:
        return _names().get(folded(said))


@cache
def _names() -> Mapping[str, Area]:
    """Every language's names, each with and without "the area of" around it."""
    return {
        folded(form): area
        for locale in LOCALES
        for area in Area
        for name in [texts_in(locale)(f"area-{area.value}")]
        for form in (name, f"{name}-området", f"område {name}", f"{name} area")
    }
