"""Rows of synonyms: reading and writing them, and finding them in what people write."""

from __future__ import annotations

import pytest

from catalogue.synonyms import (
    Synonym,
    SynonymFileError,
    SynonymKind,
    SynonymTable,
    parse_synonyms,
    starter_synonyms,
    write_synonyms,
)
from catalogue.text import words

ROWS = """Ord;Betyder;Type
# en bemærkning
sukkersyge;diabetes;synonym
KOL;kronisk obstruktiv lungesygdom;forkortelse
bider og niver;udadreagerende adfærd, voldsforebyggelse;talemåde
spiser næsten ikke;ernæring;talemåde

sygefravær;fravær;sammensætning
pårørende;;sammensætning
"""


def meanings(table: SynonymTable, text: str) -> set[str]:
    return {meaning for expansion in table.expansions(words(text)) for meaning in expansion.meanings}


def test_rows_are_read_with_several_meanings_and_remarks_left_out() -> None:
    rows = parse_synonyms("\N{BYTE ORDER MARK}" + ROWS)
    assert len(rows) == 6
    assert rows[2] == Synonym("bider og niver", ("udadreagerende adfærd", "voldsforebyggelse"), SynonymKind.PHRASE)


def test_what_is_written_can_be_read_again() -> None:
    rows = parse_synonyms(ROWS)
    assert parse_synonyms(write_synonyms(rows)) == rows


def test_every_problem_of_a_file_is_told_with_its_row() -> None:
    with pytest.raises(SynonymFileError) as caught:
        parse_synonyms(
            "Ord;Betyder;Type\na;b\n;demens;synonym\nkol;;forkortelse\nx;y;ukendt\nto ord;;sammensætning\n"
        )
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "Række 2",
        "Række 3",
        "Række 4",
        "Række 5",
        "Række 6",
    ]
    assert "talemåde" in caught.value.problems[3]


def test_synonyms_and_abbreviations_hold_both_ways() -> None:
    table = SynonymTable(parse_synonyms(ROWS))
    assert meanings(table, "borgere med sukkersyge") == {"diabetes"}
    assert meanings(table, "diabetes") == {"sukkersyge"}
    assert meanings(table, "kol") == {"kronisk obstruktiv lungesygdom"}
    assert meanings(table, "Kronisk obstruktiv lungesygdom") == {"KOL"}


def test_a_way_of_speaking_is_found_in_other_endings_and_with_words_between() -> None:
    table = SynonymTable(parse_synonyms(ROWS))
    assert meanings(table, "han bider mig og så niver han en kollega") == {
        "udadreagerende adfærd",
        "voldsforebyggelse",
    }
    assert meanings(table, "udadreagerende adfærd") == set()


def test_a_phrase_is_not_found_when_its_words_are_far_apart_or_turned() -> None:
    table = SynonymTable(parse_synonyms(ROWS))
    assert meanings(table, "han bider kun når det er koldt udenfor om vinteren og niver aldrig") == set()
    assert meanings(table, "de spiser næsten altid sammen") == set()


def test_the_negation_of_a_phrase_may_stand_before_its_verb() -> None:
    table = SynonymTable(parse_synonyms("spiser ikke;ernæring;talemåde\n"))
    assert meanings(table, "hun spiser ikke") == {"ernæring"}
    assert meanings(table, "en borger, der ikke spiser") == {"ernæring"}
    assert meanings(table, "hun spiser") == set()


def test_compound_exceptions_say_how_a_word_is_put_together() -> None:
    parts = SynonymTable(parse_synonyms(ROWS)).compound_parts
    assert parts["sygefravær"] == ("fravær",)
    assert parts["pårørende"] == ()


def test_the_starter_set_knows_how_leaders_speak() -> None:
    rows = starter_synonyms()
    assert len(rows) >= 250
    table = SynonymTable(rows)
    assert "udadreagerende adfærd" in meanings(table, "en borger bider og niver")
    assert "ernæring" in meanings(table, "flere af vores beboere spiser næsten ikke")
    assert {"sygefravær", "trivsel"} <= meanings(table, "alle er trætte og melder sig syge")
    assert "utilsigtede hændelser" in meanings(table, "UTH'er")


def test_no_two_rows_of_the_starter_set_say_the_same() -> None:
    said = [(row.words.lower(), row.kind) for row in starter_synonyms()]
    assert len(said) == len(set(said))
