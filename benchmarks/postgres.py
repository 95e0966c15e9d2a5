"""PostgreSQL as a peer: its Danish full-text search and its trigrams, on a real server.

The server is found, or started for the run, as the tests do it (`tests.databases`). One table for each engine,
in a database of this run's own that is dropped at the end. Server and client talk over a socket, so a query's time
has some tenths of a millisecond for that.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
from psycopg import sql

from tests import databases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.question_sets import QuestionSet

_WANTED = 10
_TITLE_FIELDS_OF_OFFERS = 2
SETTINGS = (
    "SET maintenance_work_mem = '512MB'",
    "SET work_mem = '64MB'",
    "SET jit = off",
    "SET client_min_messages = 'warning'",
    "SET pg_trgm.similarity_threshold = 0.1",
    "SET pg_trgm.word_similarity_threshold = 0.2",
)
"""More memory for building and sorting than a server has untuned, no compiling of queries of milliseconds. Trigram
thresholds below the defaults (0.3 and 0.6), which leave every second query without an answer."""


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a fresh database on a running server, or, where there is none, why there is none."""
    with ExitStack() as running:
        try:
            url = running.enter_context(databases._running_server())  # noqa: SLF001 - one way to a server for both
        except pytest.skip.Exception as reason:
            yield str(reason)
            return
        own = databases.PostgresServer(url, "")
        database = own.create(None)
        running.callback(own.drop, database)
        yield database


@contextmanager
def databases_of_a_server(
    options: Sequence[str] = databases.SERVER_OPTIONS,
) -> Iterator[Callable[[int], str] | None]:
    """Yield what makes a fresh database and returns its URL, or None where there is no server.

    `options` are those of a server that has to be started.
    """
    with ExitStack() as running:
        try:
            url = running.enter_context(databases._running_server(options))  # noqa: SLF001 - one way to a server for both
        except pytest.skip.Exception:
            yield None
            return
        own = databases.PostgresServer(url, "")

        def new_database(_number: int) -> str:
            database = own.create(None)
            running.callback(own.drop, database)
            return database

        yield new_database


def server_process(url: str) -> psutil.Process | None:
    """Return the server's main process; None for one on another machine or of another user."""
    with psycopg.connect(url) as connection:
        pid = connection.info.backend_pid
    with suppress(psutil.Error):
        return psutil.Process(pid).parent()
    return None


def has_trigrams(url: str) -> bool:
    """Whether the server has the extension pg_trgm; it is created if so."""
    with psycopg.connect(url, autocommit=True) as connection:
        offered = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"
        row = connection.execute(offered).fetchone()
        if row is None or not row[0]:
            return False
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        return True


class Postgres:
    """A table of titles (of offers: and topics) and the rest of each document's text."""

    name: str
    _table: str
    _indexing: tuple[str, ...]
    _select: str

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection | None = None

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        if self._connection is None:
            self._connection = psycopg.connect(self._url, autocommit=True)
            for setting in SETTINGS:
                self._connection.execute(setting)
        titles = _TITLE_FIELDS_OF_OFFERS if asked.offers else 1
        self._run("DROP TABLE IF EXISTS {}")
        self._run("CREATE TABLE {} (position integer PRIMARY KEY, title text NOT NULL, body text NOT NULL)")
        rows = self._named("COPY {} (position, title, body) FROM STDIN")
        with self._connection.cursor().copy(rows) as copy:
            for position, fields in enumerate(asked.documents):
                copy.write_row((position, " ".join(fields[:titles]), " ".join(fields[titles:])))
        for statement in self._indexing:
            self._run(statement)
        self._run("VACUUM ANALYZE {}")
        self._query = self._named(self._select_for(asked))

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        if self._connection is None:
            raise ValueError("nothing is built yet")
        # NUL is the one character that PostgreSQL's text cannot hold.
        asked = {"text": text.replace("\0", " "), "wanted": _WANTED}
        return [row[0] for row in self._connection.execute(self._query, asked, prepare=True)]

    def bytes_on_server(self) -> int:
        """The size of the table with its indexes."""
        if self._connection is None:
            raise ValueError("nothing is built yet")
        row = self._connection.execute("SELECT pg_total_relation_size(%s)", (self._table,)).fetchone()
        return 0 if row is None else int(row[0])

    def _select_for(self, _asked: QuestionSet) -> str:
        return self._select

    def _named(self, statement: str) -> sql.Composed:
        return sql.SQL(statement).format(sql.Identifier(self._table))

    def _run(self, statement: str) -> None:
        if self._connection is not None:
            self._connection.execute(self._named(statement))


class FullText(Postgres):
    """Full-text search in Danish: snowball stems, any of the words, `ts_rank` with titles over the rest.

    `ts_rank` divided by 1 + the logarithm of the length (flag 1) found more than the other lengths and than
    `ts_rank_cd`, whose nearness means little where most words are missing.
    """

    name = "postgres full text"
    _table = "full_text"
    _indexing = (
        "ALTER TABLE {} ADD words tsvector",
        "UPDATE {} SET words = setweight(to_tsvector('danish', title), 'A')",
        "UPDATE {} SET words = words || setweight(to_tsvector('danish', body), 'B') WHERE body <> ''",
        "CREATE INDEX ON {} USING gin (words)",
    )
    _select = (
        "SELECT position FROM {}, "
        "(SELECT replace(plainto_tsquery('danish', %(text)s)::text, '&', '|')::tsquery AS asked) AS any_word "
        "WHERE words @@ asked "
        "ORDER BY ts_rank('{{0, 0, 0.3, 1}}', words, asked, 1) DESC, position LIMIT %(wanted)s"
    )


class PostgresTrigrams(Postgres):
    """Trigrams with GIN indexes: the similarity of titles, the whole text as a part of it.

    Against offers, whose titles and topics are longer than a need, word similarity found more.
    """

    name = "postgres pg_trgm"
    _table = "trigrams"
    _indexing = ("CREATE INDEX ON {} USING gin (title gin_trgm_ops)",)
    _of_offers = (
        "SELECT position FROM {} WHERE %(text)s <%% title "
        "ORDER BY word_similarity(%(text)s, title) DESC, similarity(title, %(text)s) DESC, position "
        "LIMIT %(wanted)s"
    )
    _select = (
        "SELECT position FROM (SELECT *, similarity(title, %(text)s) AS near FROM {} WHERE title %% %(text)s "
        "ORDER BY near DESC, position LIMIT 50) AS head "
        "ORDER BY near + 0.3 * word_similarity(%(text)s, title || ' ' || body) DESC, position LIMIT %(wanted)s"
    )

    def _select_for(self, asked: QuestionSet) -> str:
        return self._of_offers if asked.offers else self._select
