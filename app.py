"""Composition root and command line: `python app.py --help`. Imported by nobody."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from bot import retention_command
from bot.catalogue_import import take_catalogue
from bot.catalogues import read_index
from bot.config import ConfigurationError, Settings, load_settings
from bot.demo.people import TENANT as DEMO_TENANT
from bot.logs import set_up_logging
from bot.outbox_commands import outbox
from bot.people_commands import people
from bot.request_commands import requests
from bot.synonym_commands import synonyms
from catalogue.importing import Parsed, UnreadableFileError, read_file, write_template
from centre.clock import DanishClock
from centre.ports import ConflictError
from manifest.settings import VARIABLES as MANIFEST_VARIABLES
from storage.backup import NoBackupError, back_up, put_back
from storage.database import Database
from storage.errors import DatabaseInUseError, DatabaseUnavailableError, SchemaOutdatedError
from storage.schema import check_current, migrate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from catalogue.matching import MatchIndex
    from storage.unit_of_work import UnitOfWork

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
MOST_PROBLEMS_SHOWN = 200

T = TypeVar("T")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Kompetencebot: a chat assistant in Microsoft Teams for a municipality's competence centre."""
    context.obj = _in_database


main.add_command(synonyms)
main.add_command(requests)
main.add_command(people)
main.add_command(outbox)


@main.command()
def serve() -> None:
    """Serve Teams at /api/messages until stopped."""
    from bot.service import run_service  # noqa: PLC0415 - the other commands need no HTTP server

    settings = _settings()
    set_up_logging(settings.log_level, settings.log_format)
    _run(run_service(settings))


@main.command()
def demo() -> None:
    """Start the bot and a Teams-like chat in the browser, with sample data (`make run`)."""
    from bot.demo.launcher import run  # noqa: PLC0415 - only this command starts other programs

    sys.exit(run())


@main.command()
@click.option("--dry-run", is_flag=True, help="Count and change nothing.")
def retention(*, dry_run: bool) -> None:
    """Take out what is kept about people for too long (KOMPETENCEBOT_KEEP_…_DAYS); done every night by itself."""
    settings = _settings()

    async def work() -> None:
        await check_current(settings.database_url)
        database = await Database.open(settings.database_url)
        try:
            await retention_command.run(database, _tenant(settings), settings.keep_days, dry_run=dry_run)
        finally:
            await database.close()

    _run(work())


@main.group()
def catalogue() -> None:
    """Import the catalogue of offers and runs."""


@catalogue.command("import")
@click.argument("file", type=EXISTING_FILE)
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--replace", is_flag=True, help="Retire the offers and runs that are not in the file.")
def import_catalogue(file: Path, *, dry_run: bool, replace: bool) -> None:
    """Read FILE (CSV or XLSX) and insert or update its offers and runs by code: all of it, or nothing."""
    settings = _settings()
    _run(_import(settings, file, dry_run=dry_run, replace=replace))


@catalogue.command("template")
@click.argument("file", type=NEW_FILE)
def make_template(file: Path) -> None:
    """Write an empty XLSX to begin a catalogue in."""
    write_template(file)
    click.echo(f"{file} er klar. Udfyld arkene, og indlæs filen med: python app.py catalogue import {file}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, for programs.")
@click.option("--explain", is_flag=True, help="The same for people: what was understood, what fits and why.")
@click.option("--limit", default=10, show_default=True, help="Matches per need.")
@click.option(
    "--catalogue", "files", multiple=True, type=EXISTING_FILE, help="Catalogue file(s) to match against."
)
@click.option("--database", is_flag=True, help="Match against the catalogue in the configured database.")
def match(*, as_json: bool, explain: bool, limit: int, files: tuple[Path, ...], database: bool) -> None:
    """Match needs, one per line on standard input, against the shipped sample or another catalogue."""
    from bot.demo.sample import read_sample  # noqa: PLC0415
    from catalogue.answer_lines import explained, json_line  # noqa: PLC0415
    from catalogue.matching import MatchIndex  # noqa: PLC0415
    from catalogue.need import read_need  # noqa: PLC0415

    today = DanishClock().now().date()
    if database:
        index = _run(_stored_index(_settings()))
    elif files:
        parsed = [_parsed(file) for file in files]
        index = MatchIndex.build([o for p in parsed for o in p.offers], [r for p in parsed for r in p.runs])
    else:
        index = MatchIndex.build(*read_sample(today))
    for line in sys.stdin:
        if text := line.strip():
            need = read_need(text, today)
            answer = index.match(need, today, limit)
            shown = (
                explained(need, answer)
                if explain and not as_json
                else json.dumps(json_line(text, need, answer), ensure_ascii=False)
            )
            click.echo(shown)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manifest(arguments: tuple[str, ...]) -> None:
    """Build the Teams app package from the settings (`make manifest`)."""
    from manifest.build import main as build  # noqa: PLC0415

    sys.exit(build(list(arguments), os.environ))


@main.group()
def db() -> None:
    """The database's tables."""


@db.command("upgrade")
def upgrade() -> None:
    """Create the tables or bring them up to date."""
    _run(migrate(_settings().database_url))
    click.echo("Databasen er klar.")


@db.command("backup")
@click.argument("file", type=NEW_FILE)
def backup(file: Path) -> None:
    """Write a copy of the SQLite database to the new FILE; the bot may be running."""
    try:
        back_up(_settings().database_url, file)
    except NoBackupError as error:
        _fail(str(error))
    click.echo(f"{file} holds everything up to now.")


