"""Reading an Excel workbook (.xlsx) sheet by sheet, streaming, with formulas as the values Excel last saw.

Nothing in a workbook is run: formulas are never evaluated, macros and links to other files are left alone. A
part that declares a document type is refused before openpyxl sees it, because entities (the "XML bomb") cannot
be declared without one and Excel never writes one.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import IO, TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from catalogue.importing.problems import UnreadableFileError
from catalogue.importing.sheet import LAST_ROW, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from catalogue.importing.sheet import Cell

MOST_COLUMNS = 100
MOST_UNPACKED = 500 * 1024 * 1024
"""Bytes of XML in a workbook; 100,000 offers with long texts are a fifth of it."""

CHUNK = 1 << 16

DAMAGED = "Regnearket er beskadiget og kan ikke læses. Åbn det i Excel, og gem det igen som .xlsx."


class XlsxSheet:
    """One worksheet of an open workbook."""

    def __init__(self, worksheet: ReadOnlyWorksheet) -> None:
        self._worksheet = worksheet
        self.name = str(worksheet.title)
        self._last_row = worksheet.max_row or LAST_ROW
        worksheet.reset_dimensions()  # some systems write a wrong one, and openpyxl would cut the sheet to it

    def rows(self) -> Iterator[Row]:
        """See `Sheet.rows`."""
        # without the last row a forged row number makes openpyxl fill in empty rows for ever
        records = self._worksheet.iter_rows(min_row=1, max_row=LAST_ROW, values_only=True)  # type: ignore[misc]
        try:
            for number, record in enumerate(records, start=1):
                cells = tuple(as_cell(value) for value in record[:MOST_COLUMNS])
                if any(isinstance(cell, date) or cell.strip() for cell in cells):
                    yield Row(number, cells)
        except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
            raise UnreadableFileError(DAMAGED) from error

    def share_read(self, row: Row) -> float:
        """See `Sheet.share_read`."""
        return min(1.0, row.number / self._last_row)


@contextmanager
def open_xlsx(path: Path) -> Iterator[list[XlsxSheet]]:
    """The worksheets of a workbook, open as long as the block lasts.

    Raises:
        UnreadableFileError: It is damaged, too large when unpacked, or made to harm.
    """
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", module="openpyxl"
        )  # on styles and extensions, which matter to nobody here
        workbook = _load(file)
        try:
            yield [XlsxSheet(sheet) for sheet in workbook.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        finally:
            workbook.close()


def _load(file: BufferedReader) -> Workbook:
    try:
        with ZipFile(file) as archive:
            _refuse_bombs(archive)
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except UnreadableFileError:
        raise
    except Exception as error:  # as above
        raise UnreadableFileError(DAMAGED) from error


def _refuse_bombs(archive: ZipFile) -> None:
    parts = [part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
    # zipfile never unpacks more of a part than the size that the archive gives for it
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFileError(
            "Regnearket er for stort, når det pakkes ud. Del det i flere filer, eller gem det som CSV."
        )
    for part in parts:
        with archive.open(part) as content:
            _refuse_document_type(content)


def _refuse_document_type(content: IO[bytes]) -> None:
    """Read XML up to its first element: a document type, and so an entity, can only be declared before that."""
    elements: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _raise_forged
    parser.StartElementHandler = lambda name, _: elements.append(name)
    while not elements and (chunk := content.read(CHUNK)):
        parser.Parse(chunk)


def _raise_forged(*_: object) -> None:
    raise UnreadableFileError(
        "Regnearket indeholder XML, som Excel ikke skriver, og læses af sikkerhedshensyn ikke."
    )


def as_cell(value: object) -> Cell:
    """What Excel stored, as a person reads it: 12.0 is "12", 0.5 is "0,5", true is "ja", a date stays a date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return _as_text(value)


def _as_text(value: object) -> str:
    match value:
        case str():
            return value.replace("_x000D_", "")  # how Excel writes a carriage return inside a cell
        case bool():
            return "ja" if value else "nej"
        case float():
            return f"{value:.15g}".replace(".", ",")
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)
