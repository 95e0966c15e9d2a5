from __future__ import annotations

from datetime import date, time

import pytest

from catalogue.importing.cells import (
    CellError,
    cleaned,
    clock_time,
    day,
    kroner,
    link,
    one_line,
    several_lines,
    several_words,
    whole_number,
)
from catalogue.importing.codes import YES_NO
from catalogue.importing.offers_table import AREA, FORM, areas, staff_groups
from catalogue.importing.problems import quoted
from catalogue.offers import Area, OfferKind

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "written",
    [
        "2027-03-01",
        "2027-3-1",
        "01-03-2027",
        "1-3-2027",
        "1.3.2027",
        "1. 3. 2027",
        "1/3 2027",
        "1/3-2027",
        "01/03/2027",
        "1/3-27",
        "01.03.27",
        "1. marts 2027",
        "1 mar. 2027",
        "1. MARTS 2027",
        "2027-03-01 00:00:00",
        "2027-03-01T09:30:00",
        "46447",
        date(2027, 3, 1),
    ],
)
def test_a_day_may_be_written_as_people_write_it(written: str | date) -> None:
    assert day(SUNDAY)(written) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+1", date(2026, 11, 23)),
        ("+0", date(2026, 11, 23)),  # today is a Sunday
        ("+5", date(2026, 11, 27)),
        ("+6", date(2026, 11, 30)),  # a Saturday
        ("+7", date(2026, 11, 30)),
        ("+30", date(2026, 12, 22)),
    ],
)
def test_a_relative_day_is_counted_from_today_and_falls_on_a_weekday(written: str, expected: date) -> None:
    assert day(SUNDAY)(written) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("i foråret", "»i foråret« er ikke en dato. Skriv den som 01-03-2027."),
        ("1/3", "»1/3« er ikke en dato. Skriv den som 01-03-2027."),
        ("-5", "»-5« er ikke en dato. Skriv den som 01-03-2027."),
        ("1. foo 2027", "»1. foo 2027« er ikke en dato. Skriv den som 01-03-2027."),
        ("29-02-2027", "Datoen »29-02-2027« findes ikke i kalenderen."),
        ("03-13-2027", "Datoen »03-13-2027« findes ikke i kalenderen."),
        ("01-03-1927", "Datoen 01-03-1927 ligger uden for årene 2000 til 2099."),
    ],
)
def test_what_is_no_day_is_explained(written: str, message: str) -> None:
    with pytest.raises(CellError) as caught:
        day(SUNDAY)(written)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1250", 1250),
        ("1.250", 1250),
        ("1.250 kr.", 1250),
        ("1.250,00 kr", 1250),
        ("1250.00", 1250),
        ("kr. 1.250,-", 1250),
        ("1 250 kroner", 1250),
        ("DKK 12.500", 12500),
        ("1.000", 1000),
        ("0", 0),
        ("gratis", 0),
        ("Gratis", 0),
        ("efter aftale", None),
    ],
)
def test_a_price_may_be_written_as_people_write_it(written: str, expected: int | None) -> None:
    assert kroner(written) == expected


@pytest.mark.parametrize("written", ["1.250,50", "12.50", "dyrt", "1250 EUR", "1.25.0", "9" * 5000])
def test_what_is_no_price_in_whole_kroner_is_refused(written: str) -> None:
    with pytest.raises(CellError, match="er ikke en pris i hele kroner"):
        kroner(written)


def test_a_price_is_never_negative() -> None:
    with pytest.raises(CellError, match=r"Tallet er -100 og skal være mindst 0\."):
        kroner("-100 kr.")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("12", 12), ("12.0", 12), ("12,0", 12), ("1.000", 1000), ("1.200", 1200), ("012", 12)],
)
def test_a_whole_number_may_be_written_as_systems_write_it(written: str, expected: int) -> None:
    assert whole_number(0, 2000)(written) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("ca. 20", "»ca. 20« er ikke et helt tal."),
        ("12,5", "»12,5« er ikke et helt tal."),
        ("-3", "Tallet er -3 og skal være mindst 1."),
        ("0", "Tallet er 0 og skal være mindst 1."),
        ("101", "Tallet er 101 og må højst være 100."),
    ],
)
def test_what_is_no_number_within_its_bounds_is_explained(written: str, message: str) -> None:
    with pytest.raises(CellError) as caught:
        whole_number(1, 100)(written)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("Temdag", "Form »Temdag« kendes ikke. Mente du »Temadag«?"),
        ("e-lærning", "Form »e-lærning« kendes ikke. Mente du »E-læring«?"),
        ("købt kurs", "Form »købt kurs« kendes ikke. Mente du »Købt kursus«?"),
        (
            "ekskursion",
            (
                "Form »ekskursion« kendes ikke. Vælg mellem »Eget kursus«, »Købt kursus«, »Temadag«, "
                "»Supervision«, »Mentoring«, »Sidemandsoplæring«, »E-læring«, »Ressourceperson« og "
                "»Forløb i teamet«."
            ),
        ),
    ],
)
def test_an_unknown_form_gets_the_nearest_one_or_all(written: str, message: str) -> None:
    with pytest.raises(CellError) as caught:
        FORM(written)
    assert str(caught.value) == message


