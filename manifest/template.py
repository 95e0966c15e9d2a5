"""The shipped manifest and translation as JSON, and the filling of the manifest's placeholders.

A placeholder is ``${{NAME}}`` inside a string, the notation of Microsoft's own tools. Values are put into the
parsed JSON, so that no value can change its structure.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

FOLDER = Path(__file__).resolve().parent
MANIFEST_FILE = "manifest.json"
TRANSLATION_FILE = "en.json"

_PLACEHOLDER = re.compile(r"\$\{\{(\w+)\}\}")


def manifest_template() -> dict[str, Any]:
    """Return the Danish manifest with its placeholders unfilled."""
    return cast("dict[str, Any]", _read(MANIFEST_FILE))


def english_translation() -> dict[str, str]:
    """Return the English texts by their path in the manifest, such as ``name.short``."""
    return cast("dict[str, str]", _read(TRANSLATION_FILE))


def filled(template: Any, values: Mapping[str, str]) -> Any:
    """Return a copy of a JSON value with every placeholder in its strings replaced.

    Args:
        template: Any JSON value.
        values: Placeholder names without the braces, and what they become.

    Raises:
        KeyError: When a placeholder has no value.
    """
    if isinstance(template, str):
        return _PLACEHOLDER.sub(lambda match: values[match[1]], template)
    if isinstance(template, list):
        return [filled(item, values) for item in template]
    if isinstance(template, dict):
        return {key: filled(item, values) for key, item in template.items()}
    return template


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))
