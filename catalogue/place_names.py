"""The names of the places where the catalogue holds its courses, for "i Åbro" and "på Kompetencecentret"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_LETTERS = 3
_NO_PLACE = frozenset({"online", "teams", "zoom", "webinar"})
_PREPOSITION = re.compile(r"^(?:i|på|hos|ved|in|at) ", re.IGNORECASE)


def place_names(written: Iterable[str]) -> frozenset[str]:
    """Return the names in "Plejehjemmet Solbakken, Søndervang": what is between commas and has a capital.

    A room ("lokale 2") has none, and "På jeres arbejdsplads" is no name once its preposition is gone.
    """
    parts = (_PREPOSITION.sub("", part.strip()) for place in set(written) for part in place.split(","))
    return frozenset(
        part
        for part in parts
        if len(part) >= _LEAST_LETTERS and part[0].isupper() and part.casefold() not in _NO_PLACE
    )
