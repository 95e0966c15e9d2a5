"""Finding a table in a sheet: which kind it is, where its heading is, and what each column means.

A new kind of table (a people list, say) needs a `TableKind` and a reader of its rows; nothing here changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from catalogue.importing.cells import folded, nearest_word, spoken_list
from catalogue.importing.problems import Problem, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalogue.importing.sheet import Sheet

HEADING_WITHIN = 20
"""How many rows with something in them may come before the heading at most, itself included."""
ENOUGH_COLUMNS = 3
"""So many known headings tell a kind of table even where its own mark is missing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of table.

    `name` is the field it fills, `heading` what staff are shown, `others` further headings that are understood.
    `advice` tells staff what to write, and `choices` is the list they may pick from in the template.
    """

    name: str
    heading: str
    advice: str
    others: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    only_choices: bool = True
    is_date: bool = False


@dataclass(frozen=True)
class TableKind:
    """A kind of table: the name of its own sheet, the heading that only it has, and its columns."""

    sheet: str
    mark: str
    columns: tuple[Column, ...]
    by_heading: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {folded(word): column for column in self.columns for word in (*column.others, column.heading)}
        object.__setattr__(self, "by_heading", known)

    def likeness(self, headings: Sequence[str]) -> int:
        """How many of the headings it knows; 0 when they are too few to tell."""
        known = len({column.name for heading in headings if (column := self.by_heading.get(folded(heading)))})
        marked = any(folded(heading) == folded(self.mark) for heading in headings)
        return known if known >= (2 if marked else ENOUGH_COLUMNS) else 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet: `positions` says in which cell of a row, counted from 0, each field is."""

    kind: TableKind
    sheet: Sheet
    heading_row: int
    headings: tuple[str, ...]
    positions: dict[str, int]

    def heading_of(self, name: str) -> str:
        """The heading of a field as the file spells it."""
        return self.headings[self.positions[name]]


def find_table(sheet: Sheet, kinds: Sequence[TableKind]) -> Table | None:
    """The table in a sheet, recognised by the first row near the top that reads as its heading."""
    for row in islice(sheet.rows(), HEADING_WITHIN):
        headings = tuple(_heading(cell) for cell in row.cells)
        kind = max(kinds, key=lambda kind: (kind.likeness(headings), _has_mark(kind, headings)))
        if kind.likeness(headings):
            return Table(kind, sheet, row.number, headings, _positions(kind, headings))
    return None


def heading_problems(table: Table) -> list[Problem]:
    """Required columns that are missing, and columns that are there twice."""
    missing = [
        column.heading for column in table.kind.columns if column.required and column.name not in table.positions
    ]
    problems = []
    if missing:
        noun = "Kolonnen" if len(missing) == 1 else "Kolonnerne"
        problems.append(_heading_problem(table, "", f"{noun} {spoken_list(missing)} mangler i overskriften."))
    for position, heading in enumerate(table.headings):
        column = table.kind.by_heading.get(folded(heading))
        if column and table.positions[column.name] != position:
            first = table.heading_of(column.name)
            told = (
                "findes to gange" if folded(first) == folded(heading) else f"betyder det samme som {quoted(first)}"
            )
            problems.append(_heading_problem(table, heading, f"Kolonnen {quoted(heading)} {told}. Slet den ene."))
    return problems


def heading_remarks(table: Table) -> list[str]:
    """The columns that are left out because nobody knows them."""
    where = f" i arket {table.sheet.name}" if table.sheet.name else ""
    unused = [column.heading for column in table.kind.columns if column.name not in table.positions]
    remarks = []
    for heading in table.headings:
        if heading and folded(heading) not in table.kind.by_heading:
            nearest = nearest_word(heading, unused)
            hint = f" Mente du »{nearest}«?" if nearest else ""
            remarks.append(f"Kolonnen {quoted(heading)}{where} kendes ikke og er sprunget over.{hint}")
    return remarks


def _heading(cell: object) -> str:
    return " ".join(str(cell).split())


def _has_mark(kind: TableKind, headings: Sequence[str]) -> bool:
    return any(folded(heading) == folded(kind.mark) for heading in headings)


def _positions(kind: TableKind, headings: Sequence[str]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, heading in enumerate(headings):
        column = kind.by_heading.get(folded(heading))
        if column:
            positions.setdefault(column.name, position)
    return positions


def _heading_problem(table: Table, heading: str, message: str) -> Problem:
    return Problem(table.sheet.name, table.heading_row, heading, message)