@db.command("restore")
@click.argument("file", type=EXISTING_FILE)
def restore(file: Path) -> None:
    """Put a copy made by backup in the place of the SQLite database; the bot must be stopped."""

    async def work() -> Path | None:
        return put_back(_settings().database_url, file)

    try:
        kept = _run(work())
    except NoBackupError as error:
        _fail(str(error))
    click.echo("The copy is in place." + (f" What was there before is kept as {kept}." if kept else ""))
    click.echo("Run python app.py db upgrade before the bot starts.")


@main.command()
def check() -> None:
    """Say in plain words what is wrong: settings, database, credentials, network, channel, app package, clock."""
    sys.exit(asyncio.run(_check()))


async def _check() -> int:
    from bot.check import look_at_everything  # noqa: PLC0415 - only this command looks at everything

    wrong = 0
    async for finding in look_at_everything(os.environ):
        click.echo(str(finding))
        wrong += finding.is_wrong
    click.echo("\nEverything is in order." if not wrong else f"\nWrong: {wrong}.")
    return 1 if wrong else 0


def _settings() -> Settings:
    """Read the settings, or end with every problem of them."""
    try:
        return load_settings(os.environ, MANIFEST_VARIABLES)
    except ConfigurationError as error:
        click.echo("\n".join(error.problems), err=True)
        sys.exit(2)


def _run(work: Coroutine[object, object, T]) -> T:
    """Run to the end; what an operator can mend is told in a sentence."""
    try:
        return asyncio.run(work)
    except SchemaOutdatedError:
        _fail("The database's tables are older than this version. Run: python app.py db upgrade")
    except DatabaseInUseError as error:
        _fail(f"{error}. Stop the bot (or the demo) first, or use PostgreSQL for several processes.")
    except DatabaseUnavailableError:
        _fail("The database cannot be reached. Check KOMPETENCEBOT_DATABASE_URL, and that the server runs.")
    except OSError as error:
        _fail(f"{error.strerror or error}. Is the port taken? Choose another with KOMPETENCEBOT_PORT.")


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


def _tenant(settings: Settings) -> str:
    return settings.tenant_id or DEMO_TENANT


def _parsed(file: Path, known: frozenset[str] | None = None) -> Parsed:
    """Read a catalogue file with a progress bar, or end with every problem in it."""
    try:
        with click.progressbar(length=100, label=f"Læser {file.name}", file=sys.stderr) as bar:
            parsed = read_file(
                file,
                DanishClock().now().date(),
                known_offer_codes=known,
                progress=lambda percent: bar.update(percent - bar.pos),
            )
    except UnreadableFileError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for remark in parsed.remarks:
        click.echo(remark, err=True)
    if parsed.problems:
        click.echo("\n".join(map(str, parsed.problems[:MOST_PROBLEMS_SHOWN])), err=True)
        if len(parsed.problems) > MOST_PROBLEMS_SHOWN:
            click.echo(f"… og {len(parsed.problems) - MOST_PROBLEMS_SHOWN} til.", err=True)
        click.echo(f"{len(parsed.problems)} problem(er). Intet er indlæst.", err=True)
        sys.exit(1)
    return parsed


async def _import(settings: Settings, file: Path, *, dry_run: bool, replace: bool) -> None:
    await check_current(settings.database_url)
    database = await Database.open(settings.database_url)
    try:
        async with database.read_only(_tenant(settings)) as work:
            known = await work.catalogue.known_offer_codes()
        parsed = _parsed(file, known)
        with click.progressbar(
            length=len(parsed.offers) + len(parsed.runs), label="Gemmer", file=sys.stderr
        ) as bar:
            imported = await take_catalogue(
                database,
                _tenant(settings),
                parsed,
                DanishClock(),
                replace=replace,
                dry_run=dry_run,
                progress=lambda done, _: bar.update(done - bar.pos),
            )
    except ConflictError:
        _fail("Andre ændrede de samme hold i samme øjeblik, også da jeg prøvede igen. Intet er indlæst.")
    finally:
        await database.close()
    for name, counts in (("Forløb", imported.rows.offers), ("Hold", imported.rows.runs)):
        click.echo(
            f"{name}: {counts.created} nye, {counts.updated} ændret, {counts.unchanged} uændret, "
            f"{counts.retired} udgået"
        )
    followed = imported.people
    if followed.moved or followed.cancelled:
        click.echo(f"Tilmeldte: {followed.moved} får besked om et ændret hold, {followed.cancelled} om et aflyst")
    click.echo("Prøvekørsel: intet er ændret." if dry_run else "Kataloget er opdateret.")


def _in_database(use: Callable[[UnitOfWork], Awaitable[T]], *, keep: bool = True) -> T:
    """Run a use case in one transaction on the configured database; without `keep` it is rolled back."""
    settings = _settings()

    async def work() -> T:
        await check_current(settings.database_url)
        database = await Database.open(settings.database_url)
        try:
            async with database.unit_of_work(_tenant(settings)) as unit:
                result = await use(unit)
                if keep:
                    await unit.commit()
                return result
        finally:
            await database.close()

    return _run(work())


async def _stored_index(settings: Settings) -> MatchIndex:
    await check_current(settings.database_url)
    database = await Database.open(settings.database_url)
    try:
        _, index = await read_index(database, _tenant(settings))
        return index
    finally:
        await database.close()


if __name__ == "__main__":
    main()
