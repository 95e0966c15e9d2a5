"""`python app.py people …`: the municipality's list of people from a command line, in Danish."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from catalogue.importing import UnreadableFileError
from centre.clock import DanishClock
from centre.people import Role
from centre.people_file import read_people, write_people_template
from centre.people_list import import_people
from centre.ports import ConflictError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.synonym_commands import InDatabase
    from centre.people import Person
    from centre.people_list import ListChanges
    from storage.unit_of_work import UnitOfWork

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
MOST_PROBLEMS_SHOWN = 200


@click.group()
def people() -> None:
    """Keep the list of leaders and employees, which says who may file a need, and for which department."""


@people.command("import")
@click.argument("file", type=EXISTING_FILE)
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--replace", is_flag=True, help="See off everybody who was on the list and is not in the file.")
@click.pass_obj
def import_command(in_database: InDatabase, file: Path, *, dry_run: bool, replace: bool) -> None:
    """Read FILE (CSV or XLSX) and insert or update people by e-mail: all of it, or nothing."""

    async def leaders(work: UnitOfWork) -> tuple[str, frozenset[str]]:
        return work.tenant, await work.people.leader_emails()

    tenant, known = in_database(leaders, keep=False)
    listed = _parsed(file, tenant, known)

    async def take(work: UnitOfWork) -> ListChanges:
        with click.progressbar(length=len(listed), label="Gemmer", file=sys.stderr) as bar:
            return await import_people(
                work,
                listed,
                DanishClock().now(),
                replace_all=replace,
                progress=lambda done, _: bar.update(done - bar.pos),
            )

    try:
        changes = in_database(take, keep=not dry_run)
    except ConflictError:
        _fail("Nogen på listen skrev til botten i samme øjeblik. Intet er indlæst. Prøv igen.")
    _tell(changes, dry_run=dry_run)


@people.command("template")
@click.argument("file", type=NEW_FILE)
def template_command(file: Path) -> None:
    """Write an empty XLSX to begin the list in."""
    try:
        write_people_template(file)
    except FileExistsError:
        _fail(f"{file} findes allerede og er ikke rørt. Vælg et andet navn.")
    click.echo(f"{file} er klar. Udfyld arket, og indlæs filen med: python app.py people import {file}")


def _parsed(file: Path, tenant: str, known: frozenset[str]) -> Sequence[Person]:
    """Read the file with a progress bar, or end with every problem in it."""
    try:
        with click.progressbar(length=100, label=f"Læser {file.name}", file=sys.stderr) as bar:
            parsed = read_people(
                file, tenant, known_leaders=known, progress=lambda percent: bar.update(percent - bar.pos)
            )
    except UnreadableFileError as error:
        _fail(str(error))
    for remark in parsed.remarks:
        click.echo(remark, err=True)
    if parsed.problems:
        shown = parsed.problems[:MOST_PROBLEMS_SHOWN]
        rest = len(parsed.problems) - len(shown)
        more = [f"… og {rest} til."] if rest else []
        _fail("\n".join([*map(str, shown), *more, f"{len(parsed.problems)} problem(er). Intet er indlæst."]))
    return parsed.people


def _tell(changes: ListChanges, *, dry_run: bool) -> None:
    click.echo(
        f"Personer: {changes.created} nye, {changes.updated} ændret, {changes.unchanged} uændret, "
        f"{changes.removed + len(changes.left)} fratrådt"
    )
    for leader in changes.left:
        if leader.role is Role.LEADER:
            click.echo(f"Fratrådt leder: {leader.name} ({leader.department}). Åbne sager bliver hos afdelingen.")
    click.echo("Prøvekørsel: intet er ændret." if dry_run else "Listen er opdateret.")


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(1)
