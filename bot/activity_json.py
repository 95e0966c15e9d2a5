"""Activities as JSON, on their way out.

The SDK's own writing walks through every word of a card, and took longer than everything else about sending one.
A card is plain JSON when it comes here; only the SDK's objects around it have to be written.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from msrest.serialization import Model, Serializer


def written(value: Any) -> Any:
    """Return an object of the SDK as the JSON that Teams takes; what is none of its objects stays as it is."""
    if isinstance(value, Model):
        found = ((key, getattr(value, name, None)) for name, key in _keys_of(type(value)))  # type: ignore[arg-type] # classes can be hashed
        return {key: written(part) for key, part in found if part is not None}
    if isinstance(value, list):
        return [written(part) for part in value]
    if isinstance(value, datetime):
        return Serializer.serialize_iso(value)  # type: ignore[no-untyped-call] # the SDK ships no types
    return value


@cache
def _keys_of(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple((name, described["key"]) for name, described in model._attribute_map.items())  # noqa: SLF001
