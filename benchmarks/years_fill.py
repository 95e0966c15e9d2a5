"""Years of a town's work in a database within minutes, for `benchmarks.years`: written by the database itself.

A pool of a few thousand needs is made in Python; everything else is made from it and from running numbers by SQL
that both databases read. Indexes that are not keys are made anew afterwards.

Per request: two lines of audit, one notice that was sent within the 90 days that notices are kept, one activity
within the two days that they are kept, one enrolment with two lines of audit; a run per 20 enrolments, of which
the latest ten are still to come; for each open request that somebody has, a timer. 10,000 people.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import psycopg
from sqlalchemy import make_url

from benchmarks.growth import grow
from benchmarks.match import TODAY
from benchmarks.queue import RARE, SOME
from benchmarks.turn_town import TENANT
from catalogue.offers import Area
from catalogue.text import fold
from centre.requests import Wish
from centre.similar import topic_keys
from storage.search_index import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

PEOPLE = 10_000
LEADERS = 1_000
CONSULTANTS = 20
POOL = 4_000
ONE_IN = 200
"""One request in so many says the word that some say."""
RARE_ONES = 3
PER_RUN = 20
RUNS_TO_COME = 10
YEARS = 5
DAY = 24 * 3600
DUE_NOW = 50
"""Notices that wait to be delivered, each to another reader."""
FILLED = (
    "requests",
    "request_words",
    "word_endings",
    "request_topics",
    "request_events",
    "runs",
    "enrolments",
    "enrolment_events",
    "outbox",
    "inbox",
    "people",
)
EMPTY = tuple(table for table in FILLED if table not in {"runs", "people"})
"""Those that have no rows before; the sample catalogue and whoever speaks are in the others."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many requests, and how many of 100 of them are open: the newest ones."""

    requests: int
    open_percent: int

    @property
    def open(self) -> int:
        """How many are open."""
        return self.requests * self.open_percent // 100


class Dialect(Protocol):
    """What the two databases say in different words."""

    numbers: str

    def moment(self, seconds: str) -> str:
        """Return the moment that is so many seconds after 1970."""

    def day(self, seconds: str) -> str:
        """Return the day of that moment."""

    def execute(self, statement: str) -> None:
        """Run a statement."""

    def insert_many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run a statement with a `?` for each value, for every row."""


class Sqlite:
    """A SQLite file that nobody else has open."""

    numbers = (
        "INSERT INTO numbers WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number}) "
        "SELECT i FROM n"
    )

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def moment(self, seconds: str) -> str:
        """Return it as SQLAlchemy writes it."""
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', {seconds}, 'unixepoch')"

    def day(self, seconds: str) -> str:
        """Return it as SQLAlchemy writes it."""
        return f"date({seconds}, 'unixepoch')"

    def execute(self, statement: str) -> None:
        """Run a statement."""
        self._connection.execute(statement)

    def insert_many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run a statement for every row."""
        self._connection.executemany(statement, rows)

    @contextmanager
    def without_indexes(self) -> Iterator[None]:
        """Drop the indexes that are no keys, and make them anew at the end."""
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN "
        found = self._connection.execute(query + str(FILLED)).fetchall()
        for name, _ in found:
            self.execute(f"DROP INDEX {name}")
        yield
        for _, definition in found:
            self.execute(definition)


