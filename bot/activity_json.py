"""Activities as JSON, on their way out and in.

The SDK's own writing walks through every word of a card, and took longer than everything else about sending one;
its reading looks every class up anew for every activity. Cards and values are plain JSON when they come here; only
the SDK's objects around them have to be written and made.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import botbuilder.schema
from msrest.serialization import Model, Serializer

_PLAIN: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "bool": bool,
    "int": int,
    "float": (int, float),
    "iso-8601": str,
}
"""What Python makes of the kinds of JSON that are no objects, by their names in msrest."""


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


def read_as(model: type[Model], document: dict[str, Any]) -> Any:
    """Return the object of the SDK that a JSON object describes; what its class does not know is kept beside it.

    Raises:
        ValueError: a part is of another kind than the class says, or no date.
    """
    attributes = _attributes_of(model)  # type: ignore[arg-type] # classes can be hashed
    found, others = {}, {}
    for key, value in document.items():
        if key not in attributes:
            others[key] = value
        elif value is not None:
            name, kind = attributes[key]
            found[name] = _read_part(value, kind)
    made = model(**found)
    made.additional_properties = others
    return made


def _read_part(value: Any, kind: str) -> Any:
    """Read a part of a kind as msrest names it: `str`, `object`, `iso-8601`, `[Entity]`."""
    if kind.startswith("["):
        if not isinstance(value, list):
            raise ValueError("not a list")
        return [_read_part(item, kind[1:-1]) for item in value]
    if kind in {"object", "{object}"}:
        return value
    is_of_kind = isinstance(value, _PLAIN.get(kind, dict))
    if not is_of_kind:
        raise ValueError(f"not {kind}")
    if kind == "iso-8601":
        return datetime.fromisoformat(value)
    return value if kind in _PLAIN else read_as(getattr(botbuilder.schema, kind), value)


@cache
def _attributes_of(model: type[Model]) -> dict[str, tuple[str, str]]:
    return {described["key"]: (name, described["type"]) for name, described in model._attribute_map.items()}  # noqa: SLF001


@cache
def _keys_of(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple((name, described["key"]) for name, described in model._attribute_map.items())  # noqa: SLF001
