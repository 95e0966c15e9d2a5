"""`python app.py synonyms …`: how staff keep synonyms and answer suggestions from a command line, in Danish."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

import click

from catalogue.esco import EscoFileError, esco_synonyms, read_esco
from catalogue.importing import UnreadableFileError
from catalogue.importing.csv_sheet import find_encoding
from catalogue.synonyms import Synonym, SynonymFileError, SynonymKind, parse_synonyms, write_synonyms
from catalogue.text import fold
from centre.learning import (
    LEAST_REQUESTS,
    UnknownSuggestionError,
    accept_suggestion,
    dismiss_suggestion,
    suggest_synonyms,
)
from centre.synonyms import (
    Origin,
    add_synonym,
    import_esco,
    import_synonyms,
    in_effect,
    remove_esco,
    remove_synonym,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from centre.learning import OpenSuggestion
    from centre.synonyms import Changes, KeptSynonym
    from storage.unit_of_work import UnitOfWork

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_PROBLEMS_SHOWN = 200
SOON = "Det virker efter få sekunder."
ORIGINS = {Origin.STARTER: "medfølger", Origin.STAFF: "jeres egen", Origin.ESCO: "ESCO"}

T = TypeVar("T")


class InDatabase(Protocol):
    """Runs a use case in one transaction on the configured database."""

    def __call__(self, use: Callable[[UnitOfWork], Awaitable[T]], *, keep: bool = True) -> T:
        """Run it; without `keep`, what it changed is rolled back."""


@click.group()
def synonyms() -> None:
    """Keep the synonyms, abbreviations and ways of speaking that needs are understood by."""


@synonyms.command("import")
@click.argument("file", type=EXISTING_FILE)
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--replace", is_flag=True, help="Let only the rows of the file count (beside those of ESCO).")
@click.pass_obj
def import_command(in_database: InDatabase, file: Path, *, dry_run: bool, replace: bool) -> None:
    """Read FILE (CSV: Ord;Betyder;Type): all of it, or nothing."""
    rows = _parsed(_text(file))
    changes = in_database(lambda work: import_synonyms(work, rows, replace_all=replace), keep=not dry_run)
    _tell(changes, dry_run=dry_run)


@synonyms.command("export")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
def export_command(file: str) -> None:
    """Write the rows in effect (those of ESCO left out) to FILE, or to standard output for "-"."""
    rows = _in_effect(click.get_current_context().obj)
    text = write_synonyms(kept.row for kept in rows if kept.origin is not Origin.ESCO)
    if file == "-":
        click.echo(text, nl=False)
    else:
        Path(file).write_text(text, encoding="utf-8-sig")  # Excel takes UTF-8 without a mark for Windows-1252
        click.echo(f"{text.count(chr(10)) - 1} rækker er skrevet til {file}.")


@synonyms.command("add")
@click.argument("words")
@click.argument("meanings")
@click.option("--type", "kind", type=click.Choice(list(map(str, SynonymKind))), default=str(SynonymKind.SYNONYM))
@click.pass_obj
def add_command(in_database: InDatabase, words: str, meanings: str, kind: str) -> None:
    """Let WORDS mean MEANINGS too (several separated by commas)."""
    given = tuple(meaning.strip() for meaning in meanings.split(",") if meaning.strip())
    checked = _parsed(write_synonyms([Synonym(words.strip(), given, SynonymKind(kind))]), place="")
    if not checked:
        _fail("Et ord kan ikke begynde med #.")
    row = in_database(lambda work: add_synonym(work, checked[0]))
    click.echo(f"{_line(row)}. {SOON}")


@synonyms.command("remove")
@click.argument("words")
@click.pass_obj
def remove_command(in_database: InDatabase, words: str) -> None:
    """Let WORDS mean nothing any more, in rows of any type and origin."""
    gone = in_database(lambda work: remove_synonym(work, words))
    if not gone:
        _fail(f"Der er ingen række for »{words}«.")
    for row in gone:
        click.echo(f"Fjernet: {_line(row)}")
    click.echo(SOON)


@synonyms.command("list")
@click.option("--search", default="", help="Only rows with this text: words, meaning, type or origin.")
@click.pass_obj
def list_command(in_database: InDatabase, search: str) -> None:
    """Show the rows in effect and where they come from."""
    lines = [f"{_line(kept.row)} – {ORIGINS[kept.origin]}" for kept in _in_effect(in_database)]
    shown = [line for line in lines if fold(search) in fold(line)]
    for line in shown:
        click.echo(line)
    click.echo(f"{len(shown)} rækker." if shown else "Ingen rækker.")


@synonyms.command("import-esco")
@click.argument("file", type=EXISTING_FILE)
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.pass_obj
def import_esco_command(in_database: InDatabase, file: Path, *, dry_run: bool) -> None:
    """Read ESCO's skills_da.csv (FILE) and take over what leads to words of the catalogue."""
    try:
        skills = read_esco(_text(file).splitlines(keepends=True))
    except EscoFileError as error:
        _fail(str(error))

    async def use(work: UnitOfWork) -> tuple[int, Changes]:
        _, offers, _ = await work.catalogue.load()
        rows = esco_synonyms(skills, offers)
        return len(rows), await import_esco(work, rows)

    found, changes = in_database(use, keep=not dry_run)
    click.echo(f"{len(skills)} færdigheder læst, {found} rækker fører til ord i jeres katalog.")
    if not found:
        click.echo("Er det den danske fil, og er kataloget indlæst?")
    _tell(changes, dry_run=dry_run)


