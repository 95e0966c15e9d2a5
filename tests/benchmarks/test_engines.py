"""Every engine that this machine has finds what lies open, with and without fields."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest

from benchmarks.engines import Engine, Ours, line_up
from benchmarks.match import TODAY
from benchmarks.question_sets import QuestionSet
from benchmarks.text_engines import SqliteTrigrams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import PostgresServer

NO_SERVER = "none was asked for"
PEERS = {"sklearn", "bm25s", "Stemmer", "tantivy"}
DOCUMENTS = (
    ("Forflytning af borgere", "Sådan flyttes en borger uden løft"),
    ("Medicinhåndtering for ufaglærte", "Om dosering, udlevering og dokumentation"),
    ("Konflikthåndtering i plejen", "Sprog, der dæmper en konflikt, før den vokser"),
    ("Tegn til tale", "Kommunikation med borgere uden talesprog"),
)


def documents(texts: tuple[tuple[str, ...], ...] = DOCUMENTS) -> QuestionSet:
    weights = (1.0, 0.3)[: len(texts[0])]
    return QuestionSet("tiny", tuple("abcd"[: len(texts)]), texts, weights, ())


@pytest.fixture(scope="module", params=line_up(TODAY, NO_SERVER).engines, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


def test_the_obvious_document_comes_first(engine: Engine) -> None:
    engine.build(documents())
    assert engine.find("Tegn til tale")[0] == 3
    assert engine.find("medicinhåndtering for ufaglærte")[0] == 1


def test_documents_of_one_field_are_found_too(engine: Engine) -> None:
    engine.build(documents(tuple((title,) for title, _ in DOCUMENTS)))
    assert engine.find("Forflytning af borgere")[0] == 0


@pytest.mark.parametrize("text", ["", "   ", '"', "OR", "title:x AND (", "-", "🙂", "NEAR/2 *", "a\0b"])
def test_odd_queries_are_answered_with_a_list(engine: Engine, text: str) -> None:
    engine.build(documents())
    assert len(engine.find(text)) <= len(DOCUMENTS)


def test_what_is_built_last_is_what_is_searched(engine: Engine) -> None:
    engine.build(documents())
    engine.build(documents(tuple(reversed(DOCUMENTS))))
    assert engine.find("Tegn til tale")[0] == 0


def test_trigrams_find_a_word_within_a_word() -> None:
    trigrams = SqliteTrigrams()
    trigrams.build(documents())
    assert trigrams.find("konflikt")[0] == 2


def test_the_line_up_begins_with_ours_and_names_each_engine_once() -> None:
    names = [engine.name for engine in line_up(TODAY, NO_SERVER).engines]
    assert names[0] == Ours.name
    assert len(set(names)) == len(names)


def test_what_could_not_be_had_is_said() -> None:
    found = line_up(TODAY, NO_SERVER)
    absent = {name for name in PEERS if importlib.util.find_spec(name) is None}
    assert any(NO_SERVER in reason for reason in found.left_out)
    assert len(found.engines) + len(found.left_out) == 10
    assert bool(absent) == (len(found.left_out) > 1)


@pytest.fixture(scope="module")
def database_of_peers(postgres_server: PostgresServer) -> Iterator[str]:
    url = postgres_server.create(None)
    yield url
    postgres_server.drop(url)


def test_postgres_finds_what_lies_open(database_of_peers: str) -> None:
    found = line_up(TODAY, database_of_peers)
    engines = [engine for engine in found.engines if engine.name.startswith("postgres")]
    assert engines
    assert len(engines) + sum("pg_trgm" in reason for reason in found.left_out) == 2
    for engine in engines:
        engine.build(documents())
        engine.build(documents())
        assert engine.find("Tegn til tale")[0] == 3
        assert engine.find("medicinhåndtering for ufaglærte, tak")[0] == 1
        assert len(engine.find("'); DROP TABLE full_text; & | ! <-> \0")) <= len(DOCUMENTS)
