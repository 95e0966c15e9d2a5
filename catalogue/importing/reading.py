"""Reading a whole catalogue file: offers, runs, and everything that is wrong with it, in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.importing.cells import spoken_list
from catalogue.importing.checked_row import CheckedRow
from catalogue.importing.files import open_sheets
from catalogue.importing.offers_table import OFFERS, OffersReader
from catalogue.importing.problems import Problem, UnreadableFileError
from catalogue.importing.runs_table import RUNS, RunsReader
from catalogue.importing.tables import Table, TableKind, find_table, heading_problems, heading_remarks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from catalogue.importing.sheet import Sheet
    from catalogue.offers import Offer, Run

ROWS_BETWEEN_PROGRESS = 500


class Part(StrEnum):
    """A part of the catalogue that a file can hold."""

    OFFERS = "offers"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds.

    `offers` and `runs` are the rows that nothing is wrong with; import them only if `problems` is empty.
    `parts` says which parts of the catalogue have at least one row in the file, sound or not: an empty sheet Hold
    must not retire every run. `remarks` are Danish sentences on what was left out, such as an unknown column.
    """

    offers: list[Offer]
    runs: list[Run]
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    parts: frozenset[Part] = frozenset()


def read_file(
    path: Path,
    today: date,
    *,
    known_offer_codes: Collection[str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Parsed:
    """Read a CSV or XLSX file with offers, runs or both, and check every row of it.

    Blocks: 100,000 rows take seconds, so a server calls it in a thread.

    Args:
        path: The file. What it is, is told by its content, not its name.
        today: What "+30" in a date is counted from.
        known_offer_codes: The offers there are already: a run must belong to one of them or of the file's own.
            None leaves that unchecked.
        progress: Called now and then with how much is read, 0 to 100 percent.

    Returns:
        The offers and runs with all problems found.

    Raises:
        UnreadableFileError: The file as a whole cannot be read; nothing of it should be used.
    """
    with open_sheets(path) as sheets:
        tables, remarks = _choose_tables(sheets)
        offers = OffersReader()
        runs = RunsReader(today, _offer_finder(known_offer_codes, offers))
        problems: list[Problem] = []
        parts: set[Part] = set()
        share = _Share(progress, len(tables))
        for table in tables:
            problems += heading_problems(table)
            remarks += heading_remarks(table)
            reader, part = (offers, Part.OFFERS) if table.kind is OFFERS else (runs, Part.RUNS)
            if _read_table(table, reader, problems, share):
                parts.add(part)
            else:
                remarks.append(f"{_named(table.sheet)} har ingen rækker under overskriften.")
    if not parts:
        raise UnreadableFileError("Filen har overskrifter, men ingen rækker under dem.")
    return Parsed(offers.offers, runs.runs, problems, remarks, frozenset(parts))


class _Share:
    """Turns rows read into percent of the file."""

    def __init__(self, progress: Callable[[int], None] | None, tables: int) -> None:
        self._progress = progress
        self._tables = tables
        self._done = 0

    def tell(self, share_of_table: float) -> None:
        if self._progress is not None:
            self._progress(int(100 * (self._done + share_of_table) / self._tables))

    def table_done(self) -> None:
        self.tell(1)
        self._done += 1


def _read_table(table: Table, reader: OffersReader | RunsReader, problems: list[Problem], share: _Share) -> int:
    """Read the rows below the heading; returns how many there are."""
    count = 0
    for row in table.sheet.rows():
        if row.number > table.heading_row:
            reader.add(CheckedRow(table, row, problems))
            count += 1
            if count % ROWS_BETWEEN_PROGRESS == 0:
                share.tell(table.sheet.share_read(row))
    share.table_done()
    return count


def _choose_tables(sheets: Iterable[Sheet]) -> tuple[list[Table], list[str]]:
    """The tables to read, offers before runs, which refer to them; and remarks on sheets left out.

    Where a sheet bears the name of its kind (Forløb, Hold), other sheets of that kind are drafts and copies.
    """
    found = [table for sheet in sheets if (table := find_table(sheet, (OFFERS, RUNS)))]
    if not found:
        raise UnreadableFileError(
            f"Der er ingen tabel i filen, som kan genkendes. Forløb skal have kolonnerne {_required(OFFERS)}. "
            f"Hold skal have kolonnerne {_required(RUNS)}."
        )
    chosen: list[Table] = []
    for kind in (OFFERS, RUNS):
        chosen += _own_sheets([table for table in found if table.kind is kind], kind)
    left_out = [table for table in found if table not in chosen]
    return chosen, [
        f"{_named(table.sheet)} er sprunget over, fordi arket {table.kind.sheet} er brugt." for table in left_out
    ]


def _own_sheets(tables: Sequence[Table], kind: TableKind) -> Sequence[Table]:
    named = [table for table in tables if table.sheet.name.strip().casefold() == kind.sheet.casefold()]
    return named or tables


def _offer_finder(known: Collection[str] | None, offers: OffersReader) -> Callable[[str], str | None] | None:
    if known is None:
        return None
    spellings = {code.casefold(): code for code in known}
    return lambda code: offers.codes.spelling(code) or spellings.get(code.casefold())


def _required(kind: TableKind) -> str:
    return spoken_list(column.heading for column in kind.columns if column.required)


def _named(sheet: Sheet) -> str:
    return f"Arket {sheet.name}" if sheet.name else "Filen"
