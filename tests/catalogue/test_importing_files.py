"""What a file may be, and what it may not."""

from __future__ import annotations

import codecs
import warnings
from contextlib import suppress
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.importing import UnreadableFileError, files, read_file, xlsx_sheets
from catalogue.importing.xlsx_sheets import as_cell
from tests.catalogue.importing_files import TODAY, write_csv, write_xlsx

if TYPE_CHECKING:
    import random
    from pathlib import Path

TITLE = "Mødet med »vrede« borgere – én dag"
ROWS = [["Kode", "Titel", "Form", "Pris"], ["Æ-1", TITLE, "Købt kursus", "1.250 kr."]]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path, TODAY)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    parsed = read_file(write_csv(tmp_path / "fil.csv", ROWS, encoding, separator), TODAY)
    assert [(offer.code, offer.title) for offer in parsed.offers] == [("Æ-1", TITLE)]
    assert not parsed.problems
    assert not parsed.remarks


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_with_every_line_end(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "fil.csv"
    path.write_bytes(line_end.join(["Kode;Titel;Form", "A-1;Demens;Temadag", "A-2;Uro;Temadag"]).encode())
    assert [offer.code for offer in read_file(path, TODAY).offers] == ["A-1", "A-2"]


def test_the_line_that_tells_excel_the_separator_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text("sep=,\nKode,Titel,Form\nA-1,Demens; uro,Temdag\n", encoding="utf-8")
    assert [problem.row for problem in read_file(path, TODAY).problems] == [3]


def test_a_file_is_judged_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert read_file(write_csv(tmp_path / "forløb.xlsx", ROWS), TODAY).offers
    assert read_file(write_xlsx(tmp_path / "forløb.csv", {"Ark1": ROWS}), TODAY).offers


def test_excel_cells_are_read_as_people_read_them(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "fil.xlsx",
        {
            "Hold": [
                ["Holdkode", "Kode", "Start", "Slut", "Pladser", "Optaget", "Online", "Tilmeldingsfrist"],
                [101, 42902.0, datetime(2027, 3, 1, 9, 0), date(2027, 3, 2), 12.0, None, True, 46440],  # noqa: DTZ001
            ]
        },
    )
    parsed = read_file(path, TODAY)
    assert not parsed.problems
    (run,) = parsed.runs
    assert (run.code, run.offer_code, run.seats, run.taken, run.online) == ("101", "42902", 12, 0, True)
    assert (run.starts, run.ends, run.deadline) == (date(2027, 3, 1), date(2027, 3, 2), date(2027, 2, 22))


def test_excel_values_of_every_kind_become_text_or_a_date() -> None:
    values = [None, "a_x000D_\nb", True, 3, 0.5, 1250.75, time(9, 30), 0.1 + 0.2]
    assert [as_cell(value) for value in values] == ["", "a\nb", "ja", "3", "0,5", "1250,75", "09:30", "0,3"]


def test_a_formula_gives_the_value_that_excel_last_saw(tmp_path: Path) -> None:
    rows = [["Kode", "Titel", "Form"], ["A-1", "=CONCAT(A2)", "Temadag"]]
    path = write_xlsx(tmp_path / "fil.xlsx", {"Forløb": rows}, formulas=True)
    with_value = tmp_path / "beregnet.xlsx"
    replace_part(path, with_value, "xl/worksheets/sheet1.xml", b"</f><v />", b"</f><v>12</v>")
    assert [offer.title for offer in read_file(with_value, TODAY).offers] == ["12"]


def test_a_sheet_with_a_wrong_dimension_is_still_read_whole(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "fil.xlsx", {"Forløb": ROWS})
    wrong = tmp_path / "forkert.xlsx"
    replace_part(path, wrong, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:D2"', b'<dimension ref="A1"')
    assert len(read_file(wrong, TODAY).offers) == 1


def test_a_forged_row_number_ends_the_sheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "fil.xlsx", {"Forløb": [*ROWS, ["A-2", "Uro", "Temadag", ""]]})
    forged = tmp_path / "forfalsket.xlsx"
    replace_part(path, forged, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="999999999999"')
    assert [offer.code for offer in read_file(forged, TODAY).offers] == ["Æ-1"]


def test_openpyxl_warnings_do_not_reach_the_staff(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "fil.xlsx", {"Forløb": ROWS})
    extended = tmp_path / "udvidet.xlsx"
    replace_part(
        path,
        extended,
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'</sheetData><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>',
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_file(extended, TODAY).offers


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    rows = [ROWS[0], *([f"A-{number}", "Demens", "Temadag", ""] for number in range(2_000))]
    for path in (write_csv(tmp_path / "fil.csv", rows), write_xlsx(tmp_path / "fil.xlsx", {"Forløb": rows})):
        told: list[int] = []
        read_file(path, TODAY, progress=told.append)
        assert told == sorted(told)
        assert told[-1] == 100
        assert 0 < told[0] < 100


def test_a_missing_file_an_empty_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "væk.csv") == "Filen væk.csv findes ikke."
    (tmp_path / "tom.csv").write_bytes(b"  \n\n")
    assert refusal(tmp_path / "tom.csv") == "Filen tom.csv er tom."
    (tmp_path / "bom.csv").write_bytes(codecs.BOM_UTF8)
    assert refusal(tmp_path / "bom.csv") == "Filen bom.csv er tom."
    (tmp_path / "mappe").mkdir()
    assert refusal(tmp_path / "mappe") == "Filen mappe kan ikke åbnes. Er den åben i et andet program?"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1024**2)
    path = tmp_path / "stor.csv"
    path.write_bytes(b"x" * (3 * 1024**2))
    assert refusal(path) == "Filen fylder 3 MB og må højst fylde 1 MB. Del den i flere filer."


def test_an_old_or_protected_workbook_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "gammel.xls"
    path.write_bytes(files.OLE_START + b"\0" * 2000 + "Workbook".encode("utf-16-le") + b"\0" * 2000)
    assert refusal(path) == "Filen er gemt i det gamle format .xls. Åbn den i Excel, og gem den som .xlsx."
    path.write_bytes(files.OLE_START + b"\0" * 2000 + files.ENCRYPTED_PART + b"\0" * 2000)
    assert refusal(path) == "Regnearket er beskyttet med adgangskode. Gem det uden adgangskode, og prøv igen."


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"{\\rtf1"])
def test_a_document_is_refused(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "fil.csv").write_bytes(start + b"noget")
    expected = "Filen er et dokument og ikke en tabel. Gem tabellen som .xlsx eller .csv."
    assert refusal(tmp_path / "fil.csv") == expected


