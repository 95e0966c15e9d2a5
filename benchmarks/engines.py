"""What is measured: our matcher, and what one would pick instead with its best sensible settings."""

from __future__ import annotations

import importlib.util
import sqlite3
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from rapidfuzz import fuzz, process, utils

from catalogue.matching import MatchIndex
from catalogue.need import read_need
from catalogue.text_index import TextIndex, best_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from benchmarks.question_sets import QuestionSet

WANTED = 10


class Engine(Protocol):
    """Something that finds documents: built once on a set, then asked."""

    name: str

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""


class Ours:
    """The product: `MatchIndex` with `read_need` where there are offers, else the `TextIndex` below it."""

    name = "ours"

    def __init__(self, today: date) -> None:
        self._today = today
        self.index: MatchIndex | None = None

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        self.index = MatchIndex.build(asked.offers, ()) if asked.offers else None
        self._texts = TextIndex(() if asked.offers else asked.documents, asked.weights)
        self._position = {identity: position for position, identity in enumerate(asked.ids)}

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        if self.index is None:
            return [hit.position for hit in self._texts.search(text, WANTED)]
        answer = self.index.match(read_need(text, self._today), self._today, WANTED)
        return [self._position[match.offer.code] for match in answer.matches]


class RapidFuzz:
    """`process.extract` over titles (and topics), with rapidfuzz's own preprocessing."""

    def __init__(self, scorer: Callable[..., float]) -> None:
        self.name = f"rapidfuzz {scorer.__name__}"
        self._scorer = scorer

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        titles = (" ".join(fields[: 2 if asked.offers else 1]) for fields in asked.documents)
        self._titles = [utils.default_process(title) for title in titles]

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        query = utils.default_process(text)
        return [hit[2] for hit in process.extract(query, self._titles, scorer=self._scorer, limit=WANTED)]


class SqliteFts:
    """SQLite FTS5 ranked by bm25 with our field weights; any of the query's words (or trigrams) may match."""

    def __init__(self, tokenizer: str) -> None:
        self._trigrams = tokenizer == "trigram"
        self.name = "sqlite fts5 " + ("trigram" if self._trigrams else "bm25")
        self._tokenizer = tokenizer

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        columns = [f"field{number}" for number in range(len(asked.weights))]
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            f"CREATE VIRTUAL TABLE documents USING fts5({', '.join(columns)}, tokenize='{self._tokenizer}')"
        )
        marks = ", ".join("?" * len(columns))
        self._database.executemany(
            f"INSERT INTO documents(rowid, {', '.join(columns)}) VALUES (?, {marks})",  # noqa: S608 - own names
            ((position, *fields) for position, fields in enumerate(asked.documents)),
        )
        rank = ", ".join(str(weight) for weight in asked.weights)
        self._select = (
            "SELECT rowid FROM documents WHERE documents MATCH ? "  # noqa: S608 - own numbers
            f"ORDER BY bm25(documents, {rank}) LIMIT {WANTED}"
        )

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        terms = dict.fromkeys(utils.default_process(text).split())
        if self._trigrams:
            terms = dict.fromkeys(term[at : at + 3] for term in terms for at in range(len(term) - 2))
        if not terms:
            return []
        query = " OR ".join(f'"{term}"' for term in terms)
        return [row[0] for row in self._database.execute(self._select, (query,))]


class CharacterTfidf:
    """scikit-learn's TfidfVectorizer over character n-grams within words, cosine, fields weighted as ours."""

    name = "sklearn char tfidf"

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer
        normalize = import_module("sklearn.preprocessing").normalize
        texts = [" ".join(fields) for fields in asked.documents]
        self._vectorizer = vectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit(texts)
        total = sum(
            weight * self._vectorizer.transform(fields)
            for weight, fields in zip(asked.weights, zip(*asked.documents, strict=True), strict=True)
        )
        self._documents = normalize(total).T.tocsc().tocsr()

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        scores = (self._vectorizer.transform([text]) @ self._documents).toarray().ravel()
        return [hit.position for hit in best_of(scores.astype(np.float32), WANTED)]


class Bm25s:
    """bm25s with its Danish snowball stemmer where PyStemmer is there, over all fields."""

    name = "bm25s"

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        bm25s = import_module("bm25s")
        self._stemmer = None
        if importlib.util.find_spec("Stemmer"):
            self._stemmer = import_module("Stemmer").Stemmer("danish")
        self._tokenize: Callable[[list[str]], Any] = lambda texts: bm25s.tokenize(
            texts, stopwords=None, stemmer=self._stemmer, show_progress=False
        )
        self._retriever = bm25s.BM25()
        texts = [" ".join(fields) for fields in asked.documents]
        self._retriever.index(self._tokenize(texts), show_progress=False)
        self._wanted = min(WANTED, len(texts))

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        found, scores = self._retriever.retrieve(self._tokenize([text]), k=self._wanted, show_progress=False)
        return [int(position) for position, score in zip(found[0], scores[0], strict=True) if score > 0]


class Tantivy:
    """tantivy with its Danish stemmer, fields boosted as ours."""

    name = "tantivy"

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        tantivy = import_module("tantivy")
        schema = tantivy.SchemaBuilder().add_integer_field("position", stored=True)
        self._fields = [f"field{number}" for number in range(len(asked.weights))]
        for field in self._fields:
            schema.add_text_field(field, tokenizer_name="danish")
        self._index = tantivy.Index(schema.build())
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self._index.register_tokenizer("danish", analyzer.filter(tantivy.Filter.stemmer("danish")).build())
        writer = self._index.writer()
        for position, texts in enumerate(asked.documents):
            writer.add_document(tantivy.Document(position=position, **dict(zip(self._fields, texts, strict=True))))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        self._boosts = dict(zip(self._fields, asked.weights, strict=True))

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        words = utils.default_process(text)
        if not words.strip():
            return []
        query = self._index.parse_query(words, self._fields, field_boosts=self._boosts)
        hits = self._searcher.search(query, WANTED).hits
        return [self._searcher.doc(address)["position"][0] for _, address in hits]


def engines(today: date) -> list[Engine]:
    """Ours first, then every peer that is installed."""
    found: list[Engine] = [
        Ours(today),
        RapidFuzz(fuzz.WRatio),
        RapidFuzz(fuzz.token_set_ratio),
        RapidFuzz(fuzz.token_sort_ratio),
        SqliteFts("unicode61 remove_diacritics 0"),
        SqliteFts("trigram"),
    ]
    peers: tuple[tuple[str, type[Engine]], ...] = (
        ("sklearn", CharacterTfidf),
        ("bm25s", Bm25s),
        ("tantivy", Tantivy),
    )
    return found + [peer() for package, peer in peers if importlib.util.find_spec(package)]
