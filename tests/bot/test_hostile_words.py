"""Words that are markup, too long, unstorable or secret: shown to the letter, kept whole, or never kept."""

from __future__ import annotations

import json
import logging
from io import StringIO
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import structlog
from sqlalchemy import make_url

from bot.logs import set_up_logging
from catalogue.cpr import MASK
from tests.bot.town_in_teams import PersonInTeams, town_in_teams

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from storage import Database
    from tests.chat import Message

MOST_CARD_BYTES = 25 * 1024

HOSTILE = {
    "a script": "<script>alert(1)</script> demens",
    "a mention": "<b>demens</b> & <at>Alle</at> &lt;at&gt;",
    "a link": "demens [klik her](https://evil.example) <https://evil.example>",
    "a picture": "demens ![x](https://evil.example/x.png)",
    "markdown": "# demens\n* **fed** _kursiv_ `kode`\n> citat",
    "fluent and format": "demens { $name } {0} %s ${x} {{DATE(2026-01-01T00:00:00Z,SHORT)}}",
    "emoji": "demens 👩🏽‍⚕️🧑‍🤝‍🧑 🇩🇰 é",
    "right to left": "demens \u202egnp.exe\u202c שלום مرحبا",
    "zero width": "de\u200bmens\ufeff og \u2066isoleret\u2069",
}


def text_blocks(card: Any) -> Iterator[str]:
    """Every text that Teams reads Markdown out of."""
    if isinstance(card, dict):
        if card.get("type") == "TextBlock":
            yield card["text"]
        for value in card.values():
            yield from text_blocks(value)
    elif isinstance(card, list):
        for value in card:
            yield from text_blocks(value)


def assert_shown_to_the_letter(messages: Sequence[Message], words: str) -> None:
    for message in messages:
        assert len(json.dumps(message.card, ensure_ascii=False).encode()) <= MOST_CARD_BYTES
        assert not message.activity.text or message.activity.text_format == "plain"
        for block in text_blocks(message.card):
            assert words not in block
            assert "evil.example" not in block


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
async def test_markup_is_shown_to_the_letter_to_the_leader_and_in_the_channel(
    database: Database, words: str
) -> None:
    async with town_in_teams(database) as town:
        kirsten, lene = await town.consultant(), await town.leader(department=words)
        await lene.says(f"Vi er 12, der skal lære om {words}")
        await lene.says("ingen af dem")
        await lene.presses("Send til centret", purpose=f"formål {words}")
        [request] = await town.requests()
        await town.deliver()
        [case] = town.cases
        # A real mention is taken out of a message; in a field it is words.
        said = words.replace("<at>Alle</at>", " ")
        assert f"Vi er 12, der skal lære om {said}" in case.words
        assert request.wish.purpose == f"formål {words}"
        assert f"formål {words}" in case.words
        assert words in case.words
        await lene.says("mine henvendelser")
        await lene.presses("Se sagen")
        assert f"formål {words}" in lene.heard()
        await kirsten.says("kø")
        await kirsten.takes(case)
        await town.deliver()
        for conversation in (lene.messages, town.cases, kirsten.messages):
            assert_shown_to_the_letter(conversation, words)


async def test_a_long_need_with_long_fields_makes_cards_that_teams_takes(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene = await town.leader(department="Ø" * 120)
        await lene.says(("demens 👩🏽‍⚕️ " * 400)[:3900])
        await lene.says("ret")
        long = dict.fromkeys(("topic", "staff_groups", "time", "purpose", "on_behalf_of"), "Æ" * 4000)
        press = lene.press("Gem")
        press["value"].update(long)
        await lene.sends(press)
        await lene.says("ingen af dem")
        await lene.says("send")
        assert len(await town.requests()) == 1
        await lene.says("mine henvendelser")
        await lene.says("ret sag 1")
        await town.deliver()
        assert len(town.cases) == 1
        assert_shown_to_the_letter([*lene.messages, *town.cases], "Æ" * 4000)


async def test_twenty_thousand_characters_are_answered_with_how_to_put_it_shorter(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.says("Vi skal lære om demens")
        before = len(lene.messages)
        assert await lene.says("å" * 20_000) == (200, None)
        assert len(lene.messages) == before + 1
        assert "4.000" in lene.heard()
        await lene.says("ingen af dem")
        assert "Klar til at sende?" in lene.heard()


async def test_a_megabyte_is_refused_at_the_door(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        status, answer = await lene.says("å" * 1_000_000)
        assert status == 413
        assert answer["reference"]


async def test_characters_that_no_database_takes_do_not_stop_a_need(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.says("Vi er 12, der skal lære\x00 om \ud83d demens")
        await lene.says("ingen af dem")
        await lene.presses("Send til centret", purpose="a\x00b")
        [request] = await town.requests()
        assert request.wish.purpose == "a\ufffdb"


SECRET = (
    "311299-4321",
    "3112994321",
    "311299 4321",
    "31 12 99 4321",
    "31.12.99-4321",
    "31/12-99 4321",
    "911299–4321",
)


@pytest.fixture
def log() -> Iterator[StringIO]:
    stream, root = StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logging("DEBUG", "json", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


async def test_cpr_numbers_reach_neither_the_database_nor_the_log_nor_the_channel(
    database: Database, database_url: str, tmp_path: Path, log: StringIO
) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        for number, secret in enumerate(SECRET):
            lene = await town.leader(f"Leder {number}")
            await lene.says(f"Vi er 12, der skal lære om demens og borgeren {secret}")
            await lene.says("ret")
            await lene.presses(
                "Gem", topic=f"demens {secret}", time=secret, on_behalf_of=secret, department=secret
            )
            await lene.says("ingen af dem")
            await lene.presses("Send til centret", purpose=f"så {secret} har det godt")
            newcomer = PersonInTeams(town, f"ny{number}", f"Ny {secret}", town.tenant)
            await newcomer.says("jeg er leder")
            await newcomer.says(f"Senior, Afdeling {secret}")
            await newcomer.says(f"hvilke kurser er der om {secret}?")
            await newcomer.sends(newcomer.activity(value={"verb": secret, "nonce": secret, "request": secret}))
            await newcomer.sends(newcomer.activity(attachments=[{"contentType": secret, "name": secret}]))
        await town.deliver()
        assert len(await town.requests()) == len(SECRET)
        assert MASK in town.cases[0].words
        kept = stored_bytes(database_url, tmp_path)
        # Teams gets back the name that it gave us for its reader, but sees no number in what is shown.
        shown = [[entry.body.get("text"), entry.body.get("attachments")] for entry in town.teams.received]
        sent = json.dumps(shown, ensure_ascii=False)
    assert MASK.encode() in kept
    for secret in SECRET:
        assert secret.encode() not in kept, secret
        assert secret not in sent, secret
        assert secret not in log.getvalue(), secret


def stored_bytes(url: str, folder: Path) -> bytes:
    """Everything the database keeps, SQLite's journal included."""
    if url.startswith("sqlite"):
        files = [file for file in folder.iterdir() if file.name.startswith("test.sqlite")]
        assert any(file.name.endswith("-wal") for file in files)
        return b"".join(file.read_bytes() for file in files)
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        kept = b""
        for (table,) in tables:
            with connection.cursor().copy(f"COPY {table} TO STDOUT") as rows:  # type: ignore[arg-type] # our tables
                kept += b"".join(bytes(row) for row in rows)
    return kept
