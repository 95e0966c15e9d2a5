"""The empty workbook that staff begin with: both sheets, lists to pick from, and what belongs in each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from catalogue.importing.offers_table import OFFERS
from catalogue.importing.runs_table import RUNS
from catalogue.importing.sheet import LAST_ROW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from catalogue.importing.tables import Column, TableKind

GUIDE = "Vejledning"
HEADING_FONT = Font(bold=True, color="FFFFFF")
REQUIRED_FILL = PatternFill("solid", start_color="1F4E79")
OPTIONAL_FILL = PatternFill("solid", start_color="5B7FA3")
WIDE = frozenset({"title", "summary", "outcome", "topics"})
TEXT_FORMAT = "@"
"""Excel leaves what is typed as it is: "1-2" in Varighed stays a length and does not become 1 February."""
DATE_FORMAT = "dd-mm-yyyy"
NUMBERS = frozenset({"price_dkk", "seats", "taken"})


def write_template(path: Path) -> None:
    """Write the template to a new file.

    Args:
        path: Where to; ends in .xlsx.

    Raises:
        FileExistsError: There is a file already; it may be somebody's work, so it is left alone.
        OSError: The file cannot be written.
    """
    write_workbook(path, (OFFERS, RUNS))


def write_workbook(path: Path, kinds: Sequence[TableKind]) -> None:
    """Write an empty table of each kind, and the guide to their columns, to a new file; raises as above."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for kind in kinds:
        _add_table(workbook.create_sheet(kind.sheet), kind)
    _add_guide(workbook.create_sheet(GUIDE), kinds)
    with path.open("xb") as file:
        workbook.save(file)


def _add_table(sheet: Worksheet, kind: TableKind) -> None:
    for number, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(number)
        _write_heading(sheet, number, column)
        sheet.column_dimensions[letter].width = 40 if column.name in WIDE else 18
        sheet.column_dimensions[letter].number_format = _number_format(column)
        validation = _validation(column)
        validation.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(validation)
    sheet.freeze_panes = "A2"


def _write_heading(sheet: Worksheet, number: int, column: Column) -> None:
    cell = sheet.cell(row=1, column=number, value=column.heading)
    cell.font = HEADING_FONT
    cell.fill = REQUIRED_FILL if column.required else OPTIONAL_FILL


def _number_format(column: Column) -> str:
    if column.is_date:
        return DATE_FORMAT
    return "General" if column.name in NUMBERS else TEXT_FORMAT


def _validation(column: Column) -> DataValidation:
    """The list to pick from, if there is one, and the advice that Excel shows while the cell is selected."""
    return DataValidation(
        type="list" if column.choices else None,
        formula1=f'"{",".join(column.choices)}"' if column.choices else None,
        allow_blank=True,
        showErrorMessage=bool(column.choices) and column.only_choices,
        errorTitle=column.heading,
        error="Vælg en af mulighederne fra listen.",
        showInputMessage=True,
        promptTitle=column.heading,
        prompt=column.advice,
    )


def _add_guide(sheet: Worksheet, kinds: Sequence[TableKind]) -> None:
    sheet.append(["Ark", "Overskrift", "Skal udfyldes", "Sådan gør du", "Muligheder"])
    for kind in kinds:
        for column in kind.columns:
            required = "ja" if column.required else "nej"
            sheet.append([kind.sheet, column.heading, required, column.advice, ", ".join(column.choices)])
    for cell in sheet[1]:
        cell.font = HEADING_FONT
        cell.fill = REQUIRED_FILL
    for letter, width in zip("ABCDE", (12, 20, 16, 70, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
