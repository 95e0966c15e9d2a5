"""One row being read: every cell is tried, and everything that is wrong with the row is noted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from catalogue.importing.cells import CellError, cleaned
from catalogue.importing.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalogue.importing.sheet import Cell, Row
    from catalogue.importing.tables import Table

T = TypeVar("T")


class CheckedRow:
    """Reads the fields of one row and notes what is wrong in a list shared by the whole file."""

    def __init__(self, table: Table, row: Row, problems: list[Problem]) -> None:
        self.number = row.number
        self.sheet = table.sheet.name
        self._table = table
        self._cells = row.cells
        self._problems = problems
        self._problems_before = len(problems)
        is_csv = not self.sheet  # in Excel a note beside the table moves nothing
        if is_csv and any(row.cells[len(table.headings) :]):
            self.note(
                "",
                "Rækken har flere celler end overskrifter. Har en tekst med semikolon eller komma "
                "anførselstegn om sig?",
            )

    @property
    def is_sound(self) -> bool:
        """Whether nothing was wrong so far."""
        return len(self._problems) == self._problems_before

    def read(self, name: str, reader: Callable[[Cell], T], empty: T) -> T:
        """The field's value, or `empty` when nothing is in the cell, the column is missing, or it is wrong."""
        cell = self._cell(name)
        if cell == "":
            return empty
        try:
            return reader(cell)
        except CellError as error:
            self.note(name, str(error))
            return empty

    def require(self, name: str, reader: Callable[[Cell], T]) -> T | None:
        """The value of a field that must be there; None when it is missing or wrong, which is noted.

        A column that the whole table lacks was noted at its heading, so not again in each row.
        """
        before = len(self._problems)
        value = self.read(name, reader, None)
        if value is None and before == len(self._problems) and name in self._table.positions:
            self.note(name, f"{self._table.heading_of(name)} mangler.")
        return value

    def note(self, name: str, message: str) -> None:
        """Note a problem with a field, or with the whole row when `name` is empty."""
        column = self._table.heading_of(name) if name else ""
        self._problems.append(Problem(self.sheet, self.number, column, message))

    def _cell(self, name: str) -> Cell:
        position = self._table.positions.get(name)
        if position is None or position >= len(self._cells):
            return ""
        try:
            return cleaned(self._cells[position])
        except CellError as error:
            self.note(name, str(error))
            return ""
