"""A sheet of rows, as every kind of file is read into."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Cell: TypeAlias = str | date
"""What one cell holds: text (empty: nothing; numbers are written as a Dane writes them) or a real date."""

LAST_ROW: Final = 1_048_576
"""The last row that an Excel sheet can have."""


class Row(NamedTuple):
    """One row; `number` counts from 1 as Excel shows it."""

    number: int
    cells: tuple[Cell, ...]


class Sheet(Protocol):
    """One sheet of a file. A CSV is one sheet without a name."""

    @property
    def name(self) -> str:
        """The name on the sheet's tab."""

    def rows(self) -> Iterator[Row]:
        """Stream the rows that have something in them, from the top, each time it is called.

        Raises:
            UnreadableFileError: The file turns out to be damaged on the way.
        """

    def share_read(self, row: Row) -> float:
        """How much of the sheet lies behind when this row has just been read, 0 to 1."""
