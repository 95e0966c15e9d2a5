"""Peers that index text within the process: SQLite FTS5, tantivy, bm25s and scikit-learn.

All but SQLite are imported when they are built, because only requirements/bench.txt has them.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import utils

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.question_sets import QuestionSet

_WANTED = 10
_TRIGRAM = 3
_RAREST_TRIGRAMS = 120


class _SqliteFts:
    """SQLite FTS5 ranked by bm25 with our field weights; any of the query's terms may match."""

    name: str
    _tokenizer: str

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
        self._database.execute("INSERT INTO documents(documents) VALUES ('optimize')")
        rank = ", ".join(str(weight) for weight in asked.weights)
        self._select = (
            "SELECT rowid FROM documents WHERE documents MATCH ? "  # noqa: S608 - own numbers
            f"ORDER BY bm25(documents, {rank}) LIMIT {_WANTED}"
        )

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        terms = self._terms(utils.default_process(text))
        query = " OR ".join(f'"{term}"' for term in terms)
        return [row[0] for row in self._database.execute(self._select, (query,))] if query else []

    def _terms(self, text: str) -> Iterable[str]:
        raise NotImplementedError


class SqliteWords(_SqliteFts):
    """FTS5 over words. `remove_diacritics 0`: å is a letter of its own in Danish, not an a."""

    name = "sqlite fts5 bm25"
    _tokenizer = "unicode61 remove_diacritics 0"

    def _terms(self, text: str) -> Iterable[str]:
        return dict.fromkeys(text.split())


class SqliteTrigrams(_SqliteFts):
    """FTS5 over trigrams. The tokenizer alone finds whole substrings only, which no query of several words is.

    So a query is the OR of its words' trigrams: those that the index has, the rarest 120 of them, because bm25
    reads every document that shares any.
    """

    name = "sqlite fts5 trigram"
    _tokenizer = "trigram"

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents, and remember how many hold each trigram."""
        super().build(asked)
        self._database.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(documents, 'row')")
        self._frequency = dict(self._database.execute("SELECT term, doc FROM vocabulary"))

    def _terms(self, text: str) -> Iterable[str]:
        trigrams = (word[at : at + _TRIGRAM] for word in text.split() for at in range(len(word) - _TRIGRAM + 1))
        known = (trigram for trigram in dict.fromkeys(trigrams) if trigram in self._frequency)
        return sorted(known, key=lambda trigram: self._frequency[trigram])[:_RAREST_TRIGRAMS]


class CharacterTfidf:
    """scikit-learn's TfidfVectorizer: 3 to 5 letters within words, sublinear, cosine, fields weighted as ours.

    The postings are kept by n-gram, so that a query touches only the documents that share one with it.
    """

    name = "sklearn char tfidf"

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer
        normalize = import_module("sklearn.preprocessing").normalize
        texts = [" ".join(fields) for fields in asked.documents]
        settings = {"analyzer": "char_wb", "ngram_range": (3, 5), "sublinear_tf": True, "dtype": np.float32}
        self._vectorizer = vectorizer(**settings).fit(texts)
        total = sum(
            np.float32(weight) * self._vectorizer.transform(fields)
            for weight, fields in zip(asked.weights, zip(*asked.documents, strict=True), strict=True)
        )
        self._documents = normalize(total, copy=False).T.tocsr()

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        found = (self._vectorizer.transform([text]) @ self._documents).tocsr()
        best = np.argsort(-found.data, kind="stable")[:_WANTED]
        return [int(position) for position in found.indices[best]]


class Bm25s:
    """bm25s (Lucene's variant, its default) over all fields, PyStemmer's Danish stemmer, every word kept.

    It knows no fields, so the first is written twice: the same as weighing it double.
    """

    name = "bm25s"

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        bm25s = import_module("bm25s")
        stemmer = import_module("Stemmer").Stemmer("danish")
        self._tokenize: Callable[[list[str]], Any] = lambda texts: bm25s.tokenize(
            texts, stopwords=None, stemmer=stemmer, show_progress=False
        )
        self._retriever = bm25s.BM25()
        texts = [" ".join(fields if len(fields) == 1 else (fields[0], *fields)) for fields in asked.documents]
        self._retriever.index(self._tokenize(texts), show_progress=False)
        self._wanted = min(_WANTED, len(texts))

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        found, scores = self._retriever.retrieve(self._tokenize([text]), k=self._wanted, show_progress=False)
        return [int(position) for position, score in zip(found[0], scores[0], strict=True) if score > 0]


class Tantivy:
    """tantivy with its Danish stemmer, in memory, fields boosted as ours."""

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
        hits = self._searcher.search(query, _WANTED).hits
        return [self._searcher.doc(address)["position"][0] for _, address in hits]