@pytest.mark.parametrize("content", [b"Kode;Titel\x00;Form\n", b"Kode;Titel\nA;\x81\xff\n", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "fil.csv").write_bytes(content)
    assert "ikke en tekstfil, der kan læses som CSV" in refusal(tmp_path / "fil.csv")


def test_a_text_that_is_no_table_is_told_what_a_table_has(tmp_path: Path) -> None:
    (tmp_path / "fil.csv").write_text("Kære alle\n\nHer er vores forløb.\n", encoding="utf-8")
    assert refusal(tmp_path / "fil.csv") == (
        "Der er ingen tabel i filen, som kan genkendes. Forløb skal have kolonnerne »Kode«, »Titel« og »Form«. "
        "Hold skal have kolonnerne »Holdkode«, »Kode«, »Start« og »Pladser«."
    )


@pytest.mark.parametrize("row", ['A-2;"Uro;Temadag', 'A-2;"Uro"x;Temadag', f"A-2;{'x' * 200_000};Temadag"])
def test_quotation_marks_that_do_not_match_are_found(tmp_path: Path, row: str) -> None:
    (tmp_path / "fil.csv").write_text(f"Kode;Titel;Form\nA-1;Demens;Temadag\n{row}\n", encoding="utf-8")
    assert refusal(tmp_path / "fil.csv").startswith("Filen kan ikke læses forbi række 3: anførselstegnene")


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "hel.xlsx", {"Forløb": ROWS})
    content = whole.read_bytes()
    half = tmp_path / "halv.xlsx"
    half.write_bytes(content[: len(content) // 2])
    assert refusal(half) == xlsx_sheets.DAMAGED
    broken = tmp_path / "brudt.xlsx"
    replace_part(whole, broken, "xl/worksheets/sheet1.xml", b"</row>", b"</raekke>")
    assert refusal(broken) == xlsx_sheets.DAMAGED


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chance=st.randoms(use_true_random=False),
    insert=st.sampled_from([b"9" * 20, b"-1", b"<x/>", b'"', b"NaN", b""]),
)
def test_a_workbook_damaged_anywhere_is_read_or_refused_in_words(
    tmp_path: Path, chance: random.Random, insert: bytes
) -> None:
    whole, damaged = tmp_path / "hel.xlsx", tmp_path / "skadet.xlsx"
    if not whole.exists():
        write_xlsx(whole, {"Forløb": ROWS})
    with ZipFile(whole) as source, ZipFile(damaged, "w") as target:
        victim = chance.choice(source.namelist())
        for name in source.namelist():
            content = source.read(name)
            if name == victim:
                place = chance.randrange(len(content))
                content = content[:place] + insert + content[place + chance.randrange(20) :]
            target.writestr(name, content)
    with suppress(UnreadableFileError):
        read_file(damaged, TODAY)


def test_other_zip_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "fil.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(path) == "Filen er ikke et Excel-regneark. Gem den som .xlsx eller .csv."
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.bin", b"x")
    assert refusal(path) == "Filen er gemt som .xlsb. Åbn den i Excel, og gem den som .xlsx."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_an_xml_bomb_is_refused_before_it_is_read(tmp_path: Path, part: str, encoding: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><worksheet><sheetData>&e9;</sheetData></worksheet>'
    whole = write_xlsx(tmp_path / "hel.xlsx", {"Forløb": ROWS})
    armed = tmp_path / "bombe.xlsx"
    with ZipFile(whole) as source, ZipFile(armed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            declared = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}'
            target.writestr(name, declared.encode(encoding) if name == part else source.read(name))
    assert part in ZipFile(whole).namelist()
    assert (
        refusal(armed) == "Regnearket indeholder XML, som Excel ikke skriver, og læses af sikkerhedshensyn ikke."
    )


def test_a_workbook_that_is_huge_when_unpacked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheets, "MOST_UNPACKED", 1_000)
    path = write_xlsx(tmp_path / "fil.xlsx", {"Forløb": ROWS})
    assert refusal(path).startswith("Regnearket er for stort, når det pakkes ud.")


def replace_part(source: Path, target: Path, part: str, *changes: bytes) -> None:
    """Copy a workbook, changing one part: old, new, old, new, ..."""
    with ZipFile(source) as whole, ZipFile(target, "w", ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            content = whole.read(name)
            if name == part:
                before = content
                for old, new in zip(changes[::2], changes[1::2], strict=True):
                    content = content.replace(old, new)
                assert content != before, "nothing was replaced"
            changed.writestr(name, content)
