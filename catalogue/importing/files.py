"""Opening a file that somebody wants to import: it is judged by what is in it, never by its name."""

from __future__ import annotations

from codecs import BOM_UTF8
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import ZipFile

from catalogue.importing.csv_sheet import CsvSheet
from catalogue.importing.problems import UnreadableFileError
from catalogue.importing.xlsx_sheets import DAMAGED, open_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from catalogue.importing.sheet import Sheet

MOST_BYTES = 200 * 1024 * 1024
OLE_START = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old .xls files and password-protected .xlsx files start (MS-CFB)."""
OLE_DIRECTORY_BYTES = 1 << 20
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
"""The name of the part that holds a password-protected workbook (MS-OFFCRYPTO)."""


@contextmanager
def open_sheets(path: Path) -> Iterator[Sequence[Sheet]]:
    """The sheets of a CSV or XLSX file, open as long as the block lasts.

    Raises:
        UnreadableFileError: It is missing, empty, too large, no table, of an old format or password-protected.
    """
    start = _start_of(path)
    if start.startswith(b"PK"):
        _require_workbook(path)
        with open_xlsx(path) as sheets:
            yield sheets
    elif start.startswith(OLE_START):
        raise UnreadableFileError(_why_not_ole(path))
    elif start.startswith((b"%PDF", b"{\\rtf")):
        raise UnreadableFileError("Filen er et dokument og ikke en tabel. Gem tabellen som .xlsx eller .csv.")
    else:
        yield [CsvSheet(path)]


def _start_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableFileError(
                f"Filen fylder {size // 1024**2} MB og må højst fylde {MOST_BYTES // 1024**2} MB. "
                "Del den i flere filer."
            )
        with path.open("rb") as file:
            start = file.read(512)
    except FileNotFoundError as error:
        raise UnreadableFileError(f"Filen {path.name} findes ikke.") from error
    except OSError as error:
        raise UnreadableFileError(f"Filen {path.name} kan ikke åbnes. Er den åben i et andet program?") from error
    if not start.removeprefix(BOM_UTF8).strip():
        raise UnreadableFileError(f"Filen {path.name} er tom.")
    return start


def _require_workbook(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            parts = set(archive.namelist())
    except Exception as error:  # zipfile raises whatever a damaged file makes it stumble over
        raise UnreadableFileError(DAMAGED) from error
    if "xl/workbook.bin" in parts:
        raise UnreadableFileError("Filen er gemt som .xlsb. Åbn den i Excel, og gem den som .xlsx.")
    if "[Content_Types].xml" not in parts or not any(part.startswith("xl/") for part in parts):
        raise UnreadableFileError("Filen er ikke et Excel-regneark. Gem den som .xlsx eller .csv.")


def _why_not_ole(path: Path) -> str:
    with path.open("rb") as file:
        directory = file.read(OLE_DIRECTORY_BYTES)
        file.seek(max(0, path.stat().st_size - OLE_DIRECTORY_BYTES))
        directory += file.read()
    if ENCRYPTED_PART in directory:
        return "Regnearket er beskyttet med adgangskode. Gem det uden adgangskode, og prøv igen."
    return "Filen er gemt i det gamle format .xls. Åbn den i Excel, og gem den som .xlsx."
