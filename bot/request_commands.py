"""`python app.py requests …`: requests as a file, from a command line, in Danish."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

import click

from bot.request_export import LANGUAGES, WRITERS
from bot.sheets import TooManyRowsError
from catalogue.offers import Area
from catalogue.text import fold
from centre.clock import DanishClock
from centre.queue_query import LONGEST_WORDS, MOST_DAYS, QueueQuery, Whose
from centre.requests import CLOSED_STATUSES, OPEN_STATUSES, Priority, Status

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import datetime

    from bot.synonym_commands import InDatabase
    from centre.requests import Request
    from storage.unit_of_work import UnitOfWork


@click.group()
def requests() -> None:
    """Take requests out of the database."""


@requests.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--open", "which", flag_value="open", help="Only those the centre has not finished.")
@click.option("--closed", "which", flag_value="closed", help="Only those that are finished.")
@click.option("--status", "statuses", multiple=True, type=click.Choice([status.value for status in Status]))
@click.option("--area", type=click.Choice([area.value for area in Area]))
@click.option("--assignee", default="", help="Part of the name of who has it.")
@click.option("--unassigned", is_flag=True, help="Only those that nobody has.")
@click.option("--older-than", type=click.IntRange(0, MOST_DAYS), metavar="DAYS", help="Sent more days ago.")
@click.option("--due-before", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD")
@click.option("--priority", type=click.Choice([priority.value for priority in Priority]))
@click.option("--requester", default="", help="Part of the leader's or the department's name.")
@click.option("--text", default="", help="Words in topic, need, department, leader or case number.")
@click.option("--language", type=click.Choice(LANGUAGES), default="da", show_default=True)
@click.pass_obj
def export_command(
    in_database: InDatabase,
    file: Path,
    *,
    which: str | None,
    statuses: tuple[str, ...],
    area: str | None,
    assignee: str,
    unassigned: bool,
    older_than: int | None,
    due_before: datetime | None,
    priority: str | None,
    requester: str,
    text: str,
    language: str,
) -> None:
    """Write requests to FILE (.csv or .xlsx), in the order of the queue; without options, all of them."""
    write = WRITERS.get(file.suffix.lower().removeprefix("."))
    if write is None:
        _fail("Filen skal ende på .csv eller .xlsx.")
    query = QueueQuery(
        whose=Whose.NOBODY if unassigned else Whose.ANYBODY,
        statuses=tuple(map(Status, statuses)) or _statuses(which),
        area=Area(area) if area else None,
        older_than=older_than,
        due_before=due_before.date() if due_before else None,
        priority=Priority(priority) if priority else None,
        text=text[:LONGEST_WORDS],
        requester=requester[:LONGEST_WORDS],
    )
    criteria = query.criteria("", DanishClock().now().date())

    async def use(work: UnitOfWork) -> int:
        with _whole(file) as stream:
            return await write(stream, language, _of(work.requests.each(criteria), assignee))

    try:
        number = in_database(use, keep=False)
    except TooManyRowsError:
        _fail("Et regneark har ikke plads til så mange. Vælg færre, eller brug .csv.")
    click.echo(f"{number} henvendelser er skrevet til {file}.")


@contextmanager
def _whole(file: Path) -> Iterator[IO[bytes]]:
    """Write beside the file and put it in place at the end, so that nobody finds half of one."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _statuses(which: str | None) -> tuple[Status, ...]:
    chosen = {"open": OPEN_STATUSES, "closed": CLOSED_STATUSES}.get(which or "", frozenset(Status))
    return tuple(sorted(chosen))


async def _of(found: AsyncIterator[Request], name: str) -> AsyncIterator[Request]:
    """Leave out those that nobody of this name has; "" leaves out none."""
    wanted = fold(name)
    async for request in found:
        if wanted in fold(request.assignee_name):
            yield request


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(1)
