"""Tables as files for Excel: headings in the reader's language, one row per item, streamed.

What people wrote must stay what they wrote. A cell that begins like a formula is never one: in CSV it gets an
apostrophe in front (OWASP's advice against CSV injection), in XLSX it is declared text. Control characters, which
neither Excel nor XML takes, are left out. Moments are Danish days, and days are real dates in XLSX.
"""

from __future__ import annotations

import asyncio
import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Generic, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from dialogs.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from openpyxl.cell import Cell

    from dialogs.texts import Texts

Item = TypeVar("Item")
Value = str | int | date | None
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the ending of the file's name."""
LONGEST_CELL = 32_767
"""Excel's limit."""
MOST_ROWS = 1_048_575
"""Excel's limit for a sheet, less the headings."""
ROWS_AT_A_TIME = 20
"""Rows that are written in one go: about 10 ms."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DATE_FORMAT = "dd-mm-yyyy"
_WIDE = 60
_NARROW = 18


class TooManyRowsError(ValueError):
    """An Excel sheet has no room for so many."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """A heading's key in the texts, what stands below it, and whether that is a lot."""

    key: str
    value: Callable[[Texts, Item], Value]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """A table: the key of its name in the texts, and its columns; there are fewer of them than letters."""

    key: str
    columns: Sequence[Column[Item]]


async def write_csv(sheet: Sheet[Item], stream: IO[bytes], locale: str, items: AsyncIterator[Item]) -> int:
    """Write a table as CSV that Danish Excel opens by itself (UTF-8 with a mark, semicolons); return the rows."""
    texts = texts_in(locale)
    number = 0
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([texts(column.key) for column in sheet.columns])
    async for item in _giving_way(items):
        writer.writerow([_csv_cell(column.value(texts, item)) for column in sheet.columns])
        number += 1
    text.detach()  # flushes, and leaves the stream open
    return number


async def write_xlsx(sheet: Sheet[Item], stream: IO[bytes], locale: str, items: AsyncIterator[Item]) -> int:
    """Write a table as an Excel workbook; return how many rows.

    Raises:
        TooManyRowsError: a sheet has no room for so many; nothing was written.
    """
    texts = texts_in(locale)
    book = Workbook(write_only=True)
    page = book.create_sheet(texts(sheet.key))
    page.freeze_panes = "B2"
    for place, column in enumerate(sheet.columns):
        page.column_dimensions[_letter(place)].width = _WIDE if column.wide else _NARROW
    page.auto_filter.ref = f"A1:{_letter(len(sheet.columns) - 1)}1"

    def cell(value: Value) -> Cell:
        if isinstance(value, date):
            made = WriteOnlyCell(page, datetime.combine(value, time()))
            made.number_format = _DATE_FORMAT
        elif isinstance(value, str):
            made = WriteOnlyCell(page, _clean(value))
            made.data_type = "s"  # whatever it begins with
            made.quotePrefix = bool(_FORMULA.match(value))
        else:
            made = WriteOnlyCell(page, value)
        return made

    headings = [cell(texts(column.key)) for column in sheet.columns]
    for heading in headings:
        heading.font = Font(bold=True)
    page.append(headings)
    number = 0
    async for item in _giving_way(items):
        if number == MOST_ROWS:
            page.close()  # or its writer complains when it is collected
            raise TooManyRowsError
        page.append([cell(column.value(texts, item)) for column in sheet.columns])
        number += 1
    await asyncio.to_thread(book.save, stream)  # packing takes seconds, and conversations go on meanwhile
    return number


async def _giving_way(items: AsyncIterator[Item]) -> AsyncIterator[Item]:
    """Let conversations go on after every few rows."""
    number = 0
    async for item in items:
        yield item
        number += 1
        if number % ROWS_AT_A_TIME == 0:
            await asyncio.sleep(0)


def _csv_cell(value: Value) -> str | int | None:
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if not isinstance(value, str):
        return value
    clean = " ".join(_clean(value).splitlines())
    return f"'{clean}" if _FORMULA.match(clean) else clean


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)[:LONGEST_CELL]


def _letter(place: int) -> str:
    return chr(ord("A") + place)
