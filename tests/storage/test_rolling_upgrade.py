"""While replicas are replaced one by one, the previous release goes on working on the new tables.

Held for every migration of the chain, on both databases, so that a new one is held to it without a test of its
own. Two ways: the tables before and after are compared by what an older writer cannot live with, and the
statements of the older release (which name every column that it knows, as SQLAlchemy writes them) are run after
the migration, beside rows that it wrote before.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Integer,
    MetaData,
    Time,
    UniqueConstraint,
    inspect,
    text,
)

from storage.engines import parse_url
from storage.schema import alembic_config, migrate, migration_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from sqlalchemy import Column, Connection, Table

CHAIN = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]
VERSIONS = "alembic_version"
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


async def on_connection(url: str, work: Callable[[Connection], None]) -> None:
    engine = migration_engine(parse_url(url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(work)
    finally:
        await engine.dispose()


def tables_of(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    found.remove(found.tables[VERSIONS])
    return found


def hindrances(connection: Connection, before: MetaData, after: MetaData) -> Iterator[str]:
    """Yield what the writer of the tables before cannot live with in those after."""
    for name, old in before.tables.items():
        if name not in after.tables:
            yield f"{name} is gone"
            continue
        new = after.tables[name]
        yield from _of_columns(connection, old, new)
        if _key(old) != _key(new):
            yield f"{name} has another primary key"
        for constraint in sorted(_rules(new) - _rules(old)):
            yield f"{name} has a new rule: {constraint}"


def _of_columns(connection: Connection, old: Table, new: Table) -> Iterator[str]:
    for column in old.columns:
        where = f"{old.name}.{column.name}"
        if column.name not in new.columns:
            yield f"{where} is gone"
            continue
        now = new.columns[column.name]
        if column.nullable and not now.nullable:
            yield f"{where} must not be empty any more"
        if column.server_default is not None and now.server_default is None:
            yield f"{where} has no default any more"
        if column.computed is None and now.computed is not None:
            yield f"{where} cannot be written any more"
        if _type(connection, column) != _type(connection, now):
            yield f"{where} is {_type(connection, now)}, was {_type(connection, column)}"
    for column in new.columns:
        if column.name not in old.columns and not column.nullable and column.server_default is None:
            yield f"{new.name}.{column.name} is new and nobody fills it"


def _type(connection: Connection, column: Column[Any]) -> str:
    return column.type.compile(connection.dialect)


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def _rules(table: Table) -> set[str]:
    """What a row may be refused for. Reflection lists a unique constraint of PostgreSQL as an index as well."""
    unique = {tuple(column.name for column in index.columns) for index in table.indexes if index.unique}
    unique |= {
        tuple(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    checks = {str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)}
    keys = {f"{one.parent.name} refers to {one.target_fullname}" for one in table.foreign_keys}
    return {f"unique {', '.join(columns)}" for columns in unique} | checks | keys


def row_of(table: Table, serial: int) -> dict[str, Any]:
    """Return what the release writes that knows the table like this; a row of tenant number `serial`."""
    counted = _key(table) == ["id"]  # such a key is the database's to give
    columns = [column for column in table.columns if not (column.computed or (counted and column.name == "id"))]
    return {column.name: _value(column, serial) for column in columns}


def _value(column: Column[Any], serial: int) -> Any:
    """Return something that differs by tenant, is found again by foreign keys, and fits into 32 characters."""
    kinds = (
        (Boolean, True),
        (DateTime, MOMENT),
        (Date, date(2026, 11, serial)),
        (Time, time(9, serial)),
        (JSON, [serial]),
        (Integer, serial),
    )
    for kind, value in kinds:
        if isinstance(column.type, kind):
            return value
    name = next(iter(column.foreign_keys)).column.name if column.foreign_keys else column.name
    return f"{name if name != 'code' else 'run'}-{serial}"


def written(connection: Connection, tables: MetaData, serial: int) -> dict[str, Any]:
    """Read as the older release does: the columns that it knows, by name."""
    return {
        table.name: connection.execute(table.select().where(table.c.tenant == f"tenant-{serial}")).one()
        for table in tables.sorted_tables
    }


def insert(connection: Connection, tables: MetaData, serial: int) -> None:
    for table in tables.sorted_tables:
        connection.execute(table.insert(), row_of(table, serial))


def rewrite(connection: Connection, tables: MetaData, serial: int) -> None:
    """Set every column but the keys anew."""
    for table in tables.sorted_tables:
        values = row_of(table, serial)
        kept = {"tenant", *_key(table), *(one.parent.name for one in table.foreign_keys)}
        values = {name: value for name, value in values.items() if name not in kept}
        if values:
            update = table.update().where(table.c.tenant == f"tenant-{serial}")
            assert connection.execute(update.values(values)).rowcount == 1


def delete(connection: Connection, tables: MetaData, serial: int) -> None:
    for table in reversed(tables.sorted_tables):
        assert connection.execute(table.delete().where(table.c.tenant == f"tenant-{serial}")).rowcount == 1


@pytest.mark.parametrize(("previous", "revision"), list(pairwise(CHAIN)))
async def test_the_previous_release_goes_on_working(empty_database_url: str, previous: str, revision: str) -> None:
    def upgrade_under_work(connection: Connection) -> None:
        command.upgrade(alembic_config(connection), previous)
        before = tables_of(connection)
        insert(connection, before, 1)
        insert(connection, before, 2)
        as_it_was = written(connection, before, 1)
        command.upgrade(alembic_config(connection), revision)
        assert list(hindrances(connection, before, tables_of(connection))) == []
        assert written(connection, before, 1) == as_it_was
        insert(connection, before, 3)
        rewrite(connection, before, 1)
        rewrite(connection, before, 3)
        delete(connection, before, 2)
        delete(connection, before, 3)
        assert written(connection, before, 1) == as_it_was

    await on_connection(empty_database_url, upgrade_under_work)


async def test_the_whole_chain_can_be_taken_at_once(empty_database_url: str) -> None:
    """A release that skips migrations of several others is held to the same as each of them."""

    def upgrade_at_once(connection: Connection) -> None:
        command.upgrade(alembic_config(connection), CHAIN[0])
        before = tables_of(connection)
        insert(connection, before, 1)
        command.upgrade(alembic_config(connection), CHAIN[-1])
        assert list(hindrances(connection, before, tables_of(connection))) == []
        insert(connection, before, 2)
        delete(connection, before, 1)

    await on_connection(empty_database_url, upgrade_at_once)


HARMFUL = {
    "DROP TABLE moved_cards": "moved_cards is gone",
    "ALTER TABLE people DROP COLUMN locale": "people.locale is gone",
    "ALTER TABLE people RENAME COLUMN department TO section": "people.department is gone",
    "CREATE UNIQUE INDEX harmful ON people (tenant, name)": "people has a new rule: unique tenant, name",
}
HARMFUL_ON_POSTGRESQL = {
    "ALTER TABLE people ADD COLUMN shoes INTEGER NOT NULL": "people.shoes is new and nobody fills it",
    "ALTER TABLE people ALTER COLUMN area SET NOT NULL": "people.area must not be empty any more",
    "ALTER TABLE people ALTER COLUMN listing DROP DEFAULT": "people.listing has no default any more",
    "ALTER TABLE people ALTER COLUMN name TYPE VARCHAR(9)": "people.name is VARCHAR(9), was TEXT",
    "ALTER TABLE people ADD CONSTRAINT named CHECK (name <> '')": "people has a new rule: name <> ''::text",
    "ALTER TABLE moved_cards DROP CONSTRAINT pk_moved_cards": "moved_cards has another primary key",
    "ALTER TABLE moved_cards ADD FOREIGN KEY (tenant, request_id) REFERENCES requests": (
        "moved_cards has a new rule: request_id refers to requests.id"
    ),
}


@pytest.mark.parametrize(
    ("database_kind", "change", "found"),
    [
        *((kind, *harm) for kind in ("sqlite", "postgresql") for harm in HARMFUL.items()),
        *(("postgresql", *harm) for harm in HARMFUL_ON_POSTGRESQL.items()),
    ],
    indirect=["database_kind"],
)
async def test_a_migration_that_hinders_the_previous_release_is_found(
    empty_database_url: str, change: str, found: str
) -> None:
    await migrate(empty_database_url)

    def change_something(connection: Connection) -> None:
        before = tables_of(connection)
        connection.execute(text(change))
        assert found in list(hindrances(connection, before, tables_of(connection)))

    await on_connection(empty_database_url, change_something)


async def test_what_the_statements_write_is_every_column_of_every_table(database_url: str) -> None:
    """So that a row is refused, and found to be, whichever column a migration touches."""

    def write(connection: Connection) -> None:
        tables = tables_of(connection)
        insert(connection, tables, 1)
        for name, row in written(connection, tables, 1).items():
            assert None not in row, name
        assert set(tables.tables) | {VERSIONS} == set(inspect(connection).get_table_names())

    await on_connection(database_url, write)
