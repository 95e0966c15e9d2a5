"""Taking a card's JSON apart: all its elements, buttons and inputs, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


def elements(card: Json) -> Iterator[Json]:
    """Everything with a type: blocks, runs, inputs and actions."""
    for part in (*card.get("body", []), *card.get("actions", [])):
        yield from _inside(part)


def _inside(part: Json) -> Iterator[Json]:
    yield part
    for name in ("items", "inlines", "actions", "columns", "cells", "rows", "facts"):
        for inner in part.get(name, []):
            yield from _inside(inner)


def of_type(card: Json, kind: str) -> list[Json]:
    """The elements whose type begins with this: "TextRun", "Input.", "Action."."""
    return [element for element in elements(card) if element.get("type", "").startswith(kind)]
