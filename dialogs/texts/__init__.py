"""Every sentence that a person reads, in Fluent files: Danish first, English second.

`texts("key", name="…")` words a message; dates and amounts are passed in already worded by `day` and `kroner`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FOLDER = Path(__file__).parent
DEFAULT = "da"
LOCALES = ("da", "en")
MOST_WORDED = 2_000
"""Days and amounts whose words are kept: the same ones come up all day, and babel takes longer than a sentence."""
LONGEST_VALUE = 1000
"""Somebody's words inside a sentence of ours; Fluent itself refuses more than 2500 characters."""


class MissingTextError(KeyError):
    """A text that code asks for is not in the language's files, or one of its variables is missing."""


class Texts:
    """The texts of one language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._bundle = FluentBundle([locale], use_isolating=False)
        for path in sorted((FOLDER / locale).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(path.read_text("utf-8")))
        self._fixed: dict[str, str] = {}

    def __call__(self, key: str, **values: str | float) -> str:
        """Word a message; a value that is longer than anybody would read is cut.

        Raises:
            MissingTextError: the key or one of its variables is missing.
        """
        if values:
            return self._worded(key, values)
        if key not in self._fixed:
            self._fixed[key] = self._worded(key, values)
        return self._fixed[key]

    def _worded(self, key: str, values: Mapping[str, str | float]) -> str:
        if not self._bundle.has_message(key):
            raise MissingTextError(key)
        pattern = self._bundle.get_message(key).value
        assert pattern is not None, key
        text, errors = self._bundle.format_pattern(pattern, {name: _cut(value) for name, value in values.items()})
        if errors:
            raise MissingTextError(f"{key}: {errors[0]}")
        return str(text)

    def day(self, day: date) -> str:
        """Word a date with its weekday: fredag den 27. november."""
        return _day(day, self("pattern-day"), self.locale)

    def short_day(self, day: date) -> str:
        """Word a date with its year: 27. nov. 2026."""
        return _day(day, self("pattern-short-day"), self.locale)

    def number(self, number: int) -> str:
        """Word a whole number with thousands separated as the language does."""
        return _number(number, self.locale)


@lru_cache(MOST_WORDED)
def _day(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(MOST_WORDED)
def _number(number: int, locale: str) -> str:
    return format_decimal(number, locale=locale)


def _cut(value: str | float) -> str | float:
    too_long = isinstance(value, str) and len(value) > LONGEST_VALUE
    return f"{str(value)[: LONGEST_VALUE - 1]}…" if too_long else value


@cache
def texts_in(locale: str) -> Texts:
    """Return the texts of a language; any tag that is not English reads Danish ("en-GB" reads English)."""
    language = locale.lower().partition("-")[0]
    return Texts(language if language in LOCALES else DEFAULT)
