"""The demo as a test starts it: free ports, a database of its own, and everything ended afterwards."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.demo.node import find_node, install_playground
from bot.demo.processes import start_bot, start_playground, wait_until_they_answer
from bot.demo.trouble import CannotStartError
from tests.components import missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.demo.processes import Program


@dataclass(frozen=True)
class Demo:
    """A bot and a Playground that both answer."""

    bot: Program
    playground: Program


@contextlib.contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Run bot and Playground, with database and logs in `folder`, for as long as the block takes."""
    try:
        node = find_node()
        program = install_playground(node)
    except CannotStartError as trouble:
        missing("the Agents Playground", str(trouble).splitlines()[0])
    bot_port, playground_port = free_ports(2)
    database = {"KOMPETENCEBOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'test.sqlite'}"}
    with contextlib.ExitStack() as ending:
        bot = start_bot(bot_port, playground_port, folder / "bot.log", database)
        ending.callback(bot.end)
        playground = start_playground(node, program, playground_port, bot_port, folder / "playground.log")
        ending.callback(playground.end)
        wait_until_they_answer([bot, playground])
        yield Demo(bot, playground)


def free_ports(number: int) -> list[int]:
    """Return ports of the loopback address that nobody listens on."""
    with contextlib.ExitStack() as closing:
        probes = [closing.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
