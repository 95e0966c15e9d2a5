"""Danish text: folding, words, lemmas, compounds and stems."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text import (
    STOP_WORDS,
    compound_parts,
    content_words,
    danish_spelling,
    fold,
    lemma,
    stem,
    words,
)


@pytest.mark.parametrize(
    ("one_way", "another"),
    [
        ("pårørende", "paaroerende"),
        ("PÅRØRENDE", "pårørende"),
        ("ernæring", "ernaering"),
        ("idé", "ide"),
        ("pa\u030aro\u0308rende", "paaroerende"),
    ],
)
def test_two_spellings_of_one_word_fold_alike(one_way: str, another: str) -> None:
    assert fold(one_way) == fold(another)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SOSU-assistenter med ADHD'en", ["sosu", "assistenter", "med", "adhd"]),
        ("E-læring om VUM 2.0", ["elæring", "om", "vum", "2.0"]),
        ("low-arousal, KOL's følger og UTH'er", ["low", "arousal", "kol", "følger", "og", "uth"]),
        ("bade- og toiletbesøg", ["bade", "og", "toiletbesøg"]),
        ("", []),
        ("🙂 ?! …", []),
    ],
)
def test_words_are_read_as_danes_write_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_words_that_lemmas_and_parts_can_be_asked_for(text: str) -> None:
    for word in words(text):
        assert lemma(word)
        assert all(compound_parts(word))
        assert stem(fold(lemma(word))) or not fold(lemma(word))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("borgerne", "borger"),
        ("kurserne", "kursus"),
        ("konflikter", "konflikt"),
        ("demente", "demens"),
        ("demenskurserne", "demenskursus"),
        ("ernaeringen", "ernæring"),
    ],
)
def test_endings_lead_to_the_dictionary_form(form: str, expected: str) -> None:
    assert lemma(form) == expected


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("medicinhåndtering", ("medicin", "håndtering")),
        ("voldsforebyggelse", ("vold", "forebyggelse")),
        ("demenskurser", ("demens", "kursus")),
        ("selvmordsforebyggelsen", ("selvmord", "forebyggelse")),
        ("velfaerdsteknologi", ("velfærd", "teknologi")),
    ],
)
def test_compounds_come_apart_at_their_joint(compound: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(compound) == parts


@pytest.mark.parametrize("word", ["medarbejder", "overvågning", "omsorg", "borger", "samarbejde", "kol"])
def test_words_that_only_look_like_compounds_stay_whole(word: str) -> None:
    assert compound_parts(word) == ()


def test_danish_letters_come_back_only_where_they_make_a_known_word() -> None:
    assert danish_spelling("paaroerende") == "pårørende"
    assert danish_spelling("michael") == "michael"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dokumentere", "dokumentation"),
        ("forflytte", "forflytning"),
        ("supervisere", "supervision"),
        ("palliativ", "palliation"),
        ("forebygge", "forebyggelse"),
    ],
)
def test_derivations_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_different_words_with_the_same_beginning_do_not_share_a_stem() -> None:
    assert stem("kommune") != stem("kommunikation")


def test_content_words_leave_out_what_carries_no_topic() -> None:
    assert content_words("hvordan kan vi hjælpe dem med at spise") == ["hjælpe", "spise"]
    assert "demens" not in STOP_WORDS
