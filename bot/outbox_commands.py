"""`python app.py outbox …`: what was not delivered, and delivering it again, in Danish."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from centre.clock import COPENHAGEN
from centre.notices import NoticeKind
from centre.routing import is_lane

if TYPE_CHECKING:
    from bot.synonym_commands import InDatabase
    from storage.dead_letters import Stuck
    from storage.unit_of_work import UnitOfWork

MOST_SHOWN = 200
SOON = "Det sker inden for et halvt minut, når botten kører."
KINDS = {
    NoticeKind.REQUEST_CARD: "kortet i kanalen",
    NoticeKind.CASE_TAKEN: "nyt i sagen",
    NoticeKind.CASE_EVENT: "nyt i sagen",
    NoticeKind.CASE_DIGEST: "nyt i sagen, samlet",
    NoticeKind.DUE_REMINDER: "påmindelse om frist",
    NoticeKind.ANSWER_REMINDER: "påmindelse om svar",
    NoticeKind.ANSWER_OVERDUE: "besked om manglende svar",
    NoticeKind.MORNING_DIGEST: "morgenoverblik",
}


@click.group()
def outbox() -> None:
    """See what was not delivered, and deliver it again."""


@outbox.command("list")
@click.pass_obj
def list_command(in_database: InDatabase) -> None:
    """List the notices that wait for their reader or could not be delivered."""
    lines = in_database(_listed, keep=False)
    click.echo("\n".join(lines) if lines else "Alt er leveret.")


@outbox.command("retry")
@click.argument("number", type=int, required=False)
@click.option("--all", "everything", is_flag=True, help="Deliver all of them again.")
@click.pass_obj
def retry_command(in_database: InDatabase, number: int | None, *, everything: bool) -> None:
    """Deliver the notice NUMBER of the list again, or all of them."""
    if everything == (number is not None):
        raise click.UsageError("Skriv et nummer fra listen, eller --all.")
    if number is None:
        click.echo(f"{in_database(lambda work: work.dead_letters.retry_all())} besked(er) leveres igen. {SOON}")
    elif in_database(lambda work: work.dead_letters.retry(number)):
        click.echo(f"Besked {number} leveres igen. {SOON}")
    else:
        click.echo(f"Der er ingen besked {number}, som mangler at blive leveret.", err=True)
        sys.exit(1)


async def _listed(work: UnitOfWork) -> list[str]:
    return [await _line(work, notice) for notice in await work.dead_letters.stuck(MOST_SHOWN)]


async def _line(work: UnitOfWork, notice: Stuck) -> str:
    """Say what is stuck: "17  22.11.2026 14:05  venter  Lene Holm  nyt i sagen KV-2026-0042  (not_installed)"."""
    request = await work.requests.get(notice.request_id) if notice.request_id else None
    person = None if is_lane(notice.audience) else await work.people.get(notice.audience)
    reader = "kanalen" if is_lane(notice.audience) else person.name if person else notice.audience
    parts = (
        str(notice.id),
        f"{notice.due.astimezone(COPENHAGEN):%d.%m.%Y %H:%M}",
        "opgivet" if notice.dead else "venter",
        reader,
        f"{KINDS[notice.kind]} {request.number if request else ''}".strip(),
        f"({notice.error})",
    )
    return "  ".join(parts)