class Postgres:
    """A database of PostgreSQL, as a user who may switch triggers off."""

    numbers = "INSERT INTO numbers SELECT i FROM generate_series(1, {number}) AS n(i)"

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def moment(self, seconds: str) -> str:
        """Return it with time zone."""
        return f"to_timestamp({seconds})"

    def day(self, seconds: str) -> str:
        """Return it in UTC."""
        return f"CAST(to_timestamp({seconds}) AT TIME ZONE 'UTC' AS DATE)"

    def execute(self, statement: str) -> None:
        """Run a statement."""
        self._connection.execute(statement.encode())

    def insert_many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run a statement for every row."""
        with self._connection.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s").encode(), rows)

    @contextmanager
    def without_indexes(self) -> Iterator[None]:
        """Drop the indexes that are no keys, and make them anew at the end."""
        no_keys = "indexdef LIKE 'CREATE INDEX%%'"
        query = f"SELECT indexname, indexdef FROM pg_indexes WHERE {no_keys} AND tablename = ANY(%s)"  # noqa: S608
        found = self._connection.execute(query, (list(FILLED),)).fetchall()
        for name, _ in found:
            self.execute(f"DROP INDEX {name}")
        yield
        for _, definition in found:
            self.execute(definition)


def fill(url: str, size: Size, now: datetime) -> None:
    """Write so many requests and all that belongs to them into a migrated database that has the sample catalogue.

    The database must not be open elsewhere. Its statistics are up to date afterwards.
    """
    parsed = make_url(url)
    seconds = int(now.timestamp())
    if parsed.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(parsed.database or "", isolation_level=None)) as connection:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
                connection.execute(f"PRAGMA {pragma}")
            lite = Sqlite(connection)
            with lite.without_indexes():
                _write(lite, size, seconds)
            connection.execute("ANALYZE")
            connection.execute("PRAGMA journal_mode = WAL")
        return
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as server:
        for setting in (
            "session_replication_role = replica",
            "synchronous_commit = off",
            "work_mem = '256MB'",
            "maintenance_work_mem = '512MB'",
        ):
            server.execute(f"SET {setting}".encode())
        postgres = Postgres(server)
        with server.transaction(), postgres.without_indexes():
            # A server with `wal_level=minimal` writes what was emptied in the same transaction only once.
            server.execute(f"TRUNCATE {', '.join(EMPTY)} CASCADE".encode())
            _write(postgres, size, seconds)
        server.execute("VACUUM ANALYZE")


def pool() -> Iterator[tuple[int, str, str, str]]:
    """Yield numbers, topics, needs, and both folded."""
    for number, (topic, words) in enumerate(islice(grow(None, TODAY), POOL)):
        need = f"{words} {SOME}" if number % ONE_IN == 1 else words
        yield number, topic, need, fold(f"{topic} {need}")


def _write(database: Dialect, size: Size, now: int) -> None:
    _write_pool(database)
    database.execute("CREATE TEMPORARY TABLE numbers (i INTEGER PRIMARY KEY)")
    database.execute(database.numbers.format(number=max(size.requests, PEOPLE)))
    _write_requests(database, size, now)
    _write_words(database, size)
    _write_history(database, now)
    _write_enrolments(database, size, now)
    _write_notices(database, size, now)
    _write_people(database)


def _write_pool(database: Dialect) -> None:
    written = list(pool())
    database.execute(
        "CREATE TEMPORARY TABLE pool (id INTEGER PRIMARY KEY, topic TEXT, need TEXT, folded TEXT, area TEXT)"
    )
    areas = [area.value for area in Area]
    database.insert_many(
        "INSERT INTO pool VALUES (?, ?, ?, ?, ?)", [(*row, areas[row[0] % len(areas)]) for row in written]
    )
    for table, words in (
        ("pool_words", [(number, word) for number, _, _, folded in written for word in sorted(words_in(folded))]),
        (
            "pool_topics",
            [
                (number, key)
                for number, topic, need, _ in written
                for key in sorted(topic_keys(Wish(need=need, topic=topic)))
            ],
        ),
    ):
        database.execute(f"CREATE TEMPORARY TABLE {table} (id INTEGER, word TEXT)")
        database.insert_many(f"INSERT INTO {table} VALUES (?, ?)", words)  # noqa: S608 - the names above
        database.execute(f"CREATE INDEX {table}_by_id ON {table} (id)")


def _write_requests(database: Dialect, size: Size, now: int) -> None:
    """The oldest are closed; of those that are open four in ten are new, of which most have nobody yet."""
    span = YEARS * 365 * DAY
    database.execute(
        f"""
        CREATE TEMPORARY TABLE filed AS SELECT
            i, CAST(10000000 + i AS TEXT) AS id, {now} - (CAST({size.requests} - i AS BIGINT) * {span}) / {size.requests} AS at,
            2021 + (i * {YEARS} - 1) / {size.requests} AS year, 1000 + i AS serial, i % {POOL} AS pool,
            CAST(10 + i % 60 AS TEXT) AS place, i % {LEADERS} AS leader,
            i > {size.requests - RARE_ONES} AS rare,
            CASE WHEN i > {size.requests - size.open} THEN
                CASE i % 20 WHEN 0 THEN 'planned' WHEN 1 THEN 'pooled' WHEN 2 THEN 'sourcing' WHEN 3 THEN 'sourcing'
                WHEN 4 THEN 'awaiting_leader' WHEN 5 THEN 'awaiting_leader' WHEN 6 THEN 'clarifying'
                WHEN 7 THEN 'clarifying' WHEN 8 THEN 'clarifying' WHEN 9 THEN 'sourcing' WHEN 10 THEN 'planned'
                WHEN 11 THEN 'planned' ELSE 'new' END
            ELSE CASE i % 10 WHEN 0 THEN 'rejected' WHEN 1 THEN 'withdrawn' ELSE 'evaluated' END END AS status
        FROM numbers WHERE i <= {size.requests}
        """  # noqa: S608, E501 - whole numbers only
    )
    database.execute(
        f"""
        INSERT INTO requests (tenant, id, version, year, serial, status, kle, requester_id, requester_name,
            requester_confirmed, filed_at, changed_at, answer_due, assignee_id, assignee_name, priority, asked_at,
            search_text, search_requester, words_version, need, topic, headcount, staff_groups, time_words,
            purpose, on_behalf_of, area, department, offer_code, offer_title, run_code, verdict)
        SELECT '{TENANT}', f.id, 1, f.year, f.serial, f.status, '81.39.15', 'leader-' || f.leader,
            'Leder Nummer' || f.leader, TRUE, {database.moment("f.at")}, {database.moment("f.at")},
            {database.day(f"f.at + 7 * {DAY}")},
            CASE WHEN f.status = 'new' AND f.i % 3 > 0 THEN '' ELSE 'consultant-' || f.i % {CONSULTANTS} END,
            CASE WHEN f.status = 'new' AND f.i % 3 > 0 THEN '' ELSE 'Konsulent ' || f.i % {CONSULTANTS} END,
            CASE WHEN f.i % 50 = 17 THEN 'high' WHEN f.i % 30 = 18 THEN 'low' ELSE 'normal' END,
            CASE WHEN f.status = 'awaiting_leader' THEN {database.moment("f.at")} END,
            'kv-' || f.year || '-' || f.serial || ' ' || p.folded || CASE WHEN f.rare THEN ' {RARE}' ELSE '' END
                || ' afdeling ' || f.place || ' leder nummer' || f.leader,
            'leder nummer' || f.leader || ' afdeling ' || f.place, 1,
            p.need || CASE WHEN f.rare THEN ' {RARE}' ELSE '' END, p.topic, f.i % 30 + 1, '[]', '', '', '', p.area,
            'Afdeling ' || f.place, '', '', '', 'likely'
        FROM filed f JOIN pool p ON p.id = f.pool ORDER BY f.i
        """  # noqa: S608 - no value is anybody's
    )
    last = f"SELECT '{TENANT}', year, max(serial) FROM filed GROUP BY year"  # noqa: S608
    database.execute(f"INSERT INTO case_counters (tenant, year, last) {last}")


def _write_words(database: Dialect, size: Size) -> None:
    database.execute(
        f"""
        INSERT INTO request_words (tenant, year, serial, word)
        SELECT '{TENANT}', year, serial, word FROM (
            SELECT f.year, f.serial, w.word AS word FROM filed f JOIN pool_words w ON w.id = f.pool
            UNION ALL SELECT year, serial, 'afdeling' FROM filed
            UNION ALL SELECT year, serial, 'leder' FROM filed
            UNION ALL SELECT year, serial, CAST(year AS TEXT) FROM filed
            UNION ALL SELECT year, serial, CAST(serial AS TEXT) FROM filed
            UNION ALL SELECT year, serial, place FROM filed
            UNION ALL SELECT year, serial, 'nummer' || leader FROM filed
            UNION ALL SELECT year, serial, '{RARE}' FROM filed WHERE rare
        ) AS said ORDER BY word, year, serial ON CONFLICT DO NOTHING
        """  # noqa: S608
    )
    database.execute(
        f"""
        INSERT INTO word_endings (tenant, ending, word)
        SELECT '{TENANT}', substr(word, i), word FROM (SELECT DISTINCT word FROM request_words) AS known
        JOIN numbers ON i < length(word) AND i < 60 ORDER BY 2, 3
        """  # noqa: S608
    )
    database.execute(
        f"""
        INSERT INTO request_topics (tenant, year, serial, topic)
        SELECT '{TENANT}', f.year, f.serial, t.word FROM filed f JOIN pool_topics t ON t.id = f.pool
        WHERE f.i > {size.requests - size.open} ORDER BY t.word, f.year, f.serial
        """  # noqa: S608
    )


def _write_history(database: Dialect, now: int) -> None:
    for kind, before, after in (("filed", "NULL", "'new'"), ("taken", "'new'", "'clarifying'")):
        database.execute(
            f"""
            INSERT INTO request_events
                (tenant, request_id, at, actor_id, actor_name, kind, before, after, detail)
            SELECT '{TENANT}', id, {database.moment("at")}, 'leader-' || leader, 'Leder Nummer' || leader,
                '{kind}', {before}, {after}, '{{}}' FROM filed ORDER BY i
            """  # noqa: S608
        )
    database.execute(
        f"""
        INSERT INTO inbox (tenant, conversation_id, activity_id, handled_at, replies)
        SELECT '{TENANT}', 'a:leader-' || leader, 'activity-' || i, {database.moment(f"{now} - 100 - i % 170000")}, NULL
        FROM filed ORDER BY leader, i
        """  # noqa: S608, E501
    )


def _write_enrolments(database: Dialect, size: Size, now: int) -> None:
    """Everybody who is on a run of the past was there; on the runs to come some still wait for their leader."""
    runs = max(size.requests // PER_RUN, RUNS_TO_COME)
    to_come = f"run > {runs - RUNS_TO_COME}"
    starts = (
        f"CASE WHEN i > {runs - RUNS_TO_COME} THEN {now} + i % 60 * {DAY} ELSE {now} - (1 + i % 1700) * {DAY} END"
    )
    database.execute(
        f"""
        INSERT INTO runs (tenant, code, offer_code, starts, ends, place, online, seats, taken, retired)
        SELECT '{TENANT}', 'HOLD-' || (100000 + i), (SELECT min(code) FROM offers), {database.day(starts)},
            {database.day(starts)}, 'Vejen', FALSE, 24, 0, i <= {runs - RUNS_TO_COME}
        FROM numbers WHERE i <= {runs} ORDER BY i
        """  # noqa: S608
    )
    database.execute(
        f"""
        CREATE TEMPORARY TABLE signed AS SELECT i, CAST(10000000 + i AS TEXT) AS id,
            (i - 1) / {PER_RUN} + 1 AS run, (i * 7) % {PEOPLE - LEADERS} AS person, i % {LEADERS} AS leader,
            {now} - CAST({size.requests} - i AS BIGINT) * {YEARS * 365 * DAY} / {size.requests} AS at
        FROM numbers WHERE i <= {size.requests}
        """  # noqa: S608
    )
    status = f"CASE WHEN {to_come} AND i % 5 = 0 THEN 'applied' ELSE 'attending' END"
    database.execute(
        f"""
        INSERT INTO enrolments (tenant, id, version, run_code, offer_code, title, person_id, person_name, sign_up,
            status, applied_at, changed_at, area, department, leader_id, leader_name, signed_up_by, holds_seat)
        SELECT '{TENANT}', id, 1, 'HOLD-' || (100000 + run), (SELECT min(code) FROM offers), 'Et forløb',
            'employee-' || person, 'Medarbejder ' || person, 'leader', {status}, {database.moment("at")},
            {database.moment("at")}, 'senior', 'Afdeling 12', 'leader-' || leader, 'Leder Nummer' || leader,
            'employee-' || person, TRUE
        FROM signed ORDER BY i
        """  # noqa: S608
    )
    for kind, before, after in (("signed_up", "NULL", "'applied'"), ("approved", "'applied'", "'attending'")):
        database.execute(
            f"""
            INSERT INTO enrolment_events
                (tenant, enrolment_id, at, actor_id, actor_name, kind, before, after, detail)
            SELECT '{TENANT}', id, {database.moment("at")}, 'employee-' || person, 'Medarbejder ' || person,
                '{kind}', {before}, {after}, '{{}}' FROM signed ORDER BY i
            """  # noqa: S608
        )


def _write_notices(database: Dialect, size: Size, now: int) -> None:
    """One that was sent per request, one timer per open case that somebody has, and some that are due."""
    columns = (
        "tenant, audience, kind, request_id, dedup_key, created, due, expires, status, not_before, attempts,"
        " token, last_error"
    )
    sent_at = f"{now} - 1000 - CAST(i AS BIGINT) * {89 * DAY} / {size.requests}"
    timer_at = f"{now} + {DAY} + i % 60 * {DAY} / 2"
    late = f"{now} - 600 - i"
    whose = f"'consultant-' || i % {CONSULTANTS}"
    kinds = (
        ("'leader-' || leader", "case_event", "sent:", "sent", sent_at, "TRUE"),
        (whose, "due_reminder", "timer:", "pending", timer_at, f"i > {size.requests - size.open} AND i % 2 = 0"),
        ("'due-' || i", "case_event", "due:", "pending", late, f"i <= {DUE_NOW}"),
    )
    for audience, kind, key, status, at, condition in kinds:
        moment, expires = database.moment(at), database.moment(f"{at} + 14 * {DAY}")
        database.execute(
            f"""
            INSERT INTO outbox ({columns})
            SELECT '{TENANT}', {audience}, '{kind}', id, '{key}' || id, {moment}, {moment}, {expires}, '{status}',
                {moment}, 0, 0, '' FROM filed WHERE {condition} ORDER BY i
            """  # noqa: S608
        )


def _write_people(database: Dialect) -> None:
    for kind, title, first, last in (
        ("leader", "Leder", 0, LEADERS),
        ("employee", "Medarbejder", LEADERS, PEOPLE),
    ):
        serial = f"(i - 1 - {first})"
        database.execute(
            f"""
            INSERT INTO people (tenant, entra_id, email, name, role, role_confirmed, area, department, locale,
                leader_email, listing)
            SELECT '{TENANT}', '{kind}-' || {serial}, '{kind}-' || {serial} || '@kommunen.example',
                '{title} Nummer' || {serial}, '{kind}', TRUE, 'senior', 'Afdeling ' || (10 + i % 60), '',
                'leader-' || (i % {LEADERS}) || '@kommunen.example', 'listed'
            FROM numbers WHERE i > {first} AND i <= {last} ORDER BY i ON CONFLICT DO NOTHING
            """  # noqa: S608
        )
