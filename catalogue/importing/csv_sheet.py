"""Reading a CSV file as Danish Excel, and most other systems, write it."""

from __future__ import annotations

import codecs
import csv
from io import TextIOWrapper
from typing import TYPE_CHECKING

from catalogue.importing.problems import UnreadableFileError
from catalogue.importing.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

CHUNK = 1 << 20
SEPARATORS = (";", "\t", ",")
"""In this order: Danish Excel writes semicolons, and commas are common inside a heading or a text."""


class CsvSheet:
    """The one sheet of a CSV file: `;`, tab or comma; UTF-8, Windows-1252 or Excel's "Unicode text" (UTF-16)."""

    name = ""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = max(1, path.stat().st_size)
        self._bytes_read = 0
        self._encoding = find_encoding(path)
        self._separator, self._lines_above = self._find_separator()

    def rows(self) -> Iterator[Row]:
        """See `Sheet.rows`."""
        with self._path.open("rb") as raw:
            number = self._lines_above
            try:
                for record in self._records(raw):
                    number += 1
                    if any(cell.strip() for cell in record):
                        yield Row(number, tuple(record))
            except csv.Error as error:
                raise UnreadableFileError(
                    f"Filen kan ikke læses forbi række {number + 1}: anførselstegnene i rækken passer ikke "
                    'sammen, eller en celle er alt for lang. Et " inde i en tekst skal skrives to gange.'
                ) from error

    def share_read(self, row: Row) -> float:  # noqa: ARG002 - bytes tell more than row numbers in a CSV
        """See `Sheet.share_read`."""
        return min(1.0, self._bytes_read / self._size)

    def _records(self, raw: BufferedReader) -> Iterator[list[str]]:
        lines = self._lines(raw)
        for _ in range(self._lines_above):
            next(lines)
        # strict: a quotation mark that is never closed would otherwise swallow the rest of the file in silence
        yield from csv.reader(lines, delimiter=self._separator, strict=True)

    def _lines(self, raw: BufferedReader) -> Iterator[str]:
        for line in TextIOWrapper(raw, encoding=self._encoding, newline=""):
            self._bytes_read = raw.tell()
            yield line

    def _find_separator(self) -> tuple[str, int]:
        """The separator of the first line with something in it, and how many lines to leave out above it."""
        with self._path.open("rb") as raw:
            first = next((line for line in self._lines(raw) if line.strip()), "").rstrip("\r\n")
        if first.lower().startswith("sep=") and first[4:] in SEPARATORS:
            return first[4:], 1
        return next((mark for mark in SEPARATORS if mark in first), ";"), 0


def find_encoding(path: Path) -> str:
    """The file's encoding: a byte order mark is believed, else strict UTF-8 is tried before Windows-1252.

    Raises:
        UnreadableFileError: It is no text in any of these.
    """
    with path.open("rb") as raw:
        start = raw.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _first_that_decodes(path, ("utf-16",))
    return _first_that_decodes(path, ("utf-8-sig", "cp1252"))


def _first_that_decodes(path: Path, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        if _decodes(path, encoding):
            return encoding
    raise UnreadableFileError(
        "Filen er ikke en tekstfil, der kan læses som CSV. Gem den fra Excel som »CSV UTF-8« eller som .xlsx."
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as raw:
        try:
            while chunk := raw.read(CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
