"""Requests as a file for Excel: Danish headings, one row per request, streamed.

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
from typing import IO, TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from centre.clock import COPENHAGEN
from dialogs.cards.request import kle_words, queue_status_word
from dialogs.cards.wish import form_words, group_words
from dialogs.texts import LOCALES, texts_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from openpyxl.cell import Cell

    from centre.requests import Request
    from dialogs.texts import Texts

LANGUAGES = LOCALES
"""Languages that the headings can be in."""
Value = str | int | date | None
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
_LONG_COLUMNS = frozenset({"export-need", "export-purpose", "export-topic", "export-offer"})


class TooManyRowsError(ValueError):
    """An Excel sheet has no room for so many."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A heading's key in the texts, and what stands below it."""

    key: str
    value: Callable[[Texts, Request], Value]


_COLUMNS = (
    _Column("export-number", lambda _, request: str(request.number)),
    _Column("export-status", queue_status_word),
    _Column("export-priority", lambda texts, request: texts(f"priority-{request.priority.value}")),
    _Column("export-assignee", lambda _, request: request.assignee_name),
    _Column("export-filed", lambda _, request: request.filed_at.astimezone(COPENHAGEN).date()),
    _Column("export-changed", lambda _, request: request.changed_at.astimezone(COPENHAGEN).date()),
    _Column("export-due", lambda _, request: request.due or request.answer_due),
    _Column("export-topic", lambda _, request: request.wish.topic),
    _Column("export-need", lambda _, request: request.wish.need),
    _Column("export-leader", lambda _, request: request.requester_name),
    _Column(
        "export-area", lambda texts, request: texts(f"area-{request.wish.area.value}") if request.wish.area else ""
    ),
    _Column("export-department", lambda _, request: request.wish.department),
    _Column("export-behalf", lambda _, request: request.wish.on_behalf_of),
    _Column("export-headcount", lambda _, request: request.wish.headcount),
    _Column("export-groups", lambda _, request: ", ".join(map(group_words, request.wish.staff_groups))),
    _Column("export-when", lambda _, request: request.wish.time_words),
    _Column("export-earliest", lambda _, request: request.wish.earliest),
    _Column("export-latest", lambda _, request: request.wish.latest),
    _Column("export-form", lambda texts, request: form_words(texts, request.wish)),
    _Column("export-purpose", lambda _, request: request.wish.purpose),
    _Column("export-budget", lambda _, request: request.wish.budget_dkk),
    _Column("export-chosen", lambda _, request: request.wish.offer_title),
    _Column("export-offer", lambda _, request: request.option.title if request.option else ""),
    _Column("export-run", lambda _, request: request.option.run_code if request.option else request.wish.run_code),
    _Column("export-kle", kle_words),
)


async def write_csv(stream: IO[bytes], locale: str, requests: AsyncIterator[Request]) -> int:
    """Write requests as CSV that Danish Excel opens by itself: UTF-8 with a mark, semicolons; return how many."""
    texts = texts_in(locale)
    number = 0
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([texts(column.key) for column in _COLUMNS])
    async for request in _giving_way(requests):
        writer.writerow([_csv_cell(column.value(texts, request)) for column in _COLUMNS])
        number += 1
    text.detach()  # flushes, and leaves the stream open
    return number


async def write_xlsx(stream: IO[bytes], locale: str, requests: AsyncIterator[Request]) -> int:
    """Write requests as an Excel workbook; return how many.

    Raises:
        TooManyRowsError: a sheet has no room for so many; nothing was written.
    """
    texts = texts_in(locale)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts("export-sheet"))
    sheet.freeze_panes = "B2"
    for place, column in enumerate(_COLUMNS):
        sheet.column_dimensions[_letter(place)].width = _WIDE if column.key in _LONG_COLUMNS else _NARROW
    sheet.auto_filter.ref = f"A1:{_letter(len(_COLUMNS) - 1)}1"

    def cell(value: Value) -> Cell:
        if isinstance(value, date):
            made = WriteOnlyCell(sheet, datetime.combine(value, time()))
            made.number_format = _DATE_FORMAT
        elif isinstance(value, str):
            made = WriteOnlyCell(sheet, _clean(value))
            made.data_type = "s"  # whatever it begins with
            made.quotePrefix = bool(_FORMULA.match(value))
        else:
            made = WriteOnlyCell(sheet, value)
        return made

    headings = [cell(texts(column.key)) for column in _COLUMNS]
    for heading in headings:
        heading.font = Font(bold=True)
    sheet.append(headings)
    number = 0
    async for request in _giving_way(requests):
        if number == MOST_ROWS:
            sheet.close()  # or its writer complains when it is collected
            raise TooManyRowsError
        sheet.append([cell(column.value(texts, request)) for column in _COLUMNS])
        number += 1
    await asyncio.to_thread(book.save, stream)  # packing takes seconds, and conversations go on meanwhile
    return number


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
"""By the ending of the file's name."""


async def _giving_way(requests: AsyncIterator[Request]) -> AsyncIterator[Request]:
    """Let conversations go on after every few rows."""
    number = 0
    async for request in requests:
        yield request
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
    """Return the letter of a column; there are fewer of them than letters."""
    return chr(ord("A") + place)
