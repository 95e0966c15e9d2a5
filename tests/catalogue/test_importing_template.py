from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from catalogue.importing import Part, UnreadableFileError, read_file, write_template
from catalogue.importing.offers_table import OFFERS
from catalogue.importing.runs_table import RUNS
from tests.catalogue.importing_files import OFFER_HEADINGS, RUN_HEADINGS, TODAY

if TYPE_CHECKING:
    from pathlib import Path


def test_the_template_has_both_sheets_and_a_guide(tmp_path: Path) -> None:
    write_template(tmp_path / "skabelon.xlsx")
    workbook = load_workbook(tmp_path / "skabelon.xlsx")
    assert workbook.sheetnames == ["Forløb", "Hold", "Vejledning"]
    assert [cell.value for cell in workbook["Forløb"][1]] == OFFER_HEADINGS
    assert [cell.value for cell in workbook["Hold"][1]] == RUN_HEADINGS
    guided = [(row[0].value, row[1].value) for row in workbook["Vejledning"].iter_rows(min_row=2)]
    assert guided == [("Forløb", heading) for heading in OFFER_HEADINGS] + [
        ("Hold", heading) for heading in RUN_HEADINGS
    ]


def test_every_word_offered_in_a_list_is_understood(tmp_path: Path) -> None:
    write_template(tmp_path / "skabelon.xlsx")
    workbook = load_workbook(tmp_path / "skabelon.xlsx")
    sheet = workbook["Forløb"]
    for number, column in enumerate(OFFERS.columns, start=1):
        for row, word in enumerate(list_of(sheet, number), start=2):
            sheet.cell(row=row, column=number, value=word)
        assert len(list_of(sheet, number)) == len(column.choices)
    for row in range(2, 11):
        sheet.cell(row=row, column=1, value=f"A-{row}")
        sheet.cell(row=row, column=2, value="Demens")
        if sheet.cell(row=row, column=8).value is None:
            sheet.cell(row=row, column=8, value="Temadag")
    workbook.save(tmp_path / "udfyldt.xlsx")
    parsed = read_file(tmp_path / "udfyldt.xlsx", TODAY)
    assert not parsed.problems
    assert len({offer.kind for offer in parsed.offers}) == 9


def test_excel_limits_on_advice_and_lists_are_kept() -> None:
    for column in (*OFFERS.columns, *RUNS.columns):
        assert len(column.heading) <= 32
        assert len(column.advice) <= 255
        assert len(",".join(column.choices)) <= 253
        assert not any("," in word for word in column.choices)


def test_a_template_that_is_filled_in_is_read_without_problems_or_remarks(tmp_path: Path) -> None:
    write_template(tmp_path / "skabelon.xlsx")
    workbook = load_workbook(tmp_path / "skabelon.xlsx")
    workbook["Forløb"].append(["A-1", "Demens", *[None] * 5, "Temadag"])
    workbook["Hold"].append(["H-1", "A-1", date(2027, 3, 1), None, None, "nej", 12])
    workbook.save(tmp_path / "udfyldt.xlsx")
    parsed = read_file(tmp_path / "udfyldt.xlsx", TODAY, known_offer_codes=())
    assert (parsed.problems, parsed.remarks, parsed.parts) == ([], [], {Part.OFFERS, Part.RUNS})


def test_an_empty_template_has_no_rows_to_import(tmp_path: Path) -> None:
    write_template(tmp_path / "skabelon.xlsx")
    with pytest.raises(UnreadableFileError, match="ingen rækker"):
        read_file(tmp_path / "skabelon.xlsx", TODAY)


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "forløb.xlsx"
    path.write_bytes(b"arbejde")
    with pytest.raises(FileExistsError):
        write_template(path)
    assert path.read_bytes() == b"arbejde"


def list_of(sheet: object, number: int) -> list[str]:
    """The words of a column's list, as Excel shows them."""
    for validation in sheet.data_validations.dataValidation:
        if any(area.min_col == number for area in validation.sqref.ranges):
            return validation.formula1.strip('"').split(",") if validation.formula1 else []
    return []
