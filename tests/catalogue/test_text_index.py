"""The text index on its own: what it finds, in which order, and how it reads misspelt and compound words."""

from __future__ import annotations

import pytest

from catalogue.text_index import TextIndex

DOCUMENTS = (
    ("konflikthåndtering", "svære samtaler"),
    ("medicinhåndtering", "dosering og kontrol"),
    ("pleje af sår", "forbinding"),
    ("administrere indkøb", ""),
    ("", "kun en beskrivelse af brandøvelser"),
)


@pytest.fixture(scope="module")
def index() -> TextIndex:
    return TextIndex(DOCUMENTS, (1.0, 0.3))


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("håndtere konflikter", 0),
        ("Konflikthaandtering", 0),
        ("medcinhåndtering", 1),
        ("sårpleje", 2),
        ("styre indkøb", 3),
        ("brandøvelse", 4),
    ],
)
def test_the_document_that_means_it_comes_first(index: TextIndex, text: str, position: int) -> None:
    assert index.search(text, 3)[0].position == position


def test_scores_lie_between_nothing_and_one_and_the_limit_is_kept(index: TextIndex) -> None:
    hits = index.search("konflikthåndtering", 2)
    assert len(hits) <= 2
    assert all(0 < hit.score <= 1.001 for hit in hits)


@pytest.mark.parametrize("text", ["", "???", "xqzw"])
def test_what_shares_nothing_with_the_documents_finds_nothing(index: TextIndex, text: str) -> None:
    assert index.search(text, 5) == []


def test_an_index_without_documents_finds_nothing() -> None:
    assert TextIndex((), (1.0,)).search("demens", 5) == []


def test_misspelt_words_are_read_as_the_index_spells_them_and_real_words_are_left_alone(index: TextIndex) -> None:
    assert index.read("doserng og hat") == ["dosering", "og", "hat"]


def test_the_documents_compound_is_found_in_a_query_that_writes_it_apart(index: TextIndex) -> None:
    assert index.compounds_in(["håndtere", "svære", "konflikter"]) == [((0, 2), "konflikthåndtering")]


def test_a_word_that_tells_documents_apart_is_rarer_than_one_they_share() -> None:
    index = TextIndex([("demens og uro",), ("demens og musik",), ("demens",)], (1.0,))
    assert index.rarity("musik") > index.rarity("demens")


def test_compound_exceptions_are_heeded() -> None:
    index = TextIndex(DOCUMENTS, (1.0, 0.3), compounds={"medicinhåndtering": ()})
    assert index.parts_of("medicinhåndtering") == ()
    assert index.parts_of("konflikthåndtering") == ("konflikt", "håndtering")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("forbniding", "forbinding"),
        ("konflitkhåndtering", "konflikthåndtering"),
        ("hjlæp", "hjælp"),
        ("hvorfro", "hvorfor"),
        ("xqzwkp", "xqzwkp"),
    ],
)
def test_a_word_that_is_one_typing_error_away_is_read_whether_the_index_has_it_or_not(
    index: TextIndex, typed: str, meant: str
) -> None:
    assert index.correct(typed) == meant


def test_a_letter_swapped_or_left_out_is_likelier_than_a_wrong_one() -> None:
    index = TextIndex([("løsninger",), ("lønninger",), ("gæster",), ("ester",)], (1.0,))
    assert index.read("lønsinger gster") == ["løsninger", "gæster"]
