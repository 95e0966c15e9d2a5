"""The demo as a test starts it: free ports, a database of its own, and everything ended afterwards."""

from __future__ import annotations

import contextlib
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.demo.node import find_node, install_playground
from bot.demo.processes import CONFIGURATION, start_bot, start_playground, wait_until_they_answer
from bot.demo.trouble import CannotStartError
from tests.components import missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.demo.node import Node
    from bot.demo.processes import Program


@dataclass(frozen=True)
class Demo:
    """A bot and a Playground that both answer; the bot's posts to the channel reach this Playground."""

    bot: Program
    playground: Program


@dataclass(frozen=True)
class TwoScreens(Demo):
    """Somebody else at `playground`, where the channel is, and Lene Holm at a Playground of her own."""

    leaders: Program


@contextlib.contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Run bot and Playground, with database and logs in `folder`, for as long as the block takes."""
    node, program = _playground_program()
    bot_port, port = free_ports(2)
    with contextlib.ExitStack() as ending:
        bot = _start_bot(ending, folder, bot_port, port)
        playground = start_playground(node, program, port, bot_port, folder / "playground.log")
        ending.callback(playground.end)
        wait_until_they_answer([bot, playground])
        yield Demo(bot, playground)


KIRSTEN: Final = {"lene": "kirsten", "Lene": "Kirsten", "holm": "bang", "Holm": "Bang", "000101": "000103"}
MADS: Final = {
    "lene": "mads", "Lene": "Mads", "Holm": "Kjær", "-holm": "-kjaer", ".holm": ".kjaer", "000101": "000102",
}  # fmt: skip
"""What the Playground's configuration says of Lene Holm, and of the person who is to sit at the screen instead."""


@contextlib.contextmanager
def running_two_screens(folder: Path, beside: Mapping[str, str] = KIRSTEN) -> Iterator[TwoScreens]:
    """Run one bot with two Playgrounds, for two people at once: one of the above, and Lene Holm.

    A Playground shows only what is said through its own service URL, so the bot is told to post to the channel
    through the first one; Lene opens her personal chat only.
    """
    node, program = _playground_program()
    bot_port, first_port, leaders_port = free_ports(3)
    configuration = folder / "beside.yml"
    configuration.write_text(in_place_of_lene(beside, CONFIGURATION.read_text("utf-8")), "utf-8")
    with contextlib.ExitStack() as ending:
        bot = _start_bot(ending, folder, bot_port, first_port)
        first = start_playground(node, program, first_port, bot_port, folder / "beside.log", configuration)
        ending.callback(first.end)
        leaders = start_playground(node, program, leaders_port, bot_port, folder / "leaders.log")
        ending.callback(leaders.end)
        wait_until_they_answer([bot, first, leaders])
        yield TwoScreens(bot, first, leaders)


def in_place_of_lene(person: Mapping[str, str], configuration: str) -> str:
    """Return the Playground's configuration with Lene Holm and this person in each other's place."""
    swap = {**person, **{theirs: lenes for lenes, theirs in person.items()}}
    return re.sub("|".join(map(re.escape, swap)), lambda found: swap[found[0]], configuration)


def _playground_program() -> tuple[Node, Path]:
    try:
        node = find_node()
        return node, install_playground(node)
    except CannotStartError as trouble:
        missing("the Agents Playground", str(trouble).splitlines()[0])


def _start_bot(ending: contextlib.ExitStack, folder: Path, port: int, playground_port: int) -> Program:
    database = {"KOMPETENCEBOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'test.sqlite'}"}
    bot = start_bot(port, playground_port, folder / "bot.log", database)
    ending.callback(bot.end)
    return bot


def free_ports(number: int) -> list[int]:
    """Return ports of the loopback address that nobody listens on."""
    with contextlib.ExitStack() as closing:
        probes = [closing.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