@synonyms.command("remove-esco")
@click.pass_obj
def remove_esco_command(in_database: InDatabase) -> None:
    """Remove everything that came from ESCO."""
    click.echo(f"{in_database(remove_esco)} rækker fra ESCO er fjernet. {SOON}")


@synonyms.command("suggestions")
@click.pass_obj
def suggestions_command(in_database: InDatabase) -> None:
    """Show words that leaders use for offers whose text does not have them."""

    async def use(work: UnitOfWork) -> Sequence[OpenSuggestion]:
        _, offers, _ = await work.catalogue.load()
        return await suggest_synonyms(work, offers)

    waiting = in_database(use)
    for open_one in waiting:
        word, meaning = open_one.suggestion.word, open_one.suggestion.meaning
        offers = ", ".join(open_one.offers)
        click.echo(f"{open_one.number:>4}  »{word}« betyder »{meaning}«? {open_one.times} valg af {offers}")
    if waiting:
        click.echo("Svar med: python app.py synonyms accept NUMMER eller dismiss NUMMER")
    else:
        click.echo(f"Ingen forslag. Et ord foreslås tidligst, når {LEAST_REQUESTS} henvendelser har brugt det.")


@synonyms.command("accept")
@click.argument("number", type=int)
@click.pass_obj
def accept_command(in_database: InDatabase, number: int) -> None:
    """Make suggestion NUMBER a row."""
    try:
        row = in_database(lambda work: accept_suggestion(work, number))
    except UnknownSuggestionError:
        _fail(f"Der er intet åbent forslag nr. {number}.")
    click.echo(f"{_line(row)}. {SOON}")


@synonyms.command("dismiss")
@click.argument("number", type=int)
@click.pass_obj
def dismiss_command(in_database: InDatabase, number: int) -> None:
    """Never suggest NUMBER again."""
    try:
        gone = in_database(lambda work: dismiss_suggestion(work, number))
    except UnknownSuggestionError:
        _fail(f"Der er intet åbent forslag nr. {number}.")
    click.echo(f"»{gone.word}« bliver ikke foreslået for »{gone.meaning}« igen.")


def _in_effect(in_database: InDatabase) -> list[KeptSynonym]:
    async def use(work: UnitOfWork) -> list[KeptSynonym]:
        return sorted(in_effect(await work.synonyms.own()).values(), key=lambda kept: kept.key)

    return in_database(use, keep=False)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode(find_encoding(file))
    except UnreadableFileError:
        _fail(f"{file.name} er ikke en CSV-fil. Gem den fra Excel som »CSV UTF-8«.")


def _parsed(text: str, place: str = "Intet er indlæst.") -> tuple[Synonym, ...]:
    """Read rows, or end with every problem of them; a single row (`place` is "") is told of without its number."""
    try:
        return parse_synonyms(text)
    except csv.Error:
        _fail(f"Anførselstegnene i filen passer ikke sammen. {place}")
    except SynonymFileError as error:
        shown = error.problems[:MOST_PROBLEMS_SHOWN]
        if not place:
            _fail(shown[0].partition(": ")[2])
        rest = len(error.problems) - len(shown)
        more = [f"… og {rest} til."] if rest else []
        _fail("\n".join([*shown, *more, f"{len(error.problems)} problem(er). {place}"]))


def _tell(changes: Changes, *, dry_run: bool) -> None:
    click.echo(
        f"Synonymer: {changes.created} nye, {changes.updated} ændret, {changes.unchanged} uændret, "
        f"{changes.removed} fjernet"
    )
    click.echo("Prøvekørsel: intet er ændret." if dry_run else SOON)


def _line(row: Synonym) -> str:
    if row.kind is SynonymKind.COMPOUND:
        parts = " + ".join(row.meanings)
        return f"»{row.words}« deles som {parts}" if parts else f"»{row.words}« deles ikke"
    return f"»{row.words}« betyder {', '.join(row.meanings)} ({row.kind})"


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(1)