@pytest.mark.parametrize("written", ["E-læring", "e-læring", "E læring", "elæring", "E-LÆRING", "e‑learning"])
def test_fixed_words_are_known_whatever_their_case_and_hyphens(written: str) -> None:
    assert FORM(written) is OfferKind.E_LEARNING


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Senior", (Area.SENIOR,)),
        ("Senior, handicap", (Area.DISABILITY, Area.SENIOR)),
        ("Social & Psykiatri", (Area.PSYCHIATRY,)),
        ("social og psykiatri | Senior", (Area.SENIOR, Area.PSYCHIATRY)),
        ("Alle", tuple(Area)),
    ],
)
def test_areas_are_listed_in_their_own_order(written: str, expected: tuple[Area, ...]) -> None:
    assert areas(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("SOSU-assistenter, Sygeplejersker", ("SOSU-assistent", "sygeplejerske")),
        ("social- og sundhedsassistenter", ("SOSU-assistent",)),
        ("sosu'er, SOSU-assistent", ("SOSU-assistent", "SOSU-hjælper")),
        ("pædagoger og ergoterapeuter", ("pædagog", "ergoterapeut")),
        ("ledere i hjemmeplejen, frivillige", ("ledere i hjemmeplejen", "frivillige")),
        ("Alle", ()),
        ("alle medarbejdere", ()),
    ],
)
def test_staff_groups_get_their_canonical_names_where_they_have_one(
    written: str, expected: tuple[str, ...]
) -> None:
    assert staff_groups(written) == expected


def test_an_unknown_area_is_explained() -> None:
    with pytest.raises(CellError) as caught:
        areas("Senior, Handikap")
    assert str(caught.value) == "Fagområdet »Handikap« kendes ikke. Mente du »Handicap«?"
    assert AREA.words[:3] == ("Handicap", "Senior", "Social & Psykiatri")


@pytest.mark.parametrize(
    ("written", "expected"), [("ja", True), ("JA", True), ("x", True), ("nej", False), ("0", False)]
)
def test_yes_and_no_have_several_spellings(written: str, expected: bool) -> None:
    assert YES_NO(written) is expected


@pytest.mark.parametrize(
    "written",
    [
        "www.kursus.example",
        "ftp://kursus.example/a",
        "javascript:alert(1)",
        "https://",
        "http://[",
        "https://a b.example",
    ],
)
def test_a_link_must_be_a_web_address(written: str) -> None:
    with pytest.raises(CellError, match="er ikke en webadresse, der begynder med https://"):
        link(written)


def test_a_list_keeps_its_order_and_drops_doubles_and_gaps() -> None:
    assert several_words(3, 20)("demens,  uro ,, Demens; ro") == ("demens", "uro", "ro")


def test_a_list_has_a_limit() -> None:
    with pytest.raises(CellError, match=r"Der står 3, og der må højst stå 2\."):
        several_words(2, 20)("a, b, c")


def test_a_short_text_is_put_on_one_line_and_a_long_one_keeps_its_lines() -> None:
    assert one_line(50)("Mødet  med\nborgeren") == "Mødet med borgeren"
    assert several_lines(50)("Første  linje\nanden linje ") == "Første linje\nanden linje"


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(CellError, match=r"Teksten er på 201 tegn og må højst være på 200\."):
        one_line(200)("a" * 201)


def test_a_date_in_a_text_column_is_what_excel_made_of_a_length() -> None:
    with pytest.raises(CellError, match=r"Excel har lavet indholdet om til en dato \(01-02-2026\)"):
        one_line(80)(date(2026, 2, 1))


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (" a\u00a0b ", "a b"),
        ("kompe\u00adtence", "kompetence"),
        ("a\r\nb\vc\rd", "a\nb\nc\nd"),
        ("A\u030angst", "Ångst"),
        ("a\tb", "a b"),
        ("Glad 😀 dag", "Glad 😀 dag"),
        ("=1+1", "=1+1"),
        ("@navn", "@navn"),
    ],
)
def test_what_word_processors_leave_behind_is_cleaned_away(pasted: str, expected: str) -> None:
    assert cleaned(pasted) == expected


@pytest.mark.parametrize("hidden", ["a\x07b", "a\x1bb", "a\u202eb", "a\u2066b", "a\x9bb"])
def test_hidden_control_characters_are_refused(hidden: str) -> None:
    with pytest.raises(CellError, match="skjulte styretegn"):
        cleaned(hidden)


@pytest.mark.parametrize("text", ["Ring til Bo, 010203-1234", "311299 4321", "3112994321"])
def test_a_cpr_number_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(CellError) as caught:
        cleaned(text)
    assert str(caught.value) == "Her står noget, der ligner et CPR-nummer. Fjern det."
    assert "1234" not in quoted(text)
    assert "4321" not in quoted(text)


@pytest.mark.parametrize("text", ["tlf. 12 34 56 78", "Kursus 42902", "5798009811578", "2027-03-01 00:00:00"])
def test_other_numbers_are_no_cpr_numbers(text: str) -> None:
    assert cleaned(text) == text


def test_an_error_of_excel_is_named() -> None:
    with pytest.raises(CellError, match=r"Formlen i cellen giver en fejl i Excel \(#REF!\)\."):
        cleaned("#REF!")


def test_a_quoted_text_is_short_and_on_one_line() -> None:
    assert quoted("a\nb") == "»a b«"
    assert quoted("x" * 100) == f"»{'x' * 59}…«"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("9", time(9)),
        ("9.00", time(9)),
        ("09:30", time(9, 30)),
        ("kl. 15.30", time(15, 30)),
        ("KL 8", time(8)),
        ("09:30:00", time(9, 30)),
        ("23.59", time(23, 59)),
        ("0.00", time(0)),
    ],
)
def test_a_clock_time_may_be_written_as_people_write_it(written: str, expected: time) -> None:
    assert clock_time(written) == expected


@pytest.mark.parametrize("written", ["24.00", "9.60", "kl.", "9-15", "9.0", "09.00 CET", "formiddag", "-1"])
def test_what_is_no_clock_time_is_explained(written: str) -> None:
    with pytest.raises(CellError, match="er ikke et klokkeslæt"):
        clock_time(written)
