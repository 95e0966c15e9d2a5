"""The problems that staff are told about, word for word."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from catalogue.importing import Part, Problem, UnreadableFileError, read_file
from catalogue.offers import SignUp
from tests.catalogue.importing_files import OFFER_HEADINGS, RUN_HEADINGS, TODAY, read_text, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

import pytest


def test_every_problem_of_every_row_is_told_at_once(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path,
        "Kode;Titel;Form;Fagområder;Pris;Prisen gælder;Online;Pladser;Link;Sprog\n"
        "A-1;Demens i hverdagen;Temdag;Seniorer;dyrt;pr. uge;måske;-4;kursus.example;tysk\n"
        ";;;;;;;;;dansk\n"
        "A-2;Uro;Temadag;;;;;;;\n"
        f"a-1;{'x' * 201};Temadag;Alle;gratis;;;;;\n"
        "A-3;Ring til 010203-1234;Temadag;;;;;;;\n",
    )
    assert [str(problem) for problem in parsed.problems] == [
        "Række 2, kolonnen Form: Form »Temdag« kendes ikke. Mente du »Temadag«?",
        "Række 2, kolonnen Fagområder: Fagområdet »Seniorer« kendes ikke. Mente du »Senior«?",
        "Række 2, kolonnen Pris: »dyrt« er ikke en pris i hele kroner. Skriv fx »1.250 kr.« eller »gratis«.",
        "Række 2, kolonnen Prisen gælder: Enheden »pr. uge« kendes ikke. Vælg mellem »pr. person« og »pr. hold«.",
        "Række 2, kolonnen Online: Svaret »måske« kendes ikke. Vælg mellem »ja« og »nej«.",
        "Række 2, kolonnen Pladser: Tallet er -4 og skal være mindst 1.",
        "Række 2, kolonnen Link: »kursus.example« er ikke en webadresse, der begynder med https://.",
        "Række 2, kolonnen Sprog: Sproget »tysk« kendes ikke. Vælg mellem »dansk« og »engelsk«.",
        "Række 3, kolonnen Kode: Kode mangler.",
        "Række 3, kolonnen Titel: Titel mangler.",
        "Række 3, kolonnen Form: Form mangler.",
        "Række 5, kolonnen Kode: Koden »A-1« står også i række 2. Hver kode må kun være der én gang.",
        "Række 5, kolonnen Titel: Teksten er på 201 tegn og må højst være på 200.",
        "Række 6, kolonnen Titel: Her står noget, der ligner et CPR-nummer. Fjern det.",
    ]
    assert [offer.code for offer in parsed.offers] == ["A-2"]
    assert parsed.parts == {Part.OFFERS}


def test_who_approves_is_one_of_three_and_the_own_leader_when_nobody_is_named(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path,
        "Kode;Titel;Form;Tilmelding\n"
        "A-1;Demens;Temadag;\n"
        "A-2;Uro;Temadag;Fri\n"
        "A-3;Sorg;Temadag;leder godkender\n"
        "A-4;Smerter;Temadag;Centret\n"
        "A-5;Søvn;Temadag;chefen\n",
    )
    assert [str(problem) for problem in parsed.problems] == [
        (
            "Række 6, kolonnen Tilmelding: Tilmeldingen »chefen« kendes ikke. "
            "Vælg mellem »fri«, »leder« og »kompetencecentret«."
        ),
    ]
    assert [offer.sign_up for offer in parsed.offers] == [
        SignUp.LEADER,
        SignUp.FREE,
        SignUp.LEADER,
        SignUp.CENTRE,
    ]


def test_the_clock_times_and_the_link_of_a_run_are_checked(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path,
        "Holdkode;Kode;Start;Pladser;Kl. start;Kl. slut;Link\n"
        "H-1;A-1;01-03-2027;12;9.00;15.30;https://teams.example/m/1\n"
        "H-2;A-1;01-03-2027;12;;;\n"
        "H-3;A-1;01-03-2027;12;15.30;9;\n"
        "H-4;A-1;01-03-2027;12;morgen;24.00;teams.example\n",
        known={"A-1"},
    )
    assert [str(problem) for problem in parsed.problems] == [
        "Række 4, kolonnen Kl. slut: Klokkeslættet for slut skal ligge efter klokkeslættet for start.",
        "Række 5, kolonnen Kl. start: »morgen« er ikke et klokkeslæt. Skriv fx »9.00«.",
        "Række 5, kolonnen Kl. slut: »24.00« er ikke et klokkeslæt. Skriv fx »9.00«.",
        "Række 5, kolonnen Link: »teams.example« er ikke en webadresse, der begynder med https://.",
    ]
    assert [(run.begins_at, run.ends_at, run.link) for run in parsed.runs] == [
        (time(9), time(15, 30), "https://teams.example/m/1"),
        (None, None, ""),
    ]


def test_a_run_is_checked_against_its_own_dates_seats_and_offer(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path,
        "Holdkode;Kode;Start;Slut;Pladser;Optaget;Tilmeldingsfrist\n"
        "H-1;A-1;03-03-2027;01-03-2027;12;15;04-03-2027\n"
        "H-2;A-9;i foråret;05-03-2027;;;\n"
        "H-1;a-1;+10;;20;3;\n"
        "H-3;a-1;+10;;20;20;+3\n",
        known={"A-1"},
    )
    assert [str(problem) for problem in parsed.problems] == [
        "Række 2, kolonnen Slut: Slutdatoen 01-03-2027 ligger før startdatoen 03-03-2027.",
        "Række 2, kolonnen Tilmeldingsfrist: Tilmeldingsfristen 04-03-2027 ligger efter startdatoen 03-03-2027.",
        "Række 2, kolonnen Optaget: Der er taget 15 pladser, men holdet har kun 12.",
        "Række 3, kolonnen Kode: Der er intet forløb med koden »A-9«.",
        "Række 3, kolonnen Start: »i foråret« er ikke en dato. Skriv den som 01-03-2027.",
        "Række 3, kolonnen Pladser: Pladser mangler.",
        "Række 4, kolonnen Holdkode: Koden »H-1« står også i række 2. Hver kode må kun være der én gang.",
    ]
    (run,) = parsed.runs
    assert (run.code, run.offer_code, run.starts, run.ends) == ("H-3", "A-1", date(2026, 12, 2), date(2026, 12, 2))
    assert (run.deadline, run.free_seats) == (date(2026, 11, 25), 0)


def test_offers_of_runs_are_looked_up_only_when_the_known_ones_are_given(tmp_path: Path) -> None:
    text = "Holdkode;Kode;Start;Pladser\nH-1;A-9;01-03-2027;12\n"
    assert not read_text(tmp_path, text).problems
    assert read_text(tmp_path, text, known=[]).problems


def test_a_run_may_belong_to_an_offer_of_the_same_file_even_if_that_has_problems(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "fil.xlsx",
        {
            "Hold": [["Holdkode", "Kode", "Start", "Pladser"], ["H-1", "a-1", date(2027, 3, 1), 12]],
            "Forløb": [["Kode", "Titel", "Form"], ["A-1", "Demens", "Temdag"]],
        },
    )
    parsed = read_file(path, TODAY, known_offer_codes=set())
    assert parsed.problems == [Problem("Forløb", 2, "Form", "Form »Temdag« kendes ikke. Mente du »Temadag«?")]
    assert str(parsed.problems[0]).startswith("Arket Forløb, række 2, kolonnen Form: ")
    assert [run.offer_code for run in parsed.runs] == ["A-1"]


def test_missing_columns_are_one_problem_and_not_one_in_each_row(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, "Titel;Resumé\nDemens;Kort\nUro;Kort\n")
    assert parsed.problems == [Problem("", 1, "", "Kolonnerne »Kode« og »Form« mangler i overskriften.")]
    assert not parsed.offers


def test_a_column_that_is_there_twice_is_a_problem(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, "Kode;Titel;Titel:;Form;Navn\nA-1;Demens;Uro;Temadag;Ro\n")
    assert [problem.message for problem in parsed.problems] == [
        "Kolonnen »Titel:« findes to gange. Slet den ene.",
        "Kolonnen »Navn« betyder det samme som »Titel«. Slet den ene.",
    ]


def test_an_unknown_column_is_a_remark_and_no_problem(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, "Kode;Titel;Form;Bemærkning;Resymé\nA-1;Demens;Temadag;Husk kaffe;x\n")
    assert parsed.remarks == [
        "Kolonnen »Bemærkning« kendes ikke og er sprunget over.",
        "Kolonnen »Resymé« kendes ikke og er sprunget over. Mente du »Resumé«?",
    ]
    assert len(parsed.offers) == 1
    assert not parsed.problems


def test_a_row_with_more_cells_than_headings_is_a_problem(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, "Kode;Titel;Form\nA-1;Demens; uro;Temadag\nA-2;Uro;Temadag;;\n")
    assert [(problem.row, problem.column) for problem in parsed.problems] == [(2, ""), (2, "Form")]
    assert parsed.problems[0].message == (
        "Rækken har flere celler end overskrifter. Har en tekst med semikolon eller komma anførselstegn om sig?"
    )
    assert [offer.code for offer in parsed.offers] == ["A-2"]


def test_a_note_beside_a_table_in_excel_is_no_problem(tmp_path: Path) -> None:
    rows = [["Kode", "Titel", "Form"], ["A-1", "Demens", "Temadag", None, "spørg Bo"]]
    parsed = read_file(write_xlsx(tmp_path / "fil.xlsx", {"Forløb": rows}), TODAY)
    assert (len(parsed.offers), parsed.problems) == (1, [])


def test_headings_are_found_in_any_order_case_and_wording(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, "FORM : ;  titel;kursuskode:;Beskrivelse;målgruppe\nTemadag;Demens;A-1;Kort;Nattevagter\n"
    )
    (offer,) = parsed.offers
    assert (offer.code, offer.title, offer.summary, offer.staff_groups) == (
        "A-1",
        "Demens",
        "Kort",
        ("nattevagt",),
    )
    assert not parsed.problems
    assert not parsed.remarks


def test_a_heading_may_stand_below_a_title_and_empty_rows_count_as_excel_counts_them(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, "Forløb i 2027;;\n\nKode;Titel;Form\n\nA-1;Demens;Temdag\n")
    assert [problem.row for problem in parsed.problems] == [5]


def test_a_text_with_line_breaks_is_one_row(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, 'Kode;Titel;Form;Resumé\nA-1;Demens;Temadag;"En\nto ""tre"";\nfire"\nA-2;Uro;Temdag;\n'
    )
    assert parsed.offers[0].summary == 'En\nto "tre";\nfire'
    assert [problem.row for problem in parsed.problems] == [3]


def test_empty_cells_have_sensible_meanings(tmp_path: Path) -> None:
    (offer,) = read_text(tmp_path, "Kode;Titel;Form\nA-1;Demens;Temadag\n").offers
    assert (offer.price_dkk, offer.price_unit, offer.seats, offer.online, offer.language) == (
        None,
        "person",
        None,
        False,
        "da",
    )
    assert offer.areas == ("disability", "senior", "psychiatry")


def test_formulas_in_a_csv_are_only_text(tmp_path: Path) -> None:
    (offer,) = read_text(tmp_path, 'Kode;Titel;Form\n-1;"=HYPERLINK(""x"")";Temadag\n').offers
    assert (offer.code, offer.title) == ("-1", '=HYPERLINK("x")')


def test_a_table_without_rows_does_not_count_as_a_part_of_the_file(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "fil.xlsx",
        {"Forløb": [OFFER_HEADINGS[:8], ["A-1", "Demens", *[""] * 5, "Temadag"]], "Hold": [RUN_HEADINGS]},
    )
    parsed = read_file(path, TODAY)
    assert parsed.parts == {Part.OFFERS}
    assert parsed.remarks == ["Arket Hold har ingen rækker under overskriften."]


def test_a_file_with_headings_only_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"Filen har overskrifter, men ingen rækker under dem\."):
        read_text(tmp_path, "Kode;Titel;Form\n;;\n")


def test_sheets_with_the_expected_names_come_before_copies_of_them(tmp_path: Path) -> None:
    head = ["Kode", "Titel", "Form"]
    path = write_xlsx(
        tmp_path / "fil.xlsx",
        {
            "Kopi": [head, ["A-1", "Gammel", "Temadag"]],
            "forløb ": [head, ["A-1", "Ny", "Temadag"]],
            "Noter": [["Husk", "at"], ["købe", "kaffe"]],
        },
    )
    parsed = read_file(path, TODAY)
    assert [offer.title for offer in parsed.offers] == ["Ny"]
    assert parsed.remarks == ["Arket Kopi er sprunget over, fordi arket Forløb er brugt."]


def test_sheets_with_other_names_are_read_together(tmp_path: Path) -> None:
    head = ["Kode", "Titel", "Form"]
    path = write_xlsx(
        tmp_path / "fil.xlsx",
        {
            "Forår": [head, ["A-1", "Demens", "Temadag"]],
            "Efterår": [head, ["A-2", "Uro", "Temadag"], ["A-1", "Ro", "Temadag"]],
        },
    )
    parsed = read_file(path, TODAY)
    assert [offer.code for offer in parsed.offers] == ["A-1", "A-2"]
    assert [str(problem) for problem in parsed.problems] == [
        (
            "Arket Efterår, række 3, kolonnen Kode: Koden »A-1« står også i arket Forår, række 2. "
            "Hver kode må kun være der én gang."
        )
    ]
